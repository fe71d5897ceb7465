"""Organizers and the answers to their event: who comes, adding, correcting, moving, removing."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.events import hosted_event
from ..access.rsvps import hosted_answer
from ..access.viewers import signed_in
from ..csvs import csv_bytes
from ..db import db
from ..forms import ButtonForm, press
from ..limits import Limit, spend
from ..outbox.stops import why_stopped
from ..refusals import Refused
from ..rsvps import hosting
from ..rsvps.forms import HostPartyForm, host_form
from ..rsvps.models import Rsvp
from ..text import parse_int
from ..volunteers.hours import name_of
from ..volunteers.queries import shifts_of, sign_ups_with
from ..when import now
from .audiences import filters_in
from .numbers_page import numbers_context
from .people_page import asks_for_waivers, filter_selects, people_context, sheet_rows, standing_words
from .people_queries import console_query, read_filters

bp = Blueprint("roster", __name__)
NUMBER = "<int(max=2147483647):number>"
# Addresses that one account may have us write to in a day.
STRANGERS = Limit("host-adds", 60, 24 * 3600)


@bp.get("/events/<slug>/manage/people")
@signed_in
def people(slug: str):
    """Everyone who answered, or those who fit."""
    return _page(hosted_event(current_user, slug), HostPartyForm(formdata=None, data={"tell": True}))


@bp.get("/events/<slug>/manage/people/numbers")
@signed_in
def numbers(slug: str):
    """The answers in charts and tables."""
    event = hosted_event(current_user, slug)
    return render_template("organize/numbers.html", event=event, **numbers_context(event, now()))


@bp.post("/events/<slug>/manage/people")
@signed_in
def add(slug: str):
    """Put somebody on the list."""
    event, form = hosted_event(current_user, slug), HostPartyForm()
    if not form.validate():
        return _page(event, form), 422
    if form.email.data:
        spend(STRANGERS, str(current_user.id), now())
    try:
        hosting.add(
            event,
            form.name.data,
            form.email.data,
            form.party(),
            now(),
            more_room=form.more_room.data,
            tell=form.tell.data,
        )
    except Refused as refusal:
        db.session.rollback()
        return _page(hosted_event(current_user, slug), form, str(refusal)), 409
    db.session.commit()
    return web.done(url_for("roster.people", slug=slug))


@bp.get(f"/events/<slug>/manage/people/{NUMBER}")
@signed_in
def one(slug: str, number: int):
    """One party, to correct, move or remove."""
    rsvp = hosted_answer(current_user, slug, number)
    given = {"name": rsvp.name, "adults": rsvp.adults, "minors": rsvp.minors, "tell": True}
    return render_template("organize/one_answer.html", **_one(rsvp, host_form(rsvp, given, formdata=None)))


@bp.post(f"/events/<slug>/manage/people/{NUMBER}")
@signed_in
def correct(slug: str, number: int):
    """Correct a name, the size of a party, or what it said to questions."""
    rsvp = hosted_answer(current_user, slug, number)
    form = host_form(rsvp)
    if not form.validate():
        return web.again("organize/one_answer.html", **_one(rsvp, form))
    how = {"more_room": form.more_room.data, "tell": form.tell.data, "said": form.said()}
    try:
        hosting.change(rsvp, form.name.data, form.party(), now(), **how)
    except Refused as refusal:
        db.session.rollback()
        rsvp = hosted_answer(current_user, slug, number)
        return web.again("organize/one_answer.html", 409, **_one(rsvp, form), refusal=str(refusal))
    db.session.commit()
    return web.done(url_for("roster.people", slug=slug))


@bp.post(f"/events/<slug>/manage/people/{NUMBER}/<any(seat, back):step>")
@signed_in
def move_up(slug: str, number: int, step: str):
    """Give a waiting party its seats out of turn, or put one back that was taken off; told or not."""
    rsvp = hosted_answer(current_user, slug, number)
    press()
    act = hosting.move_up if step == "seat" else hosting.put_back
    act(rsvp, now(), more_room="more_room" in request.form, tell="tell" in request.form)
    db.session.commit()
    return web.done(url_for("roster.people", slug=slug))


@bp.post(f"/events/<slug>/manage/people/{NUMBER}/remove")
@signed_in
def remove(slug: str, number: int):
    """Take a party off the list, told or not."""
    rsvp = hosted_answer(current_user, slug, number)
    press()
    hosting.remove(rsvp, now(), tell="tell" in request.form)
    db.session.commit()
    return web.done(url_for("roster.people", slug=slug, removed=number))


@bp.get("/events/<slug>/manage/people.csv")
@signed_in
def sheet(slug: str):
    """Everyone who answered, or those who fit, for a spreadsheet."""
    event = hosted_event(current_user, slug)
    answer = Response(
        csv_bytes(*sheet_rows(event, console_query(event, read_filters(request.args)))), mimetype="text/csv"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.csv"'
    return web.private(answer)


def _page(event, form, refusal: str | None = None) -> str:
    filters = read_filters(request.args)
    found = console_query(event, filters)
    asked = {name: value for name, value in request.args.items() if name not in ("after", "removed", "lang") and value}
    return render_template(
        "organize/people.html",
        event=event,
        form=form,
        refusal=refusal,
        filters=filters,
        selects=filter_selects(event, filters),
        asks_waiver=asks_for_waivers(event),
        asked=asked,
        narrowed=filters_in(request.args),
        removed=_removed(event),
        button=ButtonForm(formdata=None),
        **people_context(event, found, parse_int(request.args.get("after", ""), 1, 2**31 - 1)),
    )


def _removed(event) -> Rsvp | None:
    """Whoever was just taken off, to be put back by one button."""
    number = parse_int(request.args.get("removed", ""), 1, 2**31 - 1)
    rsvp = db.session.get(Rsvp, number) if number else None
    return rsvp if rsvp is not None and rsvp.event_id == event.id and hosting.may_put_back(rsvp) else None


def _one(rsvp: Rsvp, form) -> dict:
    shifts = shifts_of(rsvp.event)
    return {
        "rsvp": rsvp,
        "event": rsvp.event,
        "form": form,
        "standing": standing_words(rsvp),
        "came_back": why_stopped(rsvp.person.email),
        "may_put_back": hosting.may_put_back(rsvp),
        "jobs": [(row, [shift for shift in shifts if shift.id != row.shift_id]) for row in sign_ups_with([rsvp.id])],
        "name_of": name_of,
    }
