"""Finding people."""

from datetime import datetime

from sqlalchemy import bindparam, select

from ..db import db
from ..geo import site_place
from ..links import once_hash
from .models import DeletionRequest, Person, SignIn

_BY_EMAIL = select(Person).where(Person.email == bindparam("email"))


def person_signed_in_by(public_id: str) -> Person | None:
    """The person whose device this sign-in is, with the sign-in on it; None when it was ended."""
    found = db.session.execute(
        select(Person, SignIn).join(SignIn, SignIn.person_id == Person.id).where(SignIn.public_id == public_id)
    ).first()
    if found is None:
        return None
    person, person.sign_in = found
    return person


def has_admin() -> bool:
    """Whether somebody runs this site."""
    return db.session.scalar(select(Person.id).where(Person.is_admin).limit(1)) is not None


def runs_alone(person: Person) -> bool:
    """Whether somebody is the only one who runs this site."""
    others = select(Person.id).where(Person.is_admin, Person.id != person.id)
    return person.is_admin and db.session.scalar(others.limit(1)) is None


def person_by_email(email: str) -> Person | None:
    """Whoever has this address, in lower case, with an account or without."""
    return db.session.scalar(_BY_EMAIL, {"email": email})


def sign_ins_of(person: Person) -> list[SignIn]:
    """Where a person is signed in, the one last used first."""
    rows = select(SignIn).where(SignIn.person_id == person.id).order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    return list(db.session.scalars(rows))


def sign_in_of(person: Person, number: int) -> SignIn | None:
    """One of them."""
    return db.session.scalar(select(SignIn).where(SignIn.person_id == person.id, SignIn.id == number))


def deletion_asked_by(token: str, now: datetime) -> Person | None:
    """Whose account a mailed link would delete, while it does."""
    return db.session.scalar(
        select(Person)
        .join(DeletionRequest, DeletionRequest.person_id == Person.id)
        .where(DeletionRequest.token_hash == once_hash(token), DeletionRequest.ends_at > now)
    )


def zone_of(person: Person | None) -> str:
    """The zone of somebody's days and hours: their own, else the site's."""
    home = site_place()
    return (person and person.zone) or (home.zone if home else "UTC")
