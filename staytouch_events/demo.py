"""The demo region: made through the same actions as everything else, relative to today."""

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select, update

from .attendance.actions import mark, walk_up
from .attendance.briefing import note_read, save_day
from .attendance.hours import stays_with
from .attendance.hours_letters import ask, issue
from .attendance.models import IN
from .db import db
from .demo_data import (
    BRING,
    CREWS,
    DAY,
    GUESTS,
    INSTRUCTIONS,
    PROVIDED,
    REPORTS,
    RIDES,
    SCHEDULE,
    SPOTS,
    THINGS,
    WAIVER,
    Crew,
    Report,
    Spot,
)
from .demo_hosts import host_together
from .demo_impact import count_past
from .demo_messages import write_messages
from .demo_people import exchange_cards
from .demo_polls import ask_around
from .demo_questions import ask_questions
from .demo_series import repeat_weekly
from .demo_talk import talk
from .events.actions import cancel, new_event, postpone, publish, save
from .events.models import PIN, PUBLISHED, Event
from .events.times import times
from .geo import gazetteer, geocode
from .geo.pins import parse_pin
from .groups.actions import join, start
from .groups.models import OWNER, Group, Membership
from .links import site_link
from .outbox.models import DROPPED, WAITING, Letter
from .people.actions import link_for
from .people.guests import person_with
from .people.models import Person
from .refusals import Refused
from .rsvps.actions import Party, respond
from .rsvps.models import GOING, MAYBE, SEATED, Rsvp
from .rsvps.queries import roster
from .spots.actions import close, mark_cleaned, me_too, report
from .spots.models import DOUBLE
from .spots.planning import make_event
from .text import fold
from .volunteers.bring import claim
from .volunteers.bring_lists import add_items
from .volunteers.bring_queries import items_of
from .volunteers.models import Role
from .volunteers.presets import presets
from .volunteers.rides import offer, take_seats
from .volunteers.roles import add_role
from .volunteers.shifts import add_shift
from .volunteers.staffing import place_guest
from .waivers.actions import add_waiver, set_rules
from .waivers.asking import save_photo_answer
from .waivers.queries import texts_of
from .waivers.signing import sign_adult, sign_minor, signers_of
from .when import wall_time

WEEKS_BACK, WEEKS_AHEAD = 4, 8
# Before that one event a month, of which little but the numbers is left.
MONTHS_BACK = 6


def make_demo(now: datetime) -> list[tuple[str, str]]:
    """Fill an empty database; (who, sign-in link) for an organizer and a member. Commits."""
    if db.session.scalar(select(Group.id).limit(1)) is not None:
        return _links(now)
    chance = random.Random(2017)
    guests = [_person(name, now) for name in GUESTS]
    for crew in CREWS:
        group = _start(crew, guests, chance, now)
        roles = _roles(crew, group, now)
        for event in _events(crew, group, now):
            _answer(event, guests, chance, now)
            if event.ends_at > now:
                _staff(crew, event, roles, chance, now)
        _earlier(crew, group, now)
        db.session.commit()
    _bad_news(now)
    _rain(now)
    for place in REPORTS:
        _report(place, guests, chance, now)
    _days(now)
    count_past(now)
    _waivers(now)
    _lists(now)
    repeat_weekly(now)
    host_together(now)
    talk(now)
    exchange_cards(now)
    write_messages(guests, now)
    ask_around(now)
    ask_questions(now)
    _drop_mail(now)
    db.session.commit()
    return _links(now)


def _person(name: str, now: datetime) -> Person:
    person = person_with(f"{fold(name).replace(' ', '.')}@example.org", name, "en", now)
    person.joined_at = now
    return person


def _start(crew: Crew, guests: list[Person], chance: random.Random, now: datetime) -> Group:
    town = gazetteer().find(crew.town)[0]
    owner = _person(crew.owner, now)
    fields = {
        "name": crew.name,
        "summary": crew.summary,
        "about": crew.about,
        "place_name": town.label,
        "country_code": town.country_code,
        "lat": town.lat,
        "lon": town.lon,
        "zone": town.zone,
        "causes": list(crew.causes),
        "colour": crew.colour,
        "links": [{"label": label, "url": url} for label, url in crew.links],
    }
    group = start(owner, fields, now)
    for person in chance.sample(guests, chance.randint(6, 18)):
        join(group, person, now)
    # The demo's organizers would drown in letters about answers that nobody gave.
    for membership in group.memberships:
        membership.answer_mail = "never"
    return group


def _events(crew: Crew, group: Group, now: datetime) -> Iterator[Event]:
    """The crew's dates, from weeks ago to weeks ahead."""
    weekday, hour, minute, length, every = crew.rhythm
    today = wall_time(now, group.zone).date()
    first = today - timedelta(weeks=WEEKS_BACK) + timedelta(days=(weekday - today.weekday()) % 7)
    for at, week in enumerate(range(0, WEEKS_BACK + WEEKS_AHEAD, every)):
        day = first + timedelta(weeks=week)
        kind, title = crew.titles[at % len(crew.titles)]
        spot = SPOTS[crew.spots[at % len(crew.spots)]]
        starts = datetime.combine(day, time(hour, minute))
        made_at = min(now, now - timedelta(days=30) if day < today else now)
        yield _publish(crew, group, kind, title, spot, starts, length, made_at)


def _earlier(crew: Crew, group: Group, now: datetime) -> None:
    """The crew's dates in the months before."""
    weekday, hour, minute, length, _every = crew.rhythm
    today = wall_time(now, group.zone).date()
    first = today - timedelta(weeks=WEEKS_BACK) + timedelta(days=(weekday - today.weekday()) % 7)
    for back in range(1, MONTHS_BACK + 1):
        kind, title = crew.titles[back % len(crew.titles)]
        spot = SPOTS[crew.spots[back % len(crew.spots)]]
        starts = datetime.combine(first - timedelta(weeks=4 * back), time(hour, minute))
        _publish(crew, group, kind, title, spot, starts, length, now - timedelta(weeks=4 * back + 8))


def _publish(
    crew: Crew, group: Group, kind: str, title: str, spot: Spot, starts: datetime, length: int, now: datetime
) -> Event:
    fields: dict[str, Any] = {
        **times(starts, starts + timedelta(minutes=length), group.zone),
        "title": title,
        "kind": kind,
        "summary": crew.summary,
        "description": crew.about,
        "capacity": crew.capacity,
        "largest_party": 8,
        "bring": BRING,
        "provided": PROVIDED,
        "schedule": [{"time": f"{starts + timedelta(minutes=m):%-H:%M}", "what": what} for m, what in SCHEDULE],
        "families": "yes",
        "languages": ["English", "Español"],
        **_place(spot),
    }
    event = new_event(group, now, **fields)
    publish(event, now)
    return event


def _place(spot: Spot) -> dict[str, Any]:
    town, pin = gazetteer().find(spot.town)[0], parse_pin(spot.pin)
    return {
        "venue": spot.venue,
        "place_name": town.label,
        "country_code": town.country_code,
        "lat": pin.lat,
        "lon": pin.lon,
        "precision": PIN,
        "meeting_point": spot.meeting_point,
        "parking": spot.parking,
    }


def _answer(event: Event, guests: list[Person], chance: random.Random, now: datetime) -> None:
    """Some come, some may; what is full gets a line."""
    moment = min(now, event.starts_at - timedelta(days=2))
    share = chance.choice((0.2, 0.4, 0.5, 0.7))
    if event.title == "Willows in the ground":
        share = 1.0
    for person in guests:
        if chance.random() > share:
            continue
        answer = MAYBE if chance.random() < 0.12 else GOING
        adults, minors = chance.choice((1, 1, 1, 2)), chance.choice((0, 0, 0, 1))
        party = Party(adults, minors, 13 if minors else None)
        respond(event, person, person.name, answer, party, "", moment)


def _roles(crew: Crew, group: Group, now: datetime) -> dict[str, Role]:
    """The usual roles that the crew's shifts are of."""
    usual = presets()
    keys = dict.fromkeys(key for key, *_plan in crew.shifts)
    told = {"instructions": INSTRUCTIONS, "contact": f"{crew.owner}, 408 555 0100"}
    return {key: add_role(group, usual[key] | told, now) for key in keys}


def _staff(crew: Crew, event: Event, roles: dict[str, Role], chance: random.Random, now: datetime) -> None:
    """The event's shifts, some of whose places somebody has."""
    for key, starts_after, lasts, hands in crew.shifts:
        plan = {"role_id": roles[key].id, "starts_after": starts_after, "lasts": lasts}
        shift = add_shift(event, plan | {"minimum": 1, "target": hands, "maximum": hands}, now)
        coming = [row for row in roster(event) if row.standing == SEATED and not row.has_shift]
        covered = crew.owner == "Minh Tran"
        for rsvp in chance.sample(coming, min(len(coming), hands if covered else chance.randint(0, hands))):
            with suppress(Refused):
                place_guest(shift, rsvp, now, tell=False)


def _bad_news(now: datetime) -> None:
    """One event is cancelled, one postponed."""
    coming = select(Event).where(Event.starts_at > now + timedelta(days=5)).order_by(Event.starts_at)
    sweep = db.session.scalars(coming.where(Event.title.like("Alley sweep%"))).first()
    tide = db.session.scalars(coming.where(Event.title.like("Low tide%"))).first()
    cancel(sweep, "The street is being repaved that week.", now)
    postpone(tide, "The tide tables changed: we look for a better morning.", now)


def _rain(now: datetime) -> None:
    """The next morning at the creek depends on the weather."""
    coming = select(Event).where(Event.starts_at > now + timedelta(days=1), Event.state == PUBLISHED)
    creek = db.session.scalars(coming.where(Event.title.like("%Coyote Creek%")).order_by(Event.starts_at)).first()
    save_day(creek, DAY, now)
    save(creek, {"weather_dependent": True, "decides_before": 14 * 60 + 30, "backup_after": 24 * 60 + 30}, now)


def _report(place: Report, guests: list[Person], chance: random.Random, now: datetime) -> None:
    """Somebody reports a place, others say so too, and a crew does something about it."""
    pin = parse_pin(place.pin)
    fields = {name: getattr(place, name) for name in ("title", "kind", "size", "note")}
    fields |= {"hazards": list(place.hazards), "lat": pin.lat, "lon": pin.lon, "picture": None}
    first, *others = chance.sample(guests, place.echoes + 1)
    spot = report(first, fields, now)
    for person in others:
        me_too(spot, person, now)
    if place.ends == "planned":
        group = db.session.scalar(select(Group).order_by(Group.id).limit(1))
        starts = datetime.combine(wall_time(now, group.zone).date() + timedelta(days=9), time(10))
        event = make_event(spot, group, now)
        save(event, times(starts, starts + timedelta(hours=2), event.zone), now)
        publish(event, now)
    elif place.ends == "cleaned":
        mark_cleaned(spot, None, now)
    elif place.ends == "closed":
        close(spot, DOUBLE, "", now)


def _days(now: datetime) -> None:
    """The first crew is out today, with some checked in; whoever came to its past events has hours, one on paper."""
    group = db.session.scalars(select(Group).order_by(Group.id)).first()
    owner = db.session.scalar(
        select(Person).join(Membership).where(Membership.group_id == group.id, Membership.role == OWNER)
    )
    crew = CREWS[0]
    starts = wall_time(now, group.zone).replace(minute=0, second=0, microsecond=0)
    kind, title = crew.titles[0]
    today = _publish(crew, group, kind, title, SPOTS[crew.spots[0]], starts, 180, now - timedelta(days=3))
    guests = db.session.scalars(select(Person).where(Person.id != owner.id).order_by(Person.id).limit(12)).all()
    for person in guests:
        respond(today, person, person.name, GOING, Party(1, person.id % 2, 13), "", now - timedelta(days=2))
    _check_in(today, owner, now, 7)
    walk_up(today, "Rosa", Party(1, 1), "", now, by=owner)
    save_day(today, DAY, now - timedelta(days=2))
    for rsvp in roster(today)[:9]:
        note_read(rsvp, now)
    past = db.session.scalars(
        select(Event).where(Event.group_id == group.id, Event.ends_at < now, Event.state == PUBLISHED)
    )
    for event in past:
        _check_in(event, owner, event.starts_at, 20)
    member = db.session.scalar(select(Person).where(Person.email == "lan.vu@example.org"))
    for stay in stays_with(member, now)[:1]:
        issue(ask(stay.event.group, member, member.name, now, event=stay.event), owner, now)


def _waivers(now: datetime) -> None:
    """The first crew brings a waiver in two languages; today's event and the next ask for it, and some have signed."""
    group = db.session.scalars(select(Group).order_by(Group.id)).first()
    owner = db.session.scalar(select(Person).where(Person.email == "ana.robles@example.org"))
    waiver = add_waiver(group, group.name, WAIVER, owner, now)
    coming = select(Event).where(Event.group_id == group.id, Event.ends_at > now, Event.state == PUBLISHED)
    for event in db.session.scalars(coming.order_by(Event.starts_at).limit(2)).all():
        rules = {"consent_under": 18, "accompanied_under": 13, "minors_per_adult": 4}
        set_rules(event, None, rules | {"emergency": "optional", "photos": True}, [waiver.id], now)
        agreed = [text.id for text in texts_of([waiver])[waiver.id].values()][:1]
        for number, rsvp in enumerate(row for row in roster(event) if row.standing == SEATED):
            if number % 2 == 0:
                sign_adult(signers_of(rsvp), rsvp.name, agreed, now)
                if rsvp.minors and number % 4 == 0:
                    sign_minor(signers_of(rsvp), "Sol", rsvp.name, "mother", 13, agreed, now)
            if number % 3 == 0:
                save_photo_answer(rsvp, number % 2 == 0, now)


def _check_in(event: Event, by: Person, moment: datetime, most: int) -> None:
    came = select(Rsvp).where(Rsvp.event_id == event.id, Rsvp.standing == SEATED).order_by(Rsvp.id).limit(most)
    for rsvp in db.session.scalars(came).all():
        mark(rsvp, IN, "", moment, by=by)


def _lists(now: datetime) -> None:
    """The first crew's next event has a bring list, half of it claimed, and two rides."""
    group = db.session.scalars(select(Group).order_by(Group.id)).first()
    coming = select(Event).where(Event.group_id == group.id, Event.starts_at > now + timedelta(days=1))
    event = db.session.scalars(coming.order_by(Event.starts_at)).first()
    add_items(event, [dict(zip(("name", "wanted", "note"), thing, strict=True)) for thing in THINGS], now)
    seated = [row for row in roster(event) if row.standing == SEATED]
    for item, rsvp in zip(items_of(event), seated, strict=False):
        claim(item, (item.wanted + 1) // 2, rsvp.person, rsvp.name, now)
    for (way, corner, town, early, seats), driver, passenger in zip(RIDES, seated[-2:], seated[:2], strict=False):
        plan = {"way": way, "start": corner, "town": geocode(town)[0].label, "leaves_after": -early, "seats": seats}
        ride = offer(driver, plan | {"note": "", "contact": "408 555 0111"}, now)
        take_seats(ride, passenger, 1, "408 555 0122", now)


def _drop_mail(now: datetime) -> None:
    db.session.execute(
        update(Letter).where(Letter.state == WAITING).values(state=DROPPED, last_error="demo", ended_at=now, facts={})
    )


def _links(now: datetime) -> list[tuple[str, str]]:
    """Fresh sign-in links."""
    people = (("organizer", "ana.robles@example.org"), ("member", "lan.vu@example.org"))
    links = [
        (who, site_link("people.enter", token=link_for(email, "/dashboard" if who == "organizer" else "/", now)))
        for who, email in people
    ]
    db.session.commit()
    return links
