"""What the dashboard shows, gathered for templates/organize/dashboard.html."""

from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date
from flask import url_for
from flask_babel import format_timedelta, get_locale, ngettext
from flask_babel import gettext as _

from ..access.attendance import BEFORE
from ..attendance.hours_letters import asked_for
from ..attendance.models import HoursLetter
from ..events.models import CANCELLED, DRAFT, POSTPONED, PUBLISHED, Event
from ..events.weather import decides_at, decides_wall, is_undecided
from ..events.words import day_and_clock, short_day, starts
from ..groups.models import Group
from ..groups.queries import member_counts
from ..impact.desk import todos as impact_todos
from ..impact.models import Recognition
from ..impact.recognitions import reached_in
from ..kinds import KINDS
from ..people.models import Person
from ..posts.greeting_page import first_words_of, missed_rows
from ..posts.greeting_queries import first_counts, greeted_events
from ..posts.part_page import asked_in
from ..rsvps.queries import Numbers, numbers_of, silent_counts
from ..volunteers.queries import Need, asking, needs_of
from ..when import in_zone
from .queries import changed_lately, hosted, next_events

SOON = timedelta(days=3)
DAY = timedelta(days=1)
# Newcomers within these days want a greeter.
GREETED = timedelta(days=7)
# People whose names a line says.
NAMED = 4


def dashboard_context(groups: list[Group], name: str, now: datetime) -> dict[str, Any]:
    """What needs the organizer, then the next events."""
    group_ids = [group.id for group in groups]
    mine = hosted(group_ids)
    events = next_events(mine, now)
    ids = [event.id for event in events]
    numbers, needs, new = numbers_of(ids), needs_of(ids, now), first_counts(ids)
    more = [*impact_todos(group_ids), *map(_letter, asked_for(group_ids)), *_recognitions(groups, now)]
    greeted = greeted_events(new)
    unmet = [event for event in events if event.id in new.keys() - greeted and _is_next(event, now)]
    more += [_greet(event, new[event.id]) for event in unmet]
    todos = _todos(events, numbers, needs, now, more)
    return {
        "title": _title(todos, name),
        "todos": todos,
        "rows": [_row(event, numbers[event.id], needs.get(event.id), new.get(event.id, 0), now) for event in events],
        "missed": missed_rows(groups, now),
        "questions": asked_in(groups, now),
        "changes": [_change(event) for event in changed_lately(mine, now)],
        "groups": _crews(groups),
        "starters": [(group.name, url_for("events.new", slug=group.slug)) for group in groups],
    }


def _title(todos: list[dict[str, Any]], name: str) -> str:
    """The news first."""
    if todos:
        return ngettext("%(num)d thing needs you", "%(num)d things need you", len(todos))
    return _("All is well, %(name)s", name=name.split()[0]) if name.split() else _("All is well")


def _todos(
    events: list[Event], numbers: dict[int, Numbers], needs: dict[int, Need], now: datetime, more: list
) -> list[dict[str, Any]]:
    """What only a person can decide, the nearest deadline first, then `more`; the first one is loud."""
    ids = [event.id for event in events]
    asked, silent = asking(ids), silent_counts(ids)
    found: list[dict[str, Any]] = []
    for event in events:
        steps = (
            _decision(event, now),
            _silent(event, silent.get(event.id)),
            _need(event, numbers[event.id]),
            _asking(event, asked.get(event.id, 0)),
            _hands(event, needs, now),
        )
        found += [{**_deadline(event, now), **step} for step in steps if step]
    found += more
    return [{**step, "loud": at == 0} for at, step in enumerate(found)]


def _need(event: Event, numbers: Numbers) -> dict[str, Any] | None:
    """What an event needs of its organizers, with the step that does it; None where it needs nothing."""
    edit = url_for("events.edit", slug=event.slug)
    if event.state == POSTPONED:
        title, text = (
            _("Set a new date for %(event)s", event=event.title),
            _("Answers are kept, and everyone waits to hear."),
        )
        return {
            "title": title,
            "text": text,
            "actions": [(_("Set the date"), url_for("weather.postpone", slug=event.slug))],
        }
    if event.state == DRAFT:
        title = _("Publish %(event)s?", event=event.title or _("an event without a title"))
        return {
            "title": title,
            "text": _("It is a draft: nobody sees it yet."),
            "actions": [(_("Go on writing"), edit)],
        }
    if event.state == CANCELLED or not numbers.waiting:
        return None
    waiting = ngettext("%(num)d person waits", "%(num)d people wait", numbers.waiting)
    people = url_for("roster.people", slug=event.slug)
    return {
        "title": _("%(waiting)s for %(event)s", waiting=waiting, event=event.title),
        "text": _("More spots would let them in, in the order they came."),
        "actions": [(_("See the line"), people)],
    }


def _decision(event: Event, now: datetime) -> dict[str, Any] | None:
    """Whether the weather allows it, from the day before that is to be decided."""
    if not is_undecided(event) or now < decides_at(event) - DAY or event.has_started(now):
        return None
    return {
        **_by(decides_wall(event), True),
        "title": _("Is %(event)s on?", event=event.title),
        "text": _("You decide by %(hour)s, and everyone who answered hears.", hour=day_and_clock(decides_wall(event))),
        "actions": [(_("Decide"), url_for("weather.decide", slug=event.slug))],
    }


def _silent(event: Event, asked: tuple[int, datetime] | None) -> dict[str, Any] | None:
    """Seats at a new date that nobody has confirmed yet."""
    if asked is None or event.state != PUBLISHED:
        return None
    people, until = asked
    still = ngettext("%(num)d person has not confirmed", "%(num)d people have not confirmed", people)
    hour = day_and_clock(in_zone(until, event.zone))
    return {
        "title": _("%(still)s: %(event)s", still=still, event=event.title),
        "text": _("They are asked by mail. Their spots go to the line on %(hour)s.", hour=hour),
        "actions": [(_("See who"), url_for("roster.people", slug=event.slug))],
    }


def _asking(event: Event, people: int) -> dict[str, Any] | None:
    """Sign-ups that wait for a yes."""
    if not people or event.state == CANCELLED:
        return None
    asks = ngettext("%(num)d person asks for a job", "%(num)d people ask for a job", people)
    return {
        "title": _("%(asks)s at %(event)s", asks=asks, event=event.title),
        "text": _("They hear from us once you say yes or no."),
        "actions": [(_("Answer them"), url_for("staff.shifts_board", slug=event.slug))],
    }


def _letter(row: HoursLetter) -> dict[str, Any]:
    """Somebody who asked for their hours on paper."""
    return {
        "by": _("Soon"),
        "by_small": "",
        "now": False,
        "title": _("%(name)s asks for an hours letter", name=row.name),
        "text": _("One press signs it, and they are told by mail."),
        "actions": [(_("See the letters"), url_for("letters.manage", slug=row.group.slug))],
    }


def _recognitions(groups: list[Group], now: datetime) -> list[dict[str, Any]]:
    """What crews can give, a line for each thing."""
    people: dict[Recognition, list[Person]] = {}
    for row in reached_in(groups, now):
        people.setdefault(row.recognition, []).append(row.tally.person)
    return [_reached(recognition, reached) for recognition, reached in people.items()]


def _reached(recognition: Recognition, people: list[Person]) -> dict[str, Any]:
    """Who came as often as the crew's own rule says."""
    far = ngettext("%(num)d person has come far enough", "%(num)d people have come far enough", len(people))
    return {
        "by": _("Soon"),
        "by_small": "",
        "now": False,
        "title": _("%(people)s: %(what)s", people=far, what=recognition.name),
        "text": ", ".join(person.name for person in people[:NAMED]) + (" …" if len(people) > NAMED else ""),
        "actions": [(_("Give it, or not now"), url_for("recognitions.listing", slug=recognition.group.slug))],
    }


def _is_next(event: Event, now: datetime) -> bool:
    """Whether its newcomers want a greeter by now."""
    return event.state == PUBLISHED and now < event.starts_at < now + GREETED


def _greet(event: Event, newcomers: int) -> dict[str, Any]:
    return {
        **_by(starts(event), False),
        "title": _("%(people)s: %(event)s", people=first_words_of(newcomers), event=event.title),
        "text": _("Nobody offered to greet them. Until somebody does, they are told to ask for an organizer."),
        "actions": [
            (_("I greet newcomers"), url_for("pages.group", slug=event.group.slug, _anchor="greet")),
            (_("See who"), url_for("roster.people", slug=event.slug)),
        ],
    }


def _hands(event: Event, needs: dict[int, Need], now: datetime) -> dict[str, Any] | None:
    """Shifts that are not covered, within three days."""
    need = needs.get(event.id)
    if need is None or not need.hands or event.starts_at - now >= SOON:
        return None
    hands = ngettext("%(num)d hand needed", "%(num)d hands needed", need.hands)
    return {
        "title": _("%(hands)s at %(event)s", hands=hands, event=event.title),
        "text": ", ".join(f"{name} ({missing})" for name, missing in need.jobs),
        "actions": [(_("See the shifts"), url_for("staff.shifts_board", slug=event.slug))],
    }


def _deadline(event: Event, now: datetime) -> dict[str, Any]:
    """By when: the event's day, and whether that is soon."""
    if event.starts_at is None:
        return {"by": _("Soon"), "by_small": "", "now": False}
    return _by(starts(event), event.starts_at - now < SOON)


def _by(day: datetime, soon: bool) -> dict[str, Any]:
    return {
        "by": format_date(day, "EEE", get_locale()).rstrip("."),
        "by_small": format_date(day, "d MMM", get_locale()),
        "now": soon,
    }


def _row(event: Event, numbers: Numbers, need: Need | None, new: int, now: datetime) -> dict[str, Any]:
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


def _change(event: Event) -> dict[str, str]:
    """What became of an event lately."""
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
