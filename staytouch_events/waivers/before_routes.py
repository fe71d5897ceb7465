"""Before coming, by the link to one's answer: signing, whom to call, pictures."""

from flask import Blueprint, render_template, url_for

from .. import web
from ..access.rsvps import answer_by_token
from ..access.waivers import signature_with
from ..db import db
from ..forms import ButtonForm, press_by_link
from ..refusals import Refused
from ..rsvps.models import Rsvp
from ..when import now
from . import asking, signing
from .before import asking_context, signing_context
from .copies import copy_of
from .forms import AdultForm, EmergencyForm, MinorForm, PhotosForm
from .models import ASKED
from .page import at_field, forms_of, read_language, sign_with, signing_form
from .queries import rules_of

bp = Blueprint("before", __name__)


@bp.get("/rsvps/<token>/before")
def page(token: str):
    """All there is to do."""
    return web.private(_page(answer_by_token(token, now()), token))


@bp.post("/rsvps/<token>/before")
def sign(token: str):
    """Sign for an adult, or for somebody under 18."""
    rsvp = answer_by_token(token, now())
    form = signing_form(signing.signers_of(rsvp))
    if not form.validate():
        return _again(rsvp, token, form)
    try:
        sign_with(form, signing.signers_of(rsvp))
    except Refused as refusal:
        db.session.rollback()
        return _again(answer_by_token(token, now()), token, at_field(form, refusal))
    db.session.commit()
    return web.private(web.done(url_for("before.page", token=token)))


@bp.get("/rsvps/<token>/before/<int(max=2147483647):number>")
def copy(token: str, number: int):
    """One signed copy, to read and print."""
    row = signature_with(answer_by_token(token, now()), number)
    back = url_for("before.page", token=token)
    return web.private(render_template("waivers/copy.html", back=back, **copy_of(row)))


@bp.post("/rsvps/<token>/before/<int(max=2147483647):number>")
def withdraw(token: str, number: int):
    """Take one's signature back."""
    row = signature_with(answer_by_token(token, now()), number)
    press_by_link()
    signing.withdraw(row, now())
    db.session.commit()
    return web.private(web.done(url_for("before.page", token=token)))


@bp.post("/rsvps/<token>/before/emergency")
def save_contact(token: str):
    """Whom to call."""
    rsvp = answer_by_token(token, now())
    form = EmergencyForm(required=rules_of(rsvp.event).emergency == ASKED)
    if not form.validate():
        return web.private(web.again("waivers/before.html", **_context(rsvp, token, emergency=form)))
    asking.save_contact(rsvp, form.contact.data, form.phone.data, now())
    db.session.commit()
    return web.private(web.done(url_for("before.page", token=token)))


@bp.post("/rsvps/<token>/before/photos")
def save_photos(token: str):
    """A yes or a no to pictures."""
    rsvp, form = answer_by_token(token, now()), PhotosForm()
    if not form.validate():
        return web.private(web.again("waivers/before.html", **_context(rsvp, token, photos=form)))
    asking.save_photo_answer(rsvp, form.photos.data == "yes", now())
    db.session.commit()
    return web.private(web.done(url_for("before.page", token=token)))


def _again(rsvp: Rsvp, token: str, form: AdultForm | MinorForm):
    return web.private(web.again("waivers/before.html", **_context(rsvp, token, **forms_of(form))))


def _page(rsvp: Rsvp, token: str) -> str:
    return render_template("waivers/before.html", **_context(rsvp, token))


def _context(rsvp: Rsvp, token: str, *, emergency=None, photos=None, **forms) -> dict:
    read, over = read_language(), rsvp.event.is_past(now())
    return {
        **signing_context(signing.signers_of(rsvp), read, **forms),
        **({"adult": None, "minor": None} if over else {}),
        **asking_context(rsvp, emergency=emergency, photos=photos),
        "rsvp": rsvp,
        "token": token,
        "read": read,
        "url": url_for("before.page", token=token),
        "button": ButtonForm(formdata=None),
    }
