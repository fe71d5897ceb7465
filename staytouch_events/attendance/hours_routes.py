"""Hours: one's own, and everyone's at an event, which organizers correct."""

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.attendance import party_of
from ..access.events import hosted_event
from ..access.groups import may_organize
from ..access.viewers import signed_in
from ..db import db
from ..events.models import Event
from ..events.words import short_day, when_words, where_words
from ..when import in_zone, now
from .additions import hours_context
from .briefing import day_context
from .console import came_words, sheet_rows
from .forms import HoursForm, TermForm
from .hours import Stay, correct_hours, hours_words, stays_at, stays_of, stays_with
from .hours_letters import letters_of
from .queries import corrections_of

bp = Blueprint("hours", __name__)


@bp.get("/hours")
@signed_in
def mine():
    """One's own hours, by year."""
    years: dict[int, list[Stay]] = {}
    for stay in stays_with(current_user, now()):
        years.setdefault(in_zone(stay.starts, stay.event.zone).year, []).append(stay)
    shown = [(year, hours_words(sum(stay.minutes for stay in stays)), stays) for year, stays in years.items()]
    groups = {stay.event.group.slug: stay.event.group.name for stays in years.values() for stay in stays}
    form = TermForm(formdata=None)
    form.group.choices = list(groups.items())
    total = sum(stay.minutes for stays in years.values() for stay in stays)
    return render_template(
        "attendance/mine.html",
        **hours_context(current_user, now()),
        years=shown,
        total=hours_words(total),
        words=hours_words,
        day=_day,
        any=bool(years),
        form=form,
        asked="asked" in request.args,
        letters=letters_of(current_user),
    )


@bp.get("/events/<slug>/manage/hours")
@signed_in
def event_hours(slug: str):
    """Everyone's hours at an event."""
    return _page(hosted_event(current_user, slug), HoursForm(formdata=None))


@bp.post("/events/<slug>/manage/hours")
@signed_in
def correct(slug: str):
    """Correct one, with a reason that is kept."""
    event, form = hosted_event(current_user, slug), HoursForm()
    who = request.form.get("who", "")
    if not form.validate():
        return _page(event, form, who), 422
    stay = stays_at(party_of(event, who), now())
    if stay is None:
        abort(404)
    correct_hours(stay, form.total(), form.why.data, current_user, now())
    db.session.commit()
    return web.done(url_for("hours.event_hours", slug=slug))


@bp.get("/events/<slug>/manage/sheet")
@signed_in
def sheet(slug: str):
    """The roster on paper, with room for signatures."""
    event = hosted_event(current_user, slug)
    when = when_words(event) if event.starts_at else ""
    where = where_words(event, exact=True)
    day = day_context(event, crew=True)
    return render_template(
        "attendance/sheet.html", event=event, when=when, where=where, day=day, rows=sheet_rows(event)
    )


def _page(event: Event, form: HoursForm, wrong: str | None = None) -> str:
    stays = stays_of(event, now())
    return render_template(
        "attendance/hours.html",
        event=event,
        own_crew=may_organize(current_user, event.group),
        stays=stays,
        came=came_words(event),
        total=hours_words(sum(stay.people_minutes for stay in stays)),
        corrections=corrections_of(event),
        names={stay.who: stay.party.name for stay in stays},
        form=form,
        blank=HoursForm(formdata=None),
        wrong=wrong,
        words=hours_words,
        day=lambda moment: short_day(in_zone(moment, event.zone).date()),
    )


def _day(stay: Stay) -> str:
    return short_day(in_zone(stay.starts, stay.event.zone).date())
