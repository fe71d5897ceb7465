"""The bring list: what is wanted, who brings what, and what happens when either changes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import cancel, new_event
from staytouch_events.outbox.models import WAITING as TO_SEND
from staytouch_events.outbox.models import Letter
from staytouch_events.people.models import Person
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, answer_of, respond, withdraw
from staytouch_events.rsvps.additions import roster_words
from staytouch_events.rsvps.hosting import remove
from staytouch_events.rsvps.models import DECLINED, GOING, MAYBE, SEATED
from staytouch_events.volunteers.bring import claim, claim_as_guest, left, release
from staytouch_events.volunteers.bring_lists import add_items, remove_item, save_item
from staytouch_events.volunteers.bring_models import BringClaim
from staytouch_events.volunteers.bring_queries import items_of

from ..cast import NOW, a_group, a_person, an_event
from ..walks.letters import invitation_in
from .cast import a_thing
from .test_letters import letter_to, words


def brings(item, who, quantity: int = 1) -> BringClaim:
    """Somebody says that they bring some."""
    person = a_person(who) if isinstance(who, str) else who
    row = claim(item, quantity, person, person.name, NOW)
    db.session.commit()
    return row


def claims() -> list[tuple[str, int]]:
    """Who brings how many, in order."""
    db.session.commit()
    rows = db.session.scalars(select(BringClaim).order_by(BringClaim.id))
    return [(row.rsvp.name, row.quantity) for row in rows]


def kinds_to(who: str) -> list[str]:
    """Kinds of the letters that wait for somebody."""
    wanted = select(Letter.kind).where(Letter.to_email == f"{who}@example.org", Letter.state == TO_SEND)
    return list(db.session.scalars(wanted.order_by(Letter.id)))


def fields(item, **changes) -> dict:
    """A thing's fields, some of them changed."""
    return {"name": item.name, "wanted": item.wanted, "note": item.note, **changes}


def test_what_one_brings_can_grow_and_shrink_but_never_past_what_is_wanted(app):
    item = a_thing(an_event(a_group()), wanted=6)
    bob = a_person("bob")
    brings(item, bob, 2)
    brings(item, "dora", 3)
    with pytest.raises(Refused, match="Only 3 are left: grabbers"):
        brings(item, bob, 4)
    db.session.rollback()
    brings(item, bob, 3)
    assert left(item) == 0 and claims() == [("Bob", 3), ("Dora", 3)]
    with pytest.raises(Refused, match="Others bring all of it already: grabbers"):
        brings(item, "fay")
    db.session.rollback()
    brings(item, bob, 1)
    assert left(item) == 2


def test_who_brings_something_comes_and_is_told_in_one_letter(app):
    event, maybe = an_event(a_group(), capacity=9), a_person("mo")
    respond(event, maybe, "Mo", MAYBE, Party(2), "", NOW)
    item = a_thing(event)
    assert brings(item, "bob").rsvp.standing == SEATED
    assert (brings(item, maybe).rsvp.answer, answer_of(event, maybe).party) == (GOING, 2)
    assert kinds_to("bob") == ["rsvps.answered"]


def test_without_a_spot_nothing_is_promised_and_the_answer_stays_what_it_was(app):
    event = an_event(a_group(), capacity=1)
    item = a_thing(event)
    respond(event, a_person("bob"), "Bob", GOING, Party(), "", NOW)
    db.session.commit()
    dora = a_person("dora")
    with pytest.raises(Refused, match="no spot for you"):
        brings(item, dora)
    db.session.rollback()
    assert answer_of(event, dora) is None and claims() == []


def test_withdrawing_and_being_removed_release_it(app):
    item = a_thing(an_event(a_group()))
    first, second = brings(item, "bob", 2), brings(item, "dora", 2)
    withdraw(first.rsvp, NOW)
    remove(second.rsvp, NOW, tell=False)
    assert claims() == [] and left(item) == 6


def test_releasing_keeps_the_seat_and_is_told_once_for_several_taps(app):
    event = an_event(a_group())
    item, other = a_thing(event), a_thing(event, "truck bed", 1)
    rsvp = brings(item, "bob", 2).rsvp
    brings(other, rsvp.person)
    release(item, rsvp, NOW)
    assert rsvp.standing == SEATED and claims() == [("Bob", 1)]
    assert kinds_to("bob") == ["rsvps.answered", "volunteers.bring"]
    letter = letter_to("bob", NOW + timedelta(minutes=11))
    assert letter["Subject"] == "You bring: 1 × truck bed"
    release(other, rsvp, NOW)
    assert letter_to("bob")["Subject"] == "You need bring nothing from the list"


def test_letters_calendar_and_roster_say_what_one_brings(app):
    event = an_event(a_group())
    item = a_thing(event, note="the long ones")
    row = brings(item, "bob", 2)
    letter = letter_to("bob")
    _method, entry = invitation_in(letter)
    for text in (words(letter), entry["DESCRIPTION"]):
        assert "You bring: 2 grabbers" in text and "grabbers: the long ones" in text
    assert "brings 2 grabbers" in roster_words(event)[row.rsvp_id].split("; ")


def test_each_change_raises_the_number_of_the_persons_invitation(app):
    item = a_thing(an_event(a_group()))
    rsvp = brings(item, "bob").rsvp
    before = rsvp.invite_sequence
    brings(item, rsvp.person, 2)
    release(item, rsvp, NOW)
    assert rsvp.invite_sequence == before + 2


def test_fewer_wanted_takes_from_who_said_it_last_and_tells_them(app):
    item = a_thing(an_event(a_group()), wanted=6)
    for who in ("bob", "dora", "fay"):
        brings(item, who, 2)
    save_item(item, fields(item, wanted=3), NOW)
    assert claims() == [("Bob", 2), ("Dora", 1)]
    assert [kinds_to(who)[1:] for who in ("bob", "dora", "fay")] == [
        [],
        ["volunteers.bring_changed"],
        ["volunteers.bring_changed"],
    ]
    later = NOW + timedelta(minutes=11)
    assert letter_to("dora", later)["Subject"] == "Bring this now: 1 × grabbers"
    assert "You said that you bring 2 grabbers" in words(letter_to("dora", later))
    assert letter_to("fay", later)["Subject"] == "Not needed: 2 grabbers"


def test_more_wanted_is_no_news_and_another_name_is(app):
    item = a_thing(an_event(a_group()))
    brings(item, "bob", 2)
    save_item(item, fields(item, wanted=9), NOW)
    assert kinds_to("bob") == ["rsvps.answered"]
    save_item(item, fields(item, name="litter sticks", note="Steel"), NOW)
    assert letter_to("bob")["Subject"] == "Bring this now: 2 litter sticks"


def test_a_thing_that_is_taken_off_is_told_by_its_name(app):
    item = a_thing(an_event(a_group()))
    brings(item, "bob", 2)
    remove_item(item, NOW)
    assert claims() == []
    assert letter_to("bob")["Subject"] == "Not needed: 2 grabbers"
    with pytest.raises(Refused, match="taken off the list"):
        brings(item, "dora")


def test_one_name_stands_on_the_list_once(app):
    event = an_event(a_group())
    item, other = a_thing(event), a_thing(event, "buckets", 2)
    with pytest.raises(Refused, match="on the list already"):
        add_items(event, [{"name": "Grabbers", "wanted": 1, "note": ""}], NOW)
    with pytest.raises(Refused, match="on the list already"):
        save_item(other, fields(other, name=item.name), NOW)


def test_a_copied_event_has_the_list_and_nobodys_promises(app):
    event = an_event(a_group())
    brings(a_thing(event, note="long"), "bob", 2)
    copy = new_event(event.group, NOW, copy_of=event)
    assert [(item.name, item.wanted, item.note, left(item)) for item in items_of(copy)] == [("grabbers", 6, "long", 6)]


def test_a_cancelled_event_needs_nothing(app):
    event = an_event(a_group())
    item = a_thing(event)
    cancel(event, "Rain", NOW)
    for change in (
        lambda: claim(item, 1, a_person("bob"), "Bob", NOW),
        lambda: add_items(event, [{"name": "tape", "wanted": 1, "note": ""}], NOW),
    ):
        with pytest.raises(Refused, match="cancelled"):
            change()


def test_a_known_address_changes_nothing_until_its_letter_is_answered(app):
    event = an_event(a_group())
    item = a_thing(event)
    claim_as_guest(item, 2, "gia@example.org", "Gia", "en", NOW)
    assert claims() == [("Gia", 2)]
    gia = db.session.scalar(select(Person).where(Person.email == "gia@example.org"))
    respond(event, gia, "Gia", DECLINED, Party(), "", NOW)
    claim_as_guest(item, 3, "gia@example.org", "Mallory", "en", NOW)
    assert claims() == [] and answer_of(event, gia).answer == DECLINED
    letter = letter_to("gia")
    assert letter["Subject"] == "Do you bring this? 3 grabbers"
    assert f"?bring={item.id}&quantity=3" in words(letter)


def test_a_full_event_refuses_known_and_new_addresses_alike(app):
    event = an_event(a_group(), capacity=1)
    item = a_thing(event)
    respond(event, a_person("bob"), "Bob", GOING, Party(), "", NOW)
    for who in ("bob", "new"):
        with pytest.raises(Refused, match="This event is full"):
            claim_as_guest(item, 1, f"{who}@example.org", "X", "en", NOW)
