"""Whose following a link stands for."""

from flask import abort, current_app
from sqlalchemy import select

from ..db import db
from ..discover.models import Follow
from ..links import is_token, public_id_of, token

FOLLOW = "discover.follow"


def follow_token(follow: Follow) -> str:
    """The standing token that confirms, changes and ends it."""
    return token(current_app.config["SETTINGS"].secret_keys, FOLLOW, follow.public_id, follow.generation)


def follow_by_token(text: str) -> Follow:
    """The follow that a link stands for; 404 for an unknown or revoked token."""
    public_id = public_id_of(text)
    follow = public_id and db.session.scalar(select(Follow).where(Follow.public_id == public_id))
    keys = current_app.config["SETTINGS"].secret_keys
    if not follow or not is_token(keys, text, FOLLOW, follow.public_id, follow.generation):
        abort(404)
    return follow
