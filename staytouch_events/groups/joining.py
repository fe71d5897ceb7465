"""Ways into a group beside the open door: asking, a link; and the way out that stays shut."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from ..db import db, lock
from ..people.models import Person
from ..refusals import Refused
from ..versions import LISTS, raise_version
from .actions import let_join, refuse_banned, take_out
from .join_models import Ban, JoinLink, JoinRequest
from .join_queries import request_by
from .log import note
from .models import APPROVAL, Group, Membership
from .queries import membership_of, organizers_of
from .telling import tell

# Several people who ask within these minutes are one letter to an organizer.
ASKS_WAIT = timedelta(minutes=10)


def ask(group: Group, person: Person, words: str, now: datetime) -> None:
    """Ask to join; the organizers hear of it. Asking twice is asking once. Raises Refused."""
    group = lock(group)
    refuse_banned(group, person)
    if group.joining != APPROVAL:
        raise Refused(_("This crew takes no requests just now."))
    if membership_of(group, person.id) or request_by(group, person.id):
        return
    db.session.add(JoinRequest(group_id=group.id, person_id=person.id, words=words, asked_at=now))
    for organizer in organizers_of(group):
        tell("groups.asked", group, organizer, now, key=f"groups.asked:{group.id}:{organizer.id}", wait=ASKS_WAIT)


def take_back(request: JoinRequest) -> None:
    """Ask no more."""
    db.session.delete(request)


def let_in(request: JoinRequest, by: Person, now: datetime) -> None:
    """Say yes: they belong to it, and read it in a letter."""
    group, person = lock(request.group), request.person
    let_join(group, person, now)
    db.session.delete(request)
    note(group, "let_in", now, by=by, about=person)
    tell("groups.let_in", group, person, now)


def turn_down(request: JoinRequest, by: Person, now: datetime) -> None:
    """Say no; they read it in a letter, without a reason."""
    note(request.group, "turned_down", now, by=by, about=request.person)
    tell("groups.turned_down", request.group, request.person, now)
    db.session.delete(request)


def make_link(group: Group, by: Person, for_many: bool, days: int, now: datetime) -> JoinLink:
    """A link that lets people in for so many days."""
    link = JoinLink(
        group_id=group.id, made_by_id=by.id, for_many=for_many, created_at=now, ends_at=now + timedelta(days=days)
    )
    db.session.add(link)
    db.session.flush()
    note(group, "link_made", now, by=by)
    return link


def end_link(link: JoinLink, by: Person, now: datetime) -> None:
    """A link lets nobody in any more."""
    note(link.group, "link_ended", now, by=by)
    db.session.delete(link)


def join_by(link: JoinLink, person: Person, now: datetime) -> None:
    """Belong to the group by its link. Raises Refused once the link is used up or over."""
    group = lock(link.group)
    refuse_banned(group, person)
    if membership_of(group, person.id):
        return
    if not link.is_open(now):
        raise Refused(_("This invitation was used already, or is over. Ask for a new one."))
    link.used += 1
    link.email = None
    request = request_by(group, person.id)
    if request is not None:
        db.session.delete(request)
    let_join(group, person, now)
    note(group, "joined_by_link", now, by=person)


def ban(membership: Membership, by: Person, reason: str, now: datetime) -> None:
    """Take somebody out and keep them out."""
    group_id, person_id = membership.group_id, membership.person_id
    note(membership.group, "banned", now, by=by, about=membership.person)
    take_out(membership)
    db.session.add(Ban(group_id=group_id, person_id=person_id, banned_by_id=by.id, reason=reason, banned_at=now))


def lift(ban: Ban, by: Person, now: datetime) -> None:
    """Let somebody come back, if they like."""
    note(ban.group, "ban_lifted", now, by=by, about=ban.person)
    db.session.delete(ban)
    raise_version(f"group:{ban.group_id}", LISTS)
