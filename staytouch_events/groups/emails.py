"""The invitation to organize, and that a crew is one's own now."""

from datetime import datetime

from flask_babel import gettext as _

from ..db import db
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from .models import Group


@letter("groups.invitation")
def _invitation(row: Letter, now: datetime) -> Rendered:
    group = db.session.get(Group, row.facts["group"])
    if group is None:
        raise Dropped("the group is gone")
    subject = _("Organize with %(crew)s?", crew=group.name)
    context = {
        "title": subject,
        "inviter": row.facts["inviter"],
        "group": group,
        "link": site_link("groups.invitation", token=row.facts["token"]),
    }
    return Rendered(subject=subject, template="email/groups/invitation.html", context=context)


@letter("groups.handed_over")
def _handed_over(row: Letter, now: datetime) -> Rendered:
    group = db.session.get(Group, row.facts["group"])
    if group is None:
        raise Dropped("the group is gone")
    subject = _("%(crew)s is yours", crew=group.name)
    context = {"title": subject, "group": group, "link": site_link("groups.people", slug=group.slug)}
    return Rendered(subject, "email/groups/handed_over.html", context)
