"""What the demo's crews talk about: something on top, questions, one of them answered; and who greets newcomers."""

from datetime import datetime, timedelta

from sqlalchemy import select

from .db import db
from .events.models import PUBLISHED, Event
from .groups.models import MEMBER, MEMBERS, PUBLIC, Group, Membership
from .people.models import Person
from .posts.actions import answer, choose_answer, pin, react, write
from .posts.greeting import offer
from .posts.models import CHEER, ME_TOO, THANKS, Place

ON_TOP = "**New here?** Boots, long sleeves, water. Gloves, grabbers and bags are with us. Come ten minutes early."
FOUND = "What did you find last time? Mine is still the *left* half of a canoe."
FOUND_TOO = ("Seven shoes, all left ones.", "A tuba. It is in my garage now.")
TRUCK = "Who has a truck for the tires? Two trips, a quarter of an hour each."
SHADE = "Is there shade? I would bring my father, who is 80."
SHADE_IS = "Yes, under the sycamores by the ramp. There is a bench, too."
KIDS = "Is this one good for a six-year-old?"


def talk(now: datetime) -> None:
    """Every crew talks; the first one in the open. Somebody greets newcomers everywhere."""
    for at, group in enumerate(db.session.scalars(select(Group).order_by(Group.id))):
        group.talk_readers = MEMBERS if at else PUBLIC
        crew = _crew(group)
        if len(crew) < 4:
            continue
        _say(Place(group), crew, now)
        event = _next(group, now)
        if event is not None:
            _ask(Place(group, event), crew, now)
        for person in crew[1:3]:
            offer(person, group, now)


def _say(place: Place, crew: list[Person], now: datetime) -> None:
    owner, first, second, third = crew[:4]
    top = write(owner, place, {"text": ON_TOP}, now - timedelta(days=20))
    pin(top, True, now - timedelta(days=20))
    found = write(first, place, {"text": FOUND}, now - timedelta(days=3))
    for person, text in zip((second, third), FOUND_TOO, strict=True):
        answer(person, found, {"text": text}, now - timedelta(days=2))
    for person, kind in ((owner, CHEER), (second, ME_TOO), (third, ME_TOO), (second, THANKS)):
        react(found, person, kind)
    write(second, place, {"text": TRUCK, "is_question": True}, now - timedelta(hours=20))


def _ask(place: Place, crew: list[Person], now: datetime) -> None:
    owner, first, second = crew[:3]
    asked = write(first, place, {"text": SHADE, "is_question": True}, now - timedelta(days=1))
    choose_answer(asked, answer(owner, asked, {"text": SHADE_IS}, now - timedelta(hours=22)))
    write(second, place, {"text": KIDS, "is_question": True}, now - timedelta(hours=3))


def _crew(group: Group) -> list[Person]:
    """The owner and members, in the order of joining."""
    rows = db.session.scalars(
        select(Membership).where(Membership.group_id == group.id).order_by(Membership.role == MEMBER, Membership.id)
    )
    return [row.person for row in rows]


def _next(group: Group, now: datetime) -> Event | None:
    ahead = select(Event).where(Event.group_id == group.id, Event.state == PUBLISHED, Event.starts_at > now)
    return db.session.scalars(ahead.order_by(Event.starts_at)).first()
