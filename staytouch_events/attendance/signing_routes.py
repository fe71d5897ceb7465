"""Signing on site: a helper hands the phone over."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.attendance import checked_event, helping_answer, party_of
from ..access.viewers import signed_in
from ..db import db
from ..people.models import Person
from ..refusals import Refused
from ..waivers.before import signing_context
from ..waivers.page import at_field, forms_of, read_language, sign_with, signing_form
from ..when import now
from .models import Party
from .readiness import is_signed, signers_at

bp = Blueprint("on_site", __name__)


@bp.get("/events/<slug>/checkin/<who>/sign")
@signed_in
def page(slug: str, who: str):
    """What somebody who is there has to sign."""
    event = checked_event(current_user, slug, now())
    return web.private(_page(party_of(event, who), *_urls(slug, who)))


@bp.post("/events/<slug>/checkin/<who>/sign")
@signed_in
def sign(slug: str, who: str):
    """They sign."""
    event = checked_event(current_user, slug, now())
    return _sign(party_of(event, who), current_user, *_urls(slug, who))


@bp.get("/rsvps/<token>/checkin/<who>/sign")
def page_by_link(token: str, who: str):
    """The same on the phone of a guest who helps."""
    return web.private(_page(party_of(helping_answer(token, now()).event, who), *_urls_by_link(token, who)))


@bp.post("/rsvps/<token>/checkin/<who>/sign")
def sign_by_link(token: str, who: str):
    """They sign there."""
    rsvp = helping_answer(token, now())
    return _sign(party_of(rsvp.event, who), rsvp.person, *_urls_by_link(token, who))


def _sign(party: Party, held_by: Person, url: str, back: str):
    signers = signers_at(party)
    form = signing_form(signers)
    if not form.validate():
        return web.private(web.again("attendance/sign.html", **_context(party, url, back, **forms_of(form))))
    try:
        sign_with(form, signers, held_by)
    except Refused as refusal:
        db.session.rollback()
        form = at_field(form, refusal)
        return web.private(web.again("attendance/sign.html", **_context(party, url, back, **forms_of(form))))
    db.session.commit()
    return web.private(web.done(back if is_signed(signers_at(party)) else url))


def _page(party: Party, url: str, back: str) -> str:
    return render_template("attendance/sign.html", **_context(party, url, back))


def _context(party: Party, url: str, back: str, **forms) -> dict:
    read = read_language()
    return {**signing_context(signers_at(party), read, **forms), "party": party, "url": url, "back": back, "read": read}


def _urls(slug: str, who: str) -> tuple[str, str]:
    """This page, and the row of the check-in that it belongs to."""
    return url_for("on_site.page", slug=slug, who=who), f"{url_for('checkin.console', slug=slug)}#{who}"


def _urls_by_link(token: str, who: str) -> tuple[str, str]:
    back = url_for("checkin.console_by_link", token=token)
    return url_for("on_site.page_by_link", token=token, who=who), f"{back}#{who}"
