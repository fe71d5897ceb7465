"""What crews need of their organizers beside their next events."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ..attendance.hours_letters import asked_for
from ..attendance.models import HoursLetter
from ..events.host_models import EventHost
from ..events.host_queries import hosting_asked
from ..events.words import when_words
from ..groups.join_queries import asking_in
from ..groups.models import Group
from ..impact.desk import todos as impact_todos
from ..impact.models import Recognition
from ..impact.recognitions import reached_in
from ..people.models import Person
from ..polls.models import TimePoll
from ..polls.queries import times_to_choose

# People whose names a line says.
NAMED = 4


def crew_needs(groups: list[Group], now: datetime) -> list[dict[str, Any]]:
    """What they are asked to host, who asks to join, times to choose, logs to approve, letters asked for, gifts."""
    ids = [group.id for group in groups]
    polls = [_choose(poll, votes) for poll, votes in times_to_choose(ids, now)]
    asks = asking_in(ids)
    requests = [_asks(group, asks[group.id]) for group in groups if group.id in asks]
    hosting = [_host(row) for row in hosting_asked(ids, now)]
    return [*hosting, *requests, *polls, *impact_todos(ids), *map(_letter, asked_for(ids)), *_recognitions(groups, now)]


def _asks(group: Group, people: int) -> dict[str, Any]:
    """People who ask to join."""
    asking = ngettext("%(num)d person asks", "%(num)d people ask", people)
    return {
        "by": _("Soon"),
        "by_small": "",
        "now": False,
        "title": _("%(people)s to join %(crew)s", people=asking, crew=group.name),
        "text": _("They wait for your yes or no."),
        "actions": [(_("Answer them"), url_for("groups.people", slug=group.slug))],
    }


def _host(row: EventHost) -> dict[str, Any]:
    """Another crew that asks this one to host its event with it."""
    event = row.event
    return {
        "by": _("Soon"),
        "by_small": "",
        "now": False,
        "title": _("Host “%(event)s” with %(crew)s?", event=event.title, crew=event.group.name),
        "text": when_words(event) if event.starts_at else "",
        "actions": [(_("Answer them"), url_for("hosts.asked", slug=row.group.slug, number=row.id))],
    }


def _choose(poll: TimePoll, votes: int) -> dict[str, Any]:
    """A poll for a time that takes no more votes and waits for its maker."""
    return {
        "by": _("Soon"),
        "by_small": "",
        "now": False,
        "title": _("Choose a time: %(poll)s", poll=poll.title),
        "text": ngettext("%(num)d person voted.", "%(num)d people voted.", votes),
        "actions": [(_("See the votes"), url_for("polls.one", public_id=poll.public_id))],
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
