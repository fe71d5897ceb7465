"""Words to everyone: to whom, one letter each, taken back in time, ended by one click, and what became of each."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.access.announcements import letters_token
from staytouch_events.db import db
from staytouch_events.groups.models import OWNER
from staytouch_events.organize import announcing
from staytouch_events.organize.announcement_models import Announcement
from staytouch_events.organize.audiences import audiences_of, recipients
from staytouch_events.outbox import pump
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.transport import PermanentFailure, TemporaryFailure
from staytouch_events.posts.models import Place
from staytouch_events.refusals import Refused
from staytouch_events.rsvps import hosting
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import DECLINED, GOING, MAYBE, Rsvp
from staytouch_events.volunteers.actions import claim

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fields_of, fill, send
from ..spots.cast import link_of, posted, told
from ..volunteers.cast import a_shift

SAID = {"audience": "coming", "asked": {}, "subject": "Bring boots", "text": "The bank is **wet**.", "replies": False}
LATER = NOW + timedelta(minutes=11)


@pytest.fixture
def event(app):
    """Two spots: ann and bob come, bob in a shift; cleo waits, dan may, eve can't; nan has no address."""
    event = an_event(a_group(), capacity=2)
    for who, answer in (("ann", GOING), ("bob", GOING), ("cleo", GOING), ("dan", MAYBE), ("eve", DECLINED)):
        respond(event, a_person(who), who.title(), answer, Party(1), "", NOW)
    shift = a_shift(event)
    claim(shift, answer_of("Bob").person, "Bob", NOW)
    hosting.add(event, "Nan", "", Party(1), NOW, more_room=True, tell=False)
    db.session.commit()
    event.shift = f"shift:{shift.id}"
    return event


@pytest.fixture
def alice(event):
    """Who organizes."""
    alice = a_person("alice")
    a_membership(alice, event.group, OWNER)
    return alice


def answer_of(name: str) -> Rsvp:
    """Somebody's answer."""
    return db.session.scalar(select(Rsvp).where(Rsvp.name == name))


def words(event, by, place=None, **said) -> Announcement:
    """A draft."""
    row = announcing.draft(place or Place(event.group, event), by, {**SAID, **said}, NOW)
    db.session.commit()
    return row


def sent_to(letters) -> list[str]:
    """Whom announcements went to, by their address' name."""
    return sorted(letter["To"].addresses[0].username for letter in letters if "boots" in letter["Subject"])


class Away:
    """A mail server that takes nothing for now."""

    def send(self, _sender: str, _to: str, _raw: bytes) -> None:
        """Not this time."""
        raise TemporaryFailure("away")


class Knows(Away):
    """One that knows everybody but bob."""

    def send(self, _sender: str, to: str, _raw: bytes) -> None:
        """Take it."""
        if to.startswith("bob"):
            raise PermanentFailure("550 no such user")


def test_each_audience_is_who_it_says_and_who_can_be_reached(event):
    place, asked = Place(event.group, event), {"answer": "declined"}
    found = {key: [one.name for one in people] for key, (_words, people) in audiences_of(place, asked).items()}
    assert found == {
        "coming": ["Ann", "Bob", "Cleo", "Dan"],
        "going": ["Ann", "Bob"],
        "maybe": ["Dan"],
        "line": ["Cleo"],
        event.shift: ["Bob"],
        "listed": ["Eve"],
    }
    a_membership(answer_of("Ann").person, event.group)
    assert [one.name for one in recipients(Place(event.group), "crew", {})] == ["Ann"]
    assert recipients(place, "shift:999", {}) == recipients(place, "listed", {}) == []


def test_each_gets_one_letter_after_two_minutes_in_the_thread_of_their_answer(event, alice):
    row = words(event, alice)
    before = posted(NOW)
    assert announcing.send(row, alice, NOW) == 4
    db.session.commit()
    assert sent_to(posted(NOW + timedelta(minutes=1))) == []
    letters = posted(NOW + timedelta(minutes=2))
    assert sent_to(letters) == ["ann", "bob", "cleo", "dan"]
    mine = next(letter for letter in letters if sent_to([letter]) == ["ann"])
    first = next(letter for letter in before if letter["To"].addresses[0].username == "ann")
    assert mine["References"] == first["References"] and mine["List-Id"] == f"<event-{event.id}.127.0.0.1>"
    assert mine["Reply-To"] is None and "Nobody reads answers" in told(mine)
    assert "The bank is wet." in told(mine) and "/rsvps/" in told(mine) and "example.org" not in told(mine)
    assert "<strong>wet</strong>" in mine.get_body(("html",)).get_content()
    with pytest.raises(Refused, match="sent already"):
        announcing.send(row, alice, NOW)


def test_answers_come_to_the_writer_where_they_chose_so(event, alice):
    announcing.send(words(event, alice, replies=True, audience="maybe"), alice, NOW)
    db.session.commit()
    letter = next(letter for letter in posted(LATER) if sent_to([letter]) == ["dan"])
    assert letter["Reply-To"] == "alice@example.org" and "Answer this letter" in told(letter)


def test_what_is_taken_back_in_time_reaches_nobody_and_is_a_draft_again(event, alice):
    row = words(event, alice)
    announcing.send(row, alice, NOW)
    announcing.take_back(row, alice, NOW)
    db.session.commit()
    assert row.posted_at is None and sent_to(posted(LATER)) == []
    announcing.send(row, alice, NOW)
    db.session.commit()
    assert len(sent_to(posted(LATER))) == 4


@pytest.mark.parametrize("begun", ["claimed", "tried", "sent"])
def test_once_the_first_letter_began_to_leave_nothing_is_taken_back(event, alice, begun):
    row = words(event, alice)
    announcing.send(row, alice, NOW)
    db.session.commit()
    if begun == "claimed":
        first = db.session.scalars(select(Letter).where(Letter.about == row.about)).first()
        pump._claim(first.id, LATER)
    else:
        pump.send_due(Away() if begun == "tried" else Knows(), LATER)
    with pytest.raises(Refused, match="can't be taken back"):
        announcing.take_back(row, alice, NOW)
    db.session.rollback()
    assert row.posted_at is not None and len(list(db.session.scalars(select(Letter.id)))) > 4


def test_nobody_is_refused_in_words(event, alice):
    answer_of("Dan").announced = False
    with pytest.raises(Refused, match="Nobody is there to write to"):
        announcing.send(words(event, alice, audience="maybe"), alice, NOW)


def test_one_account_can_t_mail_two_hundred_strangers(event, alice, monkeypatch):
    monkeypatch.setattr(announcing, "MOST_STRANGERS", 2)
    for who in ("hal", "ian"):
        hosting.add(event, who.title(), f"{who}@example.org", Party(1), NOW, more_room=True, tell=False)
    row = words(event, alice, audience="going")
    announcing.send(row, alice, NOW)
    assert row.strangers == 2
    hosting.add(event, "Joe", "joe@example.org", Party(1), NOW, more_room=True, tell=False)
    more = words(event, alice, audience="going")
    with pytest.raises(Refused, match="never answered themselves"):
        announcing.send(more, alice, NOW + timedelta(days=6))
    db.session.rollback()
    for who in ("Hal", "Ian", "Joe"):
        respond(event, answer_of(who).person, who, GOING, Party(1), "", NOW)
    assert announcing.send(more, alice, NOW + timedelta(days=6)) == 5


def test_one_click_without_a_cookie_ends_an_event_s_words_and_no_other(event, alice, client):
    announcing.send(words(event, alice), alice, NOW)
    db.session.commit()
    letter = next(letter for letter in posted(LATER) if sent_to([letter]) == ["dan"])
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = letter["List-Unsubscribe"].strip().strip("<>").removeprefix("http://127.0.0.1:8000")
    assert path == link_of(letter, "No more letters like this")
    assert client.get(path).status_code == 200 and answer_of("Dan").announced
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": None})
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert not answer_of("Dan").announced and answer_of("Ann").announced
    announcing.send(words(event, alice), alice, LATER)
    db.session.commit()
    assert sent_to(posted(LATER + timedelta(minutes=11))) == ["ann", "bob", "cleo"]
    assert client.post(f"{path}/again").status_code == 200 and answer_of("Dan").announced


def test_one_click_ends_a_crew_s_words_even_while_one_waits(event, alice, client):
    ann = a_membership(answer_of("Ann").person, event.group)
    announcing.send(words(event, alice, Place(event.group), audience="crew"), alice, NOW)
    db.session.commit()
    path = f"/mail/{letters_token(ann.person)}/groups/{event.group.id}"
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200 and not ann.announced
    assert client.post(f"/mail/{letters_token(ann.person)}/groups/999").status_code == 404
    letters = posted(LATER)
    assert sent_to(letters) == ["alice"]
    own = next(letter for letter in letters if sent_to([letter]) == ["alice"])
    assert own["List-Id"] == f"<crew-{event.group.id}.127.0.0.1>" and own["References"] == (
        f"<crew-{event.group.id}@127.0.0.1>"
    )


def test_the_log_says_of_each_letter_what_became_of_it(event, alice, browser_of):
    browser, row = browser_of(alice), words(event, alice)
    path = f"/events/{event.slug}/manage/announce/{row.id}"
    announcing.send(row, alice, NOW)
    db.session.commit()
    assert "Take it back" in (page := browser.get(path).get_data(as_text=True)) and page.count("waits to be sent") == 4
    answer_of("Dan").announced = False
    db.session.commit()
    pump.send_due(Knows(), LATER)
    page = browser.get(path).get_data(as_text=True)
    assert page.count(">sent<") == 2 and "came back" in page and "550 no such user" in page
    assert "not wanted any more" in page and "Take it back" not in page


def test_from_the_list_to_the_letter_a_test_first(event, alice, browser_of):
    browser, base = browser_of(alice), f"/events/{event.slug}/manage"
    listed = browser.get(f"{base}/people?answer=declined").get_data(as_text=True)
    assert "Write to this person" in listed
    asked = f"{base}/announce?answer=declined"
    fields = fields_of(browser.get(asked).get_data(as_text=True), f"{base}/announce")
    empty = browser.post(asked, data=fields | {"subject": "Next time?", "text": ""})
    assert empty.status_code == 422 and "Next time?" in empty.get_data(as_text=True)
    kept = browser.post(asked, data=fields | {"subject": "Next time, boots?", "text": "We **miss** you."})
    path = kept.location
    shown = browser.get(path).get_data(as_text=True)
    assert "Send to 1 person" in shown and "To Eve." in shown and "<strong>miss</strong>" in shown
    assert sent_to(posted(LATER)) == []
    tested = send(browser, shown, f"{path}/test")
    assert "A test is on its way to alice@example.org" in browser.get(tested.location).get_data(as_text=True)
    (test,) = [letter for letter in posted(LATER) if "boots" in letter["Subject"]]
    assert sent_to([test]) == ["alice"] and test["Subject"] == "Test: Next time, boots?"
    changed = fill(browser, f"{path}/edit", text="We miss you a lot.")
    assert changed.status_code == 303
    sent = send(browser, browser.get(path).get_data(as_text=True), f"{path}/send")
    assert sent.status_code == 303 and sent_to(posted(NOW + timedelta(minutes=30))) == ["eve"]
    assert browser.get(f"{path}/edit").status_code == 404
    again = send(browser, shown, f"{path}/send")
    assert again.status_code == 409 and "sent already" in again.get_data(as_text=True)


def test_nobody_writes_to_an_audience_of_nobody_nor_to_one_that_is_none(event, alice, browser_of):
    browser, path = browser_of(alice), f"/events/{event.slug}/manage/announce"
    answer_of("Cleo").announced = False
    db.session.commit()
    page = browser.get(path).get_data(as_text=True)
    for audience, why in (("line", "Nobody is there"), ("crew", "Not a valid choice")):
        refused = send(browser, page, path, audience=audience, subject="Kept subject", text="Kept text")
        shown = refused.get_data(as_text=True)
        assert refused.status_code == 422 and why in shown and "Kept subject" in shown and "Kept text" in shown
    assert db.session.scalar(select(Announcement.id)) is None


def test_a_draft_is_thrown_away(event, alice, browser_of):
    browser, row = browser_of(alice), words(event, alice)
    path = f"/events/{event.slug}/manage/announce/{row.id}"
    assert "not sent yet" in browser.get(path.rsplit("/", 1)[0]).get_data(as_text=True)
    assert fill(browser, path, f"{path}/drop").status_code == 303
    assert db.session.scalar(select(Announcement.id)) is None and browser.get(path).status_code == 404
