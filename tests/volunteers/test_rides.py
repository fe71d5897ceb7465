"""Rides: offering, asking, leaving, taking back, and who hears of what."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import cancel, new_event, postpone, restore, save
from staytouch_events.events.times import times
from staytouch_events.outbox import Dropped
from staytouch_events.outbox.models import WAITING as TO_SEND
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render
from staytouch_events.purge import purge
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.actions import withdraw as take_back_answer
from staytouch_events.rsvps.additions import roster_words
from staytouch_events.rsvps.models import GOING, MAYBE, WAITING
from staytouch_events.volunteers.ride_letters import OFF
from staytouch_events.volunteers.ride_models import BACK, BOTH, THERE, RideSeat
from staytouch_events.volunteers.ride_queries import passengers_of, rides_of
from staytouch_events.volunteers.ride_words import ride_words
from staytouch_events.volunteers.rides import leave, offer, put_off, seats_free, take_seats, withdraw

from ..cast import NOW, a_group, a_person, an_event
from ..walks.letters import invitation_in
from .cast import a_ride, comes
from .test_letters import letter_to, words

LATER = NOW + timedelta(minutes=11)


def rides_along(ride, who: str, seats: int = 1) -> RideSeat:
    """So many come and take seats."""
    seat = take_seats(ride, comes(ride.event, who, seats), seats, f"{who}@phone", NOW)
    db.session.commit()
    return seat


def news_to(who: str) -> list[str]:
    """What letters that wait for somebody tell of rides."""
    wanted = select(Letter).where(Letter.to_email == f"{who}@example.org", Letter.state == TO_SEND)
    return [row.facts["news"] for row in db.session.scalars(wanted.order_by(Letter.id)) if "news" in row.facts]


def fields(ride, **changes) -> dict:
    """A ride's fields, some of them changed."""
    names = ("way", "start", "town", "leaves_after", "seats", "note", "contact")
    return {name: getattr(ride, name) for name in names} | changes


def test_seats_go_to_the_first_and_a_party_takes_several(app):
    ride = a_ride(an_event(a_group()))
    rides_along(ride, "pat", 2)
    with pytest.raises(Refused, match="Only 1 seat is free"):
        rides_along(ride, "fay", 2)
    db.session.rollback()
    rides_along(ride, "lee")
    with pytest.raises(Refused, match="Somebody was faster"):
        rides_along(ride, "gus")
    assert seats_free(ride) == 0


def test_a_party_takes_no_more_seats_than_it_is_people_and_may_change_their_number(app):
    ride = a_ride(an_event(a_group()))
    seat = rides_along(ride, "pat", 3)
    with pytest.raises(Refused, match="You said that 3 come"):
        take_seats(ride, seat.rsvp, 4, "x", NOW)
    take_seats(ride, seat.rsvp, 1, "x", NOW)
    assert seats_free(ride) == 2


def test_driver_and_passenger_each_hear_how_to_reach_the_other_and_nobody_else_does(app):
    ride = a_ride(an_event(a_group()), note="Blue van")
    rides_along(ride, "pat")
    rides_along(ride, "lee")
    driver, passenger = letter_to("dee", LATER), letter_to("pat")
    assert passenger["Subject"] == "You have a ride: Berryessa BART"
    for text in (words(passenger), invitation_in(passenger)[1]["DESCRIPTION"].replace("\u00a0", " ")):
        assert "Your ride: from Berryessa BART at 8 am and back" in text
        assert "Reach Dee: 408 555 0111" in text and "Blue van" in text and "lee@phone" not in text
    assert driver["Subject"] == "Lee rides with you"
    for text in (words(driver), invitation_in(driver)[1]["DESCRIPTION"]):
        assert "Pat, 1 seat: pat@phone" in text and "Lee, 1 seat: lee@phone" in text and "1 of 3 seats are free" in text


def test_what_letters_keep_says_nothing_of_how_to_reach_anybody(app):
    ride = a_ride(an_event(a_group()))
    seat = rides_along(ride, "pat")
    offer(ride.rsvp, fields(ride, start="The lot"), NOW)
    put_off(seat, NOW)
    kept = " ".join(str(facts) for facts in db.session.scalars(select(Letter.facts)))
    assert "555" not in kept and "@phone" not in kept


def test_the_roster_says_who_drives_and_who_rides_with_whom(app):
    event = an_event(a_group())
    ride = a_ride(event)
    seat = rides_along(ride, "pat")
    said = roster_words(event)
    assert "drives, 3 seats" in said[ride.rsvp_id].split("; ") and "rides with Dee" in said[seat.rsvp_id].split("; ")


def test_leaving_frees_the_seats_and_tells_both(app):
    ride = a_ride(an_event(a_group()))
    seat = rides_along(ride, "pat")
    leave(ride, seat.rsvp, NOW)
    assert seats_free(ride) == 3
    assert (news_to("pat"), news_to("dee")) == (["left"], ["offered", "leaves"])
    assert "Reach Dee" not in words(letter_to("pat"))
    leave(ride, seat.rsvp, NOW)
    assert news_to("dee") == ["offered", "leaves"]


def test_a_driver_who_cannot_take_somebody_tells_them(app):
    ride = a_ride(an_event(a_group()))
    seat = rides_along(ride, "pat")
    put_off(seat, NOW)
    assert seats_free(ride) == 3
    assert "Dee can't take you along any more" in words(letter_to("pat"))
    assert "408 555" not in words(letter_to("pat"))


def test_a_ride_taken_back_tells_whoever_has_a_seat(app):
    event = an_event(a_group())
    ride = a_ride(event)
    rides_along(ride, "pat")
    withdraw(ride, NOW)
    assert not rides_of(event)
    assert letter_to("pat")["Subject"] == "Your ride is off: Berryessa BART"
    assert news_to("dee") == ["taken", "taken_back"]
    assert letter_to("dee")["Subject"] == "Ride taken back: Berryessa BART"
    taken = db.session.scalars(select(Letter)).all()
    with pytest.raises(Dropped, match="ride is gone"):
        render(next(row for row in taken if row.facts.get("news") == "taken"), NOW)


def test_a_ride_the_crew_takes_off_tells_the_driver_too(app):
    ride = a_ride(an_event(a_group()))
    rides_along(ride, "pat")
    withdraw(ride, NOW, told=OFF)
    assert (news_to("pat"), news_to("dee")[-1]) == (["gone"], "off")


def test_a_driver_who_does_not_come_does_not_drive(app):
    event = an_event(a_group())
    ride = a_ride(event)
    rides_along(ride, "pat")
    take_back_answer(ride.rsvp, NOW)
    assert not rides_of(event)
    assert news_to("pat") == ["gone"]


def test_a_passenger_who_does_not_come_frees_the_seats_and_a_smaller_party_some(app):
    ride = a_ride(an_event(a_group()))
    family, pat = rides_along(ride, "fay", 2), rides_along(ride, "pat")
    respond(ride.event, family.rsvp.person, "Fay", GOING, Party(1), "", NOW)
    assert (family.seats, seats_free(ride)) == (1, 1)
    take_back_answer(pat.rsvp, NOW)
    assert seats_free(ride) == 2
    assert news_to("dee")[-1] == "leaves"


def test_a_changed_ride_is_told_to_who_rides_along_in_one_letter(app):
    ride = a_ride(an_event(a_group()))
    rides_along(ride, "pat")
    offer(ride.rsvp, fields(ride, leaves_after=-60), NOW)
    offer(ride.rsvp, fields(ride, contact="new@phone"), NOW)
    assert news_to("pat") == ["seat", "changed"]
    text = words(letter_to("pat", LATER))
    assert "from Berryessa BART at 7:30 am and back" in text and "new@phone" in text
    offer(ride.rsvp, fields(ride, seats=2), NOW)
    assert news_to("pat") == ["seat", "changed"]


def test_seats_that_are_taken_are_not_offered_away(app):
    ride = a_ride(an_event(a_group()))
    rides_along(ride, "pat", 2)
    with pytest.raises(Refused, match="2 seats are taken"):
        offer(ride.rsvp, fields(ride, seats=1), NOW)


def test_nobody_goes_twice_the_same_way_and_back_is_another(app):
    event = an_event(a_group())
    there, back, both = a_ride(event, way=THERE), a_ride(event, "ben", way=BACK), a_ride(event, "cas", way=BOTH)
    seat = rides_along(there, "pat")
    with pytest.raises(Refused, match="that way already"):
        take_seats(both, seat.rsvp, 1, "x", NOW)
    take_seats(back, seat.rsvp, 1, "x", NOW)
    with pytest.raises(Refused, match="that way already"):
        offer(seat.rsvp, fields(both, way=THERE), NOW)
    with pytest.raises(Refused, match="your own ride"):
        take_seats(both, both.rsvp, 1, "x", NOW)


def test_only_who_has_a_spot_drives_or_rides(app):
    event = an_event(a_group(), capacity=1)
    ride = a_ride(event)
    waits = comes(event, "pat")
    maybe = respond(event, a_person("mo"), "Mo", MAYBE, Party(), "", NOW).rsvp
    assert waits.standing == WAITING
    for rsvp in (waits, maybe):
        for act in (lambda it=rsvp: take_seats(ride, it, 1, "x", NOW), lambda it=rsvp: offer(it, fields(ride), NOW)):
            with pytest.raises(Refused, match="people who have a spot"):
                act()


def test_a_ride_moves_with_the_event_and_the_letter_about_it_says_so(app):
    event = an_event(a_group())
    ride = a_ride(event)
    rides_along(ride, "pat")
    save(event, times(datetime(2026, 11, 29, 10), datetime(2026, 11, 29, 12), event.zone), NOW)
    assert ride_words(ride).replace("\u00a0", " ") == "from Berryessa BART at 9:30 am and back"
    assert "at 9:30 am and back" in words(letter_to("pat", LATER))


def test_a_cancelled_event_tells_passengers_that_the_ride_is_off_too(app):
    event = an_event(a_group())
    rides_along(a_ride(event), "pat")
    lee = comes(event, "lee")
    cancel(event, "Rain", NOW)
    assert letter_to("pat")["Subject"] == "The ride is off, too: Berryessa BART"
    assert "Reach Dee: 408 555 0111" in words(letter_to("pat")) and "pat@phone" in words(letter_to("dee"))
    restore(event, NOW)
    db.session.commit()
    assert len(passengers_of([rides_of(event)[0].id])) == 1
    cancel(event, "Rain again", NOW)
    with pytest.raises(Refused, match="cancelled"):
        take_seats(rides_of(event)[0], lee, 1, "x", NOW)


def test_a_postponed_event_keeps_its_rides(app):
    event = an_event(a_group())
    ride = a_ride(event)
    postpone(event, "Rain", NOW)
    rsvp = respond(event, a_person("pat"), "Pat", GOING, Party(), "", NOW).rsvp
    assert take_seats(ride, rsvp, 1, "x", NOW).seats == 1


def test_a_copied_event_has_no_rides(app):
    event = an_event(a_group())
    a_ride(event)
    assert not rides_of(new_event(event.group, NOW, copy_of=event))


def test_a_letter_about_a_seat_that_was_given_up_meanwhile_is_not_sent(app):
    ride = a_ride(an_event(a_group()))
    seat = rides_along(ride, "pat")
    offer(ride.rsvp, fields(ride, start="The lot"), NOW)
    leave(ride, seat.rsvp, NOW)
    with pytest.raises(Dropped, match="given up"):
        letter_to("pat", LATER)


def test_rides_and_numbers_are_deleted_a_week_after_the_event(app):
    ride = a_ride(an_event(a_group()))
    rides_along(ride, "pat")
    ended = ride.event.ends_at
    assert purge(ended + timedelta(days=6))["rides"] == 0
    assert purge(ended + timedelta(days=7, minutes=1))["rides"] == 1
    assert db.session.scalars(select(RideSeat)).all() == []
