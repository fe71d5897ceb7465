"""The organizers' board: shifts of an event, and who is in them."""

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.events import hosted_event, may_host
from ..access.rsvps import hosted_answer
from ..access.shifts import edited_shift, edited_sign_up, led_roles, may_edit_shift, shift_of, staffed_event
from ..access.viewers import signed_in
from ..db import db
from ..events.models import Event
from ..forms import ButtonForm, press
from ..limits import Limit, spend
from ..refusals import Refused
from ..rsvps.models import DECLINED
from ..rsvps.queries import roster
from ..text import parse_int
from ..when import now
from . import shifts, staffing
from .boards import around, board, shift_row
from .forms import PlaceForm, ShiftForm, as_typed, new_shift
from .hours import name_of
from .models import HELD, Role, Shift
from .queries import events_with_shifts, roles_of, shifts_of, sign_ups_of
from .typed import plan

bp = Blueprint("staff", __name__)
NUMBER = "<int(max=2147483647):number>"
# Addresses that one account may have us write to in a day.
STRANGERS = Limit("host-places", 60, 24 * 3600)


@bp.get("/events/<slug>/manage/shifts")
@signed_in
def shifts_board(slug: str):
    """All shifts by role and time, and what makes more of them."""
    event = staffed_event(current_user, slug)
    return _board(event, new_shift(event, _roles(event)))


@bp.post("/events/<slug>/manage/shifts")
@signed_in
def add(slug: str):
    """One more shift."""
    event = staffed_event(current_user, slug)
    form = ShiftForm(roles=_roles(event))
    fields = plan(form, event)
    if fields is None:
        return _board(event, form), 422
    shifts.add_shift(event, fields, now())
    db.session.commit()
    return web.done(url_for("staff.shifts_board", slug=slug))


@bp.post("/events/<slug>/manage/shifts/<any(copy, usual, save):step>")
@signed_in
def bring(slug: str, step: str):
    """Take over an earlier event's shifts or the usual ones; or make these the usual ones."""
    event = hosted_event(current_user, slug)
    press()
    if step == "copy":
        number = parse_int(request.form.get("from", ""), 1, 2**31 - 1)
        source = next((row for row in events_with_shifts(event.group, event, 1000) if row.id == number), None)
        if source is None:
            abort(404)
        shifts.copy_shifts(event, source, now())
    elif step == "usual":
        shifts.use_template(event, now())
    else:
        shifts.save_template(event)
    db.session.commit()
    return web.done(url_for("staff.shifts_board", slug=slug, saved=1 if step == "save" else None))


@bp.get(f"/events/<slug>/manage/shifts/{NUMBER}")
@signed_in
def one(slug: str, number: int):
    """One shift: to change, to staff, to take off."""
    shift = edited_shift(current_user, slug, number)
    form = ShiftForm(formdata=None, data=as_typed(shift), roles=_roles(shift.event, shift.role))
    return _one(shift, form, _place_form(shift.event, formdata=None, data={"tell": True}))


@bp.post(f"/events/<slug>/manage/shifts/{NUMBER}")
@signed_in
def save(slug: str, number: int):
    """Change it; whoever has it hears of other hours."""
    shift = edited_shift(current_user, slug, number)
    form = ShiftForm(roles=_roles(shift.event, shift.role))
    fields = plan(form, shift.event)
    if fields is None:
        return _one(shift, form, _place_form(shift.event, formdata=None)), 422
    shifts.save_shift(shift, fields, now())
    db.session.commit()
    return web.done(url_for("staff.shifts_board", slug=slug))


@bp.post(f"/events/<slug>/manage/shifts/{NUMBER}/remove")
@signed_in
def remove(slug: str, number: int):
    """Take it off, told or not."""
    shift = edited_shift(current_user, slug, number)
    press()
    shifts.remove_shift(shift, now(), tell="tell" in request.form)
    db.session.commit()
    return web.done(url_for("staff.shifts_board", slug=slug))


@bp.post(f"/events/<slug>/manage/shifts/{NUMBER}/people")
@signed_in
def place(slug: str, number: int):
    """Put somebody into it."""
    shift = edited_shift(current_user, slug, number)
    form = _place_form(shift.event)
    typed = ShiftForm(formdata=None, data=as_typed(shift), roles=_roles(shift.event, shift.role))
    if not form.validate():
        return _one(shift, typed, form), 422
    try:
        _place(shift, slug, form)
    except Refused as refusal:
        db.session.rollback()
        return _one(edited_shift(current_user, slug, number), typed, form, str(refusal)), 409
    db.session.commit()
    return web.done(url_for("staff.one", slug=slug, number=number))


@bp.post(f"/events/<slug>/manage/shifts/{NUMBER}/people/<int(max=2147483647):sign_up>")
@signed_in
def change(slug: str, number: int, sign_up: int):
    """Say yes or no to who asked, move somebody, take somebody off."""
    row = edited_sign_up(current_user, slug, number, sign_up)
    press()
    step, tell, moment = request.form.get("do", ""), "tell" in request.form, now()
    if step in ("yes", "no"):
        staffing.decide(row, step == "yes", moment)
    elif step == "move":
        target = shift_of(row.shift.event, parse_int(request.form.get("to", ""), 1, 2**31 - 1) or 0)
        if not may_edit_shift(current_user, target):
            abort(403)
        staffing.move(row, target, moment, tell=tell)
    else:
        staffing.remove(row, moment, tell=tell)
    db.session.commit()
    if "person" in request.form and may_host(current_user, row.shift.event):
        return web.done(url_for("roster.one", slug=slug, number=row.rsvp_id))
    return web.done(url_for("staff.one", slug=slug, number=number))


def _place(shift: Shift, slug: str, form: PlaceForm) -> None:
    number = parse_int(form.who.data or "", 1, 2**31 - 1)
    if number and may_host(current_user, shift.event):
        staffing.place_guest(shift, hosted_answer(current_user, slug, number), now(), tell=form.tell.data)
        return
    if not form.name.data:
        raise Refused(_("Choose somebody, or type a name."))
    if form.email.data:
        spend(STRANGERS, str(current_user.id), now())
    staffing.place(shift, form.name.data, form.email.data, now(), tell=form.tell.data)


def _roles(event: Event, own: Role | None = None) -> list[Role]:
    """Roles that the viewer may give a shift of the event."""
    roles = list(roles_of(event.group) if may_host(current_user, event) else led_roles(current_user, event.group))
    return roles if own is None or own in roles else [own, *roles]


def _place_form(event: Event, **given) -> PlaceForm:
    """Only hosts see who answered."""
    answers = [row for row in roster(event) if row.answer != DECLINED] if may_host(current_user, event) else ()
    return PlaceForm(answers=answers, **given)


def _board(event: Event, form: ShiftForm, refusal: str | None = None) -> str:
    return render_template(
        "volunteers/board.html",
        event=event,
        form=form,
        refusal=refusal,
        button=ButtonForm(formdata=None),
        saved="saved" in request.args,
        **board(event),
        **around(event),
    )


def _one(shift: Shift, form: ShiftForm, place_form: PlaceForm, refusal: str | None = None) -> str:
    sign_ups = [row for row in sign_ups_of(shift.event) if row.shift_id == shift.id]
    others = [row for row in shifts_of(shift.event) if row.id != shift.id and may_edit_shift(current_user, row)]
    return render_template(
        "volunteers/shift_edit.html",
        event=shift.event,
        row=shift_row(shift, sum(row.standing == HELD for row in sign_ups), sign_ups),
        others=others,
        name_of=name_of,
        form=form,
        place_form=place_form,
        refusal=refusal,
        button=ButtonForm(formdata=None),
    )
