"""What the demo's people wrote to each other: friends, a request, a stranger's question, a time to meet."""

from datetime import datetime, timedelta

from sqlalchemy import select

from .conversations import actions, contacting, meetings
from .db import db
from .groups.models import Group, Membership
from .people.models import Person
from .when import day_starts, in_zone

SAID = (
    "That was a good Saturday. Did the tuba ever find its owner?",
    "No! It hangs in my kitchen now. Are you coming to the next one?",
    "Yes, and I bring **two friends**. Shall we get coffee before and plan the north bank?",
)
ASKED = "Hi, I saw you at the creek and play the tuba. Is it still to be had?"
QUESTION = "We are eight people from an office nearby. Is that too many, and what should we wear?"


def write_messages(guests: list[Person], now: datetime) -> None:
    """Between the demo's organizer and its member, and two who write to her and her crew."""
    group = db.session.scalars(select(Group).order_by(Group.id)).first()
    ana, lan = (_person(f"{name}@example.org") for name in ("ana.robles", "lan.vu"))
    _see_to_membership(lan, group, now)
    yesterday = now - timedelta(days=1)
    for number, text in enumerate(SAID):
        writer, other = (lan, ana) if number % 2 == 0 else (ana, lan)
        at = yesterday + timedelta(minutes=20 * number)
        actions.send(actions.begin(writer, other, at), writer, text, at)
    _propose(lan, ana, group.zone, now)
    stranger = next(person for person in guests if person not in (ana, lan))
    actions.send(actions.begin(stranger, ana, now), stranger, ASKED, now)
    typed = {"name": "Priya Shah", "email": "priya.shah@example.org", "text": QUESTION, "language": "en"}
    contacting.send_on(contacting.ask(group, None, typed, now), now)


def _propose(writer: Person, other: Person, zone: str, now: datetime) -> None:
    today = in_zone(now, zone).date()
    days = [day_starts(today + timedelta(days=more), zone) + timedelta(hours=hour) for more, hour in ((2, 17), (3, 9))]
    fields = {"what": "Coffee", "place": "Berryessa BART, the kiosk", "zone": zone, "minutes": 60}
    fields["times"] = [day.isoformat() for day in days]
    meetings.propose(actions.begin(writer, other, now), writer, fields, "", now)


def _see_to_membership(person: Person, group: Group, now: datetime) -> None:
    mine = select(Membership.id).where(Membership.person_id == person.id, Membership.group_id == group.id)
    if db.session.scalar(mine) is None:
        db.session.add(Membership(person=person, group=group, joined_at=now))
        db.session.flush()


def _person(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()
