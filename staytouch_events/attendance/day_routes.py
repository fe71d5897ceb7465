"""What is written for the day itself, and saying that one has read the brief."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.events import hosted_event
from ..access.rsvps import answer_by_token
from ..access.viewers import signed_in
from ..db import db
from ..forms import press_by_link
from ..when import now
from .briefing import COPIED, day_of, note_read, save_day
from .forms import DayForm

bp = Blueprint("day", __name__)


@bp.get("/events/<slug>/manage/day")
@signed_in
def edit(slug: str):
    """The form."""
    event = hosted_event(current_user, slug)
    return render_template("attendance/day.html", event=event, form=DayForm(formdata=None, obj=day_of(event)))


@bp.post("/events/<slug>/manage/day")
@signed_in
def save(slug: str):
    """Keep it; nobody is mailed, the reminder says it."""
    event, form = hosted_event(current_user, slug), DayForm()
    if not form.validate():
        return web.again("attendance/day.html", event=event, form=form)
    save_day(event, {name: form[name].data or "" for name in COPIED}, now())
    db.session.commit()
    return web.done(url_for("events.edit", slug=slug))


@bp.post("/rsvps/<token>/brief")
def read(token: str):
    """I have read it; the holder of the link needs no session."""
    rsvp = answer_by_token(token, now())
    press_by_link()
    note_read(rsvp, now())
    db.session.commit()
    return web.private(web.done(url_for("rsvps.manage", token=token)))
