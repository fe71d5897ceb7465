"""What machines ask for: search engines, previews of shared addresses, watchers of the site's health."""

from flask import Blueprint, Response, abort, jsonify, redirect, url_for
from flask_login import current_user

from .. import web
from ..access.events import visible_event
from ..db import db
from ..links import site_link
from ..outbox.queries import oldest_overdue
from ..versions import LISTS, touch_store
from ..when import now
from .share import share_card, share_picture
from .sitemap import sitemap_index, sitemap_part

bp = Blueprint("machines", __name__)
MAIL_LATE = 15 * 60
CLOSED = (
    "/rsvps/ /calendars/ /follow/ /unsubscribe/ /login /settings /dashboard /admin /welcome/ /map.json /map/"
    " /spots/mine/ /spots/map.json /contacts /c/".split()
)


@bp.get("/robots.txt")
def robots():
    """Where search engines need not go, and where they find the rest."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), f"Sitemap: {site_link('machines.index')}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@bp.get("/sitemap.xml")
def index():
    """The parts of the sitemap."""
    return web.keep(Response(sitemap_index(), mimetype="application/xml"), LISTS)


@bp.get("/sitemap/<part>.xml")
def sitemap(part: str):
    """One part of it."""
    found = sitemap_part(part)
    if found is None:
        abort(404)
    return web.keep(Response(found, mimetype="application/xml"), LISTS)


@bp.get("/events/<slug>/share-<mark>.png")
def share(slug: str, mark: str):
    """The picture that stands for an event where its address is shared; an old one leads to the new."""
    event = visible_event(current_user, slug)
    if not event.is_shown:
        abort(404)
    current = share_card(event).mark
    if mark != current:
        return redirect(url_for("machines.share", slug=slug, mark=current), 302)
    answer = Response(share_picture(event), mimetype="image/png")
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@bp.get("/healthz")
def health():
    """Whether the store takes a write and mail goes out."""
    moment = now()
    touch_store(moment)
    db.session.commit()
    late = oldest_overdue(moment)
    ok = late < MAIL_LATE
    answer = jsonify(status="ok" if ok else "mail is late", oldest_unsent_mail_seconds=round(late))
    answer.headers["Cache-Control"] = "no-store"
    return answer, 200 if ok else 503
