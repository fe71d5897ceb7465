"""The conversation of somebody without an account with a crew, behind the link in their mail."""

from flask import Blueprint, abort, request, url_for

from .. import web
from ..access.conversations import side_by_token
from ..db import db
from ..forms import press_by_link
from ..limits import spend
from ..when import now
from . import actions
from .forms import ReadForm
from .routes import MESSAGE, MESSAGES, before_asked, read_on, take_back_on, thread_page, write_on

bp = Blueprint("message_links", __name__)
# What can be made of a conversation by its link.
VERBS = ("mute", "unmute", "block", "unblock")


@bp.get("/messages/with/<token>")
def one(token: str):
    """The conversation."""
    side = side_by_token(token)
    return thread_page(side, side.person, before_asked(), link=token, sent="sent" in request.args)


@bp.post("/messages/with/<token>")
def write(token: str):
    """Write on."""
    side = side_by_token(token)
    spend(MESSAGES, f"side {side.id}", now())
    return web.private(write_on(side, side.person, url_for("message_links.one", token=token, _anchor="write"), token))


@bp.post("/messages/with/<token>/read")
def read(token: str):
    """What the page showed is read."""
    return web.private(read_on(side_by_token(token), ReadForm(), url_for("message_links.one", token=token)))


@bp.post(f"/messages/with/<token>/messages/{MESSAGE}/back")
def take_back(token: str, message: int):
    """Undo a message."""
    side = side_by_token(token)
    _press()
    return take_back_on(side, side.person, message, token)


@bp.post("/messages/with/<token>/<verb>")
def change(token: str, verb: str):
    """No mail, no more messages, and back."""
    side = side_by_token(token)
    if verb not in VERBS:
        abort(404)
    _press()
    actions.VERBS[verb](side, now())
    db.session.commit()
    return web.private(web.done(url_for("message_links.one", token=token)))


def _press() -> None:
    press_by_link()
