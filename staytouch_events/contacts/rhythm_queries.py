"""How somebody stands with their people: fine, due or overdue, computed from rows each time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import defer, joinedload

from ..access.contacts import kept_by, people_of
from ..db import db
from ..people.models import Person
from ..people.queries import zone_of
from ..when import in_zone
from .models import Contact, ContactKind, ContactTag, TagRhythm
from .reach_models import KINDS, LATE, ReachOut
from .touch_queries import Touch, last_touches

FINE, DUE, OVERDUE, UNPLANNED = "fine", "due", "overdue", "unplanned"
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Wish:
    """How often, in days; and whose rhythm it is: the person's own, a tag's or a kind's."""

    ideal: int
    longest: int
    by: str
    word: str = ""


@dataclass(frozen=True)
class Standing:
    """How it stands with one of somebody's people on a day."""

    contact: Contact
    wish: Wish | None
    last: Touch | None
    # The day of the last contact, else the one on which they came into the list.
    since: date
    today: date

    @property
    def days(self) -> int:
        """How long ago that is."""
        return (self.today - self.since).days

    @property
    def due_on(self) -> date | None:
        """When it is time again; a snooze puts it off."""
        if self.wish is None:
            return None
        wished = self.since + timedelta(days=self.wish.ideal)
        return max(wished, self.contact.snoozed_until_on or wished)

    @property
    def state(self) -> str:
        """UNPLANNED, FINE, DUE or OVERDUE."""
        if self.wish is None:
            return UNPLANNED
        if self.due_on > self.today:
            return FINE
        return OVERDUE if self.days >= self.wish.longest else DUE


def today_of(person: Person, now: datetime) -> date:
    """What day it is there."""
    return in_zone(now, zone_of(person)).date()


def settings_of(person: Person) -> ReachOut:
    """How somebody is reminded; as usual, and not kept, where they chose nothing yet."""
    return db.session.get(ReachOut, person.id) or ReachOut(
        person_id=person.id, is_on=True, by_mail=True, weekday=0, hour=9, quiet_from=21, quiet_until=8
    )


def standings(owner: Person, now: datetime, people: Select | None = None) -> list[Standing]:
    """How it stands with all of somebody's people, by name; or with those of a list, in its order."""
    wanted = people_of(owner).order_by(Contact.sort_name, Contact.id) if people is None else people
    near = (joinedload(way) for way in (Contact.kind, Contact.met_event, Contact.person))
    loaded = (*near, defer(Contact.kept_vcard))
    rows = db.session.scalars(wanted.options(*loaded)).all()
    only = None if people is None else [row.id for row in rows]
    zone, today, last, tags = zone_of(owner), today_of(owner, now), last_touches(owner, now, only), _tag_wishes(owner)
    return [
        Standing(
            row,
            _wish(row, tags.get(row.id, [])),
            last.get(row.id),
            in_zone(last[row.id].at if row.id in last else row.created_at, zone).date(),
            today,
        )
        for row in rows
    ]


def due_first(rows: list[Standing]) -> list[Standing]:
    """Those for whom it is time, the longest overdue first."""
    due = [row for row in rows if row.state in (DUE, OVERDUE)]
    return sorted(due, key=lambda row: (row.state != OVERDUE, row.due_on, row.contact.sort_name, row.contact.id))


def due(owner: Person, now: datetime) -> list[Standing]:
    """Whom it is time to write to; nobody where reminders are off."""
    return due_first(standings(owner, now)) if settings_of(owner).is_on else []


def coming_up(rows: list[Standing]) -> list[Standing]:
    """Those for whom it is time within a week."""
    soon = [row for row in rows if row.state == FINE and row.due_on <= row.today + SOON]
    return sorted(soon, key=lambda row: (row.due_on, row.contact.sort_name, row.contact.id))


def reach_days(owner: Person, now: datetime, until: date) -> list[tuple[date, Standing]]:
    """On which day, up to one, it is time to write to whom: today for whoever is due already. None where it is off."""
    if not settings_of(owner).is_on:
        return []
    wished = (row for row in standings(owner, now) if row.wish and row.due_on <= until)
    days = [(max(row.due_on, row.today), row) for row in wished]
    return sorted(days, key=lambda found: (found[0], found[1].contact.sort_name, found[1].contact.id))


def kinds_of(owner: Person) -> list[ContactKind]:
    """The site's kinds and one's own, with their rhythms; those never touched are as usual, and not kept."""
    rows = {
        row.key: row
        for row in db.session.scalars(
            select(ContactKind).where(ContactKind.owner_id == owner.id).order_by(ContactKind.id)
        )
    }
    usual = [rows.pop(key, None) or usual_kind(owner, key) for key in KINDS]
    return [*usual, *rows.values()]


def usual_kind(owner: Person, key: str) -> ContactKind:
    """One of the site's kinds as it is until its owner says otherwise."""
    ideal, longest = KINDS[key]
    return ContactKind(owner_id=owner.id, key=key, name="", ideal_days=ideal, longest_days=longest)


def tags_of(owner: Person) -> list[str]:
    """The tags in use, by name."""
    wanted = select(ContactTag.tag).join(Contact, Contact.id == ContactTag.contact_id).where(*kept_by(owner))
    return list(db.session.scalars(wanted.distinct().order_by(ContactTag.tag)))


def tag_rhythms_of(owner: Person) -> dict[str, TagRhythm]:
    """The rhythms of tags, by tag."""
    return {row.tag: row for row in db.session.scalars(select(TagRhythm).where(TagRhythm.owner_id == owner.id))}


def _tag_wishes(owner: Person) -> dict[int, list[Wish]]:
    rows = db.session.execute(
        select(ContactTag.contact_id, TagRhythm.ideal_days, TagRhythm.longest_days, TagRhythm.tag)
        .join(Contact, Contact.id == ContactTag.contact_id)
        .join(TagRhythm, (TagRhythm.owner_id == Contact.owner_id) & (TagRhythm.tag == ContactTag.tag))
        .where(*kept_by(owner))
    )
    found: dict[int, list[Wish]] = {}
    for contact_id, ideal, longest, tag in rows:
        if ideal:
            found.setdefault(contact_id, []).append(_made(ideal, longest, "tag", tag))
    return found


def _wish(contact: Contact, tagged: list[Wish]) -> Wish | None:
    """The nearest wins: what was said of the person, of their tags (the most frequent), of their kind. 0 is never."""
    if contact.ideal_days is not None:
        return _made(contact.ideal_days, contact.longest_days, "person") if contact.ideal_days else None
    if tagged:
        return min(tagged, key=lambda wish: wish.ideal)
    kind = contact.kind
    return _made(kind.ideal_days, kind.longest_days, "kind", kind.key) if kind and kind.ideal_days else None


def _made(ideal: int, longest: int | None, by: str, word: str = "") -> Wish:
    return Wish(ideal, max(ideal, longest or ideal * LATE[0] // LATE[1]), by, word)
