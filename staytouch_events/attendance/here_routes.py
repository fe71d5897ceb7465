"""Checking in alone: behind the poster's code, and on the page of one's answer."""

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.events import visible_event
from ..access.rsvps import answer_by_token
from ..db import db
from ..events.models import Event
from ..forms import ButtonForm, press
from ..limits import Limit, spend
from ..links import new_public_id, site_link
from ..qr import qr_svg
from ..refusals import Refused
from ..rsvps.models import Rsvp
from ..text import mask_email
from ..waivers.before import before_coming
from ..when import now
from . import actions
from .answers import here_context, why_not
from .briefing import day_context, note_read
from .forms import HereForm, WalkInForm
from .models import IN, KINDS, Party
from .queries import party_at

bp = Blueprint("here", __name__)
# A whole clean-up may check in from one network.
BY_SENDER = Limit("here-from", 300, 3600)
BY_ADDRESS = Limit("here-to", 20, 3600)
READ = "read"


@bp.get("/events/<slug>/here")
def here(slug: str):
    """Behind the poster: a button for whoever we know, an address or a name for everyone else."""
    event = visible_event(current_user, slug)
    named = {"name": current_user.name} if current_user.is_authenticated else {}
    return web.unlisted(_page(event, HereForm(formdata=None), WalkInForm(formdata=None, data=named)))


@bp.post("/events/<slug>/here")
def arrive(slug: str):
    """I'm here, or I'm leaving."""
    event, step = visible_event(current_user, slug), request.form.get("do", "email")
    if step == "email":
        return _by_email(event)
    if step == "walk-in":
        return _walk_in(event)
    mine = party_at(event, current_user) if current_user.is_authenticated else None
    if mine is None or step not in (*KINDS, READ):
        abort(404)
    _act(mine, step)
    return web.done(url_for("here.here", slug=slug))


@bp.post("/rsvps/<token>/here")
def change(token: str):
    """The same on the page of one's answer; the holder of the link needs no session."""
    rsvp = answer_by_token(token, now())
    step = request.form.get("do", IN)
    if step not in KINDS:
        abort(404)
    _act(rsvp, step)
    return web.private(web.done(url_for("rsvps.manage", token=token)))


@bp.get("/rsvps/<token>/code.svg")
def code(token: str):
    """The QR code of one's own page, to be scanned by a helper."""
    answer_by_token(token, now())
    return web.private(Response(qr_svg(site_link("rsvps.manage", token=token)), mimetype="image/svg+xml"))


def _act(party: Party, step: str) -> None:
    press()
    if step != READ:
        actions.mark_oneself(party, step, _key(), now())
    _note_brief(party)
    db.session.commit()


def _note_brief(party: Party | None) -> None:
    """They ticked that they have read it, or pressed the button that says so."""
    if party and (READ in request.form or request.form.get("do") == READ):
        note_read(party, now())


def _by_email(event: Event):
    form = HereForm()
    if not form.validate():
        return _again(event, form, WalkInForm(formdata=None))
    moment, email = now(), form.email.data
    spend(BY_SENDER, request.remote_addr or "", moment)
    spend(BY_ADDRESS, email, moment)
    try:
        _note_brief(actions.arrive_by_email(event, email, _key(), moment))
    except Refused as refusal:
        return _refused(event.slug, form, WalkInForm(formdata=None), refusal)
    db.session.commit()
    words = _("If %(email)s answered this event, you're checked in now.", email=mask_email(email))
    return web.private(render_template("attendance/arrived.html", event=event, words=words, unsure=True))


def _walk_in(event: Event):
    form, moment = WalkInForm(), now()
    if not form.validate():
        return _again(event, HereForm(formdata=None), form)
    spend(BY_SENDER, request.remote_addr or "", moment)
    person = current_user if current_user.is_authenticated else None
    try:
        if not form.website.data:
            _note_brief(actions.walk_in(event, form.name.data, form.party(), _key(), moment, person))
    except Refused as refusal:
        return _refused(event.slug, HereForm(formdata=None), form, refusal)
    db.session.commit()
    if person:
        return web.done(url_for("here.here", slug=event.slug))
    words = _("You're checked in, %(name)s.", name=form.name.data)
    return web.private(render_template("attendance/arrived.html", event=event, words=words, unsure=False))


def _refused(slug: str, form: HereForm, walk_in: WalkInForm, refusal: Refused):
    db.session.rollback()
    return _again(visible_event(current_user, slug), form, walk_in, 409, str(refusal))


def _again(event: Event, form: HereForm, walk_in: WalkInForm, status: int = 422, refusal: str | None = None):
    answer = web.private(_page(event, form, walk_in, refusal))
    answer.status_code = status
    return answer


def _page(event: Event, form: HereForm, walk_in: WalkInForm, refusal: str | None = None) -> str:
    mine = party_at(event, current_user) if current_user.is_authenticated else None
    return render_template(
        "attendance/here.html",
        event=event,
        form=form,
        walk_in=walk_in,
        refusal=refusal,
        closed_words=why_not(event, now()),
        mine=here_context(mine, now()) if mine else None,
        day=day_context(event, mine),
        before=before_coming(mine, now())["before"] if isinstance(mine, Rsvp) else None,
        button=ButtonForm(formdata=None),
        key=_key() if request.method == "POST" else new_public_id(),
        walk_key=new_public_id(),
    )


def _key() -> str:
    return actions.clean_key(request.form.get("mark", ""))
