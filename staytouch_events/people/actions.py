"""Signing in and out, and what people say of themselves."""

from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, update

from .. import happenings, outbox
from ..db import db
from ..links import code_mac, new_once_token, new_public_id, new_short_code, once_hash
from ..outbox.stops import go_on
from ..refusals import Refused
from .guests import person_with
from .models import Person, SignIn, SignInRequest
from .queries import person_by_email

LINK_LASTS = timedelta(hours=1)
CODE_LASTS = timedelta(minutes=15)
CODE_TRIES = 5
SEEN_EVERY = timedelta(hours=1)


def ask_to_sign_in(email: str, next_path: str, language: str, now: datetime) -> None:
    """Mail a link and a short code to an address, known or not: the same row, the same letter."""
    token, code = _new_request(email, next_path, now)
    known = person_by_email(email)
    outbox.post(
        "people.sign_in",
        to=email,
        name=known.name if known else "",
        language=language,
        facts={"token": token, "code": code},
        now=now,
        typed=True,
        until=now + LINK_LASTS,
    )


def sign_in_by_link(token: str, device: str, now: datetime) -> tuple[SignIn, str]:
    """Spend a link; the new sign-in and where to go on. Raises Refused when it is spent or too old."""
    spent = db.session.execute(
        update(SignInRequest)
        .where(
            SignInRequest.token_hash == once_hash(token),
            SignInRequest.spent_at.is_(None),
            SignInRequest.link_ends_at > now,
        )
        .values(spent_at=now)
        .returning(SignInRequest.email, SignInRequest.next_path)
    ).first()
    if spent is None:
        raise Refused(_("This link was used already, or is older than an hour. Ask for a new one."))
    return let_in(spent.email, device, now), spent.next_path


def sign_in_by_code(email: str, code: str, device: str, now: datetime) -> tuple[SignIn, str] | None:
    """Spend a short code typed beside its address; None when it is wrong, dead or too old.

    Each try counts against every open request of the address, so that five kill them all.
    """
    key = current_app.config["SETTINGS"].secret_keys[0]
    tried = db.session.execute(
        update(SignInRequest)
        .where(
            SignInRequest.email == email,
            SignInRequest.spent_at.is_(None),
            SignInRequest.code_ends_at > now,
            SignInRequest.tries < CODE_TRIES,
        )
        .values(tries=SignInRequest.tries + 1)
        .returning(SignInRequest.id, SignInRequest.code_mac, SignInRequest.next_path)
    ).all()
    right = [row for row in tried if row.code_mac == code_mac(key, email, code)]
    if not right:
        return None
    db.session.execute(update(SignInRequest).where(SignInRequest.id == right[0].id).values(spent_at=now))
    return let_in(email, device, now), right[0].next_path


def let_in(email: str, device: str, now: datetime) -> SignIn:
    """A sign-in for the person of a proven address, who has an account from now on."""
    person = person_with(email, "", "en", now)
    person.joined_at = person.joined_at or now
    go_on(email)
    row = SignIn(public_id=new_public_id() + new_public_id(), person=person, device=device, created_at=now, seen_at=now)
    db.session.add(row)
    db.session.flush()
    return row


def sign_out(sign_in: SignIn) -> None:
    """End one device's sign-in."""
    db.session.delete(sign_in)


def sign_out_everywhere(person: Person) -> None:
    """End them all."""
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))


def sign_out_elsewhere(person: Person, here: SignIn) -> None:
    """End them all but this one."""
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id, SignIn.id != here.id))


def note_seen(number: int, now: datetime) -> None:
    """A device was used, to the hour: its owner sees which ones still are."""
    seen = SignIn.id == number, SignIn.seen_at <= now - SEEN_EVERY
    db.session.execute(update(SignIn).where(*seen).values(seen_at=now))


def create_admin(email: str, now: datetime) -> str:
    """Make whoever has this address a site admin; a token that signs them in once."""
    person = person_with(email, "", "en", now)
    person.is_admin = True
    person.joined_at = person.joined_at or now
    return link_for(email, "/admin", now)


def link_for(email: str, next_path: str, now: datetime) -> str:
    """A token that signs an address in once, for whoever runs the machine."""
    return _new_request(email, next_path, now)[0]


def rename(person: Person, name: str, pronouns: str = "") -> None:
    """Be called, and spoken of, otherwise from now on."""
    if (person.name, person.pronouns) != (name, pronouns):
        person.name, person.pronouns = name, pronouns
        happenings.person_renamed.send(person)


def renew_personal_links(person: Person) -> None:
    """Revoke the personal calendar and unsubscribe links made so far."""
    person.generation += 1


def _new_request(email: str, next_path: str, now: datetime) -> tuple[str, str]:
    token, code = new_once_token(), new_short_code()
    db.session.add(
        SignInRequest(
            email=email,
            token_hash=once_hash(token),
            code_mac=code_mac(current_app.config["SETTINGS"].secret_keys[0], email, code),
            next_path=next_path,
            created_at=now,
            link_ends_at=now + LINK_LASTS,
            code_ends_at=now + CODE_LASTS,
        )
    )
    return token, code
