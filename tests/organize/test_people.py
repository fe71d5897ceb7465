"""The organizers' list of people: narrowed, sorted, changed, in a sheet and in numbers."""

import csv
import io
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from staytouch_events.attendance.actions import mark
from staytouch_events.attendance.models import IN
from staytouch_events.db import db
from staytouch_events.groups.models import OWNER
from staytouch_events.organize import numbers_page, people_page
from staytouch_events.organize.people_queries import Filters, console_query, read_filters
from staytouch_events.outbox.models import Letter
from staytouch_events.refusals import Refused
from staytouch_events.rsvps import hosting, questions
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.asking import Beside
from staytouch_events.rsvps.models import DECLINED, GOING, MAYBE, SEATED, Rsvp
from staytouch_events.rsvps.question_models import CHOICE, SEVERAL, YES_NO
from staytouch_events.rsvps.question_queries import said_by
from staytouch_events.volunteers.actions import claim
from staytouch_events.volunteers.models import HELD, SignUp

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..conftest import one_database
from ..conversations.cast import counted
from ..forms import fill, send
from ..rsvps.cast import a_question
from ..volunteers.cast import a_role, a_shift
from ..waivers.cast import a_waiver, ask, sign

SIZES = ["Small", "Large"]


def answers(event, who: str, answer=GOING, people=1, said=None, now=NOW, tag="") -> Rsvp:
    """Somebody with an account answers."""
    beside = Beside(said or {}, tag)
    rsvp = respond(event, a_person(who), who.title(), answer, Party(people), "", now, beside=beside).rsvp
    db.session.commit()
    return rsvp


@pytest.fixture
def event(app):
    """Two spots: ann and bea come, bea helps and has signed; cleo waits, dan may come, eve can't."""
    event = an_event(a_group(), capacity=3)
    waiver = a_waiver(event.group, a_person("olga"))
    ask(event, waiver)
    size = a_question(event, "Gloves?", CHOICE, choices=["Tiny", *SIZES])
    shift, other = (a_shift(event, starts_after=minutes) for minutes in (0, 60))
    answers(event, "ann", people=2, said={size.id: ["Tiny"]}, tag="flyer")
    bea = answers(event, "bea", said={size.id: ["Large"]}, now=NOW + timedelta(hours=1))
    claim(shift, bea.person, "Bea", NOW)
    sign(bea, "Bea")
    answers(event, "cleo", said={size.id: ["Large"]}, tag="flyer", now=NOW + timedelta(hours=2))
    answers(event, "dan", MAYBE)
    answers(event, "eve", DECLINED)
    questions.save(size, {"choices": SIZES})
    mark(bea, IN, "", NOW, by=None)
    db.session.commit()
    event.size, event.shift, event.other = size.id, shift.id, other.id
    return event


def names(event, **asked) -> list[str]:
    """Who is found by an address's filters."""
    return [rsvp.name for rsvp in console_query(event, read_filters(asked))]


def test_everyone_stands_as_seats_and_line_do_and_is_found_by_what_they_said_and_did(event):
    everyone = ["Ann", "Bea", "Cleo", "Dan", "Eve"]
    assert names(event) == everyone
    found = {
        "q": {"BÉA@example": ["Bea"], "nobody": []},
        "answer": {"going": ["Ann", "Bea", "Cleo"], "maybe": ["Dan"], "declined": ["Eve"], "x": everyone},
        "standing": {"seated": ["Ann", "Bea"], "waiting": ["Cleo"], "none": ["Dan", "Eve"], "unconfirmed": []},
        "shift": {
            "any": ["Bea"],
            "none": ["Ann", "Cleo", "Dan", "Eve"],
            str(event.shift): ["Bea"],
            str(event.other): [],
            "x": everyone,
        },
        "unsigned": {"on": ["Ann", "Cleo", "Dan"]},
        "came": {"yes": ["Bea"], "no": ["Ann", "Cleo", "Dan", "Eve"]},
        "said": {f"{event.size}:Tiny": ["Ann"], f"{event.size}:Large": ["Bea", "Cleo"], "x:Tiny": everyone},
        "sort": {
            "newest": ["Cleo", "Bea", "Ann", "Dan", "Eve"],
            "largest": ["Ann", "Bea", "Cleo", "Dan", "Eve"],
            "name": everyone,
        },
    }
    for name, values in found.items():
        assert {value: names(event, **{name: value}) for value in values} == values, name
    assert names(event, answer="going", shift="none", said=f"{event.size}:Large") == ["Cleo"]


def test_of_another_event_nobody_is_found(event):
    assert console_query(an_event(event.group, title="Other"), Filters()) == []


def test_whoever_was_taken_off_is_put_back_told_or_not(event):
    cleo = db.session.scalar(select(Rsvp).where(Rsvp.name == "Cleo"))
    hosting.move_up(cleo, NOW, more_room=True, tell=False)
    assert cleo.standing == SEATED and event.capacity == 4
    hosting.remove(cleo, NOW, tell=False)
    letters = select(Letter.kind).where(Letter.about == f"rsvp:{cleo.id}")
    before = db.session.scalars(letters).all()
    hosting.put_back(cleo, NOW, more_room=False, tell=False)
    assert (cleo.answer, cleo.standing) == (GOING, SEATED) and db.session.scalars(letters).all() == before
    assert said_by(cleo) == {event.size: ["Large"]}
    with pytest.raises(Refused, match="on the list already"):
        hosting.put_back(cleo, NOW, more_room=True, tell=False)


@pytest.fixture
def alice(browser_of, event):
    """An organizer's browser."""
    person = a_person("alice")
    a_membership(person, event.group, OWNER)
    browser = browser_of(person)
    browser.list = f"/events/{event.slug}/manage/people"
    return browser


def rsvp_of(name: str) -> Rsvp:
    """An answer by its name."""
    return db.session.scalar(select(Rsvp).where(Rsvp.name == name))


@one_database
def test_the_list_shows_what_each_said_signed_and_did(alice, event):
    page = alice.get(alice.list).get_data(as_text=True)
    for words in ("Tiny", "Gloves?", "signed", "here since", "bea@example.org", "Waiver missing", "Driver"):
        assert words in page, words
    narrowed = alice.get(f"{alice.list}?said={event.size}:Tiny").get_data(as_text=True)
    assert ">Ann<" in narrowed and ">Bea<" not in narrowed
    assert f'<option value="{event.size}:Tiny" selected>' in narrowed
    assert "Nobody fits" in alice.get(f"{alice.list}?q=zzz").get_data(as_text=True)


@one_database
def test_the_sheet_holds_the_same_people_and_a_column_for_each_question(alice, event):
    sheet = alice.get(f"{alice.list}.csv?answer=going&shift=none").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert [(row["Name"], row["Gloves?"], row["Came by"]) for row in rows] == [
        ("Ann", "Tiny", "flyer"),
        ("Cleo", "Large", "flyer"),
    ]


@one_database
def test_a_long_list_comes_in_parts(alice, event, monkeypatch):
    monkeypatch.setattr(people_page, "MOST", 2)
    page = alice.get(f"{alice.list}?sort=name").get_data(as_text=True)
    assert ">Bea<" in page and ">Cleo<" not in page and "1 to 2 of 5" in page
    after = f"?after={rsvp_of('Bea').id}&amp;sort=name"
    assert after in page
    page = alice.get(alice.list + unescape(after)).get_data(as_text=True)
    assert ">Cleo<" in page and ">Dan<" in page and ">Bea<" not in page and "3 to 4 of 5" in page


@one_database
def test_twenty_people_cost_as_many_queries_as_two(alice, event):
    def cost(path: str) -> int:
        db.session.rollback()
        with counted() as asked:
            assert alice.get(path).status_code == 200
        return len(asked)

    filters = f"?shift=any&came=no&unsigned=on&said={event.size}:Large"
    paths = [alice.list, f"{alice.list}.csv", alice.list + filters, f"{alice.list}/numbers"]
    few = [cost(path) for path in paths]
    shift = a_shift(event, a_role(event.group, name="Hands"), target=20)
    for at in range(18):
        rsvp = answers(event, f"person{at}", said={event.size: ["Large"]}, tag=f"tag{at}")
        claim(shift, rsvp.person, rsvp.name, NOW)
    db.session.commit()
    assert [cost(path) for path in paths] == few


@one_database
def test_what_somebody_said_is_corrected_by_an_organizer_who_need_not_know_all(alice, event):
    a_question(event, "Allergies?", required=True)
    one = f"{alice.list}/{rsvp_of('Ann').id}"
    assert fill(alice, one, **{f"q{event.size}": "Small"}).status_code == 303
    assert said_by(rsvp_of("Ann")) == {event.size: ["Small"]}


@one_database
def test_whoever_was_taken_off_by_mistake_goes_back_by_the_button_of_the_next_page(alice, event):
    ann = rsvp_of("Ann")
    one = f"{alice.list}/{ann.id}"
    gone = fill(alice, one, f"{one}/remove", tell=None)
    page = alice.get(gone.location).get_data(as_text=True)
    assert "Ann is off the list." in page and rsvp_of("Cleo").standing == SEATED
    assert send(alice, page, f"{one}/back").status_code == 409
    back = alice.get(one).get_data(as_text=True)
    assert send(alice, back, f"{one}/back", more_room="on", tell=None).status_code == 303
    assert (ann.standing, rsvp_of("Cleo").standing) == (SEATED, SEATED)
    assert "off the list." not in alice.get(gone.location).get_data(as_text=True)


@one_database
def test_nobody_of_another_events_answers_is_offered_to_put_back(alice, event):
    other = answers(an_event(event.group, title="Other"), "zoe", DECLINED)
    assert "off the list." not in alice.get(f"{alice.list}?removed={other.id}").get_data(as_text=True)


@one_database
def test_somebody_moves_up_untold_and_from_shift_to_shift(alice, event):
    cleo, bea = rsvp_of("Cleo"), rsvp_of("Bea")
    one = f"{alice.list}/{cleo.id}"
    assert fill(alice, one, f"{one}/seat", more_room="on", tell=None).status_code == 303
    assert cleo.standing == SEATED
    assert "rsvps.promoted" not in db.session.scalars(select(Letter.kind).where(Letter.about == f"rsvp:{cleo.id}"))
    sign_up = db.session.scalar(select(SignUp).where(SignUp.rsvp_id == bea.id))
    action = f"/events/{event.slug}/manage/shifts/{event.shift}/people/{sign_up.id}"
    moved = fill(alice, f"{alice.list}/{bea.id}", action, do="move", to=str(event.other))
    assert moved.location.endswith(f"{alice.list}/{bea.id}")
    held = db.session.scalars(select(SignUp.shift_id).where(SignUp.rsvp_id == bea.id, SignUp.standing == HELD))
    assert held.all() == [event.other]


@one_database
def test_the_numbers_stand_in_charts_and_in_tables(alice, event, monkeypatch):
    lift = a_question(event, "A lift?", YES_NO)
    tools = a_question(event, "Tools?", SEVERAL, choices=["Saw", "Rake"])
    late = NOW + timedelta(days=2)
    answers(event, "fay", MAYBE, said={lift.id: ["yes"], tools.id: ["Saw", "Rake"]}, tag="chat", now=late)
    drawn = numbers_page.numbers_context(event, NOW)
    assert [count for _words, count in drawn["standing"]["rows"]] == [3, 1, 2, 1]
    assert [(row[1], row[2]) for row in drawn["coverage"]["rows"]] == [(1, 1), (0, 1)]
    assert [count for _day, count in drawn["time"]["rows"]] == [5, 1] and len(drawn["time"]["chart"]["bars"]) == 7
    assert drawn["sources"]["rows"] == [("flyer", 2, 2), ("chat", 1, 0), ("no tag", 3, 1)]
    assert [part["rows"] for part in drawn["said"]] == [
        [("Small", 0), ("Large", 2), ("Tiny", 1)],
        [("Yes", 1), ("No", 0)],
        [("Saw", 1), ("Rake", 1)],
    ]
    page = alice.get(f"{alice.list}/numbers").get_data(as_text=True)
    assert page.count('<svg class="bagchart') == 7 and page.count('<table class="data"') == 7
    assert "?from=flyer" in page
    monkeypatch.setattr(numbers_page, "MOST_DAYS", 2)
    monkeypatch.setattr(numbers_page, "MOST_TAGS", 1)
    drawn = numbers_page.numbers_context(event, NOW)
    assert [count for _week, count in drawn["time"]["rows"]] == [6]
    assert drawn["sources"]["rows"][1] == ("other tags", 1, 0)


@one_database
def test_an_event_without_answers_says_what_to_do(browser_of):
    alice, event = a_person("alice"), an_event(a_group())
    a_membership(alice, event.group, OWNER)
    browser = browser_of(alice)
    path = f"/events/{event.slug}/manage/people"
    assert "Nobody yet" in browser.get(path).get_data(as_text=True)
    assert "from=flyer" in browser.get(f"{path}/numbers").get_data(as_text=True)
