"""Letters about hours: asked for, issued, checked."""

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.attendance import party_of
from ..access.events import hosted_event
from ..access.groups import may_organize, organized_group, visible_group
from ..access.letters import letter_in, valid_letter
from ..access.rsvps import answer_by_token
from ..access.viewers import signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..when import now
from . import hours_letters
from .forms import TermForm
from .paper import pdf_of, said

bp = Blueprint("letters", __name__)


@bp.post("/hours/letters")
@signed_in
def ask():
    """Ask a crew for one's hours of a term on paper."""
    form = TermForm()
    if not form.validate():
        return web.again("attendance/ask.html", form=form)
    group = visible_group(current_user, form.group.data)
    hours_letters.ask(group, current_user, current_user.name, now(), term=(form.first_on.data, form.last_on.data))
    db.session.commit()
    return web.done(url_for("hours.mine", asked=1))


@bp.post("/rsvps/<token>/letter")
def ask_by_link(token: str):
    """Ask for the hours of one event, by the link of the answer."""
    rsvp = answer_by_token(token, now())
    press()
    hours_letters.ask(rsvp.event.group, rsvp.person, rsvp.name, now(), event=rsvp.event)
    db.session.commit()
    return web.private(web.done(url_for("rsvps.manage", token=token)))


@bp.post("/events/<slug>/manage/hours/letter")
@signed_in
def make(slug: str):
    """An organizer makes one of an event at once, for whoever can be told."""
    event = hosted_event(current_user, slug)
    press()
    party, moment = party_of(event, request.form.get("who", "")), now()
    if party.person is None:
        abort(404)
    row = hours_letters.ask(event.group, party.person, party.name, moment, event=event)
    hours_letters.issue(row, current_user, moment)
    db.session.commit()
    if not may_organize(current_user, event.group):
        return web.done(url_for("hours.event_hours", slug=slug))
    return web.done(url_for("letters.manage", slug=event.group.slug))


@bp.get("/groups/<slug>/manage/letters")
@signed_in
def manage(slug: str):
    """Letters that were asked for, and those given out."""
    group = organized_group(current_user, slug)
    return render_template(
        "attendance/letters.html",
        group=group,
        asked=[(row, hours_letters.stays_in(row, now())) for row in hours_letters.asked_for([group.id])],
        issued=hours_letters.issued_by(group),
        button=ButtonForm(formdata=None),
    )


@bp.post("/groups/<slug>/manage/letters/<int(max=2147483647):number>")
@signed_in
def decide(slug: str, number: int):
    """Issue it, or take it back."""
    row = letter_in(organized_group(current_user, slug), number)
    press()
    if request.form.get("do") == "issue":
        hours_letters.issue(row, current_user, now())
    else:
        hours_letters.revoke(row, now())
    db.session.commit()
    return web.done(url_for("letters.manage", slug=slug))


@bp.get("/verify/<code>")
def verify(code: str):
    """What the letter with this code says, and no more."""
    return web.unlisted(render_template("attendance/verify.html", letter=said(valid_letter(code))))


@bp.get("/verify/<code>.pdf")
def paper(code: str):
    """The letter itself."""
    answer = Response(pdf_of(valid_letter(code)), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="hours-{code}.pdf"'
    return web.private(answer)
