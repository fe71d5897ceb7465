"""Hours, worked out from marks and corrections; nobody types a total."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from ..db import db
from ..events.models import PUBLISHED, Event
from ..events.words import clock_range
from ..people.models import Person
from ..refusals import Refused
from ..when import in_zone
from .models import HourCorrection, Party, WalkUp, who_is
from .queries import Presence, attendees, corrections, parties_of, presence_of, presences

# Coming earlier than this before the start is not counted.
EARLY = timedelta(hours=1)
LONGEST = 24 * 60


@dataclass(frozen=True)
class Stay:
    """A party's time at an event."""

    event: Event
    party: Party
    presence: Presence
    starts: datetime
    ends: datetime
    correction: HourCorrection | None

    @property
    def who(self) -> str:
        """The party's name within the event."""
        return who_is(self.party)

    @property
    def measured(self) -> int:
        """Minutes as the marks have them."""
        return max(0, int((self.ends - self.starts).total_seconds() // 60))

    @property
    def minutes(self) -> int:
        """Minutes of each person, as an organizer corrected them or as measured."""
        return self.correction.minutes if self.correction else self.measured

    @property
    def people_minutes(self) -> int:
        """Minutes of all of the party."""
        return self.minutes * self.presence.people

    @property
    def times(self) -> str:
        """From when to when, as clocks at the place showed it."""
        zone = self.event.zone
        return clock_range(in_zone(self.starts, zone), in_zone(self.ends, zone))


def stays_of(event: Event, now: datetime) -> list[Stay]:
    """Everyone's time at an event, by name; of those who are still there once it is over."""
    rows = [(row.party, row.presence) for row in attendees(event)]
    return _stays(rows, corrections([event.id]), now)


def stays_with(person: Person, now: datetime) -> list[Stay]:
    """All of a person's times, the latest first."""
    return sorted(stays_among(parties_of(person), now), key=lambda stay: stay.starts, reverse=True)


def stays_among(parties: Sequence[Party], now: datetime) -> list[Stay]:
    """The times of these parties of several events, as far as they are known."""
    known = presences({party.event_id for party in parties})
    rows = [(party, known.get((party.event_id, who_is(party)), Presence())) for party in parties]
    return _stays(rows, corrections(party.event_id for party in parties), now)


def stays_at(party: Party, now: datetime) -> Stay | None:
    """One party's time, once it is known."""
    known = corrections([party.event_id])
    return next(iter(_stays([(party, presence_of(party))], known, now)), None)


def span(event: Event, presence: Presence) -> tuple[datetime, datetime]:
    """From when to when time counts: from check-in, but for an hour before the start, to check-out or the planned end.

    Whoever was put down only after the end was there all along.
    """
    if presence.since >= event.ends_at:
        return event.starts_at, event.ends_at
    starts = max(presence.since, event.starts_at - EARLY)
    return starts, max(starts, presence.left or event.ends_at)


def correct_hours(stay: Stay, minutes: int, why: str, by: Person, now: datetime) -> None:
    """An organizer's word about the minutes, with who, when and why. Raises Refused."""
    if not 0 <= minutes <= LONGEST:
        raise Refused(_("Type at most 24 hours."))
    column = "walk_up_id" if isinstance(stay.party, WalkUp) else "rsvp_id"
    said = {"was": stay.minutes, "minutes": minutes, "why": why, "made_by_id": by.id, "made_at": now}
    db.session.add(HourCorrection(event_id=stay.event.id, **said, **{column: stay.party.id}))


def hours_words(minutes: int) -> str:
    """ "3:05 h"."""
    return _("%(hours)d:%(minutes)s h", hours=minutes // 60, minutes=f"{minutes % 60:02d}")


def _stays(rows: Iterable[tuple[Party, Presence]], corrected: dict, now: datetime) -> list[Stay]:
    found = []
    for party, presence in rows:
        event = party.event
        if presence.came and event.state == PUBLISHED and (presence.left or event.is_past(now)):
            known = corrected.get((event.id, who_is(party)))
            found.append(Stay(event, party, presence, *span(event, presence), known))
    return found
