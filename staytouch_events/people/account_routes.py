"""One's photo, and the devices on which one is signed in."""

from babel.dates import format_date, format_time
from flask import Blueprint, abort, g, render_template, request, session, url_for
from flask_babel import get_locale
from flask_login import current_user
from sqlalchemy import inspect

from .. import web
from ..access.viewers import signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..images import FACE
from ..limits import Limit, spend
from ..pictures import kept_upload
from ..when import in_zone, now
from . import actions
from .devices import device_words
from .forms import PhotoForm
from .models import SignIn
from .photos import set_photo
from .queries import sign_in_of, sign_ins_of
from .settings_page import settings_page

bp = Blueprint("account", __name__)
PHOTOS = Limit("photo", 20, 3600)


@bp.post("/settings/photo")
@signed_in
def photo():
    """Another picture of oneself, or none."""
    form = PhotoForm()
    if not form.validate():
        return settings_page(photo=form), 422
    spend(PHOTOS, str(current_user.id), now())
    name = None if form.no_picture.data else kept_upload(form.picture, FACE)
    if form.picture.errors:
        return settings_page(photo=form), 422
    if name or form.no_picture.data:
        set_photo(current_user, name)
        db.session.commit()
    return web.done(url_for("people.settings", _anchor="photo"))


@bp.get("/settings/devices")
@signed_in
def devices():
    """Where one is signed in."""
    zone = current_user.zone or "UTC"
    rows = [_shown(row, zone) for row in sign_ins_of(current_user)]
    return render_template("people/devices.html", rows=rows, zone=zone, button=ButtonForm(formdata=None))


@bp.post("/settings/devices/<int(max=2147483647):number>/end")
@signed_in
def end(number: int):
    """Sign out there."""
    row = sign_in_of(current_user, number)
    if row is None:
        abort(404)
    press()
    here = row.id == current_user.sign_in.id
    actions.sign_out(row)
    db.session.commit()
    if here:
        session.clear()
        return web.done("/")
    return web.done(url_for("account.devices"))


@bp.after_app_request
def _note_seen(answer):
    """Remember that this device is in use; whatever the page read stays unwritten."""
    sign_in = getattr(g.get("_login_user"), "sign_in", None)
    known = inspect(sign_in).dict.get("seen_at") if sign_in is not None else None
    if request.method == "GET" and answer.status_code < 500 and known and now() - known >= actions.SEEN_EVERY:
        number = inspect(sign_in).identity[0]
        db.session.rollback()
        actions.note_seen(number, now())
        db.session.commit()
    return answer


def _shown(row: SignIn, zone: str) -> dict:
    return {
        "id": row.id,
        "device": device_words(row.device),
        "since": _moment(row.created_at, zone),
        "seen": _moment(row.seen_at, zone),
        "here": row.id == current_user.sign_in.id,
    }


def _moment(instant, zone: str) -> dict[str, str]:
    there = in_zone(instant, zone)
    words = f"{format_date(there, 'medium', get_locale())}, {format_time(there, 'short', locale=get_locale())}"
    return {"iso": instant.isoformat(), "words": words}
