"""What is in which calendar."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from ..contacts.date_queries import Day, dates_between
from ..contacts.rhythm_queries import Standing, reach_days, today_of
from ..conversations.meeting_models import Meeting
from ..conversations.meeting_queries import meetings_between, meetings_state
from ..db import db, joined
from ..events.host_models import EventHost, helped_by, hosted_by
from ..events.models import PUBLIC, SHOWN, Event
from ..groups.models import Group
from ..people.models import Person
from ..rsvps.models import MAYBE, SEATED, Rsvp
from ..volunteers.models import Shift, SignUp
from ..volunteers.queries import person_shifts, person_shifts_state
from .models import KINDS, OutsideCalendar, PersonalFeed, Removal

BACK, AHEAD = timedelta(days=30), timedelta(days=366)
# Made once, of the tables' rows: programs poll a group's calendar all day.
_EVENTS, _REMOVALS = Event.__table__.c, Removal.__table__.c
_SOONEST = (_EVENTS.starts_at, _EVENTS.id)
_HOSTS = EventHost.__table__.c
_HELPED = helped_by([bindparam("group")])


def _shown(whose: ColumnElement[bool]) -> Select:
    return select(_EVENTS.vevent).where(
        whose,
        # A day with several sites is one entry; its sites are in the calendars of places, and of whoever goes.
        _EVENTS.umbrella_id.is_(None),
        _EVENTS.state.in_(SHOWN),
        _EVENTS.visibility == PUBLIC,
        _EVENTS.ends_at > bindparam("since"),
        _EVENTS.starts_at < bindparam("until"),
    )


# Two statements, each by an index of its own: both in one are asked of every event there is.
_OWN, _HOSTED = _shown(_EVENTS.group_id == bindparam("group")), _shown(_EVENTS.id.in_(_HELPED))
_GONE = (
    select(_REMOVALS.vevent)
    .join(Event.__table__, _EVENTS.id == _REMOVALS.event_id)
    .where(or_(_REMOVALS.group_id == bindparam("group"), _REMOVALS.event_id.in_(_HELPED)))
    .where(_REMOVALS.until_at > bindparam("day"))
    .where(_EVENTS.visibility != PUBLIC, _EVENTS.umbrella_id.is_(None))
    .order_by(_REMOVALS.event_id)
)
_LEFT = (
    select(_HOSTS.stub)
    .where(_HOSTS.group_id == bindparam("group"), _HOSTS.stub.is_not(None), _HOSTS.left_at > bindparam("since"))
    .order_by(_HOSTS.event_id)
)


def group_entries(group: Group, day: datetime) -> Sequence[bytes]:
    """The stored entries of public events that a group hosts, from 30 days back to a year on, and what left them."""
    asked = {"group": group.id, "day": day, "since": day - BACK, "until": day + AHEAD}
    shown = [joined(whose, _SOONEST, asked) for whose in (_OWN, _HOSTED)]
    return [*shown, *db.session.scalars(_GONE, asked).all(), *db.session.scalars(_LEFT, asked).all()]


def removed(day: datetime) -> Sequence[Row]:
    """Events that left public feeds of late: (event, its stub)."""
    return db.session.execute(
        select(Event, Removal.vevent)
        .join(Removal, Removal.event_id == Event.id)
        .where(Removal.until_at > day)
        .order_by(Event.id)
    ).all()


def newest_first(group: Group, limit: int) -> Sequence[Event]:
    """The public events that a group hosts, the one that changed last first."""
    return db.session.scalars(
        select(Event)
        .options(joinedload(Event.group))
        .where(hosted_by([group.id]), Event.state.in_(SHOWN), Event.visibility == PUBLIC, Event.umbrella_id.is_(None))
        .order_by(Event.changed_at.desc(), Event.id.desc())
        .limit(limit)
    ).all()


def kinds_in(person: Person) -> tuple[str, ...]:
    """What somebody wants in their own calendar."""
    chosen = db.session.get(PersonalFeed, person.id)
    return tuple(kind for kind in KINDS if chosen is None or kind not in chosen.left_out)


def person_state(person: Person) -> tuple:
    """What a personal calendar depends on, in four cheap queries: answers with their events, shifts, appointments, and
    what is wanted of it."""
    answers = db.session.execute(
        select(
            func.count(Rsvp.id),
            func.max(Rsvp.answered_at),
            func.sum(Rsvp.invite_sequence),
            func.sum(Event.revision),
            func.max(Event.changed_at),
        )
        .join(Event, Event.id == Rsvp.event_id)
        .where(*_mine(person))
    ).one()
    return (*answers, *person_shifts_state(person), *meetings_state(person), kinds_in(person))


def person_reaches(person: Person, now: datetime) -> list[tuple[date, Standing]]:
    """Whom to write to when, of a personal calendar: a year on."""
    return reach_days(person, now, today_of(person, now) + AHEAD)


def person_days(person: Person, now: datetime) -> list[Day]:
    """The days to remember of a personal calendar."""
    today = today_of(person, now)
    return dates_between(person, today - BACK, today + AHEAD, now)


def person_answers(person: Person, day: datetime) -> list[Rsvp]:
    """Answers whose events are in a personal calendar: seats and maybes."""
    return list(
        db.session.scalars(
            select(Rsvp)
            .join(Event, Event.id == Rsvp.event_id)
            .options(joinedload(Rsvp.event).joinedload(Event.group), joinedload(Rsvp.person))
            .where(*_mine(person), Event.ends_at > day - BACK, Event.starts_at < day + AHEAD)
            .order_by(Event.starts_at, Event.id)
        )
    )


def person_jobs(person: Person, day: datetime) -> list[SignUp]:
    """The shifts of a personal calendar."""
    return list(
        db.session.scalars(
            person_shifts(person)
            .options(
                joinedload(SignUp.rsvp).joinedload(Rsvp.person),
                joinedload(SignUp.shift).joinedload(Shift.role),
                joinedload(SignUp.shift).joinedload(Shift.event).joinedload(Event.group),
            )
            .where(Shift.ends_at > day - BACK, Shift.starts_at < day + AHEAD)
            .order_by(Shift.starts_at, SignUp.id)
        )
    )


def person_meetings(person: Person, day: datetime) -> Sequence[Meeting]:
    """The appointments of a personal calendar."""
    return meetings_between(person, day - BACK, day + AHEAD)


def followed_by(person: Person) -> Sequence[OutsideCalendar]:
    """The calendars elsewhere that a person follows, the first first."""
    mine = select(OutsideCalendar).where(OutsideCalendar.person_id == person.id)
    return db.session.scalars(mine.order_by(OutsideCalendar.id)).all()


def _mine(person: Person) -> tuple:
    return (
        Rsvp.person_id == person.id,
        (Rsvp.standing == SEATED) | (Rsvp.answer == MAYBE),
        Event.state.in_(SHOWN),
    )
