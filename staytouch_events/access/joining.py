"""Links that let people into groups."""

from flask import abort

from ..db import db
from ..groups.join_models import JoinLink
from ..groups.lead_models import LeadAsk
from .tokens import row_by_token, token_of

JOIN = "join"


def join_token(link: JoinLink) -> str:
    """The standing token of a link."""
    return token_of(JOIN, link)


def join_link_by_token(token: str) -> JoinLink:
    """The link that a token stands for; 404 for one that is unknown or was taken back."""
    return row_by_token(JoinLink, JOIN, token)


def lead_ask_numbered(number: int) -> LeadAsk:
    """Somebody's offer to lead a group, for the site's admins; else 404."""
    return db.session.get(LeadAsk, number) or abort(404)
