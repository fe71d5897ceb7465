"""Who may write to whom, requests, blocks, taking back, and what is unread."""

from datetime import timedelta

import pytest

from staytouch_events.access.writing import ASKING, FREELY, NOT_NOW, WAITING, may_write, may_write_on
from staytouch_events.attendance.actions import mark
from staytouch_events.attendance.models import IN, WalkUp
from staytouch_events.contacts.exchange import take_back
from staytouch_events.conversations import actions, reporting
from staytouch_events.conversations.models import Conversation, Message
from staytouch_events.conversations.queries import last_messages, unread
from staytouch_events.conversations.telling import correspondent
from staytouch_events.conversations.words import name_across
from staytouch_events.db import db
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.people.deletion import delete
from staytouch_events.people.exports import rows_held
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import DECLINED, GOING, MAYBE, Rsvp

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..contacts.cast import exchanged
from .cast import counted, crew_mates, says, side_between

LATER = NOW + timedelta(minutes=1)


def answers(event, *people, answer=GOING) -> None:
    """Have them all answer."""
    for person in people:
        respond(event, person, person.name, answer, Party(1), "", NOW)
    db.session.commit()


def test_people_of_a_crew_write_freely_and_others_ask_first(app):
    alice, bob = crew_mates("alice", "bob")
    charlie = a_person("charlie")
    a_membership(charlie, a_group("other-crew"))
    assert (may_write(alice, bob), may_write(alice, charlie)) == (FREELY, ASKING)


def test_whoever_gave_their_card_may_be_written_to_until_they_take_it_back(app):
    alice, bob, charlie = a_person("alice"), a_person("bob"), a_person("charlie")
    _kept, bobs = exchanged(alice, bob)
    assert (may_write(alice, bob), may_write(alice, charlie)) == (FREELY, ASKING)
    take_back(bobs)
    db.session.commit()
    assert may_write(alice, bob) == ASKING


@pytest.mark.parametrize("both, how", [(GOING, FREELY), (MAYBE, ASKING), (DECLINED, ASKING)])
def test_people_who_go_to_one_event_write_freely(app, both, how):
    alice, bob = a_person("alice"), a_person("bob")
    answers(an_event(a_group()), alice, bob, answer=both)
    assert may_write(alice, bob) == how


def test_who_walked_up_was_there_too(app):
    alice, bob, event = a_person("alice"), a_person("bob"), an_event(a_group())
    answers(event, alice)
    assert may_write(bob, alice) == ASKING
    db.session.add(WalkUp(event=event, key="x", person=bob, name="Bob", created_at=NOW))
    db.session.commit()
    assert (may_write(bob, alice), may_write(alice, bob)) == (FREELY, FREELY)


def test_organizers_and_those_who_answered_their_event_write_freely(app):
    group, alice, bob = a_group(), a_person("alice"), a_person("bob")
    a_membership(alice, group, ORGANIZER)
    answers(an_event(group), bob, answer=MAYBE)
    assert (may_write(alice, bob), may_write(bob, alice)) == (FREELY, FREELY)


def test_nobody_writes_to_themselves_or_to_a_guest(app):
    alice, gia = a_person("alice"), a_person("gia", joined_at=None)
    assert (may_write(alice, alice), may_write(alice, gia)) == (NOT_NOW, NOT_NOW)


def test_whoever_likes_to_be_asked_is_asked_by_their_crew_too(app):
    alice, bob = crew_mates("alice", "bob")
    correspondent(bob).asks_first = True
    assert (may_write(alice, bob), may_write(bob, alice)) == (ASKING, FREELY)


def test_a_request_is_one_short_message_until_it_is_accepted(app):
    alice, bob = a_person("alice"), a_person("bob")
    with pytest.raises(Refused, match="500"):
        says(alice, bob, "x" * 501)
    db.session.rollback()
    says(alice, bob, "x" * 500)
    assert (may_write(alice, bob), may_write(bob, alice)) == (WAITING, FREELY)
    with pytest.raises(Refused, match="accept"):
        says(alice, bob, "Again")
    db.session.rollback()
    actions.accept(side_between(bob, alice), NOW)
    assert may_write(alice, bob) == FREELY


def test_an_answer_accepts_and_a_no_is_silent_and_can_be_taken_back(app):
    alice, bob, charlie = a_person("alice"), a_person("bob"), a_person("charlie")
    says(alice, bob)
    says(bob, alice, "Hello")
    assert may_write(alice, bob) == FREELY
    says(charlie, bob)
    actions.decline(side_between(bob, charlie), NOW)
    assert may_write(charlie, bob) == WAITING
    group = a_group()
    for person in (bob, charlie):
        a_membership(person, group)
    assert may_write(charlie, bob) == WAITING, "a crew joined afterwards does not undo a no"
    actions.accept(side_between(bob, charlie), NOW)
    assert may_write(charlie, bob) == FREELY


def test_a_block_holds_both_ways_until_it_is_undone(app):
    alice, bob = crew_mates("alice", "bob")
    says(alice, bob)
    actions.block(side_between(bob, alice), NOW)
    assert (may_write(alice, bob), may_write(bob, alice)) == (NOT_NOW, NOT_NOW)
    with pytest.raises(Refused, match="just now"):
        says(alice, bob)
    db.session.rollback()
    actions.unblock(side_between(bob, alice), NOW)
    assert may_write(alice, bob) == FREELY


def test_a_pair_has_one_conversation_whoever_begins(app):
    alice, bob = crew_mates("alice", "bob")
    says(bob, alice)
    says(alice, bob)
    assert db.session.query(Conversation).count() == 1


def test_what_came_is_unread_until_it_is_read_or_answered(app):
    alice, bob = crew_mates("alice", "bob")
    first = says(alice, bob)
    assert [side.conversation_id for side in unread(bob)] == [first.conversation_id] and unread(alice) == []
    actions.read(side_between(bob, alice), first.id)
    assert unread(bob) == []
    says(alice, bob, "One more")
    assert len(unread(bob)) == 1
    says(bob, alice, "Yes")
    assert (unread(bob), len(unread(alice))) == ([], 1)


def test_a_message_is_taken_back_while_young_and_by_its_writer_alone(app):
    alice, bob = crew_mates("alice", "bob")
    message = says(alice, bob, "Too fast")
    for writer, now in ((bob, LATER), (alice, NOW + actions.UNDO)):
        with pytest.raises(Refused):
            actions.take_back(message, writer, now)
        db.session.rollback()
    actions.read(side_between(bob, alice), message.id)
    assert actions.take_back(message, alice, LATER) == "Too fast"
    db.session.commit()
    assert db.session.query(Message).count() == 0 and unread(bob) == []
    # SQLite gives the number again: what takes its place is new all the same.
    says(alice, bob, "Better", LATER)
    assert len(unread(bob)) == 1


def test_put_away_comes_back_with_the_next_message(app):
    alice, bob = crew_mates("alice", "bob")
    says(alice, bob)
    actions.put_away(side_between(bob, alice), NOW)
    db.session.commit()
    assert unread(bob) == []
    says(alice, bob, "Still there?")
    assert len(unread(bob)) == 1


def test_when_people_last_wrote_to_each_other_is_known_in_one_query(app):
    alice, bob, charlie, dora = crew_mates("alice", "bob", "charlie", "dora")
    says(alice, bob, now=NOW)
    says(bob, alice, now=LATER)
    says(alice, charlie, now=NOW)
    stranger = a_person("sam")
    says(stranger, alice)
    others = [bob.id, charlie.id, dora.id, stranger.id]
    assert alice.id
    with counted() as asked:
        found = last_messages(alice, others)
    assert (found, len(asked)) == ({bob.id: LATER, charlie.id: NOW}, 1)


def test_an_admin_ends_somebodys_writing_and_takes_that_back(app):
    alice, bob = crew_mates("alice", "bob")
    message = says(alice, bob, "Buy my pills")
    reporting.report(message, bob, "Spam", NOW)
    reporting.report(message, bob, "Spam, again", NOW)
    report = reporting.report_of(message, bob)
    assert (report.text, report.words, report.about_id) == ("Buy my pills", "Spam, again", alice.id)
    reporting.stop(report, NOW)
    assert (may_write(alice, bob), may_write(bob, alice)) == (NOT_NOW, FREELY)
    reporting.reopen(report, NOW)
    assert may_write(alice, bob) == FREELY
    reporting.dismiss(report, NOW)
    with pytest.raises(Refused):
        reporting.report(message, bob, "Once more", LATER)


def test_checked_in_without_a_seat_counts(app):
    alice, bob, event = a_person("alice"), a_person("bob"), an_event(a_group())
    answers(event, alice)
    answers(event, bob, answer=MAYBE)
    mark(db.session.query(Rsvp).filter_by(person_id=bob.id).one(), IN, "", NOW, by=None)
    db.session.commit()
    assert may_write(alice, bob) == FREELY


def test_who_leaves_leaves_what_others_read_and_nobody_can_answer(app):
    alice, bob, charlie = *crew_mates("alice", "bob"), a_person("charlie")
    message = says(alice, bob, "See you on Saturday")
    asked = says(alice, charlie).conversation_id
    delete(alice, LATER)
    db.session.commit()
    (side,) = (side for side in message.conversation.sides if side.person_id)
    assert (side.person_id, message.text, message.writer, name_across(side)) == (
        bob.id,
        "See you on Saturday",
        None,
        "Somebody who left",
    )
    assert may_write_on(side, bob) == NOT_NOW
    assert db.session.get(Conversation, asked) is None, "a request that nobody answered goes along"
    delete(bob, LATER)
    db.session.commit()
    assert db.session.query(Message).count() == 0, "the last one takes it along"


def test_an_export_has_both_halves_of_a_conversation_and_no_address(app):
    alice, bob = crew_mates("alice", "bob")
    says(alice, bob, "Hi")
    says(bob, alice, "Hello")
    held = rows_held(alice)
    assert [(row["with"], row["from"], row["text"]) for row in held["messages"]] == [
        ("Bob", "Alice", "Hi"),
        ("Bob", "Bob", "Hello"),
    ]
    assert held["conversations"][0]["with"] == "Bob" and "bob@example.org" not in str(held)
