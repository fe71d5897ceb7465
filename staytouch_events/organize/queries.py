"""What an organizer has to look at."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.host_models import hosted_by
from ..events.models import DRAFT, POSTPONED, Event
from ..groups.models import Group, Membership
from ..outbox.models import StoppedAddress
from ..people.models import Person
from ..rsvps.models import DECLINED, Rsvp

LATELY = timedelta(days=7)


def hosted(group_ids: list[int]) -> Select:
    """Events that these groups host."""
    return select(Event).options(joinedload(Event.group)).where(hosted_by(group_ids))


def next_events(events: Select, now: datetime, limit: int = 50) -> Sequence[Event]:
    """Drafts, postponed events, and all that is under way or to come, soonest first."""
    wanted = or_(Event.state.in_((DRAFT, POSTPONED)), Event.ends_at > now)
    return db.session.scalars(
        events.where(wanted).order_by(Event.starts_at.is_(None), Event.starts_at, Event.id).limit(limit)
    ).all()


def changed_lately(events: Select, now: datetime, limit: int = 8) -> Sequence[Event]:
    """Events published, changed or called off in the last days, the latest first."""
    return db.session.scalars(
        events.where(Event.state != DRAFT, Event.changed_at > now - LATELY)
        .order_by(Event.changed_at.desc(), Event.id.desc())
        .limit(limit)
    ).all()


def answers_by_day(event_ids: list[int], since: datetime) -> dict[tuple[int, date], int]:
    """First answers since then, by event and UTC day."""
    rows = select(Rsvp.event_id, Rsvp.created_at).where(Rsvp.event_id.in_(event_ids), Rsvp.created_at > since)
    return Counter((event_id, created_at.date()) for event_id, created_at in db.session.execute(rows))


def unreached_counts(event_ids: list[int]) -> dict[int, int]:
    """How many answers of an event, "can't" left out, are of people whose mail came back; only where there are any."""
    stopped = select(StoppedAddress.email)
    rows = select(Rsvp.event_id, func.count()).join(Rsvp.person).group_by(Rsvp.event_id)
    theirs = Rsvp.event_id.in_(event_ids), Rsvp.answer != DECLINED, Person.email.in_(stopped)
    return dict(db.session.execute(rows.where(*theirs)).all())


def all_groups(limit: int = 200) -> Sequence[tuple[Group, int, int]]:
    """Every group with the number of its people and of its events."""
    people = select(func.count()).where(Membership.group_id == Group.id).correlate(Group).scalar_subquery()
    events = select(func.count()).where(Event.group_id == Group.id).correlate(Group).scalar_subquery()
    return db.session.execute(select(Group, people, events).order_by(func.lower(Group.name)).limit(limit)).all()
