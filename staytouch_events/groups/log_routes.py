"""What was done with a crew, for its organizers."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from ..access.groups import organized_group
from ..access.viewers import signed_in
from ..text import parse_int
from .log_page import log_context

bp = Blueprint("group_log", __name__)


@bp.get("/groups/<slug>/manage/log")
@signed_in
def listing(slug: str):
    """The newest lines, or those before one."""
    group = organized_group(current_user, slug)
    before = parse_int(request.args.get("before", ""), 1, 2**31 - 1)
    return render_template("groups/log.html", **log_context(group, before))
