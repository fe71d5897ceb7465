"""A card as anybody sees it: kept, given back, taken to a phone, or answered with one's own details."""

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask_login import current_user
from werkzeug.exceptions import NotFound

from .. import web
from ..access.contacts import card_by_token
from ..db import db
from ..limits import Limit, TooMany, spend
from ..text import slugify
from ..when import now
from . import exchange
from .card_forms import KeepForm, LeaveForm
from .card_models import VERSIONS, Card
from .card_page import card_link, card_view, offers_of
from .card_queries import says
from .card_vcards import card_file
from .people_queries import contact_between, given_to

bp = Blueprint("shown_cards", __name__)
# A whole clean-up may scan one card from one network.
BY_SENDER = Limit("card-from", 20, 3600)
BY_CARD = Limit("card-to", 40, 3600)


@bp.get("/c/<token>")
def one(token: str):
    """The card."""
    card = _card(token)
    return web.private(_page(token, card))


@bp.get("/c/<token>.vcf")
def file(token: str):
    """The card for a phone's own contacts."""
    card = _card(token)
    said = says(card)
    answer = make_response(card_file(said, card.public_id, card_link(card)))
    answer.headers["Content-Type"] = "text/vcard; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{slugify(said["name"]) or "card"}.vcf"'
    return web.private(answer)


@bp.post("/c/<token>")
def keep(token: str):
    """Keep it, and give one's own back or not; who has no account leaves how to reach them."""
    card = _card(token)
    if not current_user.is_authenticated:
        return _leave(token, card)
    form = KeepForm(versions=VERSIONS)
    if not form.validate():
        return web.private(web.again("contacts/shown.html", **_context(token, card, keep_form=form)))
    contact = exchange.keep(current_user, card, form.back.data, now())
    db.session.commit()
    return web.private(web.done(url_for("person.one", public_id=contact.public_id, kept=1)))


def _leave(token: str, card: Card) -> Response:
    """The same page for a robot, which leaves nothing."""
    form, moment = LeaveForm(), now()
    if not form.validate():
        return web.private(web.again("contacts/shown.html", **_context(token, card, leave_form=form)))
    try:
        spend(BY_SENDER, request.remote_addr or "", moment)
        spend(BY_CARD, card.public_id, moment)
    except TooMany as early:
        form.name.errors = [web.too_many_words(early)]
        again = web.again("contacts/shown.html", 429, **_context(token, _card(token), leave_form=form))
        again.headers["Retry-After"] = str(early.retry_after)
        return web.private(again)
    if not form.website.data:
        said = {"name": form.name.data}
        said |= {"emails": [["", form.email.data]]} if form.email.data else {}
        said |= {"phones": [["", form.phone.data]]} if form.phone.data else {}
        exchange.leave(card, said, form.word.data or "", moment)
        db.session.commit()
    return web.private(render_template("contacts/left.html", token=token, view=card_view(says(card))))


def _card(token: str) -> Card:
    """The card; a 404 that leads on where it was revoked."""
    try:
        return card_by_token(token)
    except NotFound:
        abort(web.private(make_response(render_template("contacts/gone.html"), 404)))


def _page(token: str, card: Card) -> str:
    return render_template("contacts/shown.html", **_context(token, card))


def _context(token: str, card: Card, keep_form: KeepForm | None = None, leave_form: LeaveForm | None = None) -> dict:
    known, is_mine, offers = None, False, []
    if current_user.is_authenticated:
        is_mine = card.person_id == current_user.id
        known, offers = contact_between(current_user, card.person), offers_of(current_user)
    known = known if known and known.removed_at is None else None
    return {
        "token": token,
        "view": card_view(says(card)),
        "version": card.version,
        "is_mine": is_mine,
        "offers": offers,
        "known": known,
        "both": bool(known and given_to(known)),
        "keep_form": keep_form or KeepForm(formdata=None, versions=VERSIONS),
        "leave_form": leave_form or LeaveForm(formdata=None),
    }
