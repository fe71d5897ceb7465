"""Passing an event on: the short link, the page to share it from, the flyer."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.events import event_by_code, visible_event
from ..events.models import Event
from ..qr import qr_svg
from ..when import now
from .flyer_page import PAPERS, flyer_context, share_context, short_link

bp = Blueprint("flyers", __name__)


@bp.get("/e/<code>")
def short(code: str):
    """The short link of flyers and strips: answers that come by it are known to come from paper."""
    event = event_by_code(current_user, code)
    kept = {"lang": request.args["lang"]} if "lang" in request.args else {}
    return web.unlisted(redirect(url_for("pages.event", slug=event.slug, **{"from": "flyer"}, **kept)))


@bp.get("/events/<slug>/share")
def share(slug: str):
    """The link, words for messengers, the code and the flyers."""
    return web.unlisted(render_template("organize/share.html", **share_context(_shown(slug))))


@bp.get("/events/<slug>/flyer")
def flyer(slug: str):
    """The flyer on a paper of one's choice."""
    paper = PAPERS.get(request.args.get("paper", ""), PAPERS["letter"])
    return web.unlisted(render_template("organize/flyer.html", **flyer_context(_shown(slug), paper, now())))


@bp.get("/events/<slug>/code.svg")
def code(slug: str):
    """The code that leads to the event, as it stands on paper."""
    answer = Response(qr_svg(short_link(_shown(slug))), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "private, max-age=300"
    return answer


def _shown(slug: str) -> Event:
    """An event that there is something to tell of; 404 for a draft."""
    event = visible_event(current_user, slug)
    if not event.is_shown:
        abort(404)
    return event
