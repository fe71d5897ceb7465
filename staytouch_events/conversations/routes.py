"""One's messages: the list, a conversation, writing, and what one makes of it."""

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.conversations import message_from, own_side, writable_person
from ..access.viewers import signed_in
from ..access.writing import ASKING, FREELY, conversation_between, may_write
from ..db import db
from ..forms import press
from ..limits import Limit, spend
from ..people.models import Person
from ..refusals import Refused
from ..text import parse_int
from ..when import now
from . import actions
from .forms import MessageForm, ReadForm
from .models import Side
from .page import first_context, list_context, thread_context

bp = Blueprint("messages", __name__)
NUMBER, MESSAGE = "<int(max=2147483647):number>", "<int(max=2147483647):message>"
MESSAGES = Limit("messages-from", 90, 3600)
# Rule 19 of reliability.md: nobody writes to two hundred strangers.
REQUESTS = Limit("message-requests-from", 10, 86400)


@bp.get("/messages")
@signed_in
def listing():
    """What waits, then the rest; or what was put away."""
    away = "away" in request.args
    return render_template("conversations/list.html", **list_context(current_user, away, before_asked(), now()))


@bp.get(f"/messages/{NUMBER}")
@signed_in
def one(number: int):
    """A conversation, the newest message last."""
    return thread_page(own_side(current_user, number), current_user, before_asked())


@bp.post(f"/messages/{NUMBER}")
@signed_in
def write(number: int):
    """Write on."""
    side = own_side(current_user, number)
    spend(MESSAGES, str(current_user.id), now())
    return write_on(side, current_user, url_for("messages.one", number=number, _anchor="write"))


@bp.get("/messages/to/<public_id>")
@signed_in
def first(public_id: str):
    """Write to somebody: on in the conversation there is, or a first word."""
    person = writable_person(current_user, public_id)
    begun = conversation_between(current_user.id, person.id)
    if begun is not None and begun.last_id:
        return web.done(url_for("messages.one", number=begun.id, _anchor="write"))
    return _first_page(person, MessageForm(formdata=None))


@bp.post("/messages/to/<public_id>")
@signed_in
def begin(public_id: str):
    """The first word."""
    person, form, moment = writable_person(current_user, public_id), MessageForm(), now()
    if not form.validate():
        return _first_page(person, form), 422
    how = may_write(current_user, person)
    if how in (FREELY, ASKING):
        spend(REQUESTS if how == ASKING else MESSAGES, str(current_user.id), moment)
    side = actions.begin(current_user, person, moment)
    number = side.conversation_id
    try:
        actions.send(side, current_user, form.text.data, moment)
    except Refused as refusal:
        db.session.rollback()
        form.text.errors = [str(refusal)]
        return _first_page(person, form), 422
    db.session.commit()
    return web.done(url_for("messages.one", number=number, _anchor="write"))


@bp.post(f"/messages/{NUMBER}/messages/{MESSAGE}/back")
@signed_in
def take_back(number: int, message: int):
    """Undo a message: its text is in the form again."""
    side = own_side(current_user, number)
    message_from(side, message)
    press()
    return take_back_on(side, current_user, message)


@bp.post(f"/messages/{NUMBER}/read")
@signed_in
def read(number: int):
    """What the page showed is read; the page's script says so, or a button."""
    side, form = own_side(current_user, number), ReadForm()
    return read_on(side, form, url_for("messages.one", number=number, _anchor="write"))


@bp.post(f"/messages/{NUMBER}/<verb>")
@signed_in
def change(number: int, verb: str):
    """Accept, decline, block, mute, put away, and back."""
    side = own_side(current_user, number)
    if verb not in actions.VERBS:
        abort(404)
    press()
    actions.VERBS[verb](side, now())
    db.session.commit()
    gone = verb in ("decline", "put-away")
    return web.done(url_for("messages.listing") if gone else url_for("messages.one", number=number))


def write_on(side: Side, writer: Person, back: str, link: str | None = None):
    """Send what the form holds, or show it again with what is wrong."""
    form = MessageForm()
    if not form.validate():
        return thread_page(side, writer, None, 422, link, form=form)
    try:
        actions.send(side, writer, form.text.data, now())
    except Refused as refusal:
        db.session.rollback()
        form.text.errors = [str(refusal)]
        return thread_page(side, writer, None, 422, link, form=form)
    db.session.commit()
    return web.done(back)


def take_back_on(side: Side, writer: Person, message: int, link: str | None = None):
    """Undo a message of this side, and show its text in the form."""
    text = actions.take_back(message_from(side, message), writer, now())
    db.session.commit()
    form = MessageForm(formdata=None)
    form.text.data = text
    return thread_page(side, writer, None, 200, link, form=form, taken_back=True)


def read_on(side: Side, form: ReadForm, back: str):
    """Note what was read."""
    if form.validate() and form.up_to.data:
        actions.read(side, form.up_to.data)
        db.session.commit()
    return web.done(back)


def thread_page(side: Side, viewer: Person, before: int | None, status: int = 200, link: str | None = None, **typed):
    """The conversation's page, never kept anywhere."""
    context = thread_context(side, viewer, before, now(), link, **typed)
    answer = web.private(render_template("conversations/thread.html", **context))
    answer.status_code = status
    return answer


def _first_page(person: Person, form: MessageForm):
    context = first_context(current_user, person, may_write(current_user, person), form)
    return web.private(render_template("conversations/first.html", **context))


def before_asked() -> int | None:
    """Before which message a page of a list is asked for."""
    return parse_int(request.args.get("before", ""), 1, 2**31 - 1)
