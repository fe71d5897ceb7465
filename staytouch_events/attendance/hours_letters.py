"""Asking for, issuing and revoking letters about hours. What an issued one says never changes."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from .. import outbox
from ..db import db, lock
from ..events.models import Event
from ..groups.models import Group
from ..links import site_link
from ..people.models import Person
from ..refusals import Refused
from ..when import in_zone
from .hours import Stay, stays_with
from .models import HoursLetter


def ask(
    group: Group,
    person: Person,
    name: str,
    now: datetime,
    *,
    event: Event | None = None,
    term: tuple[date, date] | None = None,
) -> HoursLetter:
    """Somebody wants their hours on paper, of an event or of a term. Asked again, it is the same. Raises Refused."""
    person = lock(db.session.get(Person, person.id))
    first, last = term or (None, None)
    known = db.session.scalar(
        select(HoursLetter).where(
            HoursLetter.group_id == group.id,
            HoursLetter.person_id == person.id,
            HoursLetter.event_id == (event.id if event else None),
            HoursLetter.first_on == first,
            HoursLetter.last_on == last,
            HoursLetter.issued_at.is_(None),
            HoursLetter.revoked_at.is_(None),
        )
    )
    if known is not None:
        return known
    row = HoursLetter(group=group, person=person, name=name, event=event, first_on=first, last_on=last, asked_at=now)
    if not stays_in(row, now):
        raise Refused(_("There are no hours to write about yet."))
    db.session.add(row)
    db.session.flush()
    return row


def issue(row: HoursLetter, by: Person, now: datetime) -> None:
    """Freeze what it says, and tell whoever asked. Raises Refused."""
    row = lock(row)
    if row.issued_at is not None:
        return
    stays = stays_in(row, now)
    if not stays:
        raise Refused(_("There are no hours to write about yet."))
    row.issued_at, row.issued_by_id, row.facts = now, by.id, _facts(row, stays, by, now)
    if row.person.email:
        outbox.post(
            "attendance.letter_ready",
            to=row.person.email,
            name=row.name,
            language=row.person.language,
            facts={"letter": row.id},
            now=now,
        )


def revoke(row: HoursLetter, now: datetime) -> None:
    """Take it back: its code says nothing any more."""
    row = lock(row)
    row.revoked_at = row.revoked_at or now


def stays_in(row: HoursLetter, now: datetime) -> list[Stay]:
    """The times that it is about, the earliest first."""
    stays = [stay for stay in stays_with(row.person, now) if stay.event.group_id == row.group.id and stay.minutes]
    if row.event:
        return [stay for stay in stays if stay.event.id == row.event.id]
    return [stay for stay in reversed(stays) if row.first_on <= _day(stay) <= row.last_on]


def asked_for(group_ids: list[int]) -> list[HoursLetter]:
    """Letters that wait for an organizer, the oldest first."""
    return _list(HoursLetter.group_id.in_(group_ids), HoursLetter.issued_at.is_(None), HoursLetter.revoked_at.is_(None))


def issued_by(group: Group) -> list[HoursLetter]:
    """Letters that the group gave out."""
    return _list(HoursLetter.group_id == group.id, HoursLetter.issued_at.is_not(None))[::-1]


def letters_of(person: Person) -> list[HoursLetter]:
    """A person's letters that still count for something."""
    return _list(HoursLetter.person_id == person.id, HoursLetter.revoked_at.is_(None))


def _list(*conditions) -> list[HoursLetter]:
    related = (joinedload(HoursLetter.group), joinedload(HoursLetter.event), joinedload(HoursLetter.person))
    return list(db.session.scalars(select(HoursLetter).options(*related).where(*conditions).order_by(HoursLetter.id)))


def _facts(row: HoursLetter, stays: list[Stay], by: Person, now: datetime) -> dict[str, Any]:
    return {
        "name": row.name,
        "crew": row.group.name,
        "place": row.group.place_name,
        "contact": site_link("pages.group", slug=row.group.slug),
        "supervisor": by.name,
        "issued_on": in_zone(now, row.group.zone).date().isoformat(),
        "minutes": sum(stay.minutes for stay in stays),
        "rows": [
            {
                "activity": stay.event.title,
                "starts": in_zone(stay.starts, stay.event.zone).replace(tzinfo=None).isoformat(),
                "ends": in_zone(stay.ends, stay.event.zone).replace(tzinfo=None).isoformat(),
                "minutes": stay.minutes,
                "corrected": stay.correction is not None,
            }
            for stay in stays
        ],
    }


def _day(stay: Stay) -> date:
    return in_zone(stay.starts, stay.event.zone).date()
