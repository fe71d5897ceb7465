"""A person's page: what they share and what one wrote apart, notes, dates, what was done together, taking out."""

from datetime import date, timedelta

import pytest

from staytouch_events.contacts import keeping
from staytouch_events.contacts.models import Contact, ContactDate, ContactNote, ContactTouch
from staytouch_events.contacts.people_queries import dates_of, notes_of, touches_of
from staytouch_events.contacts.together import together
from staytouch_events.contacts.words import date_words
from staytouch_events.db import db
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, a_person
from ..forms import fill, send
from .cast import at_event, exchanged


@pytest.fixture
def known(app, browser_of):
    """bob, who has ana's card; his browser and her page."""
    ana, bob = a_person("ana", name="Ana Luz"), a_person("bob")
    mine, _theirs = exchanged(bob, ana)
    return mine, browser_of(bob), f"/contacts/{mine.public_id}"


def words(browser, path: str) -> str:
    """A page."""
    return browser.get(path).get_data(as_text=True)


def test_what_they_share_and_what_one_wrote_stand_apart(known):
    mine, browser, path = known
    typed = {"name": "Anita", "phones": "408 555 0177\n408 555 0188", "met_words": "At the creek"}
    assert fill(browser, f"{path}/edit", **typed).status_code == 303
    page = words(browser, path)
    assert "They share" in page and "408 555 0100" in page and "You wrote" in page and "408 555 0188" in page
    assert "<h1>Anita</h1>" in page and "At the creek" in page
    assert mine.shared["name"] == "Ana Luz" and mine.own["phones"] == [["", "408 555 0177"], ["", "408 555 0188"]]


def test_the_kind_of_a_number_and_what_the_form_does_not_ask_stay(known):
    mine, browser, path = known
    keeping.write_own(mine, {"phones": [["work", "408 555 0177"]], "links": ["https://example.org"]})
    db.session.commit()
    fill(browser, f"{path}/edit", phones="408 555 0177\n911 12")
    assert mine.own == {"phones": [["work", "408 555 0177"], ["", "911 12"]], "links": ["https://example.org"]}


def test_where_they_met_follows_the_event_until_it_is_said_otherwise(app, browser_of):
    ana, bob = a_person("ana"), a_person("bob")
    event = at_event(ana, bob)
    mine, _theirs = exchanged(bob, ana)
    browser, path = browser_of(bob), f"/contacts/{mine.public_id}"
    fill(browser, f"{path}/edit", company="School")
    assert (mine.met_event_id, mine.met_words) == (event.id, "")
    fill(browser, f"{path}/edit", met_words="Under the bridge")
    assert "Under the bridge" in words(browser, path)
    fill(browser, f"{path}/edit", met_words="")
    assert mine.met_event_id is None and "Creek day" not in words(browser, path)


def test_bad_lines_are_told_and_kept(known):
    mine, browser, path = known
    for typed, told in (({"phones": "408 555 0177\nsoon"}, "Type a phone number"), ({"emails": "x"}, "one a line")):
        answer = fill(browser, f"{path}/edit", company="KEPT", **typed)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422 and told in page and "KEPT" in page
    assert mine.own == {}


def test_a_note_is_written_changed_taken_out_and_put_back(known):
    mine, browser, path = known
    assert fill(browser, path, f"{path}/notes", text="His **truck**", noted_on="2026-11-20").status_code == 303
    note = db.session.query(ContactNote).one()
    assert "<strong>truck</strong>" in words(browser, path) and note.noted_on == date(2026, 11, 20)
    at = f"{path}/notes/{note.id}"
    assert fill(browser, at, text="Her truck").status_code == 303
    assert "Her truck" in words(browser, path)
    gone = send(browser, words(browser, path), f"{at}/remove").headers["Location"]
    page = words(browser, gone)
    assert "Her truck" not in page and "The note was taken out." in page
    for _twice in range(2):
        assert send(browser, page, f"{at}/restore").status_code == 303
    assert "Her truck" in words(browser, path) and "was taken out" not in words(browser, gone)


def test_an_empty_note_is_told_at_its_field(known):
    _mine, browser, path = known
    answer = fill(browser, path, f"{path}/notes", text="  ")
    assert answer.status_code == 422 and "Write something down." in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "typed, said",
    (
        ({"month": "7", "day": "4"}, ("Birthday", "4 July")),
        ({"month": "2", "day": "29"}, ("Birthday", "29 February")),
        ({"month": "2", "day": "29", "year": "1992"}, ("Birthday", "29 February 1992")),
        ({"month": "5", "day": "1", "what": "other", "label": "Moved in"}, ("Moved in", "1 May")),
        ({"month": "2", "day": "29", "year": "1991"}, None),
        ({"month": "2", "day": "30"}, None),
        ({"month": "4", "day": "x"}, None),
    ),
)
def test_a_day_of_the_year_is_remembered_with_its_year_or_without(known, typed, said):
    mine, browser, path = known
    answer = fill(browser, path, f"{path}/dates", **{"year": "", **typed})
    assert answer.status_code == (303 if said else 422)
    assert [date_words(row) for row in dates_of(mine)] == ([said] if said else [])


def test_a_date_is_taken_out(known):
    mine, browser, path = known
    keeping.add_date(mine, "birthday", "", (7, 4, None))
    db.session.commit()
    row = db.session.query(ContactDate).one()
    assert send(browser, words(browser, path), f"{path}/dates/{row.id}/remove").status_code == 303
    assert dates_of(mine) == []


def test_calls_are_logged_of_days_that_were_and_end_a_snooze(known):
    mine, browser, path = known
    mine.snoozed_until_on = date(2026, 12, 1)
    db.session.commit()
    late = fill(browser, path, f"{path}/touches", touched_on="2026-12-24", words="KEPT")
    assert late.status_code == 422 and "still to come" in late.get_data(as_text=True)
    assert fill(browser, path, f"{path}/touches", touched_on="2026-11-01", words="His truck").status_code == 303
    assert [touch.touched_at.date() for touch in touches_of(mine)] == [date(2026, 11, 1)]
    assert mine.snoozed_until_on is None
    page, row = words(browser, path), db.session.query(ContactTouch).one()
    assert "We talked: His truck" in page
    assert send(browser, page, f"{path}/touches/{row.id}/remove").status_code == 303
    assert touches_of(mine) == []


@pytest.mark.parametrize("there, told", ((("ana", "bob"), True), (("bob",), False)))
def test_an_event_that_both_came_to_stands_on_the_page(app, there, told):
    people = {who: a_person(who) for who in ("ana", "bob")}
    event = at_event(*(people[who] for who in there))
    mine, _theirs = exchanged(people["bob"], people["ana"])
    found = together(mine, event.ends_at + timedelta(hours=1))
    assert [moment.words for moment in found] == (["Creek day"] if told else [])
    assert together(mine, event.starts_at) == []


def test_of_two_who_said_they_come_only_who_was_checked_in_was_there(app):
    ana, bob, cy = (a_person(who) for who in ("ana", "bob", "cy"))
    event = at_event(ana, bob)
    respond(event, cy, "Cy", GOING, Party(1), "", NOW)
    mine, _theirs = exchanged(bob, cy)
    assert together(mine, event.ends_at + timedelta(hours=1)) == []


def test_somebody_is_taken_out_with_the_notes_and_put_back(known):
    mine, browser, path = known
    keeping.add_note(mine, "PLANTED", NOW.date(), NOW)
    db.session.commit()
    listed = send(browser, words(browser, path), f"{path}/remove").headers["Location"]
    page = words(browser, listed)
    assert "was taken out" in page and browser.get(path).status_code == 404
    for _twice in range(2):
        assert send(browser, page, f"{path}/restore").status_code == 303
    assert "PLANTED" in words(browser, path) and "was taken out" not in words(browser, listed)


@pytest.mark.parametrize("days, left", ((29, 1), (31, 0)))
def test_what_was_taken_out_is_deleted_after_a_month(known, days, left):
    mine, _browser, _path = known
    keeping.add_note(mine, "x", NOW.date(), NOW)
    keeping.remove_note(notes_of(mine)[0], NOW)
    keeping.remove(mine, NOW)
    keeping.purge_removed(NOW + timedelta(days=days))
    db.session.commit()
    assert db.session.query(ContactNote).count() == left
    assert db.session.query(Contact).filter(Contact.removed_at.is_not(None)).count() == left


def test_anybody_elses_person_is_404(known, browser_of):
    mine, _browser, path = known
    other = browser_of(a_person("cy", is_admin=True))
    missing = other.get("/contacts/aaaaaaaaaaaaa")
    for address in (path, f"{path}/edit", f"{path}/notes/1"):
        answer = other.get(address)
        assert answer.status_code == 404
    assert other.get(path).data == missing.data.replace(b"aaaaaaaaaaaaa", mine.public_id.encode())


def test_the_day_of_a_note_is_the_writers(known):
    mine, browser, path = known
    mine.owner.zone = "Pacific/Auckland"
    db.session.commit()
    assert 'value="2026-11-25"' in words(browser, path)
