"""Writing to one person about a group."""

from datetime import datetime

from .. import outbox
from ..people.models import Person
from .models import Group


def tell(kind: str, group: Group, person: Person, now: datetime, **how) -> None:
    """Post a letter of this kind to whoever has an address; `how` as `outbox.post` takes it."""
    if person.email:
        facts, about = {"group": group.id, "person": person.id}, {"name": person.name, "language": person.language}
        outbox.post(kind, to=person.email, facts=facts, now=now, zone=person.zone or group.zone, **about, **how)
