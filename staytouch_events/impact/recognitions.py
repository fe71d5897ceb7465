"""What a crew gives its people, and who has come so far; an organizer gives it, nobody else sees who has what.

Nobody has points: what counts are the events at which somebody was checked in and their hours there, worked out anew
from the rows whenever an organizer looks.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from .. import outbox
from ..attendance.hours import stays_among
from ..attendance.queries import parties_in
from ..db import db, lock
from ..groups.models import Group
from ..groups.queries import members_of
from ..people.models import Person
from ..refusals import Refused
from .models import GIVEN, Award, Recognition

# So long it can be taken back before the letter goes out.
WAITS = timedelta(minutes=10)


@dataclass(frozen=True)
class Tally:
    """At how many of a crew's events somebody was, and how long."""

    person: Person
    events: int
    minutes: int

    def reaches(self, recognition: Recognition) -> bool:
        """Whether it is enough; what is given by hand is reached by nobody."""
        events, hours = recognition.after_events, recognition.after_hours
        return bool((events and self.events >= events) or (hours and self.minutes >= 60 * hours))


@dataclass(frozen=True)
class Reached:
    """Somebody has come so far, and no organizer has said anything yet."""

    recognition: Recognition
    tally: Tally


def define(group: Group, fields: dict[str, Any], now: datetime) -> Recognition:
    """A crew says what it gives, and after what."""
    row = Recognition(group_id=group.id, created_at=now, **fields)
    db.session.add(row)
    db.session.flush()
    return row


def redefine(recognition: Recognition, fields: dict[str, Any]) -> None:
    """Say it otherwise; who has it keeps it."""
    for name, value in fields.items():
        setattr(recognition, name, value)


def stop(recognition: Recognition, now: datetime) -> None:
    """Give it no more; who has it keeps it."""
    recognition.removed_at = recognition.removed_at or now


def decide(recognition: Recognition, person: Person, state: str, words: str, by: Person, now: datetime) -> Award:
    """Give it, or not now. Given twice is given once; the person hears of it ten minutes later. Raises Refused."""
    recognition = lock(recognition)
    if recognition.removed_at is not None:
        raise Refused(_("Your crew gives this no more."))
    award = award_of(recognition, person.id)
    if award is not None and award.state == GIVEN:
        return award
    decided = {"state": state, "words": words, "decided_by_id": by.id, "decided_at": now}
    if award is None:
        award = Award(recognition_id=recognition.id, person_id=person.id, **decided)
        db.session.add(award)
    for name, value in decided.items():
        setattr(award, name, value)
    db.session.flush()
    if state == GIVEN and person.email:
        outbox.post(
            "impact.recognized",
            to=person.email,
            name=person.name,
            language=person.language,
            facts={"award": award.id},
            now=now,
            wait=WAITS,
            key=_key(recognition, person.id),
            zone=person.zone or recognition.group.zone,
        )
    return award


def take_back(recognition: Recognition, person_id: int, now: datetime) -> None:
    """It was a mistake: as if nobody had decided anything, and a letter that still waits is not sent."""
    recognition = lock(recognition)
    award = award_of(recognition, person_id)
    if award is not None:
        db.session.delete(award)
        outbox.withdraw_letters(_key(recognition, person_id), now, "taken back")


def award_of(recognition: Recognition, person_id: int) -> Award | None:
    """What was decided about a person."""
    return db.session.scalar(select(Award).where(Award.recognition_id == recognition.id, Award.person_id == person_id))


def given_by(group: Group) -> list[Recognition]:
    """What a crew gives, in the order of saying so."""
    wanted = select(Recognition).where(Recognition.group_id == group.id, Recognition.removed_at.is_(None))
    return list(db.session.scalars(wanted.order_by(Recognition.id)))


def awards_in(group: Group) -> list[Award]:
    """All that was decided in a crew, the latest first."""
    wanted = select(Award).join(Recognition, Recognition.id == Award.recognition_id)
    related = joinedload(Award.recognition), joinedload(Award.person)
    return list(
        db.session.scalars(
            wanted.options(*related).where(Recognition.group_id == group.id).order_by(Award.decided_at.desc(), Award.id)
        )
    )


def awards_of(person: Person) -> list[Award]:
    """What a person was given, the latest first."""
    related = joinedload(Award.recognition).joinedload(Recognition.group)
    wanted = select(Award).options(related).where(Award.person_id == person.id, Award.state == GIVEN)
    return list(db.session.scalars(wanted.order_by(Award.decided_at.desc(), Award.id)))


def tallies(group_id: int, now: datetime) -> list[Tally]:
    """Everyone whom we know and who was at an event of the crew, by name; whoever is gone gets nothing more."""
    events: dict[Person, set[int]] = defaultdict(set)
    minutes: dict[Person, int] = defaultdict(int)
    for stay in stays_among([party for party in parties_in(group_id) if party.person.gone_at is None], now):
        events[stay.party.person].add(stay.event.id)
        minutes[stay.party.person] += stay.minutes
    found = [Tally(person, len(were), minutes[person]) for person, were in events.items()]
    return sorted(found, key=lambda row: (row.person.name.casefold(), row.person.id))


def reached_in(groups: Iterable[Group], now: datetime) -> list[Reached]:
    """Who has come so far in these crews and was not decided about yet."""
    found: list[Reached] = []
    for group in groups:
        wanted = [row for row in given_by(group) if row.after_events or row.after_hours]
        if not wanted:
            continue
        decided = {(award.recognition_id, award.person_id) for award in awards_in(group)}
        everyone = tallies(group.id, now)
        found += [
            Reached(row, tally)
            for row in wanted
            for tally in everyone
            if tally.reaches(row) and (row.id, tally.person.id) not in decided
        ]
    return found


def people_to_give(group: Group, now: datetime) -> list[Person]:
    """To whom an organizer can give something: the crew's regulars, and whoever came to its events; by name."""
    known = {row.person_id: row.person for row in members_of(group)}
    known |= {tally.person.id: tally.person for tally in tallies(group.id, now)}
    return sorted(known.values(), key=lambda person: (person.name.casefold(), person.id))


def _key(recognition: Recognition, person_id: int) -> str:
    return f"recognized:{recognition.id}:{person_id}"
