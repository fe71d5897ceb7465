"""The event page and the plain pages."""

from flask import Blueprint

bp = Blueprint("pages", __name__)


@bp.get("/events/<slug>")
def event(slug: str):
    return slug
