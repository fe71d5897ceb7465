"""Who said what to the times of a poll, which is best, and what the viewer has on already."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload, selectinload

from ..access.busy import plans_between
from ..db import db
from ..groups.models import Group
from ..people.models import Person
from .models import ANSWERS, IF_NEED, OPEN, YES, TimeBallot, TimeOption, TimePoll, TimeVote


@dataclass
class Standing:
    """An option and who said what to it, in the order of voting."""

    option: TimeOption
    voters: dict[str, list[TimeBallot]] = field(default_factory=lambda: {answer: [] for answer in ANSWERS})

    @property
    def rank(self) -> tuple[int, int]:
        """Most yes, then most if need be."""
        return len(self.voters[YES]), len(self.voters[IF_NEED])


def ballots_of(poll: TimePoll) -> list[TimeBallot]:
    """All votes, in the order of voting."""
    rows = (
        select(TimeBallot)
        .options(selectinload(TimeBallot.votes), joinedload(TimeBallot.person))
        .where(TimeBallot.poll_id == poll.id)
    )
    return list(db.session.scalars(rows.order_by(TimeBallot.id)))


def ballot_count(poll: TimePoll) -> int:
    """How many voted."""
    return db.session.scalar(select(func.count()).where(TimeBallot.poll_id == poll.id))


def options_of(poll: TimePoll) -> list[TimeOption]:
    """Its times, the soonest first."""
    rows = select(TimeOption).where(TimeOption.poll_id == poll.id)
    return list(db.session.scalars(rows.order_by(TimeOption.starts_at, TimeOption.ends_at)))


def standings(options: Sequence[TimeOption], ballots: Sequence[TimeBallot]) -> list[Standing]:
    """What was said to each option, in the order of the options."""
    found = {option.id: Standing(option) for option in options}
    for ballot in ballots:
        for vote in ballot.votes:
            if vote.option_id in found:
                found[vote.option_id].voters[vote.answer].append(ballot)
    return list(found.values())


def best_of(found: Sequence[Standing]) -> list[Standing]:
    """The option that suits most, or those that are level; none where nobody said yes or if need be."""
    top = max((one.rank for one in found), default=(0, 0))
    return [one for one in found if one.rank == top] if any(top) else []


def ballot_of(poll: TimePoll, person) -> TimeBallot | None:
    """What this person said."""
    return db.session.scalar(
        select(TimeBallot)
        .options(selectinload(TimeBallot.votes))
        .where(TimeBallot.poll_id == poll.id, TimeBallot.person_id == person.id)
    )


def answered_times(polls: Sequence[TimePoll], person) -> set[int]:
    """In which of these polls somebody voted."""
    said = select(TimeBallot.poll_id).where(TimeBallot.person_id == person.id)
    return set(db.session.scalars(said.where(TimeBallot.poll_id.in_([poll.id for poll in polls]))))


def said_by(ballot: TimeBallot | None) -> dict[int, str]:
    """The answers of one ballot by the option's number."""
    return {vote.option_id: vote.answer for vote in ballot.votes} if ballot else {}


def voters_of(option: TimeOption | None, poll: TimePoll, answers: tuple[str, ...]) -> list[TimeBallot]:
    """Who gave one of these answers to the option, and can be written to: an account or a confirmed address."""
    if option is None:
        return []
    rows = (
        select(TimeBallot)
        .join(TimeVote, TimeVote.ballot_id == TimeBallot.id)
        .options(joinedload(TimeBallot.person))
        .where(TimeBallot.poll_id == poll.id, TimeBallot.person_id.is_not(None))
        .where(TimeVote.option_id == option.id, TimeVote.answer.in_(answers))
    )
    return list(db.session.scalars(rows.order_by(TimeBallot.id)))


def chosen_option(poll: TimePoll) -> TimeOption | None:
    """The option that was chosen."""
    return db.session.scalar(
        select(TimeOption).where(
            TimeOption.poll_id == poll.id,
            TimeOption.starts_at == poll.starts_at,
            TimeOption.ends_at == poll.ends_at,
        )
    )


def option_in(poll: TimePoll, number: int) -> TimeOption | None:
    """One of its times."""
    return db.session.scalar(select(TimeOption).where(TimeOption.id == number, TimeOption.poll_id == poll.id))


def hearers_of(poll: TimePoll) -> list[TimeBallot]:
    """Voters who want letters about it, and can be written to."""
    rows = (
        select(TimeBallot)
        .options(joinedload(TimeBallot.person))
        .where(TimeBallot.poll_id == poll.id, TimeBallot.person_id.is_not(None), TimeBallot.hears)
    )
    return list(db.session.scalars(rows.order_by(TimeBallot.id)))


def busy_words(person: Person, options: Sequence[TimeOption]) -> dict[int, list[str]]:
    """What a person has on at each of these times, for their eyes alone."""
    if not options:
        return {}
    plans = plans_between(person, min(one.starts_at for one in options), max(one.ends_at for one in options))
    return {
        option.id: list(dict.fromkeys(plan.what for plan in plans if plan.meets(option.starts_at, option.ends_at)))
        for option in options
    }


def open_times(group: Group, now: datetime) -> list[TimePoll]:
    """A crew's polls for a time that take votes, the one that closes first first."""
    rows = select(TimePoll).where(TimePoll.group_id == group.id, TimePoll.state == OPEN, TimePoll.closes_at > now)
    return list(db.session.scalars(rows.order_by(TimePoll.closes_at, TimePoll.id)))


def times_of(group: Group) -> list[TimePoll]:
    """A crew's polls for a time that are not settled, whether or not votes are taken."""
    rows = select(TimePoll).where(TimePoll.group_id == group.id, TimePoll.state == OPEN)
    return list(db.session.scalars(rows.order_by(TimePoll.closes_at, TimePoll.id)))


def times_to_choose(group_ids: Sequence[int], now: datetime) -> Sequence[Row]:
    """Polls for a time of these crews that closed with none chosen, each with how many voted."""
    votes = select(func.count()).where(TimeBallot.poll_id == TimePoll.id).correlate(TimePoll).scalar_subquery()
    rows = select(TimePoll, votes).where(TimePoll.group_id.in_(group_ids), TimePoll.state == OPEN)
    return db.session.execute(rows.where(TimePoll.closes_at <= now).order_by(TimePoll.closes_at, TimePoll.id)).all()


def times_by(person, limit: int = 50) -> list[TimePoll]:
    """Polls for a time that a person made, the newest first."""
    rows = select(TimePoll).options(joinedload(TimePoll.group)).where(TimePoll.maker_id == person.id)
    return list(db.session.scalars(rows.order_by(TimePoll.id.desc()).limit(limit)))
