"""Repeating an event, the list of its dates, and going to all of them."""

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.events import hosted_event, visible_event
from ..access.rsvps import answer_by_token
from ..access.viewers import signed_in
from ..db import db
from ..events.models import Event
from ..forms import UNSENT, ButtonForm, press, press_by_link
from ..refusals import Refused
from ..rsvps.actions import answer_of
from ..rsvps.additions import Party
from ..when import now
from . import actions, changing, regulars
from .forms import DateForm, EndForm, repeat_form, rule_form
from .models import SeriesDate
from .page import list_context, preview, rule_context
from .queries import date_of

bp = Blueprint("series", __name__)


@bp.get("/events/<slug>/manage/series")
@signed_in
def dates(slug: str):
    """The dates; of an event that does not repeat yet, how it might, with what was chosen so far."""
    event = hosted_event(current_user, slug)
    row = date_of(event)
    if row is not None:
        return _list(event, row)
    if event.starts_wall is None:
        return render_template("series/no_time.html", event=event)
    form = repeat_form(event.starts_wall.date(), request.args if "how1" in request.args else UNSENT)
    return _repeat_page(event, form)


@bp.post("/events/<slug>/manage/series")
@signed_in
def repeat(slug: str):
    """Repeat it, or show first what that would come to. The worker makes the dates."""
    event = hosted_event(current_user, slug)
    if event.starts_wall is None:
        raise Refused(_("Say first when it starts and ends."))
    form = repeat_form(event.starts_wall.date())
    if request.form.get("do") == "show":
        return _repeat_page(event, form)
    plan = form.plan(event.starts_wall.date())
    if plan is None or form.errors:
        return _repeat_page(event, form, sent=True), 422
    actions.repeat(event, plan, now(), current_user)
    db.session.commit()
    return web.done(url_for("series.dates", slug=event.slug))


@bp.post("/events/<slug>/manage/series/dates")
@signed_in
def change(slug: str):
    """Add a day, or leave one out."""
    event, form = hosted_event(current_user, slug), DateForm()
    row = _row(event)
    if not form.validate():
        return _list(event, row, form), 422
    try:
        if request.form.get("do") == "leave":
            actions.leave_out(row.series, form.on.data, form.reason.data or "", now(), current_user)
        else:
            actions.add_date(row.series, form.on.data, now(), current_user)
    except Refused as refused:
        db.session.rollback()
        form.on.errors = [str(refused)]
        return _list(event, row, form), 422
    db.session.commit()
    return web.done(url_for("series.dates", slug=slug))


@bp.get("/events/<slug>/manage/series/rule")
@signed_in
def rule(slug: str):
    """Another rule from this date on, and what it would come to with what was chosen so far."""
    row = _row(hosted_event(current_user, slug))
    form = rule_form(row, request.args if "how1" in request.args else UNSENT)
    return render_template("series/rule.html", sent=False, **rule_context(row, form, now()))


@bp.post("/events/<slug>/manage/series/rule")
@signed_in
def change_rule(slug: str):
    """Change it, once what it comes to was looked at. The worker makes the dates that are new."""
    row = _row(hosted_event(current_user, slug))
    form = rule_form(row)
    shown = rule_context(row, form, now())
    pressed = request.form.get("do") != "show"
    if not pressed or form.errors or form.seen.data != shown["outcome"].seen():
        return render_template("series/rule.html", sent=pressed, **shown), 422 if pressed else 200
    cancelled = form.cancelled([other.on_date for other in shown["outcome"].asked])
    changing.change_rule(row, shown["plan"], cancelled, form.reason.data or "", now(), current_user)
    db.session.commit()
    return web.done(url_for("series.dates", slug=slug, changed=""))


@bp.post("/events/<slug>/manage/series/stop")
@signed_in
def stop(slug: str):
    """Make no more dates; those made stay on."""
    event = hosted_event(current_user, slug)
    press()
    actions.stop(_row(event).series, now())
    db.session.commit()
    return web.done(url_for("series.dates", slug=slug))


@bp.post("/events/<slug>/manage/series/cancel")
@signed_in
def cancel(slug: str):
    """Call off this date and all after it."""
    event, form = hosted_event(current_user, slug), EndForm()
    row = _row(event)
    if not form.validate():
        return _list(event, row, end_form=form), 422
    actions.cancel_from(row, form.reason.data or "", now(), current_user)
    db.session.commit()
    return web.done(url_for("series.dates", slug=slug))


@bp.post("/events/<slug>/series/all")
@signed_in
def join(slug: str):
    """Go to all dates."""
    event = visible_event(current_user, slug)
    press()
    mine = answer_of(event, current_user)
    party = Party(mine.adults, mine.minors, mine.youngest) if mine else Party()
    regulars.come_to_all(_row(event).series, current_user, mine.name if mine else current_user.name, party, now())
    db.session.commit()
    return web.done(url_for("pages.event", slug=slug))


@bp.post("/events/<slug>/series/none")
@signed_in
def leave(slug: str):
    """Go to none of those to come."""
    event = visible_event(current_user, slug)
    press()
    regulars.leave_all(_row(event).series, current_user, now())
    db.session.commit()
    return web.done(url_for("pages.event", slug=slug))


@bp.post("/rsvps/<token>/all")
def answer_all(token: str):
    """Go to all dates, by the link to one answer."""
    rsvp = answer_by_token(token, now())
    press_by_link()
    party = Party(rsvp.adults, rsvp.minors, rsvp.youngest)
    regulars.come_to_all(_row(rsvp.event).series, rsvp.person, rsvp.name, party, now())
    db.session.commit()
    return web.private(web.done(url_for("rsvps.manage", token=token)))


@bp.post("/rsvps/<token>/none")
def answer_none(token: str):
    """Go to none of those to come, by the same link."""
    rsvp = answer_by_token(token, now())
    press_by_link()
    regulars.leave_all(_row(rsvp.event).series, rsvp.person, now())
    db.session.commit()
    return web.private(web.done(url_for("rsvps.manage", token=token)))


def _row(event: Event) -> SeriesDate:
    row = date_of(event)
    if row is None:
        raise Refused(_("This event does not repeat."))
    return row


def _repeat_page(event: Event, form, sent: bool = False) -> str:
    shown = preview(form, form.plan(event.starts_wall.date()), event) if not sent else preview(form, None, event)
    return render_template("series/repeat.html", event=event, form=form, sent=sent, **shown)


def _list(event: Event, row: SeriesDate, form: DateForm | None = None, end_form: EndForm | None = None) -> str:
    shown = list_context(row, now(), "changed" in request.args)
    forms = {"form": form or DateForm(UNSENT), "end_form": end_form or EndForm(UNSENT), "button": ButtonForm(UNSENT)}
    return render_template("series/dates.html", event=event, **forms, **shown)
