"""The invitation to organize, and that a crew is one's own now."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from ..access.joining import join_token
from ..db import db
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from ..people.models import Person
from .join_models import JoinLink
from .join_queries import request_count
from .models import Group
from .queries import membership_of


def group_of(row: Letter) -> Group:
    """The group that a letter is about. Raises Dropped when it is gone."""
    group = db.session.get(Group, row.facts["group"])
    if group is None:
        raise Dropped("the group is gone")
    return group


@letter("groups.invitation")
def _invitation(row: Letter, now: datetime) -> Rendered:
    group = group_of(row)
    subject = _("Organize with %(crew)s?", crew=group.name)
    context = {
        "title": subject,
        "inviter": row.facts["inviter"],
        "group": group,
        "link": site_link("groups.invitation", token=row.facts["token"]),
    }
    return Rendered(subject=subject, template="email/groups/invitation.html", context=context)


@letter("groups.join_invitation")
def _join_invitation(row: Letter, now: datetime) -> Rendered:
    group, link = group_of(row), db.session.get(JoinLink, row.facts["link"])
    if link is None or not link.is_open(now):
        raise Dropped("it was taken back, used or is over")
    inviter = db.session.get(Person, row.facts["inviter"])
    subject = _("Join %(crew)s?", crew=group.name)
    url = site_link("joining.invited", token=join_token(link))
    context = {"title": subject, "inviter": inviter and inviter.name, "group": group, "link": url}
    return Rendered(subject, "email/groups/join_invitation.html", context)


@letter("groups.handed_over")
def _handed_over(row: Letter, now: datetime) -> Rendered:
    group = group_of(row)
    subject = _("%(crew)s is yours", crew=group.name)
    context = {"title": subject, "group": group, "link": site_link("groups.people", slug=group.slug)}
    return Rendered(subject, "email/groups/handed_over.html", context)


@letter("groups.asked")
def _asked(row: Letter, now: datetime) -> Rendered:
    group = group_of(row)
    count = request_count(group)
    if not count:
        raise Dropped("nobody asks any more")
    people = ngettext("%(num)d person asks", "%(num)d people ask", count)
    subject = _("%(people)s to join %(crew)s", people=people, crew=group.name)
    context = {"title": subject, "group": group, "link": site_link("groups.people", slug=group.slug)}
    return Rendered(subject, "email/groups/asked.html", context)


@letter("groups.let_in")
def _let_in(row: Letter, now: datetime) -> Rendered:
    group = group_of(row)
    if membership_of(group, row.facts["person"]) is None:
        raise Dropped("they are no member any more")
    subject = _("You're in: %(crew)s", crew=group.name)
    context = {"title": subject, "group": group, "link": site_link("pages.group", slug=group.slug)}
    return Rendered(subject, "email/groups/let_in.html", context)


@letter("groups.turned_down")
def _turned_down(row: Letter, now: datetime) -> Rendered:
    group = group_of(row)
    subject = _("Your request to join %(crew)s", crew=group.name)
    context = {"title": subject, "group": group, "link": site_link("discover.home")}
    return Rendered(subject, "email/groups/turned_down.html", context)
