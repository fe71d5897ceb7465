"""A password for whoever wants one beside the mailed link; what is kept of it is an scrypt hash."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _
from werkzeug.security import check_password_hash, generate_password_hash

from .. import outbox
from ..refusals import Refused
from ..text import fold
from .actions import let_in
from .models import Person, SignIn
from .queries import person_by_email

SHORTEST, LONGEST = 10, 200
# So long after signing in nobody is asked who they are.
FRESH = timedelta(minutes=15)
# Of a secret that nobody has, so that an address without a password takes as long as one with it.
NOBODYS = (
    "scrypt:32768:8:1$YNm9ephRIlQJ8KIS$"
    "b72b4b5759bc7195cd5f36d07b198e77116a9c6d7ac0f6304145767aa6b2b1ee"
    "a9543b7c6242746e7165d2893bf64efb2f1d276889f9c2d5ce5b4727ff3649dd"
)
COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text().split())
_LOOKS_LIKE = str.maketrans("013457@$!", "oieastasi")
_ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
)


def sign_in_by_password(email: str, password: str, device: str, now: datetime) -> SignIn | None:
    """A sign-in for whoever has this address and password; None, after the same time, for anything else."""
    person = person_by_email(email)
    kept = person.password_hash if person else None
    if not check_password_hash(kept or NOBODYS, password) or kept is None:
        return None
    return let_in(email, device, now)


def is_right(person: Person, password: str) -> bool:
    """Whether this is the person's password."""
    return bool(person.password_hash) and check_password_hash(person.password_hash, password)


def is_fresh(sign_in: SignIn, now: datetime) -> bool:
    """Whether somebody signed in just now, so that it is them and not whoever found their phone."""
    return now - sign_in.created_at < FRESH


def set_password(person: Person, password: str, now: datetime) -> None:
    """Sign in by it from now on, too; a letter says so. Raises Refused."""
    _check(person, password)
    person.password_hash = generate_password_hash(password)
    _tell(person, "set", now)


def remove_password(person: Person, now: datetime) -> None:
    """Sign in by the mailed link alone; a letter says so. Removing it twice is removing it once."""
    if person.password_hash is not None:
        person.password_hash = None
        _tell(person, "removed", now)


def _tell(person: Person, news: str, now: datetime) -> None:
    facts = {"news": news}
    outbox.post("people.password", to=person.email, name=person.name, language=person.language, facts=facts, now=now)


def _check(person: Person, password: str) -> None:
    """Refuse what is guessed first; what signs it is made of is everybody's own business."""
    if len(password) < SHORTEST:
        raise Refused(_("Too short: take at least ten characters. A few words in a row are easy to keep."), "password")
    if _is_common(password) or _is_near(person, password):
        said = _("Everybody guesses this one: it is common, a pattern, or your name. Take a few words in a row.")
        raise Refused(said, "password")


def _is_common(password: str) -> bool:
    unit = _repeated(fold(password))
    letters = _letters(unit)
    in_a_row = any(unit in row or unit in row[::-1] for row in _ROWS)
    return len(unit) <= 4 or len(set(unit)) < 4 or in_a_row or letters in COMMON


def _is_near(person: Person, password: str) -> bool:
    """Whether it is the person's name, address or this site's name, with a number at the end perhaps."""
    site = current_app.config["SETTINGS"].site_name
    known = (person.name, person.email or "", (person.email or "").partition("@")[0], site)
    return _letters(fold(password)) in {_letters(fold(text)) for text in known} - {""}


def _repeated(text: str) -> str:
    """The part that a text repeats, else the text."""
    return text[: (text + text).find(text, 1)]


def _letters(text: str) -> str:
    """Its letters, with those that digits and signs stand for inside words, and no numbers around them."""
    return re.sub(r"[^a-z]+", "", text.strip("0123456789!?.*#-_ ").translate(_LOOKS_LIKE))
