"""The letters around an event that go by themselves: each a job of its event, moved with it.

A later feature adds a step here (impact/thanks.py); this one knows the day before and the morning (reminders.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..db import db
from ..events.models import PUBLISHED, Event
from ..jobs import cancel_job, job, schedule
from ..people.models import Person

DAY_BEFORE, MORNING, THANKS = "day_before", "morning", "thanks"


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


def wants(person: Person, name: str) -> bool:
    """Whether somebody wants letters of this step."""
    return name not in person.unwanted


def _run(step: Step, facts: dict[str, Any], now: datetime) -> None:
    event = db.session.get(Event, facts["event"])
    if event is not None and event.state == PUBLISHED and step.is_on(event):
        step.post(event, now)
