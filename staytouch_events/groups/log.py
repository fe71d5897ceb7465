"""Writing down what people did with a group; what they did with its events is written by listening."""

from datetime import datetime
from typing import Any

from ..db import db
from ..people.models import Person
from .log_models import LogLine
from .models import Group

DATE = "starts_at"


def note(
    group: Group, kind: str, now: datetime, *, by: Person | None = None, about: Person | None = None, **facts: Any
) -> None:
    """Add a line; log_page.WORDS has the words of each kind. `facts` name nobody: that is what `about` is for."""
    line = LogLine(group_id=group.id, kind=kind, by_id=by and by.id, about_id=about and about.id, facts=facts, at=now)
    db.session.add(line)


def note_published(event, *, now: datetime, by: Person | None = None, **_news: Any) -> None:
    """An event was published."""
    _note_event("event_published", event, now, by)


def note_changed(event, *, before: dict[str, Any], now: datetime, by: Person | None = None, **_news: Any) -> None:
    """An event has another date."""
    if DATE in before:
        _note_event("event_moved", event, now, by)


def note_postponed(event, *, now: datetime, by: Person | None = None, **_news: Any) -> None:
    """An event was postponed."""
    _note_event("event_postponed", event, now, by)


def note_cancelled(event, *, now: datetime, by: Person | None = None, **_news: Any) -> None:
    """An event was cancelled."""
    _note_event("event_cancelled", event, now, by)


def note_restored(event, *, now: datetime, by: Person | None = None, **_news: Any) -> None:
    """An event is on again."""
    _note_event("event_restored", event, now, by)


def _note_event(kind: str, event, now: datetime, by: Person | None) -> None:
    """What a series or a calendar elsewhere did by itself leaves no line."""
    if by is not None:
        note(event.group, kind, now, by=by, event=event.id, title=event.title)
