"""People you met: being seen by those who were there, asking one of them, answering."""

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.contacts import ask_to, event_come_to, found_there
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..limits import Limit, spend
from ..when import now
from . import asks
from .card_forms import KeepForm
from .card_models import VERSIONS, CardAsk
from .card_page import card_view, offers_of
from .card_queries import says
from .people_queries import contact_between
from .words import event_day

bp = Blueprint("asks", __name__)
BY_ASKER = Limit("card-asks", 30, 86400)


@bp.post("/events/<slug>/met")
@signed_in
def be_found(slug: str):
    """Be shown to the others who were there, or not."""
    event = event_come_to(current_user, slug)
    press()
    asks.let_be_found(current_user, event, request.form.get("do") == "show")
    db.session.commit()
    return web.done(url_for("pages.event", slug=slug, _anchor="met"))


@bp.post("/events/<slug>/met/<who>")
@signed_in
def ask(slug: str, who: str):
    """Ask one of them to exchange cards."""
    event, moment = event_come_to(current_user, slug), now()
    person = found_there(current_user, event, who)
    press()
    spend(BY_ASKER, str(current_user.id), moment)
    asks.ask(current_user, person, event, moment)
    db.session.commit()
    return web.done(url_for("pages.event", slug=slug, _anchor="met"))


@bp.get("/contacts/asks/<public_id>")
@signed_in
def one(public_id: str):
    """Who asks, and what they would give."""
    return web.private(
        _page(ask_to(current_user, public_id), KeepForm(formdata=None, versions=VERSIONS, nothing=False))
    )


@bp.post("/contacts/asks/<public_id>")
@signed_in
def answer(public_id: str):
    """Yes, or not now; or no more letters about such."""
    row, form, moment = ask_to(current_user, public_id), KeepForm(versions=VERSIONS, nothing=False), now()
    do = request.form.get("do")
    if not form.validate():
        return web.private(_page(row, form)), 422
    if do == "yes":
        asker = row.asker
        asks.accept(row, form.back.data, moment)
        db.session.commit()
        return web.done(url_for("person.one", public_id=contact_between(current_user, asker).public_id, kept=1))
    if do == "quiet":
        asks.no_letters(current_user)
        db.session.commit()
        return web.done(url_for("asks.one", public_id=public_id))
    asks.decline(row, moment)
    db.session.commit()
    return web.done(url_for("contacts.listing"))


def _page(row: CardAsk, form: KeepForm) -> str:
    shown = card_view(says(row.card))
    day = event_day(row.event) if row.event else None
    return render_template("contacts/ask.html", ask=row, view=shown, day=day, form=form, offers=offers_of(current_user))
