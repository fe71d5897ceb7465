"""What the next events need of their organizers, each with the step that does it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date
from flask import url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from ..events.models import CANCELLED, DRAFT, POSTPONED, PUBLISHED, Event
from ..events.weather import decides_at, decides_wall, is_undecided
from ..events.words import day_and_clock, starts
from ..posts.greeting_page import first_words_of
from ..posts.greeting_queries import greeted_events
from ..rsvps.queries import Numbers, silent_counts
from ..volunteers.queries import Need, asking
from ..when import in_zone
from .queries import unreached_counts

SOON = timedelta(days=3)
DAY = timedelta(days=1)
# Newcomers within these days want a greeter.
GREETED = timedelta(days=7)


def event_needs(
    events: Sequence[Event], numbers: dict[int, Numbers], needs: dict[int, Need], new: dict[int, int], now: datetime
) -> list[dict[str, Any]]:
    """What only a person can decide about these events, which come the soonest first; greeters last."""
    ids = [event.id for event in events]
    asked, silent, unreached = asking(ids), silent_counts(ids), unreached_counts(ids)
    found: list[dict[str, Any]] = []
    for event in events:
        steps = (
            _decision(event, now),
            _silent(event, silent.get(event.id)),
            _need(event, numbers[event.id]),
            _asking(event, asked.get(event.id, 0)),
            _unreached(event, unreached.get(event.id, 0)),
            _hands(event, needs, now),
        )
        found += [{**_deadline(event, now), **step} for step in steps if step]
    greeted = greeted_events(new)
    unmet = [event for event in events if event.id in new.keys() - greeted and _is_next(event, now)]
    return found + [_greet(event, new[event.id]) for event in unmet]


def _need(event: Event, numbers: Numbers) -> dict[str, Any] | None:
    """What an event needs of its organizers, with the step that does it; None where it needs nothing."""
    edit = url_for("events.edit", slug=event.slug)
    if event.umbrella_id and event.state in (DRAFT, POSTPONED):
        return None
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
    # Of a day with several sites the day alone is decided, published or given a date.
    if not is_undecided(event) or event.umbrella_id or now < decides_at(event) - DAY or event.has_started(now):
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


def _unreached(event: Event, people: int) -> dict[str, Any] | None:
    """People whose mail came back: they hear of no change."""
    if not people or event.state == DRAFT:
        return None
    words = ngettext("Mail to %(num)d person came back", "Mail to %(num)d people came back", people)
    return {
        "title": _("%(mail)s: %(event)s", mail=words, event=event.title),
        "text": _("They hear of no change. Ask them another way whether the address is right."),
        "actions": [(_("See who"), url_for("roster.people", slug=event.slug, bounced=1))],
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
