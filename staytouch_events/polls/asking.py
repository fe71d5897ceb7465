"""A crew's polls: asked, answered, closed, opened again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from .. import outbox
from ..db import db, lock
from ..groups.models import Group
from ..jobs import cancel_job, job, schedule
from ..people.models import Person
from ..refusals import Refused
from .crew_models import Poll, PollBallot, PollChoice, PollOption, PollWatcher
from .crew_queries import ballot_with, chosen_by, counts_of, has_nameless, poll_options, watchers_of
from .marks import marks_of

REMIND, END = "polls.remind", "polls.end"
# So long a poll that was closed too early can be opened again before anybody hears of it.
WAITS = timedelta(minutes=10)
AHEAD = timedelta(days=1)


def ask(maker: Person, group: Group, fields: dict[str, Any], options: list[tuple[str, int | None]], now: datetime):
    """A question to a crew; `options` are words and how many may choose them."""
    poll = Poll(group=group, maker_id=maker.id, zone=group.zone, created_at=now, **fields)
    db.session.add(poll)
    db.session.flush()
    db.session.add_all(PollOption(poll_id=poll.id, words=words, most=most) for words, most in options)
    db.session.flush()
    plan(poll, now)
    return poll


def choose(poll: Poll, person: Person, numbers: Iterable[int], now: datetime) -> None:
    """A member chooses, or chooses otherwise; nothing is taking it back. First come, first served. Raises Refused."""
    poll = lock(poll)
    if not poll.is_open(now):
        raise Refused(_("This poll is closed."))
    marks = marks_of(poll, person)
    ballot = ballot_with(poll, person, marks)
    had, wanted = chosen_by(ballot), set(numbers)
    if poll.anonymous and ballot is not None and not had:
        raise Refused(_("You chose before it was closed the first time: that is a number now, and stays."))
    options = [option for option in poll_options(poll) if option.id in wanted]
    if len(options) > 1 and not poll.several:
        raise Refused(_("Choose one."))
    _check_room(poll, [option for option in options if option.id not in had])
    if ballot is not None:
        db.session.delete(ballot)
        db.session.flush()
    if options:
        whose = {"mark": marks[0]} if poll.anonymous else {"person_id": person.id}
        ballot = PollBallot(poll_id=poll.id, **whose)
        db.session.add(ballot)
        db.session.flush()
        db.session.add_all(PollChoice(ballot_id=ballot.id, option_id=option.id) for option in options)
    db.session.flush()


def watch(poll: Poll, person: Person) -> None:
    """Letters about it: a day before it closes to whoever has not chosen, and how it came out."""
    if db.session.get(PollWatcher, (poll.id, person.id)) is None:
        db.session.add(PollWatcher(poll_id=poll.id, person_id=person.id))


def watch_no_more(poll: Poll, person: Person) -> None:
    """No letters about it."""
    whose = PollWatcher.poll_id == poll.id, PollWatcher.person_id == person.id
    db.session.execute(delete(PollWatcher).where(*whose))


def close(poll: Poll, now: datetime) -> None:
    """Nobody chooses any more; choices of an anonymous poll become numbers for good. Raises Refused."""
    poll = lock(poll)
    if poll.closed_at is not None:
        raise Refused(_("This poll is closed."))
    poll.closed_at = now
    if poll.anonymous:
        _make_numbers(poll)
    for kind in (REMIND, END):
        cancel_job(kind, str(poll.id))
    for watcher in watchers_of(poll):
        _post("polls.result", watcher, now, wait=WAITS)


def reopen(poll: Poll, closes_at: datetime | None, now: datetime) -> None:
    """It goes on, until then or until it is closed. Raises Refused."""
    poll = lock(poll)
    if poll.is_open(now):
        raise Refused(_("It is open already."))
    if poll.anonymous and has_nameless(poll):
        raise Refused(_("Its numbers came from another site, and nobody can tell who chose already. Ask anew."))
    poll.closed_at, poll.closes_at = None, closes_at
    for watcher in watchers_of(poll):
        outbox.withdraw_letters(_key("polls.result", watcher), now, "it was opened again")
    plan(poll, now)


def plan(poll: Poll, now: datetime) -> None:
    """What is due by its last day, where that is to come."""
    last = poll.closes_at if poll.closed_at is None else None
    for kind, due_at in ((REMIND, last and last - AHEAD), (END, last)):
        if due_at is not None and due_at > now:
            schedule(kind, str(poll.id), due_at, {"poll": poll.id})
        else:
            cancel_job(kind, str(poll.id))


@job(REMIND)
def remind(facts: dict[str, Any], now: datetime) -> None:
    """A day before it closes, once, to those who asked for it and have not chosen."""
    poll = db.session.get(Poll, facts["poll"])
    if poll is None or not poll.is_open(now):
        return
    for watcher in watchers_of(poll):
        if watcher.reminded_at is None and ballot_with(poll, watcher.person, marks_of(poll, watcher.person)) is None:
            watcher.reminded_at = now
            _post("polls.reminder", watcher, now, until=poll.closes_at)


@job(END)
def end(facts: dict[str, Any], now: datetime) -> None:
    """Its last day is over."""
    poll = db.session.get(Poll, facts["poll"])
    if poll is not None and poll.closed_at is None and poll.closes_at is not None and poll.closes_at <= now:
        close(poll, now)


def _check_room(poll: Poll, new: list[PollOption]) -> None:
    """Under the poll's lock."""
    counts = counts_of(poll)
    for option in new:
        if option.most is not None and counts[option.id] >= option.most:
            raise Refused(_("“%(what)s” just filled up. Choose something else.", what=option.words))


def _make_numbers(poll: Poll) -> None:
    for option in poll_options(poll):
        option.counted = counts_of(poll)[option.id]
    db.session.flush()
    options = select(PollOption.id).where(PollOption.poll_id == poll.id)
    db.session.execute(delete(PollChoice).where(PollChoice.option_id.in_(options)))


def _post(kind: str, watcher: PollWatcher, now: datetime, **how: Any) -> None:
    person = watcher.person
    if person.email:
        facts = {"poll": watcher.poll_id, "person": person.id}
        about = {"name": person.name, "language": person.language}
        outbox.post(kind, to=person.email, facts=facts, now=now, key=_key(kind, watcher), **about, **how)


def _key(kind: str, watcher: PollWatcher) -> str:
    return f"{kind}:{watcher.poll_id}:{watcher.person_id}"
