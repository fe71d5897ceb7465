"""Links that let people into groups."""

from ..groups.join_models import JoinLink
from .tokens import row_by_token, token_of

JOIN = "join"


def join_token(link: JoinLink) -> str:
    """The standing token of a link."""
    return token_of(JOIN, link)


def join_link_by_token(token: str) -> JoinLink:
    """The link that a token stands for; 404 for one that is unknown or was taken back."""
    return row_by_token(JoinLink, JOIN, token)
