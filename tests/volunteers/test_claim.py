"""Taking shifts and giving them up: places, lines, seats, swaps."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from staytouch_events.db import db
from staytouch_events.events.actions import cancel, restore, save
from staytouch_events.outbox.models import Letter
from staytouch_events.people.models import Person
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, answer_of, respond, withdraw
from staytouch_events.rsvps.hosting import remove as remove_answer
from staytouch_events.rsvps.models import DECLINED, GOING, MAYBE, SEATED, Rsvp
from staytouch_events.rsvps.models import WAITING as IN_EVENTS_LINE
from staytouch_events.rsvps.seats import seats_free
from staytouch_events.volunteers.actions import claim, claim_as_guest, keep, offer, release
from staytouch_events.volunteers.lines import place_in_shifts_line, places_free
from staytouch_events.volunteers.models import ASKED, HELD, NONE, WAITING, WISHED, SignUp
from staytouch_events.volunteers.queries import needs_of
from staytouch_events.volunteers.staffing import decide, move, place, remove

from ..cast import NOW, a_group, a_person, an_event
from .cast import a_role, a_shift


def takes(shift, who) -> SignUp:
    """Somebody signs up."""
    person = a_person(who) if isinstance(who, str) else who
    sign_up = claim(shift, person, person.name, NOW)
    db.session.commit()
    return sign_up


def letters_to(who: str) -> list[str]:
    """Kinds and news of what is posted to somebody, in order."""
    rows = db.session.scalars(
        select(Letter).where(Letter.to_email == f"{who}@example.org", Letter.state == "waiting").order_by(Letter.id)
    )
    return [row.facts.get("news") or row.kind for row in rows]


def test_a_shift_brings_a_seat_with_it_and_one_letter(app):
    event = an_event(a_group(), capacity=3)
    sign_up = takes(a_shift(event, target=2), "bob")
    assert (sign_up.standing, sign_up.rsvp.answer, sign_up.rsvp.standing, sign_up.rsvp.party) == (
        HELD,
        GOING,
        SEATED,
        1,
    )
    assert letters_to("bob") == [HELD]
    assert seats_free(event) == 2


def test_a_maybe_becomes_going_and_a_party_keeps_its_size(app):
    event = an_event(a_group(), capacity=9)
    shift = a_shift(event, target=3)
    maybe, family = a_person("mo"), a_person("fay")
    respond(event, maybe, "Mo", MAYBE, Party(2), "", NOW)
    respond(event, family, "Fay", GOING, Party(2, 1), "", NOW)
    assert takes(shift, maybe).rsvp.party == 2 and takes(shift, family).rsvp.party == 3
    assert answer_of(event, maybe).answer == GOING
    assert places_free(shift) == 1


def test_the_last_place_goes_to_the_first_and_who_waits_gets_it_in_order_and_is_told(app):
    shift = a_shift(an_event(a_group()))
    first, second, third = takes(shift, "bob"), takes(shift, "charlie"), takes(shift, "dora")
    assert [row.standing for row in (first, second, third)] == [HELD, WAITING, WAITING]
    assert place_in_shifts_line(third) == 2
    release(first, NOW)
    assert (first.standing, first.rsvp.standing, second.standing, third.standing) == (NONE, SEATED, HELD, WAITING)
    assert letters_to("charlie") == ["promoted"]


def test_two_shifts_that_share_a_minute_are_refused_by_name_and_neighbours_are_not(app):
    event, bob = an_event(a_group()), a_person("bob")
    early = a_shift(event, lasts=60)
    meeting = a_shift(event, a_role(event.group, name="First aid"), starts_after=59)
    late = a_shift(event, a_role(event.group, name="Counter"), starts_after=60)
    takes(early, bob)
    with pytest.raises(Refused, match=r"First aid, 9:29–10:29.am is at the same time as Driver, 8:30–9:30.am"):
        takes(meeting, bob)
    db.session.rollback()
    assert takes(late, bob).standing == HELD


def test_nobody_signs_up_twice_and_who_comes_back_has_the_same_row(app):
    shift, bob = a_shift(an_event(a_group()), target=2), a_person("bob")
    row = takes(shift, bob)
    with pytest.raises(Refused, match="already"):
        claim(shift, bob, "Bob", NOW)
    release(row, NOW)
    assert takes(shift, bob).id == row.id
    assert db.session.scalar(select(func.count(SignUp.id))) == 1


@pytest.mark.parametrize(
    ("plan", "moment", "words"),
    [
        ({"opens_after": -60}, NOW, "not open yet"),
        ({"locks_after": -5 * 24 * 60}, NOW, "closed"),
        ({}, datetime.fromisoformat("2026-11-28T18:00:00+00:00"), "over"),
    ],
)
def test_a_shift_has_its_hours(app, plan, moment, words):
    shift = a_shift(an_event(a_group()), **plan)
    with pytest.raises(Refused, match=words):
        claim(shift, a_person("bob"), "Bob", moment)


def test_withdrawing_and_being_removed_release_the_shift(app):
    shift = a_shift(an_event(a_group()))
    first, second, third = takes(shift, "bob"), takes(shift, "charlie"), takes(shift, "dora")
    withdraw(first.rsvp, NOW)
    assert (first.standing, first.rsvp.has_shift, second.standing) == (NONE, False, HELD)
    remove_answer(second.rsvp, NOW, tell=True)
    assert (second.standing, third.standing) == (NONE, HELD)


def test_a_cancelled_event_needs_nobody_and_takes_its_shifts_up_again(app):
    event = an_event(a_group())
    shift = a_shift(event, target=2)
    sign_up = takes(shift, "bob")
    before = sign_up.sequence
    cancel(event, "Rain", NOW)
    assert needs_of([event.id], NOW) == {}
    with pytest.raises(Refused, match="cancelled"):
        takes(shift, "charlie")
    restore(event, NOW)
    assert (sign_up.standing, sign_up.sequence) == (HELD, before + 2)
    assert needs_of([event.id], NOW)[event.id].hands == 1


def test_kept_seats_are_for_people_with_a_shift_who_may_use_all(app):
    event = an_event(a_group(), capacity=4, seats_for_shifts=2)
    shift = a_shift(event, target=4)
    for who in ("bob", "charlie"):
        respond(event, a_person(who), who, GOING, Party(), "", NOW)
    late = respond(event, a_person("dora"), "Dora", GOING, Party(), "", NOW).rsvp
    assert (late.standing, seats_free(event), seats_free(event, with_shift=True)) == (IN_EVENTS_LINE, 0, 2)
    assert takes(shift, "erin").rsvp.standing == SEATED
    assert late.standing == IN_EVENTS_LINE
    takes(shift, "fay")
    full = takes(shift, "gus")
    assert (full.standing, full.rsvp.standing) == (WISHED, IN_EVENTS_LINE)


def test_who_takes_a_shift_from_a_plain_seat_frees_one_that_was_kept(app):
    event = an_event(a_group(), capacity=2, seats_for_shifts=1)
    bob = a_person("bob")
    respond(event, bob, "Bob", GOING, Party(), "", NOW)
    waits = respond(event, a_person("charlie"), "Charlie", GOING, Party(), "", NOW).rsvp
    assert waits.standing == IN_EVENTS_LINE
    takes(a_shift(event), bob)
    assert waits.standing == SEATED


def test_a_wish_waits_for_a_seat_and_comes_true_with_it_in_one_letter(app):
    event = an_event(a_group(), capacity=1)
    shift = a_shift(event, target=1)
    first = respond(event, a_person("bob"), "Bob", GOING, Party(), "", NOW).rsvp
    wish = takes(shift, "charlie")
    assert (wish.standing, wish.rsvp.standing) == (WISHED, IN_EVENTS_LINE)
    assert letters_to("charlie") == [WISHED]
    withdraw(first, NOW)
    assert (wish.standing, wish.rsvp.standing, wish.rsvp.has_shift) == (HELD, SEATED, True)
    assert letters_to("charlie") == [WISHED, "rsvps.promoted"]


def test_a_wish_for_a_shift_that_filled_meanwhile_is_a_place_in_its_line(app):
    event = an_event(a_group(), capacity=2)
    shift = a_shift(event, target=1)
    bob = a_person("bob")
    respond(event, bob, "Bob", GOING, Party(), "", NOW)
    second = respond(event, a_person("dora"), "Dora", GOING, Party(), "", NOW).rsvp
    wish = takes(shift, "charlie")
    takes(shift, bob)
    assert not wish.rsvp.has_shift
    withdraw(second, NOW)
    assert (wish.standing, wish.rsvp.standing) == (WAITING, SEATED)


def test_somebody_in_the_events_line_gets_a_kept_seat_by_taking_a_shift_in_one_letter(app):
    event = an_event(a_group(), capacity=2, seats_for_shifts=1)
    respond(event, a_person("bob"), "Bob", GOING, Party(), "", NOW)
    charlie = a_person("charlie")
    waits = respond(event, charlie, "Charlie", GOING, Party(), "", NOW).rsvp
    assert waits.standing == IN_EVENTS_LINE
    assert takes(a_shift(event), charlie).standing == HELD
    assert waits.standing == SEATED
    assert letters_to("charlie") == ["rsvps.answered", HELD]


def test_without_a_waitlist_only_a_kept_seat_lets_a_helper_in(app):
    event = an_event(a_group(), capacity=2, seats_for_shifts=1, waitlist=False)
    shift = a_shift(event, target=5)
    respond(event, a_person("bob"), "Bob", GOING, Party(), "", NOW)
    with pytest.raises(Refused, match="full"):
        respond(event, a_person("dora"), "Dora", GOING, Party(), "", NOW)
    assert takes(shift, "erin").rsvp.standing == SEATED
    with pytest.raises(Refused, match="full"):
        takes(shift, "fay")


def test_a_sign_up_that_needs_a_yes_waits_for_it_and_is_told_either_way(app):
    event = an_event(a_group())
    shift = a_shift(event, a_role(event.group, name="Sharps", approval=True))
    first, second, third = takes(shift, "bob"), takes(shift, "charlie"), takes(shift, "dora")
    assert [row.standing for row in (first, second, third)] == [ASKED] * 3
    assert (first.rsvp.standing, places_free(shift)) == (SEATED, 1)
    decide(first, True, NOW)
    decide(second, False, NOW)
    decide(third, True, NOW)
    assert [row.standing for row in (first, second, third)] == [HELD, NONE, WAITING]
    assert [letters_to(who) for who in ("bob", "charlie", "dora")] == [[HELD], ["refused"], [WAITING]]
    with pytest.raises(Refused, match="already"):
        decide(first, False, NOW)


def test_an_offered_place_stays_until_somebody_takes_it_and_both_are_told(app):
    shift = a_shift(an_event(a_group()))
    mine = takes(shift, "bob")
    offer(mine, NOW)
    assert mine.standing == HELD and places_free(shift) == 0
    keep(mine, NOW)
    assert takes(shift, "charlie").standing == WAITING
    offer(mine, NOW)
    assert mine.standing == NONE
    assert letters_to("bob") == ["swapped"] and letters_to("charlie") == ["promoted"]
    taken = db.session.scalar(select(SignUp).where(SignUp.standing == HELD))
    offer(taken, NOW)
    assert takes(shift, "dora").standing == HELD
    assert taken.standing == NONE and letters_to("charlie") == ["swapped"]


def test_organizers_place_move_and_remove_people(app):
    event = an_event(a_group(), capacity=2)
    shift, other = a_shift(event), a_shift(event, a_role(event.group, name="Counter"))
    row = place(shift, "Gia", "gia@example.org", NOW, tell=True)
    db.session.commit()
    assert (row.standing, row.rsvp.standing) == (HELD, SEATED)
    with pytest.raises(Refused, match="All places are taken: Driver"):
        place(shift, "Walk-in", "", NOW, tell=True)
    db.session.rollback()
    moved = move(row, other, NOW, tell=True)
    assert (row.standing, moved.standing, places_free(shift)) == (NONE, HELD, 1)
    remove(moved, NOW, tell=False)
    assert (moved.standing, moved.rsvp.standing) == (NONE, SEATED)
    db.session.commit()
    assert letters_to("gia") == [HELD, "moved"]


def test_a_known_address_changes_nothing_until_its_letter_is_answered(app):
    event = an_event(a_group())
    shift = a_shift(event, target=3)
    claim_as_guest(shift, "gia@example.org", "Gia", "en", NOW)
    gia = db.session.scalar(select(Person).where(Person.email == "gia@example.org"))
    assert answer_of(event, gia).has_shift
    respond(event, gia, "Gia", DECLINED, Party(), "", NOW)
    claim_as_guest(shift, "gia@example.org", "Mallory", "en", NOW)
    rsvp = db.session.scalar(select(Rsvp))
    assert (rsvp.answer, rsvp.name, places_free(shift)) == (DECLINED, "Gia", 3)
    db.session.commit()
    assert letters_to("gia") == [HELD, "rsvps.answered", "volunteers.asked"]


def test_more_places_let_the_line_in(app):
    from staytouch_events.volunteers.shifts import save_shift

    shift = a_shift(an_event(a_group()))
    takes(shift, "bob")
    waits = takes(shift, "charlie")
    save_shift(shift, {"maximum": 2, "target": 2}, NOW)
    assert waits.standing == HELD


def test_more_seats_bring_wishes_true(app):
    event = an_event(a_group(), capacity=1)
    shift = a_shift(event, target=2)
    takes(shift, "bob")
    wish = takes(shift, "charlie")
    save(event, {"capacity": 2}, NOW + timedelta(minutes=1))
    assert wish.standing == HELD
