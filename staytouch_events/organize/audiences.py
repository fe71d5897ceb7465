"""Whom an announcement may be for: the one register of audiences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import Event
from ..groups.models import Group, Membership
from ..people.models import Person
from ..posts.models import Place
from ..rsvps.models import MAYBE, NONE, SEATED, WAITING, Rsvp
from ..rsvps.queries import roster
from ..text import parse_int
from ..volunteers.hours import name_of
from ..volunteers.models import HELD
from ..volunteers.queries import shifts_of, sign_ups_of
from .people_queries import console_query, read_filters

COMING, GOING, UNSURE, IN_LINE, LISTED, CREW, SHIFT = "coming", "going", "maybe", "line", "listed", "crew", "shift:"
# What an address of the list of answers may hold; its order and its page are nobody's matter here.
FILTERS = ("q", "answer", "standing", "shift", "unsigned", "came", "said")


@dataclass(frozen=True)
class Recipient:
    """One letter: to whom, under which name, and the answer or membership that it goes by."""

    person: Person
    name: str
    row: Rsvp | Membership

    @property
    def is_stranger(self) -> bool:
        """Whether an organizer put them down and they have not answered themselves (reliability.md, 19)."""
        return isinstance(self.row, Rsvp) and self.row.by_host and not self.person.is_active


def filters_in(args: Mapping[str, str]) -> dict[str, str]:
    """The filters of an address, as an announcement keeps them."""
    return {name: args[name] for name in FILTERS if args.get(name)}


def audiences_of(place: Place, asked: Mapping[str, str]) -> dict[str, tuple[str, list[Recipient]]]:
    """Every audience of a place by its key: what it is called, and who it is now, without those who want no letters.

    The list of answers is one where `asked` narrows it.
    """
    if place.event is None:
        return {CREW: (_("Everyone in the crew"), _reached(_members(place.group)))}
    rows = roster(place.event)
    found = {
        COMING: (_("Everyone who comes or may come"), [row for row in rows if row.standing != NONE or _may_come(row)]),
        GOING: (_("Who has a spot"), [row for row in rows if row.standing == SEATED]),
        UNSURE: (_("Who said maybe"), [row for row in rows if _may_come(row)]),
        IN_LINE: (_("Who waits in line"), [row for row in rows if row.standing == WAITING]),
        **_by_shift(place.event, rows),
    }
    if asked:
        found[LISTED] = (_("Whom the list of people shows"), console_query(place.event, read_filters(asked)))
    return {key: (words, _reached(rows)) for key, (words, rows) in found.items()}


def recipients(place: Place, audience: str, asked: Mapping[str, str]) -> list[Recipient]:
    """Who an audience is now; nobody for one that is no more, as a shift that was taken out."""
    return audiences_of(place, asked).get(audience, ("", []))[1]


def is_audience(place: Place, audience: str, asked: Mapping[str, str]) -> bool:
    """Whether there is such an audience."""
    return audience in audiences_of(place, asked)


def shift_in(audience: str) -> int | None:
    """The number of the shift whose people an audience is."""
    return parse_int(audience.removeprefix(SHIFT), 1, 2**31 - 1) if audience.startswith(SHIFT) else None


def _by_shift(event: Event, rows: Iterable[Rsvp]) -> dict[str, tuple[str, list[Rsvp]]]:
    held: dict[int, set[int]] = {}
    for sign_up in sign_ups_of(event):
        if sign_up.standing == HELD:
            held.setdefault(sign_up.shift_id, set()).add(sign_up.rsvp_id)
    return {
        f"{SHIFT}{shift.id}": (name_of(shift), [row for row in rows if row.id in held.get(shift.id, ())])
        for shift in shifts_of(event)
    }


def _may_come(rsvp: Rsvp) -> bool:
    return rsvp.answer == MAYBE


def _members(group: Group) -> list[Membership]:
    rows = select(Membership).options(joinedload(Membership.person)).where(Membership.group_id == group.id)
    return list(db.session.scalars(rows.order_by(Membership.id)))


def _reached(rows: Iterable[Rsvp | Membership]) -> list[Recipient]:
    """Those whom a letter reaches and who want it."""
    return [
        Recipient(row.person, row.name if isinstance(row, Rsvp) else row.person.name, row)
        for row in rows
        if row.person.email and row.announced
    ]
