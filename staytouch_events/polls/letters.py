"""Posting letters about a time that is looked for."""

from datetime import datetime, timedelta

from .. import outbox
from ..groups.models import ORGANIZING
from ..groups.queries import membership_of, organizers_of
from ..people.models import Person
from .models import IF_NEED, YES, TimeBallot, TimePoll
from .queries import chosen_option, hearers_of, voters_of

# So long a mistake can be taken back before anybody hears of it.
WAITS = timedelta(minutes=10)
NEWS = ("new", "cancelled", "set")


def ask_address(ballot: TimeBallot, now: datetime) -> None:
    """Is it theirs? Until the button is pressed no other letter goes to an address that somebody typed."""
    facts = {"ballot": ballot.id}
    to, language, until = ballot.email, ballot.language, ballot.poll.closes_at
    outbox.post("polls.voted", to=to, language=language, facts=facts, now=now, typed=True, until=until)


def tell_new_options(poll: TimePoll, now: datetime) -> None:
    """There is more to choose from; several added within ten minutes are one letter."""
    for ballot in hearers_of(poll):
        _post("polls.new_option", ballot, "new", now, wait=WAITS, until=poll.closes_at)


def tell_cancelled(poll: TimePoll, now: datetime) -> None:
    """Nothing comes of it."""
    for ballot in hearers_of(poll):
        _post("polls.time_cancelled", ballot, "cancelled", now, wait=WAITS)


def tell_chosen(poll: TimePoll, now: datetime, wait: timedelta = timedelta(0)) -> None:
    """The time is set: to whoever said yes to it, or if need be. Who can't is left in peace."""
    for ballot in voters_of(chosen_option(poll), poll, (YES, IF_NEED)):
        if ballot.hears:
            _post("polls.time_set", ballot, "set", now, wait=wait, until=poll.starts_at)


def withdraw_news(poll: TimePoll, now: datetime) -> None:
    """What became untrue before it was sent is not sent."""
    for ballot in hearers_of(poll):
        for news in NEWS:
            outbox.withdraw_letters(_key(ballot, news), now, "taken back")


def tell_due(poll: TimePoll, now: datetime) -> None:
    """The last day to vote is over: whoever looks after it chooses."""
    for person in keepers_of(poll):
        if person.email:
            facts, key = {"poll": poll.id}, f"time-due:{poll.id}:{person.id}"
            about = {"name": person.name, "language": person.language}
            outbox.post("polls.time_due", to=person.email, facts=facts, now=now, key=key, **about)


def keepers_of(poll: TimePoll) -> list[Person]:
    """Who is told that it waits: its maker while they look after it, else the crew's organizers."""
    if poll.group is None:
        return [poll.maker] if poll.maker else []
    membership = poll.maker_id and membership_of(poll.group, poll.maker_id)
    return [poll.maker] if membership and membership.role in ORGANIZING else list(organizers_of(poll.group))


def _post(kind: str, ballot: TimeBallot, news: str, now: datetime, **how) -> None:
    person = ballot.person
    if person.email is not None:
        facts, key = {"ballot": ballot.id}, _key(ballot, news)
        about = {"name": ballot.name, "language": person.language}
        outbox.post(kind, to=person.email, facts=facts, now=now, key=key, **about, **how)


def _key(ballot: TimeBallot, news: str) -> str:
    return f"time-{news}:{ballot.id}"
