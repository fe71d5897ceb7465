"""Writing to one person about a group."""

from datetime import datetime

from .. import outbox
from ..people.models import Person
from .models import Group


def tell(kind: str, group: Group, person: Person, now: datetime, **how) -> None:
    """Post a letter of this kind to whoever has an address; `how` as `outbox.post` takes it."""
    if person.email:
        facts = {"group": group.id, "person": person.id}
        outbox.post(kind, to=person.email, name=person.name, language=person.language, facts=facts, now=now, **how)
