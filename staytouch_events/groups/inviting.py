"""Inviting from a list of people kept elsewhere: looked over first, mailed to each, and nobody is added by it."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from sqlalchemy import func, select

from .. import outbox
from ..csvs import read_rows
from ..db import db, lock
from ..people.models import Person
from ..refusals import Refused
from ..text import clean_line, fold
from .join_models import Ban, JoinLink
from .log import note
from .models import Group, Membership

# What becomes of a line.
NEW, MEMBER, INVITED, KEPT_OUT, TWICE, UNREAD = "new", "member", "invited", "kept_out", "twice", "unread"
LASTS = timedelta(days=30)
# One account can't mail 200 strangers (reliability.md, 19).
MOST, SPAN = 199, timedelta(days=7)
MOST_LINES = 5_000
NAMES, FIRST, LAST = ("name", "full name", "nombre", "member name"), ("first name", "first"), ("last name", "last")


@dataclass(frozen=True)
class Listed:
    """A line of the list, counted from 1, and what becomes of it."""

    line: int
    email: str
    name: str
    state: str


def read_list(group: Group, typed: bytes, now: datetime) -> list[Listed]:
    """The people of a list, however its columns are called: each line's first address is whom it is about.

    Raises Refused where it is no text, or far too long.
    """
    try:
        rows = read_rows(typed)
    except (UnicodeDecodeError, csv.Error):
        raise Refused(
            _("This can't be read as a list. Save it as CSV, or paste the addresses."), field="file"
        ) from None
    if len(rows) > MOST_LINES:
        raise Refused(_("This is too long: at most %(num)d lines.", num=MOST_LINES))
    found, known = list(_people(rows)), _known(group, now)
    seen: set[str] = set()
    listed = []
    for line, email, name in found:
        state = UNREAD if not email else TWICE if email in seen else known.get(email, NEW)
        listed.append(Listed(line, email, name, state))
        seen.add(email)
    return listed


def invite_all(group: Group, listed: Iterable[Listed], by: Person, now: datetime) -> int:
    """Mail a link of their own to everybody new; how many. Raises Refused where that is too many in a week."""
    group = lock(group)
    wanted = [row for row in listed if row.state == NEW]
    left = left_this_week(by, now)
    if len(wanted) > left:
        raise Refused(
            _("You may invite %(left)d more people this week; this list has %(num)d.", left=left, num=len(wanted))
        )
    for row in wanted:
        link = JoinLink(group_id=group.id, made_by_id=by.id, email=row.email, created_at=now, ends_at=now + LASTS)
        db.session.add(link)
        db.session.flush()
        _mail(link, group, row, by, now)
    if wanted:
        note(group, "invited_many", now, by=by)
    return len(wanted)


def left_this_week(by: Person, now: datetime) -> int:
    """How many more people somebody may invite by lists."""
    sent = select(func.count()).select_from(JoinLink)
    lately = JoinLink.made_by_id == by.id, JoinLink.email.is_not(None), JoinLink.created_at > now - SPAN
    return max(0, MOST - db.session.scalar(sent.where(*lately)))


def _mail(link: JoinLink, group: Group, row: Listed, by: Person, now: datetime) -> None:
    outbox.post(
        "groups.join_invitation",
        to=row.email,
        name=row.name,
        language=group.language,
        facts={"group": group.id, "link": link.id, "inviter": by.id},
        now=now,
        typed=True,
        until=link.ends_at,
    )


def _people(rows: list[list[str]]) -> Iterator[tuple[int, str, str]]:
    """(line, address or "", name) of each line that is not empty; a first line without an address names the columns."""
    head: list[str] = []
    for line, row in enumerate(rows, 1):
        cells = [clean_line(cell) for cell in row]
        if not any(cells):
            continue
        place, email, beside = _address(cells)
        if line == 1 and not email:
            head = [fold(cell) for cell in cells]
            continue
        yield line, email, (beside or _name(head, cells, place) if email else ", ".join(filter(None, cells)))[:200]


def _address(cells: list[str]) -> tuple[int, str, str]:
    """Where the first address stands, the address, and the name written around it as in "Gia <gia@…>"."""
    for place, cell in enumerate(cells):
        beside, text = parseaddr(cell)
        if "@" in text:
            try:
                found = validate_email(text, check_deliverability=False)
            except EmailNotValidError:
                continue
            return place, found.normalized.lower(), beside
    return -1, "", ""


def _name(head: list[str], cells: list[str], place: int) -> str:
    at = {title: cells[column] for column, title in enumerate(head) if column < len(cells)}
    whole = next((at[title] for title in NAMES if at.get(title)), "")
    halves = [next((at[title] for title in titles if at.get(title)), "") for titles in (FIRST, LAST)]
    if whole or any(halves):
        return whole or " ".join(filter(None, halves))
    return "" if head else next((cell for column, cell in enumerate(cells) if column != place and cell), "")


def _known(group: Group, now: datetime) -> dict[str, str]:
    """What is known already of addresses: they are members, were invited, or are kept out."""
    waits = JoinLink.email.is_not(None), JoinLink.used == 0, JoinLink.ends_at > now
    found = {
        INVITED: select(JoinLink.email).where(JoinLink.group_id == group.id, *waits),
        MEMBER: select(Person.email).join(Membership).where(Membership.group_id == group.id),
        KEPT_OUT: select(Person.email).join(Ban, Ban.person_id == Person.id).where(Ban.group_id == group.id),
    }
    return {email: state for state, asked in found.items() for email in db.session.scalars(asked)}
