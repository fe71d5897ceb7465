"""Which letters one gets, by the link of any of them: no signing in, no cookie."""

from itertools import groupby

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.announcements import letters_token, person_by_letters_token, place_of, reached_by
from ..access.viewers import signed_in
from ..db import db
from ..forms import UNSENT, ButtonForm, press_by_link, press_or_one_click
from ..groups.models import Membership
from ..people.models import Person
from ..rsvps.models import Rsvp
from ..when import now
from .choosing import choices_of, choose
from .mail_forms import choices_form

bp = Blueprint("mail", __name__)
ALL = "/mail/<token>"
ONE = ALL + "/<any(events, groups):noun>/<int(max=2147483647):number>"


@bp.get("/settings/mail")
@signed_in
def mine():
    """The same page for whoever is signed in."""
    return web.done(url_for("mail.choices", token=letters_token(current_user)))


@bp.get(ALL)
def choices(token: str):
    """All that somebody may choose of the site's mail, on one page."""
    return web.private(_choices(person_by_letters_token(token), token, formdata=UNSENT))


@bp.post(ALL)
def save(token: str):
    """Take the choices."""
    person = person_by_letters_token(token)
    found = choices_of(person, now())
    form = choices_form(found)
    if not form.validate():
        return web.private(_choices(person, token)), 422
    choose(found, form.data)
    db.session.commit()
    return web.private(web.done(url_for("mail.choices", token=token, saved=1)))


@bp.post(ALL + "/least")
def least(token: str):
    """Nothing but what answers, changes and cancels."""
    press_by_link()
    found = choices_of(person_by_letters_token(token), now())
    choose(found, {choice.name: choice.off for choice in found})
    db.session.commit()
    return web.private(web.done(url_for("mail.choices", token=token, least=1)))


@bp.get(ONE)
def unsubscribe(token: str, noun: str, number: int):
    """A page with a button: mail scanners follow links."""
    return _page(token, reached_by(person_by_letters_token(token), noun, number))


@bp.post(ONE)
@web.own_proof
def end(token: str, noun: str, number: int):
    """No more announcements of this, for the page's button and for one click in a mail program (RFC 8058)."""
    row = reached_by(person_by_letters_token(token), noun, number)
    press_or_one_click()
    row.announced = False
    db.session.commit()
    return _page(token, row)


@bp.post(f"{ONE}/again")
def begin(token: str, noun: str, number: int):
    """Announcements of this again."""
    row = reached_by(person_by_letters_token(token), noun, number)
    press_by_link()
    row.announced = True
    db.session.commit()
    return _page(token, row)


def _choices(person: Person, token: str, **given) -> str:
    found = choices_of(person, now())
    form = choices_form(found, **given)
    parts = [(part, [form[choice.name] for choice in rows]) for part, rows in groupby(found, lambda row: row.part)]
    on = any(choice.now != choice.off for choice in found)
    told = {"saved": "saved" in request.args, "least": "least" in request.args}
    return render_template("organize/mail.html", token=token, form=form, parts=parts, on=on, to=person.email, **told)


def _page(token: str, row: Rsvp | Membership):
    place = place_of(row)
    noun, name = ("events", place.title) if isinstance(row, Rsvp) else ("groups", place.name)
    at = {"token": token, "noun": noun, "number": place.id}
    button = ButtonForm(formdata=UNSENT)
    return web.private(render_template("organize/unsubscribe.html", at=at, name=name, row=row, button=button))
