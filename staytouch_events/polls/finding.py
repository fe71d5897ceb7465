"""Finding a time: made, voted on, changed, called off."""

from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import delete, or_, select

from ..db import db, lock
from ..groups.models import Group
from ..jobs import cancel_job, job, schedule
from ..people.guests import person_with
from ..people.models import Person
from ..refusals import Refused
from . import letters
from .models import CANCELLED, CHOSEN, OPEN, TimeBallot, TimeOption, TimePoll, TimeVote
from .queries import ballot_count, ballot_of, option_in, options_of

DUE = "polls.time_due"
MOST_OPTIONS, MOST_VOTERS = 30, 200


class Span(NamedTuple):
    """A time that is offered, on the clock of the poll's zone and as instants."""

    starts_wall: datetime
    ends_wall: datetime
    starts_at: datetime
    ends_at: datetime


def make(maker: Person, group: Group | None, fields: dict[str, Any], spans: list[Span], now: datetime) -> TimePoll:
    """A poll for a time, of a crew or for a few friends."""
    poll = TimePoll(maker=maker, group=group, created_at=now, **fields)
    db.session.add(poll)
    db.session.flush()
    _add(poll, spans)
    plan(poll, now)
    return poll


def plan(poll: TimePoll, now: datetime) -> None:
    """What is due when its last day is over, while that is to come."""
    if poll.takes_votes(now):
        schedule(DUE, str(poll.id), poll.closes_at, {"poll": poll.id})
    else:
        cancel_job(DUE, str(poll.id))


def vote(poll: TimePoll, person: Person, name: str, said: dict[int, str], hears: bool, now: datetime) -> TimeBallot:
    """Somebody signed in votes, or changes their vote. Raises Refused."""
    poll = _taking_votes(poll, now)
    ballot = ballot_of(poll, person) or _new_ballot(poll, now, person_id=person.id)
    ballot.name, ballot.hears, ballot.language = name, hears, person.language
    return _say(ballot, said)


def vote_as_guest(
    poll: TimePoll, name: str, email: str, said: dict[int, str], language: str, now: datetime
) -> TimeBallot:
    """Somebody without an account votes: it counts at once. A typed address gets one letter, with a button."""
    poll = _taking_votes(poll, now)
    ballot = _new_ballot(poll, now, name=name, email=email or None, language=language)
    _say(ballot, said)
    if email:
        letters.ask_address(ballot, now)
    return ballot


def change(ballot: TimeBallot, name: str, said: dict[int, str], now: datetime) -> None:
    """Vote otherwise, by the link to one's vote. Raises Refused."""
    _taking_votes(ballot.poll, now)
    ballot.name = name
    _say(ballot, said)


def hear(ballot: TimeBallot, now: datetime) -> None:
    """The button of the mail was pressed: the address is theirs, and what else it said in this poll gives way."""
    lock(ballot.poll)
    if ballot.email is not None:
        person = person_with(ballot.email, ballot.name, ballot.language, now)
        _drop_others(ballot, person)
        ballot.person_id, ballot.email = person.id, None
    ballot.hears = ballot.person_id is not None
    db.session.flush()


def hear_no_more(ballot: TimeBallot) -> None:
    """No more letters about it."""
    ballot.hears = False


def withdraw(ballot: TimeBallot, now: datetime) -> None:
    """Take one's vote back. Raises Refused once the time is set."""
    if lock(ballot.poll).state != OPEN:
        raise Refused(_("This is settled: there is no vote to take back any more."))
    db.session.delete(ballot)


def add_options(poll: TimePoll, spans: list[Span], now: datetime) -> None:
    """More times to choose from; who voted hears of it once. Raises Refused."""
    poll = _unsettled(poll)
    if _add(poll, spans) and poll.closes_at > now:
        letters.tell_new_options(poll, now)


def drop_option(option: TimeOption) -> None:
    """One time less, with what was said to it. Raises Refused for the last one."""
    poll, number = _unsettled(option.poll), option.id
    option = option_in(poll, number)
    if option is not None and len(options_of(poll)) == 1:
        raise Refused(_("It is the last one. Add another time first, or call the poll off."))
    if option is not None:
        db.session.delete(option)


def set_deadline(poll: TimePoll, closes_at: datetime, now: datetime) -> None:
    """Votes are taken until then. Raises Refused."""
    poll = _unsettled(poll)
    poll.closes_at = closes_at
    plan(poll, now)


def cancel(poll: TimePoll, now: datetime) -> None:
    """Nothing comes of it: who voted hears it in ten minutes, so that it can be taken back. Raises Refused."""
    poll = _unsettled(poll)
    poll.state, poll.ended_at = CANCELLED, now
    cancel_job(DUE, str(poll.id))
    letters.withdraw_news(poll, now)
    letters.tell_cancelled(poll, now)


def take_up(poll: TimePoll, now: datetime) -> None:
    """It was called off, or a time chosen, too early: votes count again. Raises Refused once it is an event."""
    poll = lock(poll)
    if poll.state == OPEN:
        raise Refused(_("It is open already."))
    if poll.state == CHOSEN and poll.event_id is not None:
        raise Refused(_("There is an event already. Change the event instead."))
    letters.withdraw_news(poll, now)
    poll.state, poll.ended_at = OPEN, None
    poll.starts_wall = poll.starts_at = poll.ends_at = None
    plan(poll, now)


@job(DUE)
def tell_due(facts: dict[str, Any], now: datetime) -> None:
    """The last day to vote is over."""
    poll = db.session.get(TimePoll, facts["poll"])
    if poll is not None and poll.state == OPEN and poll.closes_at <= now:
        letters.tell_due(poll, now)


def _add(poll: TimePoll, spans: list[Span]) -> list[Span]:
    """Those that are not there yet. Raises Refused for more than anybody reads."""
    known = {(option.starts_at, option.ends_at) for option in options_of(poll)}
    new = [span for span in dict.fromkeys(spans) if (span.starts_at, span.ends_at) not in known]
    if len(known) + len(new) > MOST_OPTIONS:
        raise Refused(_("That is too much to choose from: at most %(num)d times.", num=MOST_OPTIONS))
    db.session.add_all(TimeOption(poll_id=poll.id, **span._asdict()) for span in new)
    db.session.flush()
    return new


def _new_ballot(poll: TimePoll, now: datetime, **fields: Any) -> TimeBallot:
    if ballot_count(poll) >= MOST_VOTERS:
        raise Refused(_("So many people voted that no more fit here. Write to whoever asks."))
    ballot = TimeBallot(poll=poll, created_at=now, **fields)
    db.session.add(ballot)
    return ballot


def _say(ballot: TimeBallot, said: dict[int, str]) -> TimeBallot:
    """Answers to options that are still there."""
    db.session.flush()
    known = {option.id for option in options_of(ballot.poll)}
    db.session.execute(delete(TimeVote).where(TimeVote.ballot_id == ballot.id))
    rows = [TimeVote(ballot_id=ballot.id, option_id=number, answer=said[number]) for number in said if number in known]
    db.session.add_all(rows)
    db.session.flush()
    db.session.expire(ballot, ["votes"])
    return ballot


def _drop_others(ballot: TimeBallot, person: Person) -> None:
    """What else the same address said here, proven or not: one vote a person."""
    same = or_(TimeBallot.person_id == person.id, TimeBallot.email == ballot.email)
    others = select(TimeBallot).where(TimeBallot.poll_id == ballot.poll_id, TimeBallot.id != ballot.id, same)
    for other in db.session.scalars(others).all():
        db.session.delete(other)
    db.session.flush()


def _taking_votes(poll: TimePoll, now: datetime) -> TimePoll:
    poll = lock(poll)
    if not poll.takes_votes(now):
        raise Refused(_("Votes are not taken any more."))
    return poll


def _unsettled(poll: TimePoll) -> TimePoll:
    poll = lock(poll)
    if poll.state != OPEN:
        raise Refused(_("Somebody settled this meanwhile. Look at it again."))
    return poll
