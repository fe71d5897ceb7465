"""The letters of the day before and of the morning, and what whoever has a seat says to the first."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import update

from ..db import db
from ..events.models import PUBLISHED, Event
from ..when import to_utc
from . import letters
from .models import SEATED, Rsvp
from .sequence import DAY_BEFORE, MORNING, add_step, wants

SEVEN, BEFORE_EARLY = time(7), timedelta(hours=2)


def reminder_at(event: Event) -> datetime:
    """24 hours before the start; for an all-day event 9:00 the day before, at the place."""
    if not event.all_day:
        return event.starts_at - timedelta(hours=24)
    day_before = (event.starts_wall - timedelta(days=1)).date()
    return to_utc(datetime.combine(day_before, time(9)), event.zone, later=False)


def morning_at(event: Event) -> datetime:
    """7:00 at the place on the day it starts; two hours before where it starts sooner after that, or before."""
    seven = to_utc(datetime.combine(event.starts_wall.date(), SEVEN), event.zone, later=False)
    return seven if event.all_day else min(seven, event.starts_at - BEFORE_EARLY)


@add_step(DAY_BEFORE, reminder_at)
def remind(event: Event, now: datetime) -> None:
    """To everyone who answered before this hour."""
    if event.has_started(now):
        return
    due_at = reminder_at(event)
    for rsvp in letters.concerned(event):
        asked = rsvp.answered_at <= due_at and not (rsvp.has_lapsed or _is_silent(rsvp, now))
        if asked and wants(rsvp.person, DAY_BEFORE):
            letters.remind(rsvp, now)


@add_step(MORNING, morning_at)
def say_good_morning(event: Event, now: datetime) -> None:
    """To everyone who has a seat."""
    if event.has_started(now):
        return
    for rsvp in letters.concerned(event):
        if rsvp.standing == SEATED and wants(rsvp.person, MORNING):
            letters.say_good_morning(rsvp, now)


def is_asked(rsvp: Rsvp, now: datetime) -> bool:
    """Whether the day before's question is open to them: they had a seat by then. Silence changes nothing."""
    event = rsvp.event
    if event.state != PUBLISHED or rsvp.standing != SEATED or rsvp.sure_at or rsvp.confirm_by_at:
        return False
    return rsvp.answered_at <= reminder_at(event) <= now < event.starts_at


def note_yes(rsvp: Rsvp, now: datetime) -> None:
    """They said that they still come; before the question is put it means nothing."""
    if rsvp.standing == SEATED and reminder_at(rsvp.event) <= now:
        rsvp.sure_at = rsvp.sure_at or now


def ask_anew(event: Event, *, before: dict[str, Any] | None = None, **_news: Any) -> None:
    """It has another date, or none: who said that they still come said it of the old one."""
    if before is None or "starts_at" in before:
        db.session.execute(update(Rsvp).where(Rsvp.event_id == event.id).values(sure_at=None))


def _is_silent(rsvp: Rsvp, now: datetime) -> bool:
    """Whether the seat goes on this very moment, as the usual hour to confirm by is the reminder's."""
    return rsvp.standing == SEATED and rsvp.confirm_by_at is not None and rsvp.confirm_by_at <= now
