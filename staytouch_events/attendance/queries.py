"""Who is there, read off the marks; nothing is counted twice or kept beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import Event
from ..people.models import Person
from ..rsvps.models import DECLINED, SEATED, Rsvp
from ..text import fold
from .models import IN, OUT, HourCorrection, Mark, Party, WalkUp, who_is


@dataclass(frozen=True)
class Presence:
    """Where a party stands: here since, left at, or not here; and how many of it came."""

    since: datetime | None = None
    left: datetime | None = None
    adults: int = 0
    minors: int = 0

    @property
    def came(self) -> bool:
        """Whether it was there at all."""
        return self.since is not None

    @property
    def here(self) -> bool:
        """Whether it is there now."""
        return self.came and self.left is None

    @property
    def people(self) -> int:
        """People of it who came."""
        return self.adults + self.minors


@dataclass(frozen=True)
class Attendee:
    """A party that is expected, or came."""

    party: Party
    presence: Presence
    adults: int
    minors: int

    @property
    def who(self) -> str:
        """Its name within the event."""
        return who_is(self.party)

    @property
    def people(self) -> int:
        """How many it is: as it came, or as it said."""
        return self.adults + self.minors


def presence_after(before: Presence, mark: Mark) -> Presence:
    """What one more mark makes of it. Coming twice is coming once; undoing goes one step back."""
    if mark.kind == IN:
        return Presence(before.since or mark.received_at, None, mark.adults, mark.minors)
    if mark.kind == OUT:
        return replace(before, left=mark.received_at) if before.here else before
    return replace(before, left=None) if before.left else Presence()


def presences(event_ids: Iterable[int]) -> dict[tuple[int, str], Presence]:
    """Where every party of these events stands, by event and party, in one query."""
    marks = select(Mark).where(Mark.event_id.in_(list(event_ids))).order_by(Mark.received_at, Mark.id)
    found: dict[tuple[int, str], Presence] = {}
    for mark in db.session.scalars(marks):
        place = (mark.event_id, mark.who)
        found[place] = presence_after(found.get(place, Presence()), mark)
    return found


def presence_of(party: Party) -> Presence:
    """Where one party stands."""
    found = Presence()
    for mark in db.session.scalars(_marks_of(party).order_by(Mark.received_at, Mark.id)):
        found = presence_after(found, mark)
    return found


def last_size(party: Party) -> tuple[int, int] | None:
    """Adults and minors of the party when it last came."""
    mark = db.session.scalar(_marks_of(party).where(Mark.kind == IN).order_by(Mark.received_at.desc(), Mark.id.desc()))
    return mark and (mark.adults, mark.minors)


def attendees(event: Event, search: str = "") -> list[Attendee]:
    """Everyone who may come or came, by name: answers but nos, and walk-ups."""
    known, wanted = presences([event.id]), fold(search)
    rsvps = db.session.scalars(select(Rsvp).options(joinedload(Rsvp.person)).where(Rsvp.event_id == event.id))
    walk_ups = db.session.scalars(select(WalkUp).where(WalkUp.event_id == event.id))
    rows = [_attendee(party, known.get((event.id, who_is(party)), Presence())) for party in (*rsvps, *walk_ups)]
    found = [row for row in rows if _belongs(row) and wanted in fold(row.party.name)]
    return sorted(found, key=lambda row: (fold(row.party.name), row.who))


def expected(rows: Iterable[Attendee]) -> int:
    """People who have a seat."""
    seated = (row.party for row in rows if isinstance(row.party, Rsvp) and row.party.standing == SEATED)
    return sum(party.party for party in seated)


def corrections(event_ids: Iterable[int]) -> dict[tuple[int, str], HourCorrection]:
    """The last word of an organizer about each party's minutes, by event and party."""
    wanted = select(HourCorrection).options(joinedload(HourCorrection.made_by)).order_by(HourCorrection.id)
    rows = db.session.scalars(wanted.where(HourCorrection.event_id.in_(list(event_ids))))
    return {(row.event_id, row.who): row for row in rows}


def corrections_of(event: Event) -> Sequence[HourCorrection]:
    """All that organizers corrected at an event, the latest first."""
    return db.session.scalars(
        select(HourCorrection)
        .options(joinedload(HourCorrection.made_by))
        .where(HourCorrection.event_id == event.id)
        .order_by(HourCorrection.id.desc())
    ).all()


def parties_of(person: Person) -> list[Party]:
    """All the parties that a person came in, or answered for, that left a mark; with their events and groups."""
    found: list[Party] = []
    for model, column in ((Rsvp, Mark.rsvp_id), (WalkUp, Mark.walk_up_id)):
        rows = db.session.scalars(
            select(model)
            .options(joinedload(model.event).joinedload(Event.group))
            .where(model.person_id == person.id, model.id.in_(select(column)))
        )
        found += rows.all()
    return found


def parties_in(group_id: int) -> list[Party]:
    """The parties of people we know that left a mark at a group's events, with their events and people."""
    found: list[Party] = []
    for model, column in ((Rsvp, Mark.rsvp_id), (WalkUp, Mark.walk_up_id)):
        rows = db.session.scalars(
            select(model)
            .options(joinedload(model.event), joinedload(model.person))
            .join(Event, Event.id == model.event_id)
            .where(Event.group_id == group_id, model.person_id.is_not(None), model.id.in_(select(column)))
        )
        found += rows.all()
    return found


def party_at(event: Event, person: Person) -> Party | None:
    """The party in which a person is at an event: their answer's, else the walk-up that they are."""
    for model in (Rsvp, WalkUp):
        wanted = select(model).where(model.event_id == event.id, model.person_id == person.id)
        row = db.session.scalar(wanted.order_by(model.id.desc()))
        if row is not None:
            return row
    return None


def _marks_of(party: Party) -> Select:
    column = Mark.walk_up_id if isinstance(party, WalkUp) else Mark.rsvp_id
    return select(Mark).where(column == party.id)


def _attendee(party: Party, presence: Presence) -> Attendee:
    if presence.came:
        return Attendee(party, presence, presence.adults, presence.minors)
    if isinstance(party, WalkUp):
        return Attendee(party, presence, *(last_size(party) or (1, 0)))
    return Attendee(party, presence, party.adults, party.minors)


def _belongs(row: Attendee) -> bool:
    """Not a no, nor a walk-up that was taken back, unless they came after all."""
    if row.presence.came:
        return True
    return isinstance(row.party, Rsvp) and row.party.answer != DECLINED
