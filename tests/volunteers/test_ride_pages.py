"""Rides on pages: counts on the event's, one's own on that of one's answer, all of them to organizers."""

from datetime import datetime

import pytest

from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.events.actions import save
from staytouch_events.groups.models import OWNER
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import DECLINED, GOING, MAYBE
from staytouch_events.volunteers.ride_models import BACK, THERE, Ride, RideSeat
from staytouch_events.volunteers.ride_queries import passengers_of, rides_of
from staytouch_events.volunteers.rides import take_seats

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fill
from .cast import a_ride, comes
from .test_pages import page

RIDE = {"way": "both", "start": "Berryessa BART", "leaves": "08:00", "seats": "2", "contact": "408 555 0111"}


def page_of(rsvp) -> str:
    """The page of an answer."""
    return f"/rsvps/{manage_token(rsvp)}"


def press(browser, path: str, action: str):
    """Press a lone button of a page."""
    assert f'action="{action}"' in page(browser, path)
    return browser.post(action)


def offered(event) -> list[Ride]:
    """The event's rides as they are now."""
    db.session.rollback()
    return list(rides_of(event))


def seats(ride) -> list[tuple[str, int]]:
    """Who has how many seats."""
    db.session.rollback()
    return [(row.rsvp.name, row.seats) for row in passengers_of([ride.id])]


def test_the_public_reads_how_many_seats_are_free_and_nothing_else(client):
    event = an_event(a_group())
    a_ride(event, note="Blue van", town="Milpitas, CA")
    text = page(client, f"/events/{event.slug}").split('id="rides"')[1].split("</section>")[0]
    assert "3 free seats in cars" in text
    for hidden in ("Dee", "Berryessa", "Milpitas", "Blue van", "555"):
        assert hidden not in text


def test_who_answered_reads_from_where_and_nobodys_name(browser_of):
    event, bob = an_event(a_group()), a_person("bob")
    a_ride(event)
    a_ride(event, "ben", town="Milpitas, CA", way=THERE, seats=1)
    a_ride(event, "cas", way=BACK)
    respond(event, bob, "Bob", MAYBE, Party(), "", NOW)
    db.session.commit()
    text = page(browser_of(bob), f"/events/{event.slug}").split('id="rides"')[1].split("</section>")[0]
    for line in ("3 free seats from Berryessa BART", "1 free seat from Milpitas, CA", "3 free seats back to Berryessa"):
        assert line in text
    assert "Dee" not in text and "555" not in text and "Ask for a seat" in text


def test_who_answered_is_offered_the_first_ride(browser_of):
    event, bob = an_event(a_group()), a_person("bob")
    respond(event, bob, "Bob", GOING, Party(), "", NOW)
    db.session.commit()
    text = page(browser_of(bob), f"/events/{event.slug}").split('id="rides"')[1].split("</section>")[0]
    assert "Share a ride" in text and "#rides" in text


def test_without_rides_or_without_a_place_the_page_is_silent(client):
    group = a_group()
    bare, online = an_event(group), an_event(group, venue="", online=True, online_url="https://example.org")
    a_ride(online)
    for event in (bare, online):
        assert 'id="rides"' not in page(client, f"/events/{event.slug}")


def test_a_guest_offers_a_ride_by_link_changes_it_and_takes_it_back(client):
    event = an_event(a_group())
    gia = comes(event, "gia")
    mine = page_of(gia)
    assert "Nobody offers a seat yet" in page(client, mine)
    assert fill(client, f"{mine}/ride", **RIDE, town="95112").status_code == 303
    (ride,) = offered(event)
    assert (ride.rsvp_id, ride.leaves_after, ride.seats, ride.town) == (gia.id, -30, 2, "San Jose, CA")
    assert "You drive: from Berryessa BART" in page(client, mine)
    assert fill(client, f"{mine}/ride", leaves="07:30").status_code == 303
    assert offered(event)[0].leaves_after == -60
    assert press(client, f"{mine}/ride", f"{mine}/ride/withdraw").status_code == 303
    assert offered(event) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"start": ""}, "Say where people get in."),
        ({"contact": ""}, "Say how people reach you."),
        ({"leaves": "09:30"}, "That is after the event has started."),
        ({"leaves": ""}, "When does it leave?"),
        ({"seats": "0"}, "Type a whole number from 1 to 20."),
        ({"town": "qqqqqq"}, "No town or ZIP of this name is known here."),
        ({"way": "up"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_about_a_ride_is_told_at_its_field_and_what_was_typed_stays(client, typed, told):
    event = an_event(a_group())
    answer = fill(client, f"{page_of(comes(event, 'gia'))}/ride", **{**RIDE, "note": "Blue van", **typed})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and told in text and 'value="Blue van"' in text
    assert offered(event) == []


def test_a_ride_back_over_midnight_is_on_the_next_day(client):
    event = an_event(a_group(), starts_wall=datetime(2026, 11, 28, 21, 30))
    fill(client, f"{page_of(comes(event, 'gia'))}/ride", **{**RIDE, "way": "back", "leaves": "00:45"})
    assert offered(event)[0].leaves_wall == datetime(2026, 11, 29, 0, 45)


def test_a_passenger_asks_sees_how_to_reach_the_driver_and_leaves(client):
    event = an_event(a_group())
    ride, pat = a_ride(event), comes(event, "pat", 2)
    mine = page_of(pat)
    one = f"{mine}/rides/{ride.id}"
    assert "Ask for a seat" in page(client, mine) and "555 0111" not in page(client, mine) + page(client, one)
    assert fill(client, one, contact="pat@phone").status_code == 303
    assert seats(ride) == [("Pat", 2)]
    assert "Reach Dee: 408 555 0111" in page(client, mine)
    assert "pat@phone" in page(client, page_of(ride.rsvp))
    assert press(client, mine, f"{one}/leave").status_code == 303
    assert seats(ride) == [] and "555 0111" not in page(client, mine)


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ({"contact": ""}, 422, "Say how the driver reaches you."),
        ({"seats": "x"}, 422, "Type a whole number from 1 to 20."),
        ({"seats": "2"}, 409, "You said that 1 comes."),
    ],
)
def test_what_is_wrong_about_a_seat_is_told(client, typed, status, told):
    event = an_event(a_group())
    ride, pat = a_ride(event), comes(event, "pat")
    answer = fill(client, f"{page_of(pat)}/rides/{ride.id}", **{"contact": "pat@phone", **typed})
    assert answer.status_code == status and told in answer.get_data(as_text=True)
    assert seats(ride) == []


def test_the_drivers_name_stays_hidden_where_names_are(client):
    event = an_event(a_group())
    ride, pat = a_ride(event), comes(event, "pat")
    one = f"{page_of(pat)}/rides/{ride.id}"
    assert "Dee" in page(client, one)
    save(event, {"names_hidden": True}, NOW)
    db.session.commit()
    assert "Dee" not in page(client, one)


def test_who_only_may_come_reads_counts_and_who_declined_nothing(client):
    event = an_event(a_group())
    a_ride(event)
    maybe = respond(event, a_person("mo"), "Mo", MAYBE, Party(), "", NOW).rsvp
    no = respond(event, a_person("ned"), "Ned", DECLINED, Party(), "", NOW).rsvp
    db.session.commit()
    text = page(client, page_of(maybe))
    assert "3 free seats from Berryessa BART" in text and "With a spot at the event" in text
    assert 'id="rides"' not in page(client, page_of(no))
    refused = fill(client, f"{page_of(maybe)}/ride", **RIDE)
    assert refused.status_code == 409 and "people who have a spot" in refused.get_data(as_text=True)


def test_a_driver_puts_off_a_passenger_of_theirs_and_nobody_elses(client):
    event = an_event(a_group())
    ride, other = a_ride(event), a_ride(event, "ben")
    seat = take_seats(ride, comes(event, "pat"), 1, "pat@phone", NOW)
    db.session.commit()
    number = seat.id
    assert client.post(f"{page_of(other.rsvp)}/ride/passengers/{number}").status_code == 404
    assert seats(ride) == [("Pat", 1)]
    drivers = page_of(ride.rsvp)
    assert press(client, drivers, f"{drivers}/ride/passengers/{number}").status_code == 303
    assert db.session.get(RideSeat, number) is None


def test_a_ride_to_another_event_is_not_found(client):
    group = a_group()
    ride, pat = a_ride(an_event(group)), comes(an_event(group), "pat")
    assert client.get(f"{page_of(pat)}/rides/{ride.id}").status_code == 404
    assert client.post(f"{page_of(pat)}/rides/{ride.id}", data={"seats": 1, "contact": "x"}).status_code == 404


def test_organizers_see_who_rides_with_whom_and_take_a_ride_off(browser_of):
    alice, group = a_person("alice"), a_group()
    a_membership(alice, group, OWNER)
    event, browser = an_event(group), browser_of(alice)
    board = f"/events/{event.slug}/manage/rides"
    assert "No rides yet" in page(browser, board)
    ride = a_ride(event)
    take_seats(ride, comes(event, "pat"), 1, "pat@phone", NOW)
    db.session.commit()
    text = page(browser, board)
    assert "Dee" in text and "Pat, 1 seat" in text and "555" not in text and "@phone" not in text
    assert fill(browser, board, f"{board}/{ride.id}/remove").status_code == 303
    assert offered(event) == []
