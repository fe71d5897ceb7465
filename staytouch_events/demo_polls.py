"""What the demo's first crew asks: when it can meet, and who brings what to the potluck."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from .db import db
from .groups.models import OWNER, Group, Membership
from .people.models import Person
from .polls.asking import ask, choose
from .polls.finding import Span, make, vote
from .polls.models import IF_NEED, NO, YES
from .when import day_ends, in_zone, to_utc

HOURS = ((6, time(18, 30)), (8, time(18, 30)), (10, time(10)))
# What each voter says to the three times.
SAID = ((YES, IF_NEED, YES), (YES, NO, YES), (NO, YES, YES), (IF_NEED, YES, NO), (YES, NO, IF_NEED))
DISHES = (("Cake", 3), ("Salad", 1), ("Something to drink", 4), ("Plates and cups", 1))


def ask_around(now: datetime) -> None:
    """A time to find and a poll, half answered."""
    group = db.session.scalars(select(Group).order_by(Group.id)).first()
    memberships = select(Membership).where(Membership.group_id == group.id).order_by(Membership.id)
    people = [membership.person for membership in db.session.scalars(memberships)]
    owner = db.session.scalar(
        select(Person).join(Membership).where(Membership.group_id == group.id, Membership.role == OWNER)
    )
    _find_a_time(group, owner, people, now)
    _ask(group, owner, people, now)


def _find_a_time(group: Group, owner: Person, people: list[Person], now: datetime) -> None:
    today = in_zone(now, group.zone).date()
    spans = []
    for days, clock in HOURS:
        starts = datetime.combine(today + timedelta(days=days), clock)
        ends = starts + timedelta(hours=2)
        spans.append(Span(starts, ends, to_utc(starts, group.zone, later=False), to_utc(ends, group.zone, later=False)))
    fields = {
        "title": "Planning the spring clean-ups",
        "about": "Which creeks, which Saturdays, who asks the City for bags.",
        "place": "The back room of the bike co-op",
        "zone": group.zone,
        "closes_at": day_ends(today + timedelta(days=4), group.zone),
    }
    poll = make(owner, group, fields, spans, now)
    for person, said in zip(people, SAID, strict=False):
        answers = {option.id: word for option, word in zip(poll.options, said, strict=True)}
        vote(poll, person, person.name, answers, True, now)


def _ask(group: Group, owner: Person, people: list[Person], now: datetime) -> None:
    closes_at = day_ends(in_zone(now, group.zone).date() + timedelta(days=3), group.zone)
    fields = {"question": "Who brings what to the potluck?", "about": "", "several": True, "anonymous": False}
    poll = ask(owner, group, fields | {"closes_at": closes_at}, list(DISHES), now)
    for at, person in enumerate(people[1:4]):
        choose(poll, person, [poll.options[at % 3].id], now)
