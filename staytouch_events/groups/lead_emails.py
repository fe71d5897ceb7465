"""What is written when a group may get a new lead."""

from datetime import datetime

from flask_babel import gettext as _

from ..db import db
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from .lead_queries import open_asks
from .models import Group


@letter("groups.lead_asked")
def _asked(row: Letter, now: datetime) -> Rendered:
    group = _group(row)
    if all(ask.group_id != group.id for ask in open_asks()):
        raise Dropped("nobody asks any more, or an organizer was here since")
    return _rendered(group, _("Do you still look after %(crew)s?", crew=group.name), "lead_asked")


@letter("groups.lead_given")
def _given(row: Letter, now: datetime) -> Rendered:
    group = _group(row)
    return _rendered(group, _("%(crew)s has a new owner", crew=group.name), "lead_given")


@letter("groups.lead_refused")
def _refused(row: Letter, now: datetime) -> Rendered:
    group = _group(row)
    return _rendered(group, _("Your offer to lead %(crew)s", crew=group.name), "lead_refused")


def _group(row: Letter) -> Group:
    group = db.session.get(Group, row.facts["group"])
    if group is None:
        raise Dropped("the group is gone")
    return group


def _rendered(group: Group, subject: str, template: str) -> Rendered:
    context = {"title": subject, "group": group, "link": site_link("pages.group", slug=group.slug)}
    return Rendered(subject, f"email/groups/{template}.html", context)
