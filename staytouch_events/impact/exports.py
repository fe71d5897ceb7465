"""What a person put down, and what crews gave them."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import Event
from ..people.exports import Row, holds, pictures_of
from ..people.models import Person
from ..rsvps.exports import about
from .models import ImpactLog
from .recognitions import awards_of

SAID = "team state reason proposed_at bags_trash bags_recycling bags_green grams method metres ground".split()
SAID += "square_metres adults minors minutes syringe_place oddest note".split()


@holds("what_was_done")
def _logs(person: Person) -> Iterable[Row]:
    for log in _of(person):
        yield about(log.event) | {name: getattr(log, name) for name in SAID} | {"things": log.counts}


@holds("recognitions")
def _awards(person: Person) -> Iterable[Row]:
    for award in awards_of(person):
        said = {"recognition": award.recognition.name, "crew": award.recognition.group.name}
        yield said | {"words": award.words, "given_at": award.decided_at}


@pictures_of
def _pictures(person: Person) -> dict[str, str]:
    found = {}
    for log in _of(person):
        for photo in log.photos:
            for name, side in ((photo.before, "before"), (photo.after, "after")):
                if name:
                    found[name] = f"done-{log.id}-{photo.id}-{side}"
    return found


def _of(person: Person) -> list[ImpactLog]:
    related = joinedload(ImpactLog.event).joinedload(Event.group)
    mine = select(ImpactLog).options(related).where(ImpactLog.proposed_by_id == person.id)
    return list(db.session.scalars(mine.order_by(ImpactLog.id)))
