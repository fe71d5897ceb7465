"""Who hosts an event, and what crews are asked to host."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..groups.models import ORGANIZING, PRIVATE, Group, Membership
from ..people.models import Person
from .host_models import EventHost, hosting, in_its_crews
from .models import CANCELLED, Event


def cohosts(event: Event) -> list[Group]:
    """The crews that host it beside its own, in the order in which they said yes."""
    rows = select(Group).join(EventHost, EventHost.group_id == Group.id)
    hosts = rows.where(EventHost.event_id == event.id, EventHost.accepted_at.is_not(None))
    return list(db.session.scalars(hosts.order_by(EventHost.accepted_at, EventHost.id)))


def crew_ids(event: Event) -> tuple[int, ...]:
    """The crews that host it, its own first."""
    return (event.group_id, *db.session.scalars(hosting(event.id)))


def crew_counters(event: Event) -> tuple[str, ...]:
    """The counters that the pages of the crews hosting it go by."""
    return tuple(f"group:{number}" for number in crew_ids(event))


def counters_of(crews: Iterable[int]) -> tuple[str, ...]:
    """The counters that the pages and the calendars of these crews go by."""
    return tuple(f"{kind}:{number}" for kind in ("group", "calendar") for number in crews)


def host_people(event: Event) -> list[Person]:
    """The organizers of all its crews, each once."""
    theirs = in_its_crews(event.group_id, event.id)
    rows = select(Person).join(Membership, Membership.person_id == Person.id)
    found = rows.where(theirs, Membership.role.in_(ORGANIZING)).order_by(Membership.joined_at, Membership.id)
    return list(dict.fromkeys(db.session.scalars(found)))


def host_rows(event: Event) -> list[EventHost]:
    """Crews that host it beside its own, and those that were asked to."""
    rows = select(EventHost).options(joinedload(EventHost.group))
    asked = rows.where(EventHost.event_id == event.id, EventHost.asked_at.is_not(None))
    return list(db.session.scalars(asked.order_by(EventHost.asked_at, EventHost.id)))


def host_row(event: Event, group: Group) -> EventHost | None:
    """What is between an event and a crew that is not its own."""
    return db.session.scalar(select(EventHost).where(EventHost.event_id == event.id, EventHost.group_id == group.id))


def hosting_asked(group_ids: list[int], now: datetime) -> list[EventHost]:
    """What these crews are asked to host and have not answered, while there is time; the soonest first."""
    rows = select(EventHost).options(joinedload(EventHost.group), joinedload(EventHost.event).joinedload(Event.group))
    open_ = rows.join(Event, Event.id == EventHost.event_id).where(
        EventHost.group_id.in_(group_ids),
        EventHost.asked_at.is_not(None),
        EventHost.accepted_at.is_(None),
        Event.state != CANCELLED,
        or_(Event.ends_at.is_(None), Event.ends_at > now),
    )
    return list(db.session.scalars(open_.order_by(Event.starts_at, EventHost.id)))


def crews_called(groups: Select, text: str) -> list[Group]:
    """Of these groups, those of that name; or the one at that address, an unlisted one too."""
    slug = text.rstrip("/").rsplit("/groups/", 1)[-1]
    at = db.session.scalar(select(Group).where(Group.slug == slug, Group.visibility != PRIVATE))
    if at is not None:
        return [at]
    return [group for group in db.session.scalars(groups) if group.name.casefold() == text.casefold()]
