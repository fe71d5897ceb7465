"""What the dashboard shows, gathered for templates/organize/dashboard.html."""

from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date
from flask import url_for
from flask_babel import format_timedelta, get_locale, ngettext
from flask_babel import gettext as _

from ..events.models import CANCELLED, DRAFT, POSTPONED, Event
from ..events.words import short_day, starts
from ..groups.models import Group
from ..groups.queries import member_counts
from ..kinds import KINDS
from ..rsvps.queries import Numbers, numbers_of
from .queries import changed_lately, hosted, next_events

SOON = timedelta(days=3)


def dashboard_context(groups: list[Group], name: str, now: datetime) -> dict[str, Any]:
    """What needs the organizer, then the next events."""
    mine = hosted([group.id for group in groups])
    events = next_events(mine, now)
    numbers = numbers_of([event.id for event in events])
    todos = _todos(events, numbers, now)
    first = name.split()[0] if name.split() else ""
    return {
        "title": ngettext("%(num)d thing needs you", "%(num)d things need you", len(todos)) if todos else _("All is well, %(name)s", name=first) if first else _("All is well"),
        "todos": todos,
        "rows": [_row(event, numbers[event.id], now) for event in events],
        "changes": [_change(event, now) for event in changed_lately(mine, now)],
        "groups": _crews(groups),
        "starters": [(group.name, url_for("events.new", slug=group.slug)) for group in groups],
    }


def _todos(events: list[Event], numbers: dict[int, Numbers], now: datetime) -> list[dict[str, Any]]:
    """What only a person can decide, the nearest deadline first."""
    found = []
    for event in events:
        if event.state == POSTPONED:
            found.append(_todo(event, _("Set a new date for %(event)s", event=event.title), _("Answers are kept, and everyone waits to hear."), _("Set the date"), url_for("events.edit", slug=event.slug), now))
        elif event.state == DRAFT:
            title = event.title or _("an event without a title")
            found.append(_todo(event, _("Publish %(event)s?", event=title), _("It is a draft: nobody sees it yet."), _("Go on writing"), url_for("events.edit", slug=event.slug), now))
        elif event.state != CANCELLED and numbers[event.id].waiting:
            waiting = ngettext("%(num)d person waits", "%(num)d people wait", numbers[event.id].waiting)
            found.append(_todo(event, _("%(waiting)s for %(event)s", waiting=waiting, event=event.title), _("More spots would let them in, in the order they came."), _("See the line"), url_for("roster.people", slug=event.slug), now))
    for at, todo in enumerate(found):
        todo["loud"] = at == 0
    return found


def _todo(event: Event, title: str, text: str, label: str, url: str, now: datetime) -> dict[str, Any]:
    first = starts(event) if event.starts_at else None
    return {
        "by": format_date(first, "EEE", get_locale()).rstrip(".") if first else _("Soon"),
        "by_small": short_day(first.date()).split(" ", 1)[1] if first else "",
        "now": bool(first) and event.starts_at - now < SOON,
        "title": title,
        "text": text,
        "actions": [(label, url)],
    }


def _row(event: Event, numbers: Numbers, now: datetime) -> dict[str, Any]:
    first = starts(event).date() if event.starts_at else None
    words, tone = _state(event, now)
    going = _("%(taken)d of %(all)d", taken=numbers.going, all=event.capacity) if event.capacity else str(numbers.going)
    return {
        "dow": format_date(first, "EEE", get_locale()).rstrip(".") if first else "?",
        "day": first.day if first else "?",
        "month": format_date(first, "MMM", get_locale()).rstrip(".") if first else "?",
        "stock_class": f"crew-{event.group_id}",
        "title": event.title or _("No title yet"),
        "url": url_for("pages.event", slug=event.slug),
        "state_words": words,
        "tone": tone,
        "answers": going,
        "taken": min(numbers.going, event.capacity or 0),
        "capacity": event.capacity,
        "waiting_words": _("%(num)d waiting", num=numbers.waiting) if numbers.waiting else _("none"),
        "maybe_words": str(numbers.maybe) if numbers.maybe else _("none"),
        "edit_url": url_for("events.edit", slug=event.slug),
        "people_url": url_for("roster.people", slug=event.slug),
        "cancel_url": None if event.state in (CANCELLED, DRAFT) else url_for("events.ask", slug=event.slug, step="cancel"),
        "gone": event.state == CANCELLED,
    }


def _state(event: Event, now: datetime) -> tuple[str, str | None]:
    """The state in words, and the tone of its tag."""
    if event.state == DRAFT:
        return _("Draft"), "plain"
    if event.state == CANCELLED:
        return _("Cancelled"), "bad"
    if event.state == POSTPONED:
        return _("Postponed"), "bad"
    if event.starts_at <= now:
        return _("Under way"), "ok"
    return _("in %(time)s", time=format_timedelta(event.starts_at - now, granularity="hour", threshold=1)), None


def _change(event: Event, now: datetime) -> dict[str, str]:
    words = {
        POSTPONED: _("%(event)s was postponed", event=event.title),
        CANCELLED: _("%(event)s was cancelled", event=event.title),
    }
    new = event.published_at is not None and event.changed_at - event.published_at < timedelta(minutes=1)
    said = _("%(event)s was published", event=event.title) if new else _("%(event)s was changed", event=event.title)
    return {
        "when_words": short_day(event.changed_at.date()),
        "text": words.get(event.state, said),
        "url": url_for("pages.event", slug=event.slug),
    }


def _crews(groups: list[Group]) -> list[dict[str, str]]:
    counts = member_counts([group.id for group in groups])
    return [
        {
            "url": url_for("pages.group", slug=group.slug),
            "name": group.name,
            "stock_class": f"crew-{group.id}",
            "kind": next((cause for cause in group.causes if cause in KINDS), "other"),
            "words": ngettext("%(num)d regular", "%(num)d regulars", counts.get(group.id, 0)),
        }
        for group in groups
    ]
