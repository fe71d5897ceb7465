"""Which letters one gets, by the link of any of them: no signing in, no cookie."""

from flask import Blueprint, render_template

from .. import web
from ..access.announcements import person_by_letters_token, place_of, reached_by
from ..db import db
from ..forms import UNSENT, ButtonForm, press_by_link, press_or_one_click
from ..groups.models import Membership
from ..rsvps.models import Rsvp

bp = Blueprint("mail", __name__, url_prefix="/mail/<token>")
ONE = "/<any(events, groups):noun>/<int(max=2147483647):number>"


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


def _page(token: str, row: Rsvp | Membership):
    place = place_of(row)
    noun, name = ("events", place.title) if isinstance(row, Rsvp) else ("groups", place.name)
    at = {"token": token, "noun": noun, "number": place.id}
    button = ButtonForm(formdata=UNSENT)
    return web.private(render_template("organize/unsubscribe.html", at=at, name=name, row=row, button=button))
