"""All that somebody may choose of the site's mail: what it is, how it comes now, and how another way is taken.

What answers, changes and cancels is no choice: it is why an address was given.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..contacts import digests
from ..contacts.rhythm_queries import settings_of
from ..conversations.queries import correspondent_of
from ..conversations.telling import correspondent
from ..db import db
from ..discover import follows
from ..discover.models import Follow
from ..discover.words import follow_words
from ..events.models import Event
from ..groups.models import MEMBER, Group, Membership
from ..people.models import Person
from ..posts import mailing
from ..rsvps.models import Rsvp
from ..rsvps.sequence import DAY_BEFORE, MORNING, THANKS, wants

AT_ONCE, DAILY, WEEKLY, NEVER = "at_once", "daily", "weekly", "never"


@dataclass(frozen=True)
class Choice:
    """One kind of mail: under which heading, in which words; `ways` are empty where it is on or off."""

    name: str
    part: str
    label: str
    now: str | bool
    take: Callable[[Any], None]
    ways: tuple[tuple[str, str], ...] = ()

    @property
    def off(self) -> str | bool:
        """What stops it."""
        return NEVER if self.ways else False


def choices_of(person: Person, now: datetime) -> list[Choice]:
    """What there is for somebody to choose; a guest has fewer."""
    found = [*_around_events(person), *_words(person, now), *_follows(person, now)]
    if person.is_active:
        found += [*_talk(person, now), *_answers(person), *_people(person, now)]
    return found


def choose(choices: list[Choice], wanted: dict[str, Any]) -> None:
    """Take what differs."""
    for choice in choices:
        if wanted[choice.name] != choice.now:
            choice.take(wanted[choice.name])


def _around_events(person: Person) -> Iterator[Choice]:
    part = _("Around what you said you come to")
    labels = {
        DAY_BEFORE: _("The day before: still coming?"),
        MORNING: _("That morning: where to be, and whom to call"),
        THANKS: _("The day after: thanks, hours, photos, the next date"),
    }
    for name, label in labels.items():
        yield Choice(name, part, label, wants(person, name), partial(_want, person, name))


def _want(person: Person, name: str, on: bool) -> None:
    others = [step for step in person.unwanted if step != name]
    person.unwanted = others if on else [*others, name]


def _words(person: Person, now: datetime) -> Iterator[Choice]:
    part = _("What organizers write to everyone")
    answers = select(Rsvp).join(Rsvp.event).where(Rsvp.person_id == person.id, Event.ends_at > now)
    for row in db.session.scalars(answers.options(joinedload(Rsvp.event)).order_by(Event.starts_at, Rsvp.id)):
        yield Choice(f"event-{row.event_id}", part, row.event.title, row.announced, _setter(row, "announced"))
    for row in _memberships(person):
        yield Choice(f"crew-{row.group_id}", part, row.group.name, row.announced, _setter(row, "announced"))


def _talk(person: Person, now: datetime) -> Iterator[Choice]:
    for row in _memberships(person):
        yield Choice(
            f"talk-{row.group_id}",
            _("What crews talk about"),
            row.group.name,
            mailing.how_of(person, row.group),
            partial(_talk_comes, person, row.group, now),
            _ways(AT_ONCE, DAILY, WEEKLY, NEVER),
        )


def _talk_comes(person: Person, group: Group, now: datetime, how: str) -> None:
    mailing.choose(person, group, how, now)


def _answers(person: Person) -> Iterator[Choice]:
    for row in _memberships(person):
        if row.role != MEMBER:
            part, ways = _("Answers to events you organize"), (("each", _("Each one")), *_ways(DAILY, NEVER))
            yield Choice(
                f"answers-{row.group_id}", part, row.group.name, row.answer_mail, _setter(row, "answer_mail"), ways
            )


def _follows(person: Person, now: datetime) -> Iterator[Choice]:
    part, ways = _("What you follow"), _ways(AT_ONCE, WEEKLY, NEVER)
    rows = select(Follow).where(Follow.email == person.email, Follow.confirmed_at.is_not(None))
    for row in db.session.scalars(rows.order_by(Follow.id)):
        how = row.how if row.is_on else NEVER
        yield Choice(f"follow-{row.id}", part, follow_words(row), how, partial(_follow, row, now), ways)


def _follow(row: Follow, now: datetime, how: str) -> None:
    if how == NEVER:
        follows.end(row, now)
    else:
        follows.confirm(row, how, now)


def _people(person: Person, now: datetime) -> Iterator[Choice]:
    part, found, row = _("People"), correspondent_of(person), settings_of(person)
    mailed, written = found is None or found.mailed, row.is_on and row.by_mail
    yield Choice("messages", part, _("Messages that wait unread"), mailed, partial(_mail_messages, person))
    label = _("Once a week: whom it is time to write to")
    yield Choice("reach", part, label, written, partial(_remind, person, now))


def _mail_messages(person: Person, on: bool) -> None:
    correspondent(person).mailed = on


def _remind(person: Person, now: datetime, on: bool) -> None:
    digests.save(person, {"by_mail": True, "is_on": True} if on else {"by_mail": False}, now)


def _memberships(person: Person) -> list[Membership]:
    rows = select(Membership).options(joinedload(Membership.group)).where(Membership.person_id == person.id)
    return list(db.session.scalars(rows.order_by(Membership.id)))


def _setter(row: Any, name: str) -> Callable[[Any], None]:
    return partial(setattr, row, name)


def _ways(*names: str) -> tuple[tuple[str, str], ...]:
    words = {AT_ONCE: _("At once"), DAILY: _("Once a day"), WEEKLY: _("Once a week"), NEVER: _("Never")}
    return tuple((name, words[name]) for name in names)
