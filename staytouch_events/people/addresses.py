"""A change of address, confirmed by buttons in two letters: to the address somebody has, and to the one they want."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, or_, select, update

from .. import happenings, outbox
from ..db import db
from ..links import new_once_token, once_hash
from ..outbox.forget import readdress
from ..outbox.models import Letter
from ..refusals import Refused
from ..versions import raise_version
from . import deletion
from .models import AddressChange, Person, SignInRequest
from .queries import person_by_email

LINK_LASTS = timedelta(days=1)


def ask(person: Person, email: str, now: datetime) -> None:
    """Mail both letters; whose the new address is makes no difference here. A change asked for before is off."""
    old, new = new_once_token(), new_once_token()
    stop_for(person)
    kept = {"old_hash": once_hash(old), "new_hash": once_hash(new), "created_at": now, "ends_at": now + LINK_LASTS}
    db.session.add(AddressChange(person_id=person.id, new_email=email, **kept))
    how = {"language": person.language, "now": now, "until": now + LINK_LASTS}
    facts = {"token": old, "new": email}
    outbox.post("people.address_old", to=person.email, name=person.name, facts=facts, **how)
    outbox.post("people.address_new", to=email, facts={"token": new}, typed=True, **how)


def change_by(token: str, now: datetime) -> AddressChange | None:
    """The change that a mailed link is about, while it is open."""
    return db.session.scalar(select(AddressChange).where(_either(token), AddressChange.ends_at > now))


def is_new_side(change: AddressChange, token: str) -> bool:
    """Whether the link came to the address that is wanted."""
    return change.new_hash == once_hash(token)


def press(token: str, now: datetime) -> bool:
    """The button behind one of the links; whether it was the second one, and the address is another now.

    Raises Refused when the link is spent or too old, or the new address has an account of its own.
    """
    hashed = once_hash(token)
    for side, pressed in (
        (AddressChange.old_hash, AddressChange.old_pressed_at),
        (AddressChange.new_hash, AddressChange.new_pressed_at),
    ):
        # One statement, which waits for the other button: whoever is second sees the first.
        found = db.session.execute(
            update(AddressChange)
            .where(side == hashed, AddressChange.ends_at > now)
            .values({pressed: func.coalesce(pressed, now)})
            .returning(AddressChange.person_id, AddressChange.old_pressed_at, AddressChange.new_pressed_at)
        ).first()
        if found is not None:
            break
    else:
        raise Refused(_("This link was used already, or is older than a day. Ask for the change again."))
    db.session.expire_all()
    change = db.session.get(AddressChange, found.person_id)
    # Whoever asked may not learn from the first letter alone whose the other address is.
    if found.new_pressed_at:
        check_free(change.new_email)
    if not (found.old_pressed_at and found.new_pressed_at):
        return False
    person, email = change.person, change.new_email
    db.session.delete(change)
    _move(person, email, now)
    return True


def stop(token: str) -> None:
    """Leave everything as it is. Stopping twice is stopping once."""
    db.session.execute(delete(AddressChange).where(_either(token)))


def stop_for(person: Person) -> None:
    """The same, by whoever asked."""
    db.session.execute(delete(AddressChange).where(AddressChange.person_id == person.id))


def check_free(email: str) -> None:
    """Raise Refused where the address has an account; what a guest did with it comes along."""
    other = person_by_email(email)
    if other is not None and other.joined_at is not None:
        raise Refused(_("This address has an account of its own here. Sign in with it and delete that one first."))


def _move(person: Person, email: str, now: datetime) -> None:
    """Letters, sent and waiting, belong to the new address; ways to sign in by the old one are dead."""
    guest, old = person_by_email(email), person.email
    if guest is not None:
        _take_over(guest, person, now)
    person.email = email
    db.session.flush()
    db.session.execute(delete(SignInRequest).where(SignInRequest.email == old))
    db.session.execute(delete(Letter).where(Letter.to_email == old, Letter.kind == "people.sign_in"))
    readdress(old, email)
    happenings.address_changed.send(person, before=old, now=now)
    raise_version(f"person:{person.id}")


def _take_over(guest: Person, person: Person, now: datetime) -> None:
    """What the guest did is this person's, but for what both did: of that the person's own stays."""
    happenings.guest_taken_over.send(guest, person=person, now=now)
    guest.email = None
    db.session.flush()
    deletion.delete(guest, now)


def _either(token: str):
    hashed = once_hash(token)
    return or_(AddressChange.old_hash == hashed, AddressChange.new_hash == hashed)
