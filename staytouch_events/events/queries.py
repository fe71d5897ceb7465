"""Lists of events."""

from datetime import datetime

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..groups.models import Group
from .models import DRAFT, POSTPONED, PUBLISHED, Draft, Event

_ends_at = Event.__table__.c.ends_at
_NEXT_END = select(func.min(_ends_at)).where(_ends_at > bindparam("now"))


def without_sites(events: Select) -> Select:
    """Of these events, those that stand for themselves: a day with several sites stands for them."""
    return events.where(Event.umbrella_id.is_(None))


def sites_alone(events: Select) -> Select:
    """Of these events, the sites of days."""
    return events.where(Event.umbrella_id.is_not(None))


def sites_of(day: Event) -> list[Event]:
    """The sites of a day, drafts and cancelled ones too, in the order in which they were made."""
    rows = select(Event).options(joinedload(Event.group)).where(Event.umbrella_id == day.id).order_by(Event.id)
    return list(db.session.scalars(rows))


def site_counts(day_ids: list[int]) -> dict[int, int]:
    """How many sites each of these days has, drafts and cancelled ones left out."""
    if not day_ids:
        return {}
    on = select(Event.umbrella_id, func.count()).where(Event.umbrella_id.in_(day_ids))
    counted = on.where(Event.state.in_((PUBLISHED, POSTPONED))).group_by(Event.umbrella_id)
    return dict.fromkeys(day_ids, 0) | dict(db.session.execute(counted).all())


def day_of_site(site: Event) -> Event | None:
    """The day that an event is a site of."""
    return None if site.umbrella_id is None else db.session.get(Event, site.umbrella_id)


def coming(events: Select, now: datetime, limit: int) -> list[Event]:
    """Of these events, the ones under way or to come, soonest first; postponed ones while their old date is."""
    return list(
        db.session.scalars(
            events.options(joinedload(Event.group))
            .where(Event.ends_at > now)
            .order_by(Event.starts_at, Event.id)
            .limit(limit)
        ).unique()
    )


def past(events: Select, now: datetime, limit: int) -> list[Event]:
    """Of these events, the ones that took place, latest first."""
    return list(
        db.session.scalars(
            events.options(joinedload(Event.group))
            .where(Event.ends_at <= now, Event.state == PUBLISHED)
            .order_by(Event.starts_at.desc(), Event.id.desc())
            .limit(limit)
        ).unique()
    )


def between(events: Select, since: datetime, until: datetime, limit: int = 300) -> list[Event]:
    """Of these events, the ones that overlap a span, soonest first."""
    return list(
        db.session.scalars(
            events.options(joinedload(Event.group))
            .where(Event.ends_at > since, Event.starts_at < until)
            .order_by(Event.starts_at, Event.id)
            .limit(limit)
        ).unique()
    )


def date_to_come(events: Select, now: datetime) -> list[Event]:
    """Postponed events whose old date is over: off the lists, still on the group's page."""
    return list(
        db.session.scalars(
            events.options(joinedload(Event.group))
            .where(Event.state == POSTPONED, Event.ends_at <= now)
            .order_by(Event.starts_at)
        ).unique()
    )


def drafts(events: Select) -> list[Event]:
    """Of these events, those not published yet, the newest first."""
    return list(db.session.scalars(events.where(Event.state == DRAFT).order_by(Event.created_at.desc())).unique())


def next_end(now: datetime) -> datetime | None:
    """When the next event is over, and leaves the lists."""
    return db.session.scalar(_NEXT_END, {"now": now})


def last_of(group: Group) -> Event | None:
    """The group's event that a new one starts from: the one last published."""
    return db.session.scalar(
        select(Event)
        .where(Event.group_id == group.id, Event.published_at.is_not(None), Event.umbrella_id.is_(None))
        .order_by(Event.published_at.desc(), Event.id.desc())
        .limit(1)
    )


def earlier_places(group: Group, besides: Event | None = None) -> list[Event]:
    """The group's latest events, one for each place they had."""
    rows = db.session.scalars(
        select(Event)
        .where(Event.group_id == group.id, or_(Event.lat.is_not(None), Event.venue != ""))
        .order_by(Event.id.desc())
        .limit(100)
    )
    by_place: dict[tuple, Event] = {}
    for event in rows:
        if besides is None or event.id != besides.id:
            by_place.setdefault((event.venue, event.address, event.place_name), event)
    return list(by_place.values())[:20]


def draft_of(event: Event, person_id: int) -> Draft | None:
    """What this person has typed about the event and not saved."""
    return db.session.scalar(select(Draft).where(Draft.event_id == event.id, Draft.person_id == person_id))
