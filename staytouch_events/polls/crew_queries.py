"""A crew's polls, who chose what, and what is left of each option."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..groups.models import Group, Membership
from ..people.models import Person
from .crew_models import Poll, PollBallot, PollChoice, PollOption, PollWatcher

PAGE = 30


def polls_of(group: Group, before: int | None = None) -> tuple[list[Poll], int | None]:
    """A page of a crew's polls, the newest first, and where the next begins."""
    rows = select(Poll).where(Poll.group_id == group.id).order_by(Poll.id.desc())
    if before is not None:
        rows = rows.where(Poll.id < before)
    found = list(db.session.scalars(rows.limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def open_polls(group: Group, now: datetime) -> list[Poll]:
    """Those that are open, the one that closes first first, those without an end last."""
    still = Poll.closed_at.is_(None), or_(Poll.closes_at.is_(None), Poll.closes_at > now)
    rows = select(Poll).where(Poll.group_id == group.id, *still)
    return list(db.session.scalars(rows.order_by(Poll.closes_at.is_(None), Poll.closes_at, Poll.id)))


def answered_polls(polls: Sequence[Poll], person, marks: Sequence[str]) -> set[int]:
    """In which of these polls somebody chose; in anonymous ones by their marks alone."""
    whose = or_(PollBallot.person_id == person.id, PollBallot.mark.in_(marks))
    said = select(PollBallot.poll_id).where(PollBallot.poll_id.in_([poll.id for poll in polls]), whose)
    return set(db.session.scalars(said))


def poll_options(poll: Poll) -> list[PollOption]:
    """Its options, in the order in which they were written."""
    return list(db.session.scalars(select(PollOption).where(PollOption.poll_id == poll.id).order_by(PollOption.id)))


def counts_of(poll: Poll) -> dict[int, int]:
    """How often each option was chosen, by its number."""
    chosen = select(PollChoice.option_id, func.count()).join(PollOption, PollOption.id == PollChoice.option_id)
    rows = chosen.where(PollOption.poll_id == poll.id).group_by(PollChoice.option_id)
    now_chosen = dict(db.session.execute(rows).all())
    return {option.id: option.counted + now_chosen.get(option.id, 0) for option in poll_options(poll)}


def ballots_in(poll: Poll) -> int:
    """How many took part."""
    return db.session.scalar(select(func.count()).where(PollBallot.poll_id == poll.id))


def has_nameless(poll: Poll) -> bool:
    """Whether somebody took part whom neither a person nor a mark finds again, as on another site that it came from."""
    nameless = PollBallot.person_id.is_(None), PollBallot.mark.is_(None)
    return db.session.scalar(select(PollBallot.id).where(PollBallot.poll_id == poll.id, *nameless).limit(1)) is not None


def names_by_option(poll: Poll) -> dict[int, list[Person | None]]:
    """Who chose what in an open poll, in the order of choosing; None is somebody whose account is gone."""
    rows = (
        select(PollChoice.option_id, PollBallot)
        .join(PollBallot, PollBallot.id == PollChoice.ballot_id)
        .options(joinedload(PollBallot.person))
        .where(PollBallot.poll_id == poll.id)
        .order_by(PollBallot.id)
    )
    found: dict[int, list[Person | None]] = {}
    for number, ballot in db.session.execute(rows):
        found.setdefault(number, []).append(ballot.person)
    return found


def ballot_with(poll: Poll, person, marks: Sequence[str]) -> PollBallot | None:
    """What this person chose; in an anonymous poll it is found by their marks alone."""
    whose = PollBallot.mark.in_(marks) if poll.anonymous else PollBallot.person_id == person.id
    return db.session.scalar(select(PollBallot).where(PollBallot.poll_id == poll.id, whose))


def chosen_by(ballot: PollBallot | None) -> list[int]:
    """The numbers of its options."""
    if ballot is None:
        return []
    rows = select(PollChoice.option_id).where(PollChoice.ballot_id == ballot.id)
    return list(db.session.scalars(rows.order_by(PollChoice.option_id)))


def watchers_of(poll: Poll) -> list[PollWatcher]:
    """Members who want letters about it, while they are members."""
    rows = (
        select(PollWatcher)
        .join(Membership, Membership.person_id == PollWatcher.person_id)
        .options(joinedload(PollWatcher.person))
        .where(PollWatcher.poll_id == poll.id, Membership.group_id == poll.group_id)
    )
    return list(db.session.scalars(rows.order_by(PollWatcher.person_id)))


def watches(poll: Poll, person) -> bool:
    """Whether this person wants letters about it."""
    return db.session.get(PollWatcher, (poll.id, person.id)) is not None
