"""A crew in one file, for its owners to take along or keep."""

from io import BytesIO

from flask import Blueprint, Response
from flask_login import current_user

from .. import web
from ..access.groups import owned_group
from ..access.viewers import signed_in
from ..forms import press
from ..limits import Limit, spend
from ..when import now
from .archiving import archive_group

bp = Blueprint("archive", __name__)
BY_PERSON = Limit("group-archive", 10, 3600)


@bp.post("/groups/<slug>/manage/archive")
@signed_in
def download(slug: str):
    """All that another site restores it from. It holds everyone's addresses."""
    group, moment = owned_group(current_user, slug), now()
    press()
    spend(BY_PERSON, str(current_user.id), moment)
    out = BytesIO()
    archive_group(group, out, moment)
    answer = web.private(Response(out.getvalue(), mimetype="application/zip"))
    answer.headers["Content-Disposition"] = f'attachment; filename="{group.slug}-{moment.date().isoformat()}.zip"'
    return answer
