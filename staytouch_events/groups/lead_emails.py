"""What is written when a group may get a new lead."""

from datetime import datetime

from flask_babel import gettext as _

from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from .emails import group_of
from .lead_queries import open_asks
from .models import Group


@letter("groups.lead_asked")
def _asked(row: Letter, now: datetime) -> Rendered:
    group = group_of(row)
    if all(ask.group_id != group.id for ask in open_asks()):
        raise Dropped("nobody asks any more, or an organizer was here since")
    return _rendered(group, _("Do you still look after %(crew)s?", crew=group.name), "lead_asked")


@letter("groups.lead_given")
def _given(row: Letter, now: datetime) -> Rendered:
    group = group_of(row)
    return _rendered(group, _("%(crew)s has a new owner", crew=group.name), "lead_given")


@letter("groups.lead_refused")
def _refused(row: Letter, now: datetime) -> Rendered:
    group = group_of(row)
    return _rendered(group, _("Your offer to lead %(crew)s", crew=group.name), "lead_refused")


def _rendered(group: Group, subject: str, template: str) -> Rendered:
    context = {"title": subject, "group": group, "link": site_link("pages.group", slug=group.slug)}
    return Rendered(subject, f"email/groups/{template}.html", context)
