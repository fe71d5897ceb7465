"""Cards in the demo: who came lately has one, and the two who sign in keep a few people, with what they noted."""

from datetime import datetime, timedelta

from sqlalchemy import select

from .attendance.actions import walk_up
from .attendance.queries import attendees
from .contacts.card_models import CREW, Card
from .contacts.cards import save_details
from .contacts.exchange import keep
from .contacts.gathering import add
from .contacts.keeping import add_date, add_note, log_touch
from .contacts.meetings import came
from .contacts.models import BIRTHDAY, CALL
from .contacts.sorting import plan
from .db import db
from .events.models import PUBLISHED, Event
from .groups.models import Group
from .people.models import Person
from .rsvps.actions import Party

SIGNING_IN = ("ana.robles@example.org", "lan.vu@example.org")
# What is known of each whom they keep: the line on the card, a note, days since the last call, a birthday.
KNOWN = (
    ("Fixes radios, and anything with a plug.", "His truck was in the shop. Ask if it runs.", 39, (2, 29, None)),
    ("Has 40 willow cuttings to give away.", "Wants to bring her class from Horace Mann.", 94, (7, 4, 1988)),
    ("Chainsaw, first aid, bad jokes.", "Moved here in spring, knows nobody yet.", 12, (11, 30, None)),
)


def exchange_cards(now: datetime) -> None:
    """Whoever was at the first crew's last events has a card; ana and lan keep each three of them."""
    first, second = (db.session.scalar(select(Person).where(Person.email == email)) for email in SIGNING_IN)
    group = db.session.scalars(select(Group).order_by(Group.id)).first()
    over = select(Event).where(Event.group_id == group.id, Event.state == PUBLISHED, Event.ends_at < now)
    events = db.session.scalars(over.order_by(Event.ends_at.desc()).limit(3)).all()
    for person in (first, second):
        if not came(events[0], person):
            walk_up(events[0], person.name, Party(1), "", events[0].starts_at, by=first, person=person)
    here = [row.party.person for event in events for row in attendees(event) if row.presence.came]
    others = [person for person in dict.fromkeys(here) if person and person not in (first, second)]
    for number, person in enumerate((first, second, *others)):
        languages = ["English", ("Español", "Tiếng Việt")[number % 2]]
        said = {"phone": f"408 555 01{number:02}", "company": "", "links": [], "languages": languages, "skills": []}
        save_details(person, {**said, "note": KNOWN[number % 3][0], "found_by_others": True, "asked_by_mail": True})
    for owner in (first, second):
        for person, (_line, note, days, birthday) in zip(others, KNOWN, strict=False):
            met = now - timedelta(days=days + 30)
            card = db.session.scalar(select(Card).where(Card.person_id == person.id, Card.version == CREW))
            contact = keep(owner, card, CREW, met)
            add_note(contact, note, met.date(), met)
            add_date(contact, BIRTHDAY, "", birthday)
            log_touch(contact, CALL, "", now - timedelta(days=days))
            plan(contact, "friend", (None, None), (), met)
        _keep_a_neighbour(owner, now)
    db.session.commit()


def _keep_a_neighbour(owner: Person, now: datetime) -> None:
    """Somebody without an account, to whom it is time to write."""
    then = now - timedelta(days=120)
    known = {"name": "Rosa Delgado", "company": "Biblioteca Latinoamericana", "phones": [["", "408 555 0160"]]}
    rosa = add(owner, known, then)
    plan(rosa, "neighbour", (None, None), (), then)
    add_note(rosa, "Lets us have the big room on Tuesdays. Asked after the mural.", then.date(), then)
    log_touch(rosa, CALL, "The room", now - timedelta(days=98))
