"""What the demo's crews did over the months: plausible numbers, one log that waits, a vest to give."""

import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from .db import db
from .events.models import PUBLISHED, Event
from .groups.models import OWNER, Group, Membership
from .impact.actions import approve, propose
from .impact.measures import ESTIMATE, GRAMS, MILES, ROAD, SCALE, SHORE, TICKET, TRAIL, kept
from .impact.nudges import HANDS_ON
from .impact.offers import offer
from .impact.recognitions import define
from .people.models import Person

GROUND = {"creek": SHORE, "beach": SHORE, "street": ROAD, "park": TRAIL}
# What is found where, and about how much of it.
FOUND = {
    "creek": {"beverage_bottles_plastic": 60, "food_wrappers": 80, "tires": 3, "clothing": 12, "shopping_carts": 1},
    "street": {"cigarette_butts": 300, "food_wrappers": 90, "cardboard": 40, "liquor_minis": 25, "graffiti": 2},
    "beach": {"cigarette_butts": 220, "bottle_caps_plastic": 90, "straws": 45, "tiny_plastic": 150, "rope": 6},
    "park": {"beverage_cans": 50, "food_wrappers": 40, "pet_waste": 20, "balloons": 6},
    "e-waste": {"e_waste": 140, "appliances": 4},
    "planting": {"other_plastic_bags": 12},
}
ODDITIES = ("A tuba without its bell", "Half a canoe", "A wedding cake, plastic", "Seven left shoes", "A door, locked")


def count_past(now: datetime) -> None:
    """A log of every event with hands on that is over: approved, but for the first crew's last one."""
    chance = random.Random(42)
    over = select(Event).where(Event.state == PUBLISHED, Event.ends_at < now, Event.kind.in_(HANDS_ON))
    events = db.session.scalars(over.order_by(Event.starts_at, Event.id)).all()
    first = db.session.scalars(select(Group).order_by(Group.id)).first()
    waiting = [event for event in events if event.group_id == first.id][-1:]
    member = db.session.scalar(select(Person).where(Person.email == "lan.vu@example.org"))
    for event in events:
        owner = _owner(event.group_id)
        by = member if event in waiting else owner
        moment = min(now, event.ends_at + timedelta(hours=2))
        log = propose(event, _fields(event, chance, moment), by, by.name, moment)
        if by is owner:
            approve(log, owner, moment)
    vest = {"name": "The denim vest", "about": "Sewn by Ana, with the crew's patch", "after_hours": None}
    define(first, {**vest, "after_events": 2}, now)


def _owner(group_id: int) -> Person:
    owns = Membership.group_id == group_id, Membership.role == OWNER
    return db.session.scalar(select(Person).join(Membership).where(*owns))


def _fields(event: Event, chance: random.Random, now: datetime) -> dict[str, Any]:
    bags = chance.randint(8, 45)
    method = chance.choice((SCALE, SCALE, TICKET, ESTIMATE))
    known = offer(event, now)
    adults = known.adults or chance.randint(8, 35)
    minors = known.minors if known.adults else chance.randint(0, 6)
    hours = (event.ends_at - event.starts_at).total_seconds() / 3600
    items = {item: round(number * chance.uniform(0.3, 1.6)) for item, number in FOUND[event.kind].items()}
    ground = GROUND.get(event.kind, "")
    return {
        "team": "",
        "unit": MILES,
        "bags_trash": bags,
        "bags_recycling": chance.randint(0, bags // 4),
        "bags_green": chance.randint(4, 20) if event.kind in ("planting", "park") else 0,
        "grams": None if method == ESTIMATE else kept(bags * chance.uniform(11, 19), MILES, GRAMS),
        "method": method,
        "metres": chance.randint(400, 2600) if ground else None,
        "ground": ground,
        "square_metres": chance.randint(800, 9000) if event.kind == "planting" else None,
        "adults": adults,
        "minors": minors,
        "minutes": known.minutes or round(60 * hours * (adults + minors) * 0.9),
        "syringe_place": "Under the footbridge" if event.kind == "creek" else "",
        "oddest": chance.choice((*ODDITIES, "", "")),
        "note": "",
        "items": items | ({"syringes": chance.randint(0, 5)} if event.kind == "creek" else {}),
    }
