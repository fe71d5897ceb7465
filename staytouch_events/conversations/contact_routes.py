"""Writing to a crew's organizers, from its page or an event's, with an account or without."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.conversations import contacted_event, contacted_group, inquiry_by_token, side_token
from ..db import db
from ..events.models import Event
from ..forms import ButtonForm, press_by_link
from ..groups.models import Group
from ..limits import Limit, spend
from ..markdown import html
from ..refusals import Refused
from ..spoken import language
from ..text import mask_email
from ..when import now
from . import actions, contacting
from .forms import ContactForm, StrangerForm

bp = Blueprint("contact", __name__)
BY_SENDER = Limit("contact-from", 20, 3600)
BY_ADDRESS = Limit("contact-as", 6, 3600)
BY_CREW = Limit("contact-to", 60, 3600)


@bp.get("/groups/<slug>/contact")
def group(slug: str):
    """The form, on a crew's behalf."""
    return _page(contacted_group(current_user, slug), None, _form(blank=True))


@bp.post("/groups/<slug>/contact")
def write_to_group(slug: str):
    """Write to a crew."""
    return _write(contacted_group(current_user, slug), None)


@bp.get("/events/<slug>/contact")
def event(slug: str):
    """The form, about an event."""
    found = contacted_event(current_user, slug)
    return _page(found.group, found, _form(blank=True))


@bp.post("/events/<slug>/contact")
def write_about_event(slug: str):
    """Write to the crew about an event of theirs."""
    found = contacted_event(current_user, slug)
    return _write(found.group, found)


@bp.get("/messages/letter/<token>")
def letter(token: str):
    """What was written, and the button that sends it: mail scanners follow links."""
    inquiry = inquiry_by_token(token)
    context = {"inquiry": inquiry, "text": html(inquiry.text), "token": token, "button": ButtonForm(formdata=None)}
    return web.private(render_template("conversations/letter.html", **context))


@bp.post("/messages/letter/<token>")
def send_letter(token: str):
    """Send it on."""
    inquiry = inquiry_by_token(token)
    press_by_link()
    side = contacting.send_on(inquiry, now())
    db.session.commit()
    return web.private(web.done(url_for("message_links.one", token=side_token(side), sent=1)))


def _write(crew: Group, about: Event | None):
    form, moment = _form(), now()
    if not form.validate():
        return _page(crew, about, form), 422
    spend(BY_SENDER, request.remote_addr or "", moment)
    spend(BY_CREW, str(crew.id), moment)
    if current_user.is_authenticated:
        return _write_signed_in(crew, about, form)
    spend(BY_ADDRESS, form.email.data, moment)
    if not form.website.data:
        typed = {"name": form.name.data, "email": form.email.data, "text": form.text.data, "language": language()}
        contacting.ask(crew, about, typed, moment)
        db.session.commit()
    masked = mask_email(form.email.data)
    return web.private(render_template("conversations/contact_sent.html", crew=crew, event=about, email=masked))


def _write_signed_in(crew: Group, about: Event | None, form: ContactForm):
    side = actions.begin_with_crew(current_user, crew, now())
    number = side.conversation_id
    try:
        actions.send(side, current_user, form.text.data, now(), about)
    except Refused as refusal:
        db.session.rollback()
        form.text.errors = [str(refusal)]
        return _page(crew, about, form), 422
    db.session.commit()
    return web.done(url_for("messages.one", number=number, _anchor="write"))


def _form(blank: bool = False) -> ContactForm:
    kind = ContactForm if current_user.is_authenticated else StrangerForm
    more: dict[str, Any] = {"formdata": None} if blank else {}
    return kind(**more)


def _page(crew: Group, about: Event | None, form: ContactForm) -> str:
    return render_template("conversations/contact.html", crew=crew, event=about, form=form)
