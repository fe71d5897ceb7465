"""Handing a crew over."""

from flask import Blueprint, request, url_for
from flask_login import current_user

from .. import web
from ..access.groups import owned_group
from ..access.memberships import membership_in
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..text import parse_int
from ..when import now
from .actions import hand_over as hand_over_to

bp = Blueprint("owners", __name__)


@bp.post("/groups/<slug>/manage/hand-over")
@signed_in
def hand_over(slug: str):
    """Make somebody in the crew an owner."""
    group = owned_group(current_user, slug)
    press()
    membership = membership_in(group, parse_int(request.form.get("to", ""), 1, 2**31 - 1) or 0)
    hand_over_to(membership, current_user, now())
    db.session.commit()
    return web.done(web.safe_path(request.args.get("next"), url_for("groups.people", slug=slug)))
