"""Deleting an account (reliability.md, 26): asked for, confirmed by the mailed link, done."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete as delete_rows

from .. import happenings, outbox
from ..db import db
from ..limits import Bucket
from ..links import new_once_token, once_hash
from ..outbox.forget import forget_address, write_anew
from ..pictures import drop_when_committed
from ..refusals import Refused
from .leaving import HOLDS, Hold, adds_to, check_free
from .models import AddressChange, DeletionRequest, Person, SignInRequest
from .queries import runs_alone

LINK_LASTS = timedelta(hours=1)


def nameless(number: int) -> str:
    """What stands where a name stood, in whatever language: what somebody took part in is a number now."""
    return f"#{number}"


@adds_to(HOLDS)
def last_admin(person: Person) -> Iterator[Hold]:
    """A site needs somebody who runs it."""
    if runs_alone(person):
        yield Hold(
            _("Nobody else runs this site. Make another admin first, with “staytouch create-admin” on its server.")
        )


def ask(person: Person, now: datetime) -> None:
    """Mail the link behind which the button is; an older one is dead. Raises Refused while something comes first."""
    check_free(person)
    token = new_once_token()
    db.session.merge(
        DeletionRequest(person_id=person.id, token_hash=once_hash(token), created_at=now, ends_at=now + LINK_LASTS)
    )
    outbox.post(
        "people.delete",
        to=person.email,
        name=person.name,
        language=person.language,
        facts={"token": token},
        now=now,
        until=now + LINK_LASTS,
    )


def delete_by_link(token: str, now: datetime) -> int:
    """Spend the link: the account is gone; whose number it was. Raises Refused when the link is spent or too old."""
    spent = db.session.execute(
        delete_rows(DeletionRequest)
        .where(DeletionRequest.token_hash == once_hash(token), DeletionRequest.ends_at > now)
        .returning(DeletionRequest.person_id)
    ).scalar()
    if spent is None:
        raise Refused(_("This link was used already, or is older than an hour. Ask for a new one."))
    delete(db.session.get(Person, spent), now)
    return spent


def delete(person: Person, now: datetime, reason: str = "") -> None:
    """Each feature takes its own things back or makes them nameless, then the row goes, and a last letter says so.

    `reason` is an admin's, who deletes somebody else's. Raises Refused while something comes first.
    """
    check_free(person)
    happenings.person_deleted.send(person, now=now)
    db.session.flush()
    email, language = person.email, person.language
    drop_when_committed(person.photo)
    db.session.delete(person)
    db.session.flush()
    write_anew()
    if email:
        _forget(email)
        outbox.post("people.deleted", to=email, language=language, facts={"reason": reason}, now=now)


def _forget(email: str) -> None:
    """What is kept under the address alone."""
    forget_address(email)
    db.session.execute(delete_rows(SignInRequest).where(SignInRequest.email == email))
    db.session.execute(delete_rows(AddressChange).where(AddressChange.new_email == email))
    db.session.execute(delete_rows(Bucket).where(Bucket.key.endswith(f":{email}", autoescape=True)))
