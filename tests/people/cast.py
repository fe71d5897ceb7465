"""Somebody who has something of everything here, with strings planted in all of it."""

from datetime import datetime, timedelta
from types import SimpleNamespace

from sqlalchemy import select

from staytouch_events.attendance import hours_letters
from staytouch_events.attendance.actions import mark
from staytouch_events.attendance.briefing import COPIED, save_day
from staytouch_events.attendance.models import IN, OUT, WalkUp
from staytouch_events.db import db
from staytouch_events.discover import follows
from staytouch_events.events.models import Draft, Event
from staytouch_events.groups.actions import invite
from staytouch_events.groups.models import OWNER
from staytouch_events.impact import recognitions
from staytouch_events.impact.models import GIVEN
from staytouch_events.limits import take
from staytouch_events.people.actions import ask_to_sign_in
from staytouch_events.people.routes import BY_ADDRESS
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.asking import Beside
from staytouch_events.rsvps.models import GOING, SEATED, Rsvp
from staytouch_events.volunteers import bring
from staytouch_events.volunteers.actions import claim
from staytouch_events.volunteers.ride_models import BOTH, Ride
from staytouch_events.volunteers.rides import take_seats
from staytouch_events.waivers.asking import save_contact
from staytouch_events.waivers.models import Signature, WaiverText

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..impact.cast import an_approved_log
from ..rsvps.cast import a_question
from ..spots.cast import a_spot
from ..volunteers.cast import a_ride, a_role, a_shift, a_thing, comes
from ..waivers.cast import a_waiver, ask, sign

# Planted in whatever holds words of this person.
NAME, EMAIL, PHONE = "Zelda Planted", "planted.zelda@example.org", "408 555 0199"
NOTE = "PLANTED-NOTE"
EARLY = NOW - timedelta(days=9)


def zeldas_world() -> SimpleNamespace:
    """Zelda organizes with olga, came to last week's event, drives on Saturday, and others rely on her."""
    olga, zelda = a_person("olga"), a_person("zelda", email=EMAIL, name=NAME, pronouns="zel/zels")
    group = a_group()
    a_membership(olga, group, OWNER)
    a_membership(zelda, group, OWNER)
    past = _past(group, zelda, olga)
    coming = an_event(group, capacity=2)
    save_day(coming, dict.fromkeys(COPIED, "") | {"lead": NAME, "lead_phone": PHONE}, NOW)
    waiver = a_waiver(group, olga)
    ask(coming, waiver, emergency="asked", photos=True)
    question = a_question(coming)
    beside = Beside({question.id: [NOTE]})
    rsvp = respond(coming, zelda, NAME, GOING, Party(1, 1), NOTE, NOW, beside=beside).rsvp
    sign(rsvp, NAME)
    save_contact(rsvp, NAME, PHONE, NOW)
    waits = comes(coming, "will", 1)
    role = a_role(group, lead_id=zelda.id)
    shift = a_shift(coming, role)
    claim(shift, zelda, NAME, NOW)
    bring.claim(a_thing(coming), 2, zelda, NAME, NOW)
    road = an_event(group, title="Road")
    ride = a_ride(road, "dee")
    respond(road, zelda, NAME, GOING, Party(1), NOTE, NOW)
    take_seats(ride, db.session.scalar(select(Rsvp).where(Rsvp.event_id == road.id, Rsvp.name == NAME)), 1, PHONE, NOW)
    draft = an_event(group, title="Draft", draft=True)
    db.session.add(Draft(event_id=draft.id, person_id=zelda.id, typed={"title": NOTE}, revision=1, saved_at=NOW))
    invite(group, "new@example.org", zelda, NOW)
    follow = follows.ask(EMAIL, "weekly", "en", NOW, group=group, asked=None)
    follows.confirm(follow, "weekly", NOW)
    ask_to_sign_in(EMAIL, "/", "en", NOW)
    db.session.commit()
    take(BY_ADDRESS, EMAIL, NOW)
    spot = a_spot(zelda)
    found = {"zelda": zelda, "olga": olga, "group": group, "past": past, "coming": coming, "waits": waits}
    return SimpleNamespace(**found, ride=ride, shift=shift, spot=spot)


def _past(group, zelda, olga) -> Event:
    event = an_event(group, EARLY, title="Last week's", starts_wall=datetime(2026, 11, 20, 8, 30))
    told = {"event": event, "answer": GOING, "standing": SEATED, "answered_at": EARLY, "created_at": EARLY}
    rsvp = Rsvp(person=zelda, name=NAME, note=NOTE, adults=2, **told)
    db.session.add(rsvp)
    db.session.flush()
    mark(rsvp, IN, "", event.starts_at, by=zelda)
    mark(rsvp, OUT, "", event.starts_at + timedelta(hours=2), by=zelda)
    text = a_waiver(group, zelda)
    words = db.session.scalar(select(WaiverText).where(WaiverText.waiver_id == text.id, WaiverText.language == "en"))
    signed = {"event_id": event.id, "text_id": words.id, "sha256": words.sha256, "kind": "self", "signed_at": EARLY}
    db.session.add(Signature(rsvp_id=rsvp.id, name=NAME, signed_by=NAME, held_by_id=zelda.id, **signed))
    drove = {"way": BOTH, "start": NOTE, "leaves_after": -30, "seats": 2, "note": NOTE, "contact": PHONE}
    db.session.add(Ride(event_id=event.id, rsvp_id=rsvp.id, created_at=EARLY, **drove))
    walk_up = WalkUp(event_id=event.id, key="k", person_id=zelda.id, name=NAME, created_at=EARLY)
    db.session.add(walk_up)
    db.session.flush()
    log = an_approved_log(event, NOW, bags_trash=7)
    log.proposed_by_id, log.proposed_name = zelda.id, NAME
    letter = hours_letters.ask(group, zelda, NAME, NOW, event=event)
    hours_letters.issue(letter, olga, NOW)
    vest = recognitions.define(group, {"name": "Vest", "after_events": 1}, NOW)
    recognitions.decide(vest, zelda, GIVEN, f"for {NAME}", olga, NOW)
    db.session.commit()
    return event


def everything() -> dict[str, str]:
    """Every row of every table, as text by table."""
    db.session.rollback()
    return {
        table.name: "\n".join(repr(tuple(row)) for row in db.session.execute(table.select()))
        for table in db.metadata.sorted_tables
    }


def tables_with(text: str) -> list[str]:
    """The tables in which a text stands, whatever its case."""
    return [name for name, rows in everything().items() if text.lower() in rows.lower()]
