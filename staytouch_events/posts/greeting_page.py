"""What pages and letters show of newcomers and who greets them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ..access.groups import role_of
from ..events.models import CANCELLED, Event
from ..events.words import short_day, starts
from ..forms import ButtonForm
from ..groups.models import Group
from ..rsvps.additions import IN_REMINDER, IN_ROSTER, ON_PAGE, Line, adds_to
from ..rsvps.models import DECLINED, SEATED, Rsvp
from ..rsvps.queries import going_people
from .greeting_queries import greetings, greets, missed

# Names of those who come, on a newcomer's page.
NAMES = 12


@adds_to(ON_PAGE)
def welcomed(rsvp: Rsvp, moment: datetime) -> dict[str, Any]:
    """The part of posts/_welcome.html: a newcomer's first time, or whom a greeter looks out for."""
    event = rsvp.event
    if rsvp.answer == DECLINED or event.state == CANCELLED or event.is_past(moment):
        return {}
    pairs = greetings(event)
    mine = [greeter for newcomer, greeter in pairs if newcomer.id == rsvp.id]
    looked_for = [newcomer for newcomer, greeter in pairs if greeter and greeter.id == rsvp.person_id]
    return {
        "welcome": {
            "first": bool(mine),
            "crew": event.group.name,
            "greeter": mine[0].short_name if mine and mine[0] else None,
            "bring": event.bring.splitlines(),
            "names": [] if event.names_hidden or not mine else _others(rsvp),
            "greets_words": _looked_for(looked_for, event) if looked_for and rsvp.standing == SEATED else None,
        }
    }


@adds_to(IN_REMINDER)
def greeted_tomorrow(rsvp: Rsvp) -> list[Line]:
    """Who greets a newcomer, and whom a greeter looks out for."""
    pairs = greetings(rsvp.event)
    lines = [
        Line(_("Your first time with %(crew)s", crew=rsvp.event.group.name), _greeter_words(greeter))
        for newcomer, greeter in pairs
        if newcomer.id == rsvp.id and greeter
    ]
    looked_for = [newcomer for newcomer, greeter in pairs if greeter and greeter.id == rsvp.person_id]
    if looked_for and rsvp.standing == SEATED:
        lines.append(Line(_("You greet"), _looked_for(looked_for, rsvp.event)))
    return lines


@adds_to(IN_ROSTER)
def first_time(event: Event) -> dict[int, str]:
    """Who comes for the first time, for hosts and helpers, and who greets them."""
    return {
        rsvp.id: _("first time, %(name)s greets", name=greeter.short_name) if greeter else _("first time")
        for rsvp, greeter in greetings(event)
    }


def greet_context(group: Group) -> dict[str, Any] | None:
    """A member's own switch on the crew's page; none for anybody else."""
    if role_of(current_user, group) is None:
        return None
    return {
        "on": greets(current_user, group),
        "url": url_for("greeting.switch", slug=group.slug),
        "form": ButtonForm(formdata=None),
    }


def first_words_of(count: int) -> str | None:
    """ "3 come for the first time"."""
    return ngettext("%(num)d comes for the first time", "%(num)d come for the first time", count) if count else None


def missed_rows(groups: Sequence[Group], moment: datetime) -> list[dict[str, Any]]:
    """Regulars not seen for a while, for the organizers."""
    return [
        {
            "person": row.person,
            "name": row.person.name or _("Somebody"),
            "crew": row.group.name,
            "words": _(
                "%(times)s, last on %(day)s",
                times=ngettext("came once", "came %(num)d times", row.times),
                day=short_day(starts(row.last).date()),
            ),
        }
        for row in missed([group.id for group in groups], moment)
    ]


def _others(rsvp: Rsvp) -> list[str]:
    """First names of those who come, but for one's own."""
    names, own = [name for name, _person in going_people(rsvp.event, NAMES)], rsvp.name.split()[:1]
    return [name for name in names if [name] != own]


def _greeter_words(greeter) -> str:
    return _("%(name)s greets you. Ask for %(name)s when you are there.", name=greeter.short_name)


def _looked_for(newcomers: list[Rsvp], event: Event) -> str:
    """Their first names, or how many they are where names are hidden."""
    count = ngettext("%(num)d comes for the first time", "%(num)d come for the first time", len(newcomers))
    names = [rsvp.name.split()[0] for rsvp in newcomers if rsvp.name.split()]
    return count if event.names_hidden or not names else f"{', '.join(names)}: {count}"
