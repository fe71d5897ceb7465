"""Where the links of the week's letter lead: one person with the next steps, and an end to the letters."""

from flask import Blueprint, Response, abort, render_template, request, url_for

from .. import web
from ..access.contacts import own_contact
from ..access.reach_outs import reminded_by_token
from ..db import db
from ..forms import ButtonForm, press, press_or_one_click
from ..text import parse_int
from ..when import now
from . import digests, reaching
from .due_page import due_row, invite_context
from .due_routes import DONE, logged, take_back
from .invite_queries import invitable
from .models import Contact
from .rhythm_queries import people_of, settings_of, standings

bp = Blueprint("reach", __name__)
ONE = "/reach-out/<token>/<public_id>"


@bp.get(ONE)
def one(token: str, public_id: str):
    """Who, why, and the buttons."""
    person = reminded_by_token(token)
    contact, moment = own_contact(person, public_id), now()
    row = standings(person, moment, people_of(person).where(Contact.id == contact.id))
    if not row:
        abort(404)
    done = request.args.get("done")
    return _private(
        "contacts/reach.html",
        p=due_row(row[0], {}, invitable(person, [contact], moment), token),
        done=done if done in DONE else None,
        who=contact,
        touch=parse_int(request.args.get("touch", ""), 1, 2**31 - 1),
        undo_url=url_for("reach.undo", token=token, public_id=public_id),
        end_url=url_for("reach.letters", token=token),
        button=ButtonForm(formdata=None),
    )


@bp.post(f"{ONE}/log")
def log(token: str, public_id: str):
    """They talked, met or wrote."""
    contact = own_contact(reminded_by_token(token), public_id)
    press()
    touch = logged(contact)
    return _done(token, public_id, done="logged", touch=touch.id)


@bp.post(f"{ONE}/later")
def later(token: str, public_id: str):
    """In a week."""
    contact = own_contact(reminded_by_token(token), public_id)
    press()
    reaching.later(contact, now())
    return _done(token, public_id, done="later")


@bp.post(f"{ONE}/undo")
def undo(token: str, public_id: str):
    """Take back what was just put down or put off."""
    contact = own_contact(reminded_by_token(token), public_id)
    press()
    take_back(contact)
    return _done(token, public_id)


@bp.get(f"{ONE}/invite")
def invite(token: str, public_id: str):
    """Ask somebody along to what is on soon."""
    person = reminded_by_token(token)
    contact = own_contact(person, public_id)
    event = invitable(person, [contact], now()).get(contact.id) or abort(404)
    here = {"token": token, "public_id": public_id}
    urls = {"log_url": url_for("reach.log", **here), "back_url": url_for("reach.one", **here)}
    return _private("contacts/invite.html", **invite_context(contact, event), **urls)


@bp.get("/reach-out/<token>")
def letters(token: str):
    """A page with a button: mail scanners follow links."""
    return _letters(token)


@bp.post("/reach-out/<token>")
@web.own_proof
def end(token: str):
    """No more letters, for the page's button and for one click in a mail program (RFC 8058)."""
    person = reminded_by_token(token)
    press_or_one_click()
    digests.save(person, {"by_mail": False}, now())
    db.session.commit()
    return _letters(token)


@bp.post("/reach-out/<token>/again")
def again(token: str):
    """Send them again after all."""
    person = reminded_by_token(token)
    press()
    digests.save(person, {"by_mail": True, "is_on": True}, now())
    db.session.commit()
    return web.private(web.done(url_for("reach.letters", token=token)))


def _letters(token: str) -> Response:
    row = settings_of(reminded_by_token(token))
    button = ButtonForm(formdata=None)
    return _private("contacts/letters.html", token=token, on=row.is_on and row.by_mail, button=button)


def _done(token: str, public_id: str, **done) -> Response:
    db.session.commit()
    return web.private(web.done(url_for("reach.one", token=token, public_id=public_id, **done)))


def _private(template: str, **context) -> Response:
    return web.private(render_template(template, **context))
