"""What people/ itself holds of a person: the account, its devices, and the letters we sent."""

from collections.abc import Iterable

from sqlalchemy import select

from ..db import db
from ..outbox.models import SENT, Letter
from .devices import device_words
from .exports import Row, holds, pictures_of
from .models import Person
from .queries import sign_ins_of

SAID = (
    "name",
    "pronouns",
    "email",
    "home_place",
    "home_lat",
    "home_lon",
    "zone",
    "language",
    "unit",
    "unwanted",
    "joined_at",
)


@holds("account")
def _account(person: Person) -> Iterable[Row]:
    said = {name: getattr(person, name) for name in SAID}
    yield said | {"has_password": person.password_hash is not None, "is_admin": person.is_admin}


@holds("devices")
def _devices(person: Person) -> Iterable[Row]:
    for row in sign_ins_of(person):
        yield {
            "device": device_words(row.device),
            "browser": row.device,
            "since": row.created_at,
            "last_used": row.seen_at,
        }


@holds("letters")
def _letters(person: Person) -> Iterable[Row]:
    """What we sent; subjects where they are about this person's own answers."""
    sent = select(Letter).where(Letter.to_email == person.email, Letter.state == SENT).order_by(Letter.id)
    for row in db.session.scalars(sent) if person.email else ():
        yield {"kind": row.kind, "subject": row.subject if row.about else None, "sent_at": row.ended_at}


@pictures_of
def _photo(person: Person) -> dict[str, str]:
    return {person.photo: "photo"} if person.photo else {}
