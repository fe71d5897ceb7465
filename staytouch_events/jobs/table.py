"""Scheduling work and registering who does it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from ..db import db
from .models import Job

_KEY = Job.kind == bindparam("kind"), Job.key == bindparam("key")
_UNDER_KEY, _CANCEL = select(Job).where(*_KEY), delete(Job).where(*_KEY)


@dataclass(frozen=True)
class Runner:
    """Who does work of one kind; `first` does the slow part of it outside any transaction."""

    does: Callable[..., None]
    first: Callable[[dict[str, Any], datetime], Any] | None


RUNNERS: dict[str, Runner] = {}


def job(kind: str, first: Callable[[dict[str, Any], datetime], Any] | None = None) -> Callable:
    """Register the function that does work of this kind: (facts, now), before the worker commits.

    What may take seconds, another host's answer say, belongs in `first` (facts, now), which runs before,
    with no transaction open; its result is the function's third argument. A TooMany that it raises puts the
    work off and is no failure.
    """

    def register(function: Callable[..., None]) -> Callable:
        RUNNERS[kind] = Runner(function, first)
        return function

    return register


def schedule(kind: str, key: str, due_at: datetime, facts: dict[str, Any] | None = None) -> None:
    """Have this done at `due_at`; a row already there under the key is moved."""
    row = db.session.scalar(_UNDER_KEY, {"kind": kind, "key": key})
    if row is None:
        db.session.add(Job(kind=kind, key=key, due_at=due_at, facts=facts or {}))
        db.session.flush()
        return
    row.due_at, row.facts, row.tries, row.lease_until = due_at, facts or {}, 0, None


def cancel_job(kind: str, key: str) -> None:
    """Have this not done after all."""
    db.session.execute(_CANCEL, {"kind": kind, "key": key})
