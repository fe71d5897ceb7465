"""What the dashboard shows, gathered for templates/organize/dashboard.html."""

from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date
from flask import url_for
from flask_babel import format_timedelta, get_locale, ngettext
from flask_babel import gettext as _

from ..access.attendance import BEFORE
from ..charts import spark
from ..events.models import CANCELLED, DRAFT, POSTPONED, PUBLISHED, Event
from ..events.queries import site_counts, sites_alone, without_sites
from ..events.words import short_day, sites_words, starts
from ..groups.models import Group
from ..groups.queries import member_counts
from ..kinds import KINDS
from ..posts.greeting_page import first_words_of, missed_rows
from ..posts.greeting_queries import first_counts
from ..posts.part_page import asked_in
from ..rsvps.queries import Numbers, numbers_of
from ..tallies import page_path, views_of
from ..volunteers.queries import Need, needs_of
from .crew_needs import crew_needs
from .event_needs import event_needs
from .queries import answers_by_day, changed_lately, hosted, next_events
from .readers import group_readers, since_words

# Days of answers that a row draws.
DAYS = 14
# Sites of days, whose needs stand among those of the events.
MOST_SITES = 200


def dashboard_context(groups: list[Group], name: str, now: datetime) -> dict[str, Any]:
    """What needs the organizer, then the next events."""
    group_ids = [group.id for group in groups]
    mine = hosted(group_ids)
    events, sites = next_events(without_sites(mine), now), next_events(sites_alone(mine), now, MOST_SITES)
    ids = [event.id for event in (*events, *sites)]
    numbers, needs, new = numbers_of(ids), needs_of(ids, now), first_counts(ids)
    todos = [*event_needs([*events, *sites], numbers, needs, new, now), *crew_needs(groups, now)]
    changed, readers = changed_lately(without_sites(mine), now), group_readers(groups, now)
    counts = site_counts([event.id for event in events if event.is_umbrella])
    rows = [_row(event, numbers[event.id], needs.get(event.id), new.get(event.id, 0), now) for event in events]
    rows = [
        _as_day(row, counts[event.id]) if event.is_umbrella else row for row, event in zip(rows, events, strict=True)
    ]
    return {
        "title": _title(todos, name),
        "todos": [{**step, "loud": at == 0} for at, step in enumerate(todos)],
        "rows": _with_figures(rows, events, now),
        "missed": missed_rows(groups, now),
        "questions": asked_in(groups, now),
        "changes": [_change(event, readers.get(event.group_id), now) for event in changed],
        "groups": _crews(groups),
        "starters": [(group.name, url_for("events.new", slug=group.slug)) for group in groups],
    }


def _title(todos: list[dict[str, Any]], name: str) -> str:
    """The news first."""
    if todos:
        return ngettext("%(num)d thing needs you", "%(num)d things need you", len(todos))
    return _("All is well, %(name)s", name=name.split()[0]) if name.split() else _("All is well")


def _row(event: Event, numbers: Numbers, need: Need | None, new: int, now: datetime) -> dict[str, Any]:
    first = starts(event).date() if event.starts_at else None
    words, tone = _state(event, now)
    going = _("%(taken)d of %(all)d", taken=numbers.going, all=event.capacity) if event.capacity else str(numbers.going)
    return {
        "dow": format_date(first, "EEE", get_locale()).rstrip(".") if first else "?",
        "day": first.day if first else "?",
        "month": format_date(first, "MMM", get_locale()).rstrip(".") if first else "?",
        "stock_class": f"crew-{event.group_id}",
        "slug": event.slug,
        "title": event.title or _("No title yet"),
        "url": url_for("pages.event", slug=event.slug),
        "state_words": words,
        "tone": tone,
        "answers": going,
        "new_words": first_words_of(new),
        "taken": min(numbers.going, event.capacity or 0),
        "capacity": event.capacity,
        "waiting_words": _("%(num)d waiting", num=numbers.waiting) if numbers.waiting else _("none"),
        "hands_words": _hands_words(need),
        "maybe_words": str(numbers.maybe) if numbers.maybe else _("none"),
        "edit_url": url_for("events.edit", slug=event.slug),
        "shifts_url": url_for("staff.shifts_board", slug=event.slug),
        "people_url": url_for("roster.people", slug=event.slug),
        "checkin_url": url_for("checkin.console", slug=event.slug) if _is_near(event, now) else None,
        "cancel_url": None if event.state in (CANCELLED, DRAFT) else url_for("events.ask", slug=event.slug),
        "gone": event.state == CANCELLED,
    }


def _as_day(row: dict[str, Any], sites: int) -> dict[str, Any]:
    """The row of a day with several sites: its page of all of them has the numbers."""
    url = url_for("sites.manage", slug=row["slug"])
    return row | {
        "answers": sites_words(sites),
        "capacity": None,
        "checkin_url": None,
        "people_url": url,
        "shifts_url": url,
    }


def _with_figures(rows: list[dict[str, Any]], events: list[Event], now: datetime) -> list[dict[str, Any]]:
    """The rows with how their answers came, day by day, and how often their pages were opened."""
    by_day = answers_by_day([event.id for event in events], now - timedelta(days=DAYS))
    views = views_of(page_path(event.slug) for event in events)
    days = [(now - timedelta(days=at)).date() for at in reversed(range(DAYS))]
    for row, event in zip(rows, events, strict=True):
        came = [by_day.get((event.id, day), 0) for day in days]
        row["spark"] = spark(_("Answers in two weeks"), came) if any(came) else None
        row["views"] = views.get(page_path(event.slug), 0)
    return rows


def _is_near(event: Event, now: datetime) -> bool:
    """Whether people come today."""
    return event.state == PUBLISHED and event.starts_at - now < BEFORE


def _hands_words(need: Need | None) -> str:
    if need and need.hands:
        return ngettext("%(num)d needed", "%(num)d needed", need.hands)
    return _("covered") if need and need.covered else _("none")


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


def _change(event: Event, readers: list | None, now: datetime) -> dict[str, str]:
    """What became of an event lately; `readers` of its crew's calendar, None where that is another's."""
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
        "readers": since_words(readers or [], event, now),
        "write_url": url_for("announcements.new", noun="groups", slug=event.group.slug)
        if readers is not None
        else url_for("announcements.new", noun="events", slug=event.slug),
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
