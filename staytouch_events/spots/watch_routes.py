"""The page that letters about a place lead to: its buttons confirm, end the mail, begin it again."""

from flask import Blueprint, render_template, url_for

from .. import web
from ..access.spots import watcher_by_token
from ..db import db
from ..forms import ButtonForm, press_by_link
from ..when import now
from . import actions
from .models import SHOWN

bp = Blueprint("watching", __name__)


@bp.get("/spots/mine/<token>")
def mine(token: str):
    """One's report, or "me too", and its button."""
    watcher = watcher_by_token(token)
    spot = watcher.spot
    url = url_for("spots.one", slug=spot.slug) if spot.state in SHOWN else None
    context = {"token": token, "watcher": watcher, "spot": spot, "spot_url": url}
    return web.private(render_template("spots/mine.html", **context, button=ButtonForm(formdata=None)))


@bp.post("/spots/mine/<token>")
def confirm(token: str):
    """Yes, it is so; and news of it comes by mail."""
    return _act(token, actions.confirm)


@bp.post("/spots/mine/<token>/end")
def end(token: str):
    """No more mail about it."""
    return _act(token, actions.end)


def _act(token: str, act):
    watcher = watcher_by_token(token)
    press_by_link()
    act(watcher, now())
    db.session.commit()
    return web.private(web.done(url_for("watching.mine", token=token)))
