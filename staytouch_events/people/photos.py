"""A person's photo: two small files, gone when it is replaced or taken off."""

from .. import happenings
from ..pictures import drop_when_committed
from .models import Person


def set_photo(person: Person, name: str | None) -> None:
    """Be shown by this picture from now on, or by none; the one before is deleted."""
    if name != person.photo:
        drop_when_committed(person.photo)
        person.photo = name
        happenings.person_renamed.send(person)
