"""Taking a shift: on the event's public side, and on the page of one's answer."""

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from .. import web
from ..access.rsvps import answer_by_token, manage_token
from ..access.shifts import shift_for, visible_shift
from ..db import db
from ..forms import press_by_link
from ..limits import spend
from ..links import link_tag
from ..refusals import Refused
from ..rsvps.actions import answer_of
from ..rsvps.asking import to_ask_for
from ..rsvps.question_forms import sent
from ..rsvps.question_queries import said_by
from ..rsvps.routes import BY_ADDRESS, BY_SENDER
from ..spoken import language
from ..text import mask_email
from ..when import now
from . import actions
from .forms import claim_form, take_form
from .hours import day_and_hours_of
from .jobs import job
from .lines import first_offer, place_in_shifts_line
from .models import WAITING
from .queries import held_by_shift, sign_ups_with

bp = Blueprint("shifts", __name__)
NUMBER = "<int(max=2147483647):number>"


@bp.get(f"/events/<slug>/shifts/{NUMBER}")
def one(slug: str, number: int):
    """One job: what it is, and the form to take it."""
    shift = visible_shift(current_user, slug, number)
    given = {"came_from": link_tag(request.args.get("from"))}
    given |= {"name": current_user.name} if current_user.is_authenticated else {}
    form = claim_form(shift, _answer(shift), given, formdata=None)
    return render_template("volunteers/shift.html", **_context(shift, form))


@bp.post(f"/events/<slug>/shifts/{NUMBER}")
def take(slug: str, number: int):
    """Take it: at once for somebody signed in, by letter for everyone else."""
    shift = visible_shift(current_user, slug, number)
    form = claim_form(shift, _answer(shift))
    if not form.validate():
        return web.again("volunteers/shift.html", **_context(shift, form))
    try:
        return _take_signed_in(shift, form) if current_user.is_authenticated else _take_as_guest(shift, form)
    except Refused as refusal:
        db.session.rollback()
        shift = visible_shift(current_user, slug, number)
        return web.again("volunteers/shift.html", 409, **_context(shift, form), refusal=str(refusal))


@bp.post(f"/rsvps/<token>/shifts/{NUMBER}")
def change(token: str, number: int):
    """Take a shift, give it up, offer it to others, keep it: the holder of the link needs no session."""
    rsvp = answer_by_token(token, now())
    shift, step = shift_for(rsvp, number), request.form.get("do", "")
    press_by_link()
    if step == "take":
        form = _take_form(shift, rsvp)
        if form.questions and not form.validate():
            return web.private(_ask_first(shift, token, form))
        actions.claim(shift, rsvp.person, rsvp.name, now(), form.beside())
    else:
        act = {"release": actions.release, "offer": actions.offer, "keep": actions.keep}.get(step)
        mine = actions.sign_up_of(shift, rsvp)
        if act is None or mine is None:
            abort(404)
        act(mine, now())
    db.session.commit()
    return web.private(web.done(url_for("rsvps.manage", token=token)))


def _take_signed_in(shift, form):
    sign_up = actions.claim(shift, current_user, form.name.data, now(), form.beside())
    db.session.commit()
    return web.done(url_for("rsvps.manage", token=manage_token(sign_up.rsvp)))


def _take_as_guest(shift, form):
    moment, email, event = now(), form.email.data, shift.event
    spend(BY_SENDER, request.remote_addr or "", moment)
    spend(BY_ADDRESS, email, moment)
    if not form.website.data:
        actions.claim_as_guest(shift, email, form.name.data, language(), moment, form.beside())
        db.session.commit()
    return web.private(render_template("volunteers/written.html", event=event, email=mask_email(email)))


def _take_form(shift, rsvp):
    """The questions of a job taken by one button, filled in by now, or as the letter's link or the answer says them."""
    if "asked" in request.form:
        return take_form(shift, rsvp)
    known = sent(to_ask_for(shift.role_id, shift.event, rsvp), said_by(rsvp))
    unsent = [(name, text) for name, text in known if name not in request.form]
    return take_form(shift, rsvp, formdata=MultiDict([*request.form.items(multi=True), *unsent]))


def _ask_first(shift, token: str, form):
    """The questions before a job, on a page of their own; with what is wrong once they were seen."""
    seen = "asked" in request.form
    for field in () if seen else form:
        field.errors = ()
    context = {"event": shift.event, "shift": shift, "token": token, "form": form, "seen": seen}
    return web.again("volunteers/asks.html", 422 if seen else 200, when=day_and_hours_of(shift), **context)


def _answer(shift):
    return answer_of(shift.event, current_user) if current_user.is_authenticated else None


def _context(shift, form) -> dict:
    held = held_by_shift([shift.id]).get(shift.id, 0)
    shown = job(shift, held, now(), bool(first_offer(shift)))
    when = day_and_hours_of(shift)
    return {"event": shift.event, "shift": shift, "job": shown, "when": when, "form": form, "mine": _mine(shift)}


def _mine(shift) -> dict | None:
    """The viewer's own answer, where they have this shift or wait for it."""
    rsvp = _answer(shift)
    row = next((row for row in sign_ups_with([rsvp.id]) if row.shift_id == shift.id), None) if rsvp else None
    if row is None:
        return None
    place = place_in_shifts_line(row) if row.standing == WAITING else None
    return {"url": url_for("rsvps.manage", token=manage_token(rsvp)), "standing": row.standing, "place": place}
