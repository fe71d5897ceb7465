"""Who may see, host and answer which events; the loaders are the locks."""

from flask import abort
from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.host_models import hosted_by, in_its_crews
from ..events.models import CANCELLED, DRAFT, POSTPONED, PUBLIC, PUBLISHED, UNLISTED, Event, EventSlug
from ..groups.models import ORGANIZING, Group, Membership
from ..groups.models import PUBLIC as PUBLIC_GROUP
from ..rsvps.models import DECLINED, Rsvp

LISTED_STATES = (PUBLISHED, POSTPONED, CANCELLED)
_AT = select(Event).options(joinedload(Event.group)).where(Event.slug == bindparam("slug"))


def listed_events() -> Select:
    """Events that anybody may find in a list, a search, a public feed: public ones of public groups."""
    return (
        select(Event)
        .join(Group, Group.id == Event.group_id)
        .where(Event.state.in_(LISTED_STATES), Event.visibility == PUBLIC, Group.visibility == PUBLIC_GROUP)
    )


def visible_events(viewer) -> Select:
    """Events that this viewer may find on a group's page: listed ones, and their own groups' other ones."""
    if not viewer.is_authenticated:
        return listed_events()
    mine = select(Membership.group_id).where(Membership.person_id == viewer.id)
    organized = mine.where(Membership.role.in_(ORGANIZING))
    return (
        select(Event)
        .join(Group, Group.id == Event.group_id)
        .where(
            or_(
                and_(
                    Event.state.in_(LISTED_STATES),
                    or_(
                        and_(Event.visibility == PUBLIC, Group.visibility == PUBLIC_GROUP),
                        hosted_by(mine),
                    ),
                ),
                hosted_by(organized),
            )
        )
    )


def events_of(viewer) -> Select:
    """Events of a signed-in viewer's own agenda: those of their groups, a day
    with several sites once, and those they said they may come to."""
    mine = select(Membership.group_id).where(Membership.person_id == viewer.id)
    coming_to = select(Rsvp.event_id).where(Rsvp.person_id == viewer.id, Rsvp.answer != DECLINED)
    of_groups = and_(hosted_by(mine), Event.umbrella_id.is_(None))
    return select(Event).where(Event.state.in_(LISTED_STATES), or_(of_groups, Event.id.in_(coming_to)))


def may_host(viewer, event: Event) -> bool:
    """Whether the viewer organizes a group that hosts the event, or runs the site."""
    return viewer.is_authenticated and (viewer.is_admin or organizes(viewer, event))


def roles_at(viewer, event: Event) -> set[str]:
    """What the viewer is in the groups that host the event."""
    if not viewer.is_authenticated:
        return set()
    mine = select(Membership.role).where(Membership.person_id == viewer.id)
    return set(db.session.scalars(mine.where(in_its_crews(event.group_id, event.id))))


def organizes(viewer, event: Event) -> bool:
    """Whether the viewer organizes a group that hosts the event."""
    return not roles_at(viewer, event).isdisjoint(ORGANIZING)


def may_see(viewer, event: Event) -> bool:
    """Whether the event's page exists for this viewer, who has its address."""
    if may_host(viewer, event):
        return True
    if event.state == DRAFT:
        return False
    if not event.is_for_members:
        return True
    return viewer.is_authenticated and (bool(roles_at(viewer, event)) or _has_answered(viewer, event))


def may_see_names(viewer, event: Event) -> bool:
    """Whether the viewer may see who comes, by first name."""
    return may_host(viewer, event) or not event.names_hidden


def may_see_place(viewer, event: Event) -> bool:
    """Whether the viewer may see exactly where it is: everybody, unless only those who answered may."""
    if not event.place_hidden or may_host(viewer, event):
        return True
    if not viewer.is_authenticated:
        return False
    mine = db.session.scalar(select(Rsvp).where(Rsvp.person_id == viewer.id, Rsvp.event_id == event.id))
    return mine is not None and tells_place(mine)


def tells_place(rsvp: Rsvp) -> bool:
    """Whether this answer shows its writer the exact place: all but a no."""
    return not rsvp.event.place_hidden or rsvp.answer != DECLINED


def visible_event(viewer, slug: str) -> Event:
    """The event at this address; 404 unless it exists for this viewer."""
    event = _at(slug)
    if event is None or not may_see(viewer, event):
        abort(404)
    return event


def hosted_event(viewer, slug: str) -> Event:
    """The event, for somebody who may change it: 404 unseen, 403 seen but not theirs."""
    event = visible_event(viewer, slug)
    if not may_host(viewer, event):
        abort(403)
    return event


def moved_event(viewer, slug: str) -> Event | None:
    """The event that once had this address, where the viewer may follow it to the new one."""
    event = db.session.scalar(
        select(Event).join(EventSlug, EventSlug.event_id == Event.id).where(EventSlug.slug == slug)
    )
    return event if event is not None and _may_follow(viewer, event) else None


def event_by_code(viewer, code: str) -> Event:
    """The event behind a short link; 404 where there is none, or the viewer may not follow it."""
    event = db.session.scalar(select(Event).where(Event.code == code.lower()))
    if event is None or not _may_follow(viewer, event):
        abort(404)
    return event


def _may_follow(viewer, event: Event) -> bool:
    """Whether another address leads there: to an unlisted event only people who answered or belong to the group."""
    if not may_see(viewer, event):
        return False
    if event.visibility != UNLISTED or may_host(viewer, event):
        return True
    return viewer.is_authenticated and (bool(roles_at(viewer, event)) or _has_answered(viewer, event))


def _at(slug: str) -> Event | None:
    return db.session.scalar(_AT, {"slug": slug})


def _has_answered(viewer, event: Event) -> bool:
    return db.session.scalar(select(Rsvp.id).where(Rsvp.person_id == viewer.id, Rsvp.event_id == event.id)) is not None
