"""After an event was put off: everyone is asked again, and the seats of the silent go to the line."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.events.actions import cancel, postpone, restore, save
from staytouch_events.events.postponing import reschedule
from staytouch_events.events.times import times, times_from
from staytouch_events.groups.models import OWNER
from staytouch_events.jobs.models import Job
from staytouch_events.jobs.pump import run_due
from staytouch_events.outbox import Dropped
from staytouch_events.outbox.models import DROPPED, Letter
from staytouch_events.outbox.models import WAITING as UNSENT
from staytouch_events.outbox.render import render
from staytouch_events.refusals import Refused
from staytouch_events.rsvps import confirming
from staytouch_events.rsvps.actions import Party, respond, withdraw
from staytouch_events.rsvps.confirming import confirm, give_on
from staytouch_events.rsvps.hosting import add, change
from staytouch_events.rsvps.models import DECLINED, GOING, MAYBE, NONE, SEATED, WAITING, Rsvp
from staytouch_events.volunteers.actions import claim
from staytouch_events.volunteers.models import HELD
from staytouch_events.volunteers.models import NONE as NOTHING
from staytouch_events.when import now as real_now

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import send
from ..racing import meet_after
from ..volunteers.cast import a_role, a_shift
from ..walks.letters import invitation_in, link_in, text_of
from ..walks.test_guest import next_saturday

SUNDAY = datetime(2026, 11, 29, 8, 30)
UNTIL = NOW + timedelta(days=3)


def an_answer(event, who: str, answer=GOING, size: int = 1, moment=NOW) -> Rsvp:
    """Somebody's answer."""
    return respond(event, a_person(who), who.title(), answer, Party(size), "", moment).rsvp


def put_off(event, to=SUNDAY, until=UNTIL, moment=NOW) -> None:
    """Move it, and ask everyone again."""
    reschedule(event, times_from(event, to), "The creek is up", until, moment)
    db.session.commit()


def letters(kind: str) -> list[Letter]:
    """The letters of a kind."""
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def read(letter: Letter, moment=NOW):
    """A letter as it goes out."""
    return message_from_bytes(render(letter, moment)[2], policy=policy.default)


def due(kind: str) -> datetime | None:
    """When the job is due."""
    return db.session.scalar(select(Job.due_at).where(Job.kind == kind))


@pytest.fixture
def full(app):
    """Two seats, one in line, a maybe, a no: put off to Sunday."""
    event = an_event(a_group(), capacity=2)
    people = {who: an_answer(event, who) for who in ("gia", "gil", "gus")}
    people |= {"may": an_answer(event, "may", MAYBE), "nora": an_answer(event, "nora", DECLINED)}
    put_off(event)
    return event, people


def test_whoever_has_a_seat_or_said_maybe_is_asked_and_the_line_and_the_noes_are_not(full):
    _event, people = full
    asked = {who for who, rsvp in people.items() if rsvp.confirm_by_at == UNTIL}
    assert asked == {"gia", "gil", "may"}


def test_whom_no_letter_reaches_keeps_the_seat_that_an_organizer_gave(app):
    event = an_event(a_group())
    walter = add(event, "Walter", "", Party(1), NOW, more_room=False, tell=False)
    put_off(event)
    run_due(UNTIL)
    assert (walter.confirm_by_at, walter.standing) == (None, SEATED)


def test_one_letter_tells_of_the_new_date_and_asks(full):
    _event, people = full
    told = letters("rsvps.moved")
    assert [letter.to_email.split("@")[0] for letter in told] == ["gia", "gil", "gus", "may"]
    mail = read(told[0])
    said = text_of(mail)
    assert "Saturday 28 November" in said and "Sunday 29 November" in said and "The creek is up" in said
    assert "Are you still coming?" in said and "Say so by Fri 27 Nov, 10\xa0am" in said
    assert link_in(mail, f"/rsvps/{manage_token(people['gia'])}")
    assert "still" not in text_of(read(told[2])) and "number 1" in text_of(read(told[2]))
    gias = select(Letter.kind).where(Letter.state == UNSENT, Letter.to_email == "gia@example.org")
    assert db.session.scalars(gias).all() == ["rsvps.moved"]


def test_the_invitation_moves_under_its_uid(full):
    event, _people = full
    method, entry = invitation_in(read(letters("rsvps.moved")[0]))
    assert (method, str(entry["UID"]), entry["SEQUENCE"]) == ("REQUEST", event.uid, 1)
    assert entry["DTSTART"].dt == event.starts_at


def test_a_press_keeps_the_seat(full):
    event, people = full
    confirm(people["gia"], NOW)
    db.session.commit()
    run_due(UNTIL)
    assert (people["gia"].standing, people["gia"].confirm_by_at) == (SEATED, None)
    assert people["gil"].standing == NONE


def test_the_seats_of_the_silent_go_to_the_line_who_are_told_with_an_invitation(full):
    event, people = full
    run_due(UNTIL - timedelta(minutes=1))
    assert {rsvp.standing for rsvp in (people["gia"], people["gil"])} == {SEATED}
    run_due(UNTIL)
    assert [people[who].standing for who in ("gia", "gil", "gus", "may")] == [NONE, NONE, SEATED, NONE]
    assert people["may"].answer == MAYBE and people["may"].confirm_by_at is None
    promoted = letters("rsvps.promoted")
    assert [letter.to_email for letter in promoted] == ["gus@example.org"]
    method, entry = invitation_in(read(promoted[0], UNTIL))
    assert method == "REQUEST" and entry["DTSTART"].dt == event.starts_at


def test_the_silent_are_told_lose_their_entry_and_come_back_with_one_press(full):
    event, people = full
    run_due(UNTIL)
    told = letters("rsvps.lapsed")
    assert [letter.to_email for letter in told] == ["gia@example.org", "gil@example.org"]
    mail = read(told[0], UNTIL)
    assert "did not say in time" in text_of(mail) and invitation_in(mail)[0] == "CANCEL"
    confirm(people["gil"], UNTIL)
    confirm(people["gia"], UNTIL)
    assert (people["gil"].standing, people["gia"].standing) == (SEATED, WAITING)
    with pytest.raises(Dropped):
        render(told[1], UNTIL)


def test_the_hour_strikes_once(full):
    event, people = full
    run_due(UNTIL)
    confirm(people["gil"], UNTIL)
    db.session.commit()
    give_on({"event": event.id}, UNTIL)
    assert people["gil"].standing == SEATED and len(letters("rsvps.lapsed")) == 2


def test_the_silent_are_reminded_once_some_hours_before(full):
    event, people = full
    confirm(people["gia"], NOW)
    db.session.commit()
    assert due("rsvps.confirm") == UNTIL - timedelta(hours=6)
    for _turn in range(2):
        run_due(UNTIL - timedelta(hours=6))
    asked = letters("rsvps.confirm")
    assert [letter.to_email for letter in asked] == ["gil@example.org", "may@example.org"]
    said = text_of(read(asked[0], UNTIL - timedelta(hours=6)))
    assert "we have not heard whether you still come" in said and "Fri 27 Nov, 10\xa0am" in said
    confirm(people["gil"], UNTIL - timedelta(hours=5))
    with pytest.raises(Dropped):
        render(asked[0], UNTIL - timedelta(hours=4))


def test_an_hour_that_is_near_is_not_reminded_of(app):
    event = an_event(a_group())
    an_answer(event, "gia")
    put_off(event, until=NOW + timedelta(hours=1))
    assert due("rsvps.confirm") is None and due("rsvps.silent") == NOW + timedelta(hours=1)


def shift_of(event) -> object:
    """A shift with one place."""
    return a_shift(event, a_role(event.group), maximum=1, target=1)


def test_the_shifts_of_the_silent_go_to_their_lines(app):
    event = an_event(a_group())
    shift = shift_of(event)
    first, second = (claim(shift, a_person(who), who.title(), NOW) for who in ("gia", "gil"))
    put_off(event)
    confirm(second.rsvp, NOW)
    db.session.commit()
    run_due(UNTIL)
    assert (first.standing, second.standing) == (NOTHING, HELD)
    assert first.rsvp.standing == NONE and first.rsvp.has_shift is False


DOORS = {
    "a larger party": lambda rsvp: respond(rsvp.event, rsvp.person, "Gia", GOING, Party(2), "", NOW),
    "the same answer": lambda rsvp: respond(rsvp.event, rsvp.person, "Gia", GOING, Party(1), "", NOW),
    "maybe": lambda rsvp: respond(rsvp.event, rsvp.person, "Gia", MAYBE, Party(1), "", NOW),
    "no": lambda rsvp: withdraw(rsvp, NOW),
    "an organizer": lambda rsvp: change(rsvp, "Gia", Party(2), NOW, more_room=False, tell=False),
    "a shift": lambda rsvp: claim(shift_of(rsvp.event), rsvp.person, "Gia", NOW),
}


@pytest.mark.parametrize("door", DOORS)
def test_an_answer_by_any_door_is_a_confirmation(app, door):
    event = an_event(a_group())
    rsvp = an_answer(event, "gia")
    put_off(event)
    DOORS[door](rsvp)
    db.session.commit()
    assert rsvp.confirm_by_at is None
    run_due(UNTIL)
    assert letters("rsvps.lapsed") == []


def test_putting_it_off_again_asks_again(full):
    event, people = full
    confirm(people["gia"], NOW)
    later = NOW + timedelta(days=9)
    put_off(event, to=datetime(2026, 12, 5, 8, 30), until=later)
    assert people["gia"].confirm_by_at == people["gil"].confirm_by_at == later == due("rsvps.silent")
    run_due(UNTIL)
    give_on({"event": event.id}, UNTIL)
    assert people["gil"].standing == SEATED


def test_no_date_any_more_asks_nobody(full):
    event, people = full
    for step in (lambda: postpone(event, "", NOW), lambda: restore(event, NOW)):
        step()
        db.session.commit()
        assert {rsvp.confirm_by_at for rsvp in people.values()} == {None}
        assert (due("rsvps.silent"), due("rsvps.confirm")) == (None, None)


def test_a_cancelled_event_asks_nobody(full):
    event, people = full
    cancel(event, "", NOW)
    assert {rsvp.confirm_by_at for rsvp in people.values()} == {None} and due("rsvps.silent") is None


def test_the_hour_moves_with_the_event_and_stays_before_its_start(full):
    event, people = full
    save(event, times(datetime(2026, 11, 30, 8, 30), datetime(2026, 11, 30, 11, 30), event.zone), NOW)
    assert people["gia"].confirm_by_at == due("rsvps.silent") == UNTIL + timedelta(days=1)
    save(event, times(datetime(2026, 11, 25, 8, 30), datetime(2026, 11, 25, 11, 30), event.zone), NOW)
    assert NOW < people["gia"].confirm_by_at < event.starts_at


def test_a_new_date_typed_into_the_form_of_a_postponed_event_asks_too(app):
    event = an_event(a_group())
    rsvp = an_answer(event, "gia")
    postpone(event, "", NOW)
    save(event, times(SUNDAY, SUNDAY + timedelta(hours=3), event.zone), NOW)
    assert rsvp.confirm_by_at == event.starts_at - timedelta(hours=24)
    assert [letter.kind for letter in letters("rsvps.changed") if letter.state != DROPPED] == []


def test_a_plain_change_of_the_date_asks_nobody(app):
    event = an_event(a_group())
    rsvp = an_answer(event, "gia")
    save(event, times(SUNDAY, SUNDAY + timedelta(hours=3), event.zone), NOW)
    assert rsvp.confirm_by_at is None and event.previous_starts_at is None


def test_whoever_is_about_to_lose_the_seat_is_not_told_see_you_tomorrow(app):
    event = an_event(a_group())
    gia, gil = an_answer(event, "gia"), an_answer(event, "gil")
    hour = event.starts_at
    put_off(event, until=hour)
    confirm(gil, NOW)
    db.session.commit()
    assert hour == event.starts_at - timedelta(hours=24)
    run_due(hour)
    run_due(hour)
    assert [letter.to_email for letter in letters("rsvps.reminder")] == ["gil@example.org"]
    assert gia.standing == NONE


def test_where_there_is_no_line_and_no_room_the_way_back_is_closed_in_words(app):
    event = an_event(a_group(), capacity=1, waitlist=False)
    gia = an_answer(event, "gia")
    put_off(event)
    run_due(UNTIL)
    an_answer(event, "gil", moment=UNTIL)
    with pytest.raises(Refused, match="full"):
        confirm(gia, UNTIL)


def test_what_is_off_cannot_be_confirmed(full):
    event, people = full
    cancel(event, "", NOW)
    with pytest.raises(Refused, match="cancelled"):
        confirm(people["gia"], NOW)


def test_the_question_stands_on_ones_page_and_nothing_changes_on_get(full, client):
    event, people = full
    path = f"/rsvps/{manage_token(people['gia'])}"
    page = client.get(path).get_data(as_text=True)
    assert "Still coming on the new date?" in page and people["gia"].confirm_by_at == UNTIL
    assert page.count("btn loud") == 1
    assert f'action="{path}/confirm"' in page and client.post(f"{path}/confirm").status_code == 303
    db.session.refresh(people["gia"])
    assert people["gia"].confirm_by_at is None
    assert "Still coming" not in client.get(path).get_data(as_text=True)
    no = f"/rsvps/{manage_token(people['gil'])}/withdraw"
    assert f'action="{no}"' in client.get(no.removesuffix("/withdraw")).get_data(as_text=True)
    assert client.post(no).status_code == 303
    db.session.refresh(people["gus"])
    assert people["gus"].standing == SEATED


def test_what_is_off_or_over_asks_nobody_who_lapsed(full, client, clock):
    event, people = full
    run_due(UNTIL)
    path = f"/rsvps/{manage_token(people['gia'])}"
    assert "Still coming" in client.get(path).get_data(as_text=True)
    clock.moment = event.ends_at
    assert "Still coming" not in client.get(path).get_data(as_text=True)
    clock.moment = UNTIL
    cancel(event, "", UNTIL)
    db.session.commit()
    assert "Still coming" not in client.get(path).get_data(as_text=True)


def test_the_lapsed_find_the_way_back_on_their_page(full, client):
    event, people = full
    run_due(UNTIL)
    path = f"/rsvps/{manage_token(people['gia'])}"
    page = client.get(path).get_data(as_text=True)
    assert "Your spot is gone" in page
    assert client.post(f"{path}/confirm").status_code == 303
    assert "1 spot is yours." in client.get(path).get_data(as_text=True)


def test_members_are_asked_on_the_events_page_and_in_their_agenda(full, browser_of):
    event, people = full
    gia = browser_of(people["gia"].person)
    page = gia.get(f"/events/{event.slug}").get_data(as_text=True)
    assert "Still coming on the new date?" in page
    assert "Still coming on the new date?" in gia.get("/agenda").get_data(as_text=True)
    assert send(gia, page, f"/rsvps/{manage_token(people['gia'])}/confirm").status_code == 303
    assert "Still coming" not in gia.get(f"/events/{event.slug}").get_data(as_text=True)


def test_organizers_see_who_has_not_confirmed(full, browser_of):
    event, people = full
    alice = a_person("alice")
    a_membership(alice, event.group, OWNER)
    confirm(people["gia"], NOW)
    db.session.commit()
    browser = browser_of(alice)
    page = browser.get(f"/events/{event.slug}/manage/people").get_data(as_text=True)
    assert page.count("has not confirmed the new date") == 2
    desk = browser.get("/dashboard").get_data(as_text=True)
    assert "1 person has not confirmed: Coyote Creek clean-up" in desk and "Fri 27 Nov, 10\xa0am" in desk


@pytest.fixture
def at_the_hour(app, real_clock):
    """A silent person with the only seat, one in line, and the hour that is over."""
    event = an_event(a_group(), real_now(), capacity=1, starts_wall=next_saturday())
    gia = an_answer(event, "gia", moment=real_now())
    an_answer(event, "gil", moment=real_now())
    put_off(event, to=next_saturday() + timedelta(days=1), until=real_now(), moment=real_now())
    numbers = event.id, gia.id
    db.session.remove()
    return numbers


def race(app, event: int, rsvp: int, monkeypatch) -> tuple[list[str], int]:
    """The press and the hour, each held up once it has looked; what came of it."""
    meet_after(monkeypatch, (confirming, "check_open"), (confirming, "unconfirmed"))

    def press() -> None:
        with app.app_context():
            confirm(db.session.get(Rsvp, rsvp), real_now())
            db.session.commit()

    def strike() -> None:
        with app.app_context():
            give_on({"event": event}, real_now())
            db.session.commit()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(press), pool.submit(strike)]:
            done.result()
    db.session.rollback()
    rows = db.session.scalars(select(Rsvp).where(Rsvp.event_id == event).order_by(Rsvp.id)).all()
    return [row.standing for row in rows], len(letters("rsvps.lapsed"))


def test_a_press_at_the_hour_itself_is_either_in_time_or_the_way_back(app, at_the_hour, monkeypatch):
    assert race(app, *at_the_hour, monkeypatch) in (([SEATED, WAITING], 0), ([WAITING, SEATED], 1))


def test_without_the_lock_the_seat_goes_of_one_whose_press_was_taken(app, at_the_hour, monkeypatch):
    """The control: what the lock stops does happen."""
    monkeypatch.setattr(confirming, "lock", lambda row: row)
    assert race(app, *at_the_hour, monkeypatch) == ([NONE, SEATED], 1)
