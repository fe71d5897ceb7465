"""Proposing times in a conversation, taking one, and calling the appointment off."""

from collections.abc import Callable

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.conversations import meeting_in, own_side, proposal_in, writable_person
from ..access.viewers import signed_in
from ..access.writing import FREELY, conversation_between, may_write
from ..db import db
from ..forms import press
from ..limits import spend
from ..people.models import Person
from ..people.queries import zone_of
from ..refusals import Refused
from ..text import parse_int
from ..when import now, wall_time
from . import actions, meetings
from .meeting_forms import ProposeForm
from .meeting_models import Meeting, Proposal
from .meeting_words import zone_words
from .models import Side
from .routes import MESSAGES, NUMBER
from .words import name_across, name_of

bp = Blueprint("meetings", __name__)
ROW = "<int(max=2147483647):row>"


@bp.get(f"/messages/{NUMBER}/times")
@signed_in
def new(number: int):
    """The form; for another time of an appointment there is, filled from it."""
    side, given = _pair_side(number), {"minutes": 60}
    meeting = _meeting_asked(side)
    if meeting is not None:
        length = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
        given = {"what": meeting.what, "place": meeting.place, "minutes": length}
    return _page(side, meeting, ProposeForm(formdata=None, data=given))


@bp.post(f"/messages/{NUMBER}/times")
@signed_in
def propose(number: int):
    """Propose them."""
    meeting, form = _meeting_asked(_pair_side(number)), ProposeForm()
    if not _proposed(lambda: _pair_side(number), form, meeting):
        return _page(_pair_side(number), _meeting_asked(_pair_side(number)), form), 422
    return _back(number)


@bp.get("/messages/to/<public_id>/times")
@signed_in
def first(public_id: str):
    """The form as a first word; where there is a conversation, or a word has to come before, it leads there."""
    person = writable_person(current_user, public_id)
    return _elsewhere(person) or _first_page(person, ProposeForm(formdata=None, data={"minutes": 60}))


@bp.post("/messages/to/<public_id>/times")
@signed_in
def begin(public_id: str):
    """Propose them as a first word."""
    person, form = writable_person(current_user, public_id), ProposeForm()
    elsewhere = _elsewhere(person)
    if elsewhere:
        return elsewhere
    proposal = _proposed(lambda: actions.begin(current_user, person, now()), form)
    if not proposal:
        return _first_page(writable_person(current_user, public_id), form), 422
    return _back(proposal.message.conversation_id)


@bp.post(f"/messages/{NUMBER}/times/{ROW}")
@signed_in
def answer(number: int, row: int):
    """Take one of the times, or none."""
    side = own_side(current_user, number)
    proposal = proposal_in(side, row)
    press()
    chosen = parse_int(request.form.get("at", ""), 0, 2)
    if chosen is None:
        meetings.take_none(proposal, side, current_user, now())
    else:
        meetings.take(proposal, chosen, side, now())
    db.session.commit()
    return _back(number)


@bp.post(f"/messages/{NUMBER}/meetings/{ROW}/off")
@signed_in
def call_off(number: int, row: int):
    """It is off."""
    meeting = meeting_in(own_side(current_user, number), row)
    press()
    meetings.call_off(meeting, now())
    db.session.commit()
    return _back(number)


def _pair_side(number: int) -> Side:
    """The viewer's side of a conversation between two people; else 404."""
    side = own_side(current_user, number)
    return side if side.conversation.group_id is None else abort(404)


def _elsewhere(person: Person):
    """Where times are proposed to somebody with whom there is a conversation, or who has to be asked first."""
    begun = conversation_between(current_user.id, person.id)
    if begun is not None and begun.last_id:
        return web.done(url_for("meetings.new", number=begun.id))
    if may_write(current_user, person) != FREELY:
        return web.done(url_for("messages.first", public_id=person.public_id))
    return None


def _proposed(side_of: Callable[[], Side], form: ProposeForm, meeting: Meeting | None = None) -> Proposal | None:
    """The proposal that the form makes; None where it says what is wrong."""
    zone = zone_of(current_user)
    instants = form.instants(zone, now())
    if instants is None:
        return None
    spend(MESSAGES, str(current_user.id), now())
    fields = {name: form[name].data for name in ("what", "place", "minutes")}
    fields |= {"zone": zone, "times": [instant.isoformat() for instant in instants]}
    try:
        proposal = meetings.propose(side_of(), current_user, fields, form.text.data, now(), meeting)
    except Refused as refusal:
        db.session.rollback()
        form.text.errors = [str(refusal)]
        return None
    db.session.commit()
    return proposal


def _meeting_asked(side: Side) -> Meeting | None:
    row = parse_int(request.args.get("meeting", ""), 1, 2**31 - 1)
    return meeting_in(side, row) if row else None


def _back(number: int):
    return web.done(url_for("messages.one", number=number, _anchor="write"))


def _page(side: Side, meeting: Meeting | None, form: ProposeForm):
    number = side.conversation_id
    return _form_page(
        form,
        name=name_across(side),
        meeting=meeting,
        back_url=url_for("messages.one", number=number),
        to=url_for("meetings.propose", number=number, meeting=meeting.id if meeting else None),
    )


def _first_page(person: Person, form: ProposeForm):
    door = {"public_id": person.public_id}
    urls = {"back_url": url_for("messages.first", **door), "to": url_for("meetings.begin", **door)}
    return _form_page(form, name=name_of(person), meeting=None, **urls)


def _form_page(form: ProposeForm, **context):
    zone = zone_of(current_user)
    context |= {"zone": zone_words(zone), "today": wall_time(now(), zone).date().isoformat()}
    return web.private(render_template("conversations/propose.html", form=form, **context))
