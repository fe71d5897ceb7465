"""Whose following a link stands for."""

from ..discover.models import Follow
from .tokens import row_by_token, token_of

FOLLOW = "discover.follow"


def follow_token(follow: Follow) -> str:
    """The standing token that confirms, changes and ends it."""
    return token_of(FOLLOW, follow)


def follow_by_token(text: str) -> Follow:
    """The follow that a link stands for; 404 for an unknown or revoked token."""
    return row_by_token(Follow, FOLLOW, text)
