"""Proposing times in a conversation, taking one, and calling the appointment off."""

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.conversations import meeting_in, own_side, proposal_in
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..limits import spend
from ..refusals import Refused
from ..text import parse_int
from ..when import now, wall_time
from . import meetings
from .meeting_forms import ProposeForm
from .meeting_models import Meeting
from .meeting_words import zone_words
from .models import Side
from .routes import MESSAGES, NUMBER
from .words import name_across, zone_of

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
    side, form, zone = _pair_side(number), ProposeForm(), zone_of(current_user)
    meeting, instants = _meeting_asked(side), form.instants(zone, now())
    if instants is None:
        return _page(side, meeting, form), 422
    spend(MESSAGES, str(current_user.id), now())
    fields = {name: form[name].data for name in ("what", "place", "minutes")}
    fields |= {"zone": zone, "times": [instant.isoformat() for instant in instants]}
    try:
        meetings.propose(side, current_user, fields, form.text.data, now(), meeting)
    except Refused as refusal:
        db.session.rollback()
        form.text.errors = [str(refusal)]
        return _page(_pair_side(number), _meeting_asked(side), form), 422
    db.session.commit()
    return _back(number)


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


def _meeting_asked(side: Side) -> Meeting | None:
    row = parse_int(request.args.get("meeting", ""), 1, 2**31 - 1)
    return meeting_in(side, row) if row else None


def _back(number: int):
    return web.done(url_for("messages.one", number=number, _anchor="write"))


def _page(side: Side, meeting: Meeting | None, form: ProposeForm):
    zone = zone_of(current_user)
    context = {
        "side": side,
        "name": name_across(side),
        "meeting": meeting,
        "form": form,
        "zone": zone_words(zone),
        "today": wall_time(now(), zone).date().isoformat(),
    }
    return web.private(render_template("conversations/propose.html", **context))
