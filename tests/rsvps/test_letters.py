"""What letters about answers say, what they carry, and which lose their point."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.events.actions import cancel, postpone, restore, save
from staytouch_events.events.times import times
from staytouch_events.groups.models import OWNER
from staytouch_events.jobs.models import Job
from staytouch_events.jobs.pump import run_due
from staytouch_events.outbox import Dropped
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render
from staytouch_events.rsvps import letters
from staytouch_events.rsvps.actions import Party, answer_as_guest, answer_of, respond, withdraw
from staytouch_events.rsvps.hosting import add
from staytouch_events.rsvps.models import DECLINED, GOING, MAYBE, NONE, SEATED, WAITING
from staytouch_events.versions import read_versions
from staytouch_events.when import in_zone

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..walks.letters import invitation_in, link_in, text_of


def latest(kind: str) -> Letter:
    """The last letter of a kind."""
    return db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id.desc())).first()


def read(kind: str, now=NOW) -> EmailMessage:
    """The last letter of a kind as it goes out now."""
    db.session.commit()
    return message_from_bytes(render(latest(kind), now)[2], policy=policy.default)


def a_rsvp(event, who="bob", answer=GOING, **fields):
    """Somebody's answer."""
    person = a_person(who, **fields)
    return respond(event, person, person.name, answer, Party(1), "", NOW).rsvp


def week_later(event) -> dict:
    """The event's times, seven days on."""
    starts = event.starts_wall + timedelta(days=7)
    return times(starts, starts + timedelta(hours=3), event.zone)


def test_each_persons_invitation_counts_on_through_all_that_happens(app):
    event = an_event(a_group())
    rsvp, seen = a_rsvp(event), []

    def note(kind: str) -> None:
        method, entry = invitation_in(read(kind))
        seen.append((method, str(entry["STATUS"]), entry["SEQUENCE"]))

    note("rsvps.answered")
    save(event, week_later(event), NOW)
    note("rsvps.changed")
    postpone(event, "Tide", NOW)
    note("rsvps.postponed")
    restore(event, NOW)
    note("rsvps.restored")
    withdraw(rsvp, NOW)
    note("rsvps.answered")
    respond(event, rsvp.person, "Bob", GOING, Party(1), "", NOW)
    note("rsvps.answered")
    cancel(event, "Rain", NOW)
    note("rsvps.cancelled")
    assert [step[:2] for step in seen] == [
        ("REQUEST", "CONFIRMED"),
        ("REQUEST", "CONFIRMED"),
        ("REQUEST", "TENTATIVE"),
        ("REQUEST", "CONFIRMED"),
        ("CANCEL", "CANCELLED"),
        ("REQUEST", "CONFIRMED"),
        ("CANCEL", "CANCELLED"),
    ]
    numbers = [step[2] for step in seen]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(("answer", "partstat"), [(GOING, "ACCEPTED"), (MAYBE, "TENTATIVE")])
def test_an_invitation_says_what_the_person_said(app, answer, partstat):
    a_rsvp(an_event(a_group()), answer=answer)
    assert invitation_in(read("rsvps.answered"))[1]["ATTENDEE"].params["PARTSTAT"] == partstat


def test_nobody_in_the_line_and_nobody_who_declined_gets_an_invitation(app):
    event = an_event(a_group(), capacity=1)
    first = a_rsvp(event)
    a_rsvp(event, "charlie")
    assert "number 1 in line" in text_of(read("rsvps.answered"))
    assert not any(part.get_content_type() == "text/calendar" for part in read("rsvps.answered").walk())
    a_rsvp(event, "dora", DECLINED)
    assert not any(part.get_content_type() == "text/calendar" for part in read("rsvps.answered").walk())
    withdraw(first, NOW)
    assert invitation_in(read("rsvps.promoted"))[0] == "REQUEST"


def test_the_letter_is_built_from_the_event_as_it_stands_when_it_goes_out(app):
    event = an_event(a_group())
    a_rsvp(event)
    save(event, {"venue": "Elsewhere"}, NOW)
    letter = read("rsvps.answered")
    assert "Elsewhere" in text_of(letter) and "Elsewhere" in str(invitation_in(letter)[1]["LOCATION"])


def test_private_words_are_for_those_who_have_a_seat(app):
    event = an_event(a_group(), capacity=1, private_note="Gate code 12")
    a_rsvp(event)
    assert "Gate code 12" in text_of(read("rsvps.answered"))
    a_rsvp(event, "charlie")
    assert "Gate code 12" not in text_of(read("rsvps.answered"))


def test_a_change_that_is_changed_back_is_not_told(app):
    event = an_event(a_group())
    a_rsvp(event)
    save(event, {"venue": "Elsewhere"}, NOW)
    save(event, {"venue": "William Street Park"}, NOW)
    db.session.commit()
    with pytest.raises(Dropped):
        render(latest("rsvps.changed"), NOW)


def test_a_seat_given_up_meanwhile_is_not_told_of(app):
    event = an_event(a_group(), capacity=1)
    first, second = a_rsvp(event), a_rsvp(event, "charlie")
    withdraw(first, NOW)
    letter = latest("rsvps.promoted")
    withdraw(second, NOW)
    db.session.commit()
    with pytest.raises(Dropped):
        render(letter, NOW)


def test_a_reminder_is_for_tomorrow_and_never_after_the_start(app):
    event = an_event(a_group())
    rsvp = a_rsvp(event)
    letters.remind(rsvp, NOW)
    assert "see you tomorrow" in text_of(read("rsvps.reminder"))
    with pytest.raises(Dropped):
        render(latest("rsvps.reminder"), event.starts_at)


def test_a_party_that_was_passed_is_told_its_place(app):
    event = an_event(a_group(), capacity=2)
    bob = a_person("bob")
    respond(event, bob, "Bob", GOING, Party(1), "", NOW)
    charlie = a_person("charlie")
    respond(event, charlie, "Charlie", GOING, Party(2), "", NOW)
    a_rsvp(event, "dora")
    assert "You keep your place: number 1 in line" in text_of(read("rsvps.passed"))


def test_letters_are_in_the_readers_language_and_times_in_the_events_zone(app):
    event = an_event(a_group())
    answer_as_guest(event, "rosa@example.org", "Rosa", GOING, Party(2), "", "es", NOW)
    text = text_of(read("rsvps.answered"))
    assert "2 lugares son tuyos" in text and "sábado 28 de noviembre de 2026, 8:30–11:30" in text


def test_every_letter_links_to_this_site_alone_and_has_one_recipient(app):
    event = an_event(a_group())
    a_rsvp(event)
    letter = read("rsvps.answered")
    assert letter["To"].addresses[0].addr_spec == "bob@example.org" and len(letter["To"].addresses) == 1
    links = [word for word in text_of(letter).split() if word.startswith("http")]
    assert links and all(link.startswith("http://127.0.0.1:8000/") for link in links)


def test_organizers_may_have_the_days_answers_in_one_letter_at_six(app):
    group, alice = a_group(), a_person("alice")
    a_membership(alice, group, OWNER).answer_mail = "daily"
    event = an_event(group)
    a_rsvp(event)
    a_rsvp(event, "charlie", MAYBE)
    db.session.commit()
    assert latest("rsvps.host_answer") is None
    (job,) = db.session.scalars(select(Job).where(Job.kind == "rsvps.digest"))
    assert in_zone(job.due_at, group.zone).hour == 18
    run_due(job.due_at)
    text = text_of(read("rsvps.digest"))
    assert "Bob is going" in text and "Charlie may come" in text


def test_an_answer_raises_the_lists_only_when_their_picture_changes(app):
    event = an_event(a_group(), capacity=100)
    before = read_versions(["lists"])["lists"][0]
    a_rsvp(event)
    db.session.commit()
    assert read_versions(["lists"])["lists"][0] == before
    respond(event, a_person("dora"), "Dora", GOING, Party(60), "", NOW)
    db.session.commit()
    assert read_versions(["lists"])["lists"][0] == before + 1


def test_somebody_added_by_name_alone_gets_no_letter(app):

    event = an_event(a_group())
    add(event, "Walk-in", "", Party(1), NOW, more_room=False, tell=True)
    db.session.commit()
    assert db.session.scalars(select(Letter)).all() == []
    assert answer_of(event, db.session.get(type(a_person("x")), 1)).name == "Walk-in"


def test_a_no_by_the_letter_of_the_day_before_seats_the_next_in_both_their_calendars(app, client):
    event = an_event(a_group(), capacity=1, answers_close_at=NOW + timedelta(days=2))
    gia = a_rsvp(event, "gia", joined_at=None)
    cleo = a_rsvp(event, "cleo")
    db.session.commit()
    assert run_due(event.starts_at - timedelta(hours=24)) == 1
    reminder = next(
        row
        for row in db.session.scalars(select(Letter).where(Letter.kind == "rsvps.reminder"))
        if "gia" in row.to_email
    )
    words = message_from_bytes(render(reminder, NOW + timedelta(days=3))[2], policy=policy.default)
    assert "Still coming?" in text_of(words)
    path = link_in(words, "/rsvps/").split("8000")[1].split("?")[0]
    assert client.get(path).status_code == 200 and (gia.standing, cleo.standing) == (SEATED, WAITING)
    assert client.post(f"{path}/withdraw").status_code == 303
    assert (gia.answer, gia.standing, cleo.standing) == (DECLINED, NONE, SEATED)
    db.session.commit()
    for key, answer, method in ((f"answered:{gia.id}", gia, "CANCEL"), (f"promoted:{cleo.id}", cleo, "REQUEST")):
        row = db.session.scalar(select(Letter).where(Letter.key == key))
        letter = message_from_bytes(render(row, NOW)[2], policy=policy.default)
        sent, entry = invitation_in(letter)
        assert sent == method and letter["To"].addresses[0].addr_spec == answer.person.email
        assert str(entry["ATTENDEE"]) == f"mailto:{answer.person.email}"


def test_once_answers_are_closed_one_still_says_that_one_can_t(app, client, clock):
    event = an_event(a_group(), answers_close_at=NOW + timedelta(days=1))
    rsvp = a_rsvp(event)
    db.session.commit()
    path = f"/rsvps/{manage_token(rsvp)}"
    clock.moment = NOW + timedelta(days=2)
    shown = client.get(path).get_data(as_text=True)
    assert "Save my answer" not in shown and f'action="{path}/withdraw"' in shown
    assert client.post(f"{path}/withdraw").status_code == 303 and rsvp.answer == DECLINED
    assert f'action="{path}/withdraw"' not in client.get(path).get_data(as_text=True)
    clock.moment = event.ends_at
    rsvp.answer = GOING
    db.session.commit()
    assert f'action="{path}/withdraw"' not in client.get(path).get_data(as_text=True)
