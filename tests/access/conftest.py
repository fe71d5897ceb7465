"""One event of each visibility, and somebody of each role."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from staytouch_events.access.feeds import calendar_token
from staytouch_events.access.follows import follow_token
from staytouch_events.access.rsvps import manage_token
from staytouch_events.access.spots import watch_token
from staytouch_events.attendance import hours_letters
from staytouch_events.attendance.actions import mark
from staytouch_events.attendance.models import IN, OUT
from staytouch_events.db import db
from staytouch_events.discover import follows
from staytouch_events.groups.models import MEMBER, ORGANIZER, OWNER
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING, Rsvp
from staytouch_events.spots.queries import watcher_of
from staytouch_events.volunteers.actions import claim
from staytouch_events.volunteers.rides import take_seats

from ..attendance.cast import a_helper
from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..spots.cast import a_spot, a_waiting_spot
from ..volunteers.cast import a_ride, a_role, a_shift, a_thing, comes

ROLES = ("anonymous", "other", "helper", "member", "organizer", "owner", "admin")
SECRETS = {
    "address": "planted-gia@example.org",
    "note": "PLANTED-ANSWER-NOTE",
    "private note": "PLANTED-PRIVATE-NOTE",
    "draft's title": "PLANTED-DRAFT",
    "members' title": "PLANTED-MEMBERS",
    "unlisted title": "PLANTED-UNLISTED",
    "how a job is done": "PLANTED-INSTRUCTIONS",
    "whom to call": "PLANTED-CONTACT",
    "waiting report": "PLANTED-WAITING-SPOT",
    "how to reach a driver": "PLANTED-DRIVER",
    "how to reach a passenger": "PLANTED-PASSENGER",
}


@pytest.fixture
def world(app, browser_of):
    """Everything there is, with secrets planted in it, and a browser for each role."""
    group = a_group()
    people = {
        "member": a_person("bob"),
        "organizer": a_person("alice"),
        "owner": a_person("olga"),
        "other": a_person("charlie"),
        "admin": a_person("ada", is_admin=True),
    }
    for role, kind in (("member", MEMBER), ("organizer", ORGANIZER), ("owner", OWNER)):
        a_membership(people[role], group, kind)
    events = {
        # Today, so that a helper has their hours.
        "public": an_event(
            group, private_note=SECRETS["private note"], capacity=9, starts_wall=datetime(2026, 11, 24, 11, 0)
        ),
        "unlisted": an_event(group, title=SECRETS["unlisted title"], visibility="unlisted"),
        "members": an_event(group, title=SECRETS["members' title"], visibility="members"),
        "draft": an_event(group, title=SECRETS["draft's title"], draft=True),
    }
    gia = a_person("gia", email=SECRETS["address"], joined_at=None)
    rsvp = respond(events["public"], gia, "Gia", GOING, Party(1), SECRETS["note"], NOW).rsvp
    role = a_role(group, instructions=SECRETS["how a job is done"], contact=SECRETS["whom to call"])
    shift, unlisted_shift = a_shift(events["public"], role, target=2), a_shift(events["unlisted"], role)
    sign_up = claim(shift, gia, "Gia", NOW)
    thing = a_thing(events["public"])
    ride = a_ride(events["public"], contact=SECRETS["how to reach a driver"])
    seat = take_seats(ride, comes(events["public"], "pat"), 1, SECRETS["how to reach a passenger"], NOW)
    people["helper"] = a_helper(events["public"], at=NOW)
    guest = a_helper(events["public"], "gil", joined_at=None, at=NOW)
    helping = db.session.scalar(select(Rsvp).where(Rsvp.person_id == guest.id))
    mark(helping, IN, "", NOW, by=None)
    mark(helping, OUT, "", NOW + timedelta(hours=2), by=None)
    letter = hours_letters.ask(group, guest, "Gil", NOW, event=events["public"])
    hours_letters.issue(letter, people["organizer"], NOW)
    follow = follows.ask("fay@example.org", "weekly", "en", NOW, group=group, asked=None)
    follows.confirm(follow, "weekly", NOW)
    db.session.commit()
    spot = a_spot(gia)
    a_waiting_spot("wally@example.org", title=SECRETS["waiting report"])
    browsers = {role: browser_of(person) for role, person in people.items()} | {"anonymous": app.test_client()}
    return SimpleNamespace(
        group=group,
        slugs={name: event.slug for name, event in events.items()},
        people=people,
        browsers=browsers,
        rsvp=rsvp.id,
        manage=manage_token(rsvp),
        helping=manage_token(helping),
        letter=letter.id,
        code=letter.code,
        follow=follow_token(follow),
        calendar=calendar_token(people["member"]),
        membership=group.memberships[0].id,
        role=role.id,
        shift=shift.id,
        unlisted_shift=unlisted_shift.id,
        sign_up=sign_up.id,
        thing=thing.id,
        ride=ride.id,
        seat=seat.id,
        driving=manage_token(ride.rsvp),
        spot=spot.slug,
        watch=watch_token(watcher_of(spot, gia)),
    )
