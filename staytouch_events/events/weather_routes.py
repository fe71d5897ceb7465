"""Deciding about the weather, and putting an event off."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.events import hosted_event
from ..access.reach import people_reached
from ..access.viewers import signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..when import now
from . import actions
from .deciding import go_ahead
from .models import Event
from .postponing import reschedule
from .weather import backup_words, is_undecided, weather_words
from .weather_forms import BACKUP, DATE, UNKNOWN, PostponeForm
from .words import when_words

bp = Blueprint("weather", __name__)


@bp.get("/events/<slug>/manage/weather")
@signed_in
def decide(slug: str):
    """It's on, or it is put off: what each does to whom."""
    event = hosted_event(current_user, slug)
    return render_template(
        "events/weather.html",
        event=event,
        button=ButtonForm(formdata=None),
        undecided=is_undecided(event) and not event.is_past(now()),
        when=when_words(event) if event.starts_at else "",
        plan=weather_words(event),
        backup=backup_words(event),
        told=people_reached(event),
    )


@bp.post("/events/<slug>/manage/weather")
@signed_in
def say_on(slug: str):
    """It's on."""
    event = hosted_event(current_user, slug)
    press()
    go_ahead(event, now())
    db.session.commit()
    return web.done(url_for("pages.event", slug=slug))


@bp.get("/events/<slug>/manage/postpone")
@signed_in
def postpone(slug: str):
    """To when, and what it does to whom."""
    event = hosted_event(current_user, slug)
    form = PostponeForm(event, now(), formdata=None)
    form.to.data = BACKUP if form.backup else UNKNOWN if event.starts_at is None else DATE
    if event.starts_wall is not None and not event.all_day:
        form.starts_time.data = event.starts_wall.time()
    return _page(event, form)


@bp.post("/events/<slug>/manage/postpone")
@signed_in
def put_off(slug: str):
    """To the backup date, to another, or to one that is not known yet."""
    event = hosted_event(current_user, slug)
    form = PostponeForm(event, now())
    times = form.times() if form.validate() else None
    until = times and form.asked_until(times["starts_at"])
    if form.errors:
        return _page(event, form), 422
    if times is None:
        actions.postpone(event, form.reason.data or "", now(), current_user)
    else:
        reschedule(event, times, form.reason.data or "", until, now(), current_user)
    db.session.commit()
    return web.done(url_for("pages.event", slug=slug))


def _page(event: Event, form: PostponeForm) -> str:
    return render_template("events/postpone.html", event=event, form=form, told=people_reached(event))
