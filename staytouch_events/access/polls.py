"""Which polls exist for whom, who looks after them, and whose vote a link stands for."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import Select, select

from ..db import db
from ..groups.models import ORGANIZING, Group, Membership
from ..polls.crew_models import Poll
from ..polls.models import CHOSEN, TimeBallot, TimeOption, TimePoll
from .groups import may_organize, may_see_group, role_of, visible_group
from .tokens import row_named, stands_for, token_of

# The link that a voter is shown, and the one that only the mailbox has seen.
VOTE, HEAR = "polls.vote", "polls.hear"


@dataclass(frozen=True)
class Held:
    """A vote by its link; `by_mail` says that its holder has the address."""

    ballot: TimeBallot
    token: str
    by_mail: bool


def organized_by(viewer) -> Select:
    """Crews for which the viewer may look for a time."""
    mine = select(Membership.group_id).where(Membership.person_id == viewer.id, Membership.role.in_(ORGANIZING))
    return select(Group).where(Group.id.in_(mine)).order_by(Group.name, Group.id)


def visible_time(viewer, public_id: str) -> TimePoll:
    """The poll for a time at this address, for whoever has it, of a private crew for its members; else 404."""
    poll = db.session.scalar(select(TimePoll).where(TimePoll.public_id == public_id))
    if poll is None or (poll.group is not None and not may_see_group(viewer, poll.group)):
        abort(404)
    return poll


def may_keep(viewer, poll: TimePoll) -> bool:
    """Whether the viewer looks after it: a crew's organizers; of one among friends whoever made it."""
    if not viewer.is_authenticated:
        return False
    if poll.group is not None:
        return may_organize(viewer, poll.group)
    return viewer.is_admin or poll.maker_id == viewer.id


def kept_time(viewer, public_id: str) -> TimePoll:
    """The poll for a time, for whoever looks after it: 404 unseen, 403 seen but not theirs."""
    poll = visible_time(viewer, public_id)
    if not may_keep(viewer, poll):
        abort(403)
    return poll


def settled_time(viewer, public_id: str) -> TimePoll:
    """The poll, once its time is set; else 404."""
    poll = visible_time(viewer, public_id)
    if poll.state != CHOSEN:
        abort(404)
    return poll


def time_in(poll: TimePoll, number: int) -> TimeOption:
    """One of its times; else 404."""
    option = db.session.scalar(select(TimeOption).where(TimeOption.id == number, TimeOption.poll_id == poll.id))
    if option is None:
        abort(404)
    return option


def vote_token(ballot: TimeBallot, purpose: str = VOTE) -> str:
    """A standing token of one vote."""
    return token_of(purpose, ballot)


def vote_by_token(text: str) -> Held:
    """Whose vote a link stands for; 404 for an unknown or revoked token."""
    ballot = row_named(TimeBallot, text)
    for purpose in (VOTE, HEAR) if ballot else ():
        if stands_for(text, purpose, ballot):
            return Held(ballot, text, by_mail=purpose == HEAR)
    abort(404)


def members_group(viewer, slug: str) -> Group:
    """The crew, for those who belong to it; what is asked there does not exist for others."""
    group = visible_group(viewer, slug)
    if role_of(viewer, group) is None and not may_organize(viewer, group):
        abort(404)
    return group


def members_poll(viewer, slug: str, public_id: str) -> Poll:
    """A crew's poll, for those who belong to the crew; else 404."""
    group = members_group(viewer, slug)
    poll = db.session.scalar(select(Poll).where(Poll.public_id == public_id, Poll.group_id == group.id))
    if poll is None:
        abort(404)
    return poll


def kept_poll(viewer, slug: str, public_id: str) -> Poll:
    """A crew's poll, for its organizers: 404 unseen, 403 seen but not theirs."""
    poll = members_poll(viewer, slug, public_id)
    if not may_organize(viewer, poll.group):
        abort(403)
    return poll
