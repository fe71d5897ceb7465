"""Answering an event, and the page of one answer."""

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.events import tells_place, visible_event
from ..access.rsvps import answer_by_token, manage_token
from ..db import db
from ..events.models import CANCELLED, EXACT
from ..events.places import whereabouts
from ..events.weather import is_undecided, weather_words
from ..events.words import short_day, when_words, where_words
from ..forms import press_by_link
from ..geo.directions import directions_links
from ..limits import Limit, spend
from ..links import link_tag
from ..markdown import html
from ..people.queries import person_by_email
from ..refusals import Refused
from ..spoken import language
from ..text import mask_email
from ..when import in_zone, now
from . import actions, confirming, letters
from .additions import ages_of, page_context
from .asking import unsaid
from .forms import AnswerForm, LinkForm, answer_form, own_form
from .models import DECLINED, MAYBE, SEATED
from .queries import letters_about
from .words import answer_words, question_words, why_closed

bp = Blueprint("rsvps", __name__)
# A whole clean-up may answer from one network.
BY_SENDER = Limit("rsvp-from", 300, 3600)
BY_ADDRESS = Limit("rsvp-to", 20, 3600)


@bp.post("/events/<slug>/rsvp")
def respond(slug: str):
    """Answer: at once for somebody signed in, by letter for everyone else."""
    event = visible_event(current_user, slug)
    form = answer_form(event, _answer(event))
    if not form.validate():
        return web.again("rsvps/answer.html", form=form, event=event)
    try:
        return _respond_signed_in(event, form) if current_user.is_authenticated else _respond_as_guest(event, form)
    except Refused as refusal:
        db.session.rollback()
        if _at_field(form, refusal):
            return web.again("rsvps/answer.html", form=form, event=event)
        return web.again("rsvps/answer.html", 409, form=form, event=event, refusal=str(refusal))


def _respond_signed_in(event, form):
    said = (form.name.data, form.answer.data, form.party(), form.note.data or "")
    outcome = actions.respond(event, current_user, *said, now(), beside=form.beside())
    db.session.commit()
    return web.done(_manage(outcome, form))


def _respond_as_guest(event, form):
    moment, email = now(), form.email.data
    spend(BY_SENDER, request.remote_addr or "", moment)
    spend(BY_ADDRESS, email, moment)
    # Said from what was read before the lock: after the commit it would all be read again.
    back = {"event": (event.slug, event.title), "crew": (event.group.slug, event.group.name)}
    if not form.website.data:
        said = (form.name.data, form.answer.data, form.party(), form.note.data or "")
        actions.answer_as_guest(event, email, *said, language(), moment, form.beside())
        db.session.commit()
    return web.private(render_template("rsvps/written.html", **back, email=mask_email(email)))


@bp.get("/events/<slug>/rsvp")
def answer(slug: str):
    """The form on a page of its own: behind a link, or after signing in."""
    event = visible_event(current_user, slug)
    return render_template("rsvps/answer.html", event=event, form=answer_form(event, _answer(event), _asked(event)))


@bp.post("/events/<slug>/rsvp/link")
def send_link(slug: str):
    """Mail the link to one's answer again; the same page whether there is one or not."""
    event, form = visible_event(current_user, slug), LinkForm()
    if not form.validate():
        return web.again("rsvps/link.html", event=event, form=form)
    moment, email = now(), form.email.data
    spend(BY_SENDER, request.remote_addr or "", moment)
    spend(BY_ADDRESS, email, moment)
    person = person_by_email(email)
    rsvp = person and actions.answer_of(event, person)
    if rsvp:
        letters.send_manage_link(rsvp, moment)
    db.session.commit()
    return web.private(render_template("rsvps/link_sent.html", event=event, email=mask_email(email)))


@bp.get("/events/<slug>/rsvp/link")
def lost_link(slug: str):
    """Ask for the address that answered."""
    return render_template("rsvps/link.html", event=visible_event(current_user, slug), form=LinkForm())


@bp.get("/rsvps/<token>")
def manage(token: str):
    """One's answer: what it came to, and the form to change it, with what a letter's link asks for in it."""
    rsvp = answer_by_token(token, now())
    given = {"answer": rsvp.answer, "adults": rsvp.adults, "minors": rsvp.minors, "name": rsvp.name, "note": rsvp.note}
    given |= {} if rsvp.youngest is None else {"youngest": str(rsvp.youngest)}
    form = own_form(rsvp, {**given, **_asked(rsvp.event)}, formdata=None)
    return web.private(_manage_page(rsvp, token, form))


@bp.post("/rsvps/<token>")
def change(token: str):
    """Change it; the holder of the link needs no session."""
    rsvp = answer_by_token(token, now())
    form = own_form(rsvp)
    if not form.validate():
        return web.private(web.again("rsvps/manage.html", **_manage_context(rsvp, token, form)))
    try:
        outcome = actions.respond(
            rsvp.event,
            rsvp.person,
            form.name.data,
            form.answer.data,
            form.party(),
            form.note.data or "",
            now(),
            join_line="join_line" in request.form,
            beside=form.beside(),
        )
    except Refused as refusal:
        db.session.rollback()
        if not _at_field(form, refusal):
            raise
        rsvp = answer_by_token(token, now())
        return web.private(web.again("rsvps/manage.html", **_manage_context(rsvp, token, form)))
    db.session.commit()
    return web.private(web.done(_manage(outcome, form)))


@bp.post("/rsvps/<token>/confirm")
def confirm(token: str):
    """Still coming, on the new date."""
    rsvp = answer_by_token(token, now())
    press_by_link()
    confirming.confirm(rsvp, now())
    db.session.commit()
    return web.private(web.done(url_for("rsvps.manage", token=token)))


@bp.post("/rsvps/<token>/withdraw")
def withdraw(token: str):
    """Give the seats back."""
    rsvp = answer_by_token(token, now())
    press_by_link()
    actions.withdraw(rsvp, now())
    db.session.commit()
    return web.private(web.done(url_for("rsvps.manage", token=token)))


def _manage(outcome, form) -> str:
    """The answer's page; with the larger party in its form where that has no room yet."""
    token = manage_token(outcome.rsvp)
    if not outcome.short:
        return url_for("rsvps.manage", token=token)
    asked = {"adults": form.adults.data, "minors": form.minors.data or 0, "youngest": form.youngest.data or None}
    return url_for("rsvps.manage", token=token, short=outcome.short, **asked)


def _at_field(form, refusal: Refused) -> bool:
    """Have the field that a refusal is about say so; whether there is one."""
    if refusal.field not in form:
        return False
    form[refusal.field].errors = [str(refusal)]
    return True


def _asked(event) -> dict:
    """What the address asks for: the answer and party that a letter's link holds."""
    asked = AnswerForm(formdata=request.args, ages=ages_of(event))
    asked.validate()
    names = ("answer", "adults", "minors", "youngest", "name", "note")
    said = {name: asked[name].data for name in names if request.args.get(name) and not asked[name].errors}
    return said | ({"came_from": tag} if (tag := link_tag(request.args.get("from"))) else {})


def _answer(event):
    return actions.answer_of(event, current_user) if current_user.is_authenticated else None


def _manage_page(rsvp, token: str, form) -> str:
    return render_template("rsvps/manage.html", **_manage_context(rsvp, token, form))


def _manage_context(rsvp, token: str, form) -> dict:
    event, exact = rsvp.event, tells_place(rsvp)
    seated, place = rsvp.standing == SEATED, whereabouts(event, exact)
    where = where_words(event, exact)
    return {
        **page_context(rsvp, now()),
        "rsvp": rsvp,
        "event": event,
        "words": answer_words(rsvp),
        "question": question_words(rsvp, now()),
        "when": when_words(event),
        "weather": weather_words(event) if is_undecided(event) else "",
        "where": where,
        "place": place,
        "directions": directions_links(*place.point, where) if place.precision in EXACT else [],
        "private_html": html(event.private_note) if seated and event.private_note else None,
        "token": token,
        "form": form,
        "unsaid": unsaid(rsvp),
        "asks": bool(_asked(event)) and not request.args.get("short"),
        "short": request.args.get("short"),
        "closed_words": why_closed(event, now()),
        "may_withdraw": rsvp.answer != DECLINED and event.state != CANCELLED and not event.is_past(now()),
        "calendars": [(_("File"), url_for("feeds.answer", token=token))] if seated or rsvp.answer == MAYBE else [],
        "letters": [
            {"day": short_day(in_zone(row.ended_at, event.zone).date()), "subject": row.subject}
            for row in letters_about(rsvp)
        ],
    }
