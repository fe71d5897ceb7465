"""What a person's agenda shows: what they said they'd come to, and what their crews have on."""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from ..access.busy import Plan, busy_between, clashes
from ..access.events import events_of, visible_events
from ..access.feeds import calendar_token
from ..calendar_links import calendar_links
from ..contacts.agenda_page import agenda_people
from ..conversations.meeting_page import appointments
from ..conversations.queries import unread_count
from ..events.cards import Card
from ..events.host_models import hosted_by
from ..events.models import CANCELLED, DRAFT, Event
from ..events.queries import coming, without_sites
from ..events.words import clock_range, short_day
from ..groups.queries import group_ids_of
from ..links import site_link
from ..people.models import Person
from ..people.queries import zone_of
from ..rsvps.models import SEATED, Rsvp
from ..rsvps.queries import answered_by, answers_to_come
from ..rsvps.words import answer_words, question_words
from ..volunteers.jobs import words_of
from ..when import in_zone
from .agenda_days import days_context, plan_url
from .group import cards, month_of

OPEN = 12
AHEAD, MOST_CLASHES = timedelta(days=90), 5


def agenda_context(person: Person, moment: datetime, month: str) -> dict[str, Any]:
    """The page as a list; `month` is "2026-12" or ""."""
    answers = answers_to_come(person.id, moment)
    events, jobs = [answer.event for answer in answers], words_of(answers)
    theirs = without_sites(visible_events(person)).where(Event.state != DRAFT, hosted_by(group_ids_of(person.id)))
    unanswered = coming(theirs.where(Event.id.not_in(answered_by(person.id))), moment, OPEN)
    return {
        "answered": [_marked(*pair, jobs, moment) for pair in zip(answers, cards(events, moment), strict=True)],
        "unanswered": cards(unanswered, moment),
        "month": month_of(events_of(person), month, moment, zone_of(person), "pages.agenda"),
        "meetings": appointments(person, moment),
        "of_people": agenda_people(person, moment),
        **_around(person, moment),
    }


def agenda_by_day(person: Person, moment: datetime, view: str, on: str) -> dict[str, Any]:
    """The page as a day or a week."""
    by_day = days_context(person, moment, zone_of(person), view, on)
    return {"view": view, "by_day": by_day, **_around(person, moment)}


def _around(person: Person, moment: datetime) -> dict[str, Any]:
    """What the page says in whatever view."""
    return {
        "subscribe": subscription(person),
        "clashes": _clashes(person, moment),
        "messages_waiting": unread_count(person),
    }


def subscription(person: Person) -> dict[str, Any]:
    """A person's own calendar to subscribe to (ui/subscribe.html)."""
    feed = site_link("feeds.person", token=calendar_token(person))
    return {"https_url": feed, "links": calendar_links(feed, current_app.config["SETTINGS"].site_name)}


def _clashes(person: Person, moment: datetime) -> list[dict[str, Any]]:
    """What is at the same time, for as far ahead as people plan."""
    zone, found = zone_of(person), clashes(busy_between(person, moment, moment + AHEAD))[:MOST_CLASHES]
    return [
        {"day": short_day(in_zone(other.starts_at, zone).date()), "both": [_at(one, zone), _at(other, zone)]}
        for one, other in found
    ]


def _at(busy: Plan, zone: str) -> dict[str, Any]:
    hours = clock_range(in_zone(busy.starts_at, zone), in_zone(busy.ends_at, zone))
    return {"what": busy.what, "url": plan_url(busy), "hours": hours}


def _marked(answer: Rsvp, card: Card, jobs: dict[int, str], moment: datetime) -> Card:
    """A card that says how one's own answer stands, and one's jobs; that it is cancelled matters more."""
    if answer.event.state == CANCELLED:
        return card
    words = question_words(answer, moment) or answer_words(answer)
    tone = "ok" if answer.standing == SEATED else "plain"
    own = {"need_tag": None, "slots": None, "need_words": jobs.get(answer.id)} if answer.id in jobs else {}
    return card._replace(status_tag=(tone, words["title"]), seat_words=words["text"], torn=None, **own)
