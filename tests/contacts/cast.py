"""Cards and what is done with them."""

from datetime import datetime, timedelta

from staytouch_events.attendance.actions import mark
from staytouch_events.attendance.models import IN
from staytouch_events.contacts import keeping
from staytouch_events.contacts.asks import ask, ask_between, let_be_found
from staytouch_events.contacts.card_models import CREW, Card, CardAsk
from staytouch_events.contacts.card_queries import cards_of
from staytouch_events.contacts.cards import save_details
from staytouch_events.contacts.exchange import keep, leave
from staytouch_events.contacts.models import BIRTHDAY, CALL, Contact
from staytouch_events.contacts.people_queries import contact_between
from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.groups.models import Group
from staytouch_events.people.models import Person
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.when import wall_time

from ..cast import NOW, a_group, an_event

DETAILS = {
    "phone": "408 555 0100",
    "company": "Guadalupe School",
    "languages": ["English", "Español"],
    "skills": ["chainsaw"],
    "links": ["https://example.org/ana"],
    "note": "Has 40 willow cuttings",
    "found_by_others": False,
    "asked_by_mail": True,
}


def a_card(person: Person, version: str = CREW, **details) -> Card:
    """One version of somebody's card, filled in."""
    save_details(person, {**DETAILS, **details})
    db.session.commit()
    return next(card for card in cards_of(person) if card.version == version)


def exchanged(one: Person, other: Person, back: str = CREW, now: datetime = NOW) -> tuple[Contact, Contact | None]:
    """What both have of each other after one scanned the other's card."""
    keep(one, a_card(other), back, now)
    db.session.commit()
    return contact_between(one, other), contact_between(other, one)


def at_event(*people: Person, now: datetime = NOW, checked: bool = True, **fields) -> Event:
    """A clean-up under way since half an hour at which these people are."""
    event = an_event(a_group(), now, starts_wall=datetime(2026, 11, 24, 9, 30), **{"title": "Creek day", **fields})
    for person in people:
        rsvp = respond(event, person, person.name, GOING, Party(1), "", now).rsvp
        if checked:
            mark(rsvp, IN, "", now, by=None)
    db.session.commit()
    return event


def known_of(owner: Person, person: Person, now: datetime = NOW) -> Contact:
    """Somebody of whom there is something of everything: card, notes, dates, calls, own words."""
    contact, _theirs = exchanged(owner, person, now=now)
    keeping.write_own(contact, {"name": "Bob the wheelbarrow", "addresses": [["home", "12 Creek Rd, San Jose"]]})
    keeping.add_note(contact, "His **truck** was in the shop.\n\n- ask if it runs", now.date(), now)
    keeping.add_note(contact, "Has 40 willow cuttings", now.date(), now)
    keeping.add_date(contact, BIRTHDAY, "", (2, 29, None))
    keeping.log_touch(contact, CALL, "The willows", now)
    leave(a_card(owner), {"name": "Gia", "phones": [["", "408 555 0199"]]}, "The one with the ladder", now)
    db.session.commit()
    return contact


def an_ask(group: Group, asker: Person, asked: Person, now: datetime = NOW) -> CardAsk:
    """Somebody asks for a card, after a clean-up of yesterday at which both were and let it be seen."""
    yesterday = wall_time(now - timedelta(days=1), group.zone).replace(second=0, microsecond=0)
    event = an_event(group, now - timedelta(days=2), title="Yesterday's", starts_wall=yesterday)
    for person in (asker, asked):
        rsvp = respond(event, person, person.name, GOING, Party(1), "", now - timedelta(days=2)).rsvp
        mark(rsvp, IN, "", event.starts_at, by=None)
        let_be_found(person, event, True)
    ask(asker, asked, event, now)
    db.session.commit()
    return ask_between(asker, asked)
