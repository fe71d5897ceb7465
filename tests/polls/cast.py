"""Times that somebody looks for, and votes on them."""

from datetime import datetime, timedelta
from types import SimpleNamespace

from staytouch_events.db import db
from staytouch_events.groups.models import ORGANIZER, Group
from staytouch_events.people.models import Person
from staytouch_events.polls.asking import ask
from staytouch_events.polls.crew_models import Poll
from staytouch_events.polls.finding import Span, make, vote
from staytouch_events.polls.models import IF_NEED, NO, YES, TimeBallot, TimePoll
from staytouch_events.when import to_utc

from ..cast import NOW, a_group, a_membership, a_person

ZONE = "America/Los_Angeles"
SATURDAY, SUNDAY = datetime(2026, 12, 5, 9), datetime(2026, 12, 6, 14)
FIELDS = {"title": "Plan the spring", "about": "Bring maps", "place": "The shed", "zone": ZONE}


def span(starts: datetime, hours: int = 2) -> Span:
    """So many hours from then, in San José."""
    ends = starts + timedelta(hours=hours)
    return Span(starts, ends, to_utc(starts, ZONE), to_utc(ends, ZONE))


def a_time(maker: Person, group: Group | None = None, at=(SATURDAY, SUNDAY), now: datetime = NOW, **fields) -> TimePoll:
    """A poll for a time, open for five days."""
    fields = {**FIELDS, "closes_at": now + timedelta(days=5), **fields}
    poll = make(maker, group, fields, [span(starts) for starts in at], now)
    db.session.commit()
    return poll


def a_crews_time(**fields) -> SimpleNamespace:
    """The same of a crew that alice organizes."""
    alice, group = a_person("alice"), a_group()
    a_membership(alice, group, ORGANIZER)
    return SimpleNamespace(alice=alice, group=group, poll=a_time(alice, group, **fields))


def votes(poll: TimePoll, person: Person, said: str, hears: bool = True, now: datetime = NOW) -> TimeBallot:
    """Somebody with an account says "yn": yes to the first time, no to the second; "m" is if need be, "-" nothing."""
    words = {"y": YES, "m": IF_NEED, "n": NO}
    answers = {option.id: words[letter] for option, letter in zip(poll.options, said, strict=True) if letter in words}
    ballot = vote(poll, person, person.name, answers, hears, now)
    db.session.commit()
    return ballot


def a_poll(group: Group, maker: Person, options=(("Cake", 3), ("Salad", 1)), now: datetime = NOW, **fields) -> Poll:
    """Who brings what? Several may be chosen, for four days, unless it says otherwise."""
    plain = {"question": "Who brings what?", "about": "", "several": True, "anonymous": False}
    fields = {**plain, "closes_at": now + timedelta(days=4), **fields}
    poll = ask(maker, group, fields, list(options), now)
    db.session.commit()
    return poll
