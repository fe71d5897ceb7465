"""Organizers and the answers to their event: who comes, adding, correcting, moving, removing."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.events import hosted_event
from ..access.rsvps import hosted_answer
from ..access.viewers import signed_in
from ..csvs import csv_bytes
from ..db import db
from ..forms import press
from ..limits import Limit, spend
from ..refusals import Refused
from ..when import in_zone, now
from . import hosting
from .additions import roster_words, signed_words
from .forms import HostPartyForm
from .models import SEATED, WAITING
from .queries import numbers_of, roster

bp = Blueprint("roster", __name__)
# Addresses that one account may have us write to in a day.
STRANGERS = Limit("host-adds", 60, 24 * 3600)


@bp.get("/events/<slug>/manage/people")
@signed_in
def people(slug: str):
    """Everyone who answered."""
    return _page(hosted_event(current_user, slug), HostPartyForm(formdata=None, data={"tell": True}))


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


@bp.get("/events/<slug>/manage/people/<int(max=2147483647):number>")
@signed_in
def one(slug: str, number: int):
    """One party, to correct, move up or remove."""
    rsvp = hosted_answer(current_user, slug, number)
    given = {"name": rsvp.name, "adults": rsvp.adults, "minors": rsvp.minors, "tell": True}
    return render_template("rsvps/one.html", rsvp=rsvp, event=rsvp.event, form=HostPartyForm(formdata=None, data=given))


@bp.post("/events/<slug>/manage/people/<int(max=2147483647):number>")
@signed_in
def correct(slug: str, number: int):
    """Correct a name or the size of a party."""
    rsvp, form = hosted_answer(current_user, slug, number), HostPartyForm()
    if not form.validate():
        return web.again("rsvps/one.html", rsvp=rsvp, event=rsvp.event, form=form)
    try:
        hosting.change(rsvp, form.name.data, form.party(), now(), more_room=form.more_room.data, tell=form.tell.data)
    except Refused as refusal:
        db.session.rollback()
        rsvp = hosted_answer(current_user, slug, number)
        return web.again("rsvps/one.html", 409, rsvp=rsvp, event=rsvp.event, form=form, refusal=str(refusal))
    db.session.commit()
    return web.done(url_for("roster.people", slug=slug))


@bp.post("/events/<slug>/manage/people/<int(max=2147483647):number>/seat")
@signed_in
def move_up(slug: str, number: int):
    """Give a waiting party its seats out of turn."""
    rsvp = hosted_answer(current_user, slug, number)
    press()
    hosting.move_up(rsvp, now(), more_room="more_room" in request.form)
    db.session.commit()
    return web.done(url_for("roster.people", slug=slug))


@bp.post("/events/<slug>/manage/people/<int(max=2147483647):number>/remove")
@signed_in
def remove(slug: str, number: int):
    """Take a party off the list, told or not."""
    rsvp = hosted_answer(current_user, slug, number)
    press()
    hosting.remove(rsvp, now(), tell="tell" in request.form)
    db.session.commit()
    return web.done(url_for("roster.people", slug=slug))


@bp.get("/events/<slug>/manage/people.csv")
@signed_in
def sheet(slug: str):
    """Everyone who answered, for a spreadsheet."""
    event = hosted_event(current_user, slug)
    header = (_("Name"), _("Email"), _("Answer"), _("Standing"), _("Adults"), _("Under 18"), _("Note"), _("Answered"))
    words, signed = roster_words(event), signed_words(event)
    rows = [
        (
            row.name,
            row.person.email,
            row.answer,
            row.standing,
            row.adults,
            row.minors,
            row.note,
            in_zone(row.answered_at, event.zone).strftime("%Y-%m-%d %H:%M"),
            words.get(row.id, ""),
            signed.get(row.id, ""),
        )
        for row in roster(event)
    ]
    answer = Response(csv_bytes((*header, _("Jobs"), _("Signed")), rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.csv"'
    return web.private(answer)


def _page(event, form, refusal: str | None = None) -> str:
    search = request.args.get("q", "")
    rows = roster(event, search)
    return render_template(
        "rsvps/roster.html",
        event=event,
        form=form,
        refusal=refusal,
        search=search,
        jobs=roster_words(event),
        signed=signed_words(event),
        numbers=numbers_of([event.id])[event.id],
        seated=[row for row in rows if row.standing == SEATED],
        waiting=[row for row in rows if row.standing == WAITING],
        others=[row for row in rows if row.standing not in (SEATED, WAITING)],
    )
