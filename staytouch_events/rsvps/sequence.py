"""The letters around an event that go by themselves: each a job of its event, moved with it.

A later feature adds a step here (impact/thanks.py); this one knows the day before and the morning (reminders.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from ..db import db
from ..events.models import PUBLISHED, Event
from ..jobs import cancel_job, job, schedule
from ..jobs.models import Job
from ..people.models import Person

DAY_BEFORE, MORNING, THANKS = "day_before", "morning", "thanks"
# The last letter of an event goes out sooner after its end.
LAST = timedelta(days=3)


@dataclass(frozen=True)
class Step:
    """One letter: its name, when it goes out (UTC), and the posting of it to whomever it concerns."""

    name: str
    due_at: Callable[[Event], datetime]
    post: Callable[[Event, datetime], None]

    @property
    def kind(self) -> str:
        """The kind of its jobs."""
        return f"rsvps.{self.name}"

    def is_on(self, event: Event) -> bool:
        """Whether the organizers have it sent."""
        return getattr(event, f"mails_{self.name}")


STEPS: dict[str, Step] = {}


def add_step(name: str, due_at: Callable[[Event], datetime]) -> Callable:
    """Register the function that posts a step's letters: (event, now)."""

    def register(post: Callable[[Event, datetime], None]) -> Callable:
        step = STEPS[name] = Step(name, due_at, post)
        job(step.kind)(lambda facts, now: _run(step, facts, now))
        return post

    return register


def plan_letters(event: Event, *, now: datetime, **_news: Any) -> None:
    """Have each go out at its hour, or not at all where that has passed, or the organizers do without."""
    for step in STEPS.values():
        key = str(event.id)
        if event.state == PUBLISHED and step.is_on(event) and now < (due_at := step.due_at(event)):
            schedule(step.kind, key, due_at, {"event": event.id})
        else:
            cancel_job(step.kind, key)


def plan_missing(now: datetime) -> None:
    """Plan the letters still to come that no job stands for: a step that is newer than the event's publication.

    A job that stands is left alone, as it may be due just now.
    """
    planned = select(Job.kind, Job.key).where(Job.kind.in_([step.kind for step in STEPS.values()]))
    known = {tuple(row) for row in db.session.execute(planned)}
    events = select(Event).where(Event.state == PUBLISHED, Event.ends_at > now - LAST).order_by(Event.id)
    for event in db.session.scalars(events).all():
        for step in STEPS.values():
            is_missing = (step.kind, str(event.id)) not in known
            if is_missing and step.is_on(event) and now < (due_at := step.due_at(event)):
                schedule(step.kind, str(event.id), due_at, {"event": event.id})


def wants(person: Person, name: str) -> bool:
    """Whether somebody wants letters of this step."""
    return name not in person.unwanted


def _run(step: Step, facts: dict[str, Any], now: datetime) -> None:
    event = db.session.get(Event, facts["event"])
    if event is not None and event.state == PUBLISHED and step.is_on(event):
        step.post(event, now)
