"""Sending what is due: claim by lease, render once, send outside any transaction, write what came of it."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from ..db import db
from .models import BOUNCED, DEAD, DROPPED, SENT, WAITING, Letter
from .post import UNKEPT, Dropped
from .render import render
from .stops import go_on, is_stopped, stop_mail
from .transport import AddressRefused, PermanentFailure, TemporaryFailure, Transport

log = logging.getLogger("staytouch.outbox")
LEASE = timedelta(minutes=5)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 40, 60, 120, 240, 360, 720, 1440))
AT_ONCE = 20


class _CameBackBefore(Exception):
    """Nothing is sent to this address until its owner is heard from."""


def send_due(transport: Transport, now: datetime) -> int:
    """Send the letters that are due; how many were claimed."""
    claimed = [number for number in _due(now) if _claim(number, now)]
    for number in claimed:
        _send(number, transport, now)
    return len(claimed)


def send_again(letter: Letter, now: datetime) -> None:
    """Give a dead letter another round of tries."""
    letter.state, letter.due_at, letter.tries, letter.ended_at = WAITING, now, 0, None


def _due(now: datetime) -> list[int]:
    ids = db.session.scalars(
        select(Letter.id)
        .where(Letter.state == WAITING, Letter.due_at <= now, _unleased(now))
        .order_by(Letter.due_at, Letter.id)
        .limit(AT_ONCE)
    ).all()
    db.session.rollback()
    return list(ids)


def _claim(number: int, now: datetime) -> bool:
    """Take one letter by a conditional UPDATE, in a transaction of its own."""
    taken = db.session.execute(
        update(Letter)
        .where(Letter.id == number, Letter.state == WAITING, Letter.due_at <= now, _unleased(now))
        .values(lease_until=now + LEASE)
    ).rowcount
    db.session.commit()
    return taken == 1


def _unleased(now: datetime):
    return or_(Letter.lease_until.is_(None), Letter.lease_until <= now)


def _send(number: int, transport: Transport, now: datetime) -> None:
    letter = db.session.get(Letter, number)
    if letter is None or letter.lease_until is None:
        # Whoever it was to is gone, and its number perhaps another's.
        db.session.rollback()
        return
    message_id = letter.message_id
    try:
        if letter.until is not None and letter.until <= now:
            raise Dropped("too late")
        if not letter.typed and is_stopped(letter.to_email):
            raise _CameBackBefore
        if letter.raw is None:
            letter.subject, letter.sender, letter.raw = render(letter, now)
            db.session.commit()
        sender, to, raw = letter.sender, letter.to_email, letter.raw
        db.session.rollback()
        transport.send(sender, to, raw)
    except Dropped as why:
        _end(message_id, DROPPED, str(why), now)
    except _CameBackBefore:
        _end(message_id, BOUNCED, "mail to this address came back before", now)
    except AddressRefused as why:
        _end(message_id, BOUNCED, str(why), now)
        stop_mail(to, str(why), now)
        db.session.commit()
    except PermanentFailure as why:
        _end(message_id, DEAD, str(why), now)
    except TemporaryFailure as why:
        _try_later(message_id, str(why), now)
    except Exception as why:
        log.exception("letter %d could not be made", number)
        _try_later(message_id, f"{type(why).__name__}: {why}", now)
    else:
        _end(message_id, SENT, None, now)
        _go_on_if_stopped(to)


def _go_on_if_stopped(email: str) -> None:
    """A letter that somebody asked for was taken at a stopped address: it works again."""
    if is_stopped(email):
        go_on(email)
    db.session.commit()


def _end(message_id: str, state: str, why: str | None, now: datetime) -> None:
    letter = _again(message_id)
    if letter is None:
        return
    letter.state, letter.last_error, letter.ended_at, letter.lease_until = state, why, now, None
    letter.tries += 1
    number, kind = letter.id, letter.kind
    if state != DEAD:
        # What is over keeps no secret: no sign-in link, no address of somebody's answer, nor, where no page lists
        # it, whom it was about.
        letter.raw, letter.facts = None, {}
        letter.subject = letter.subject if letter.about else None
    if letter.kind in UNKEPT:
        db.session.delete(letter)
    db.session.commit()
    log.info("letter %d (%s): %s %s", number, kind, state, why or "")


def _try_later(message_id: str, why: str, now: datetime) -> None:
    letter = _again(message_id)
    if letter is None:
        return
    if letter.tries >= len(PAUSES):
        _end(message_id, DEAD, why, now)
        return
    number, kind = letter.id, letter.kind
    letter.due_at, letter.lease_until, letter.last_error = now + PAUSES[letter.tries], None, why
    letter.tries += 1
    db.session.commit()
    log.warning("letter %d (%s) waits: %s", number, kind, why)


def _again(message_id: str) -> Letter | None:
    """The letter as it is now, if it still is: its number may be another's by then."""
    db.session.rollback()
    return db.session.scalar(select(Letter).where(Letter.message_id == message_id))
