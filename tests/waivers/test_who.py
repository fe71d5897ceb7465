"""Who may come: set by organizers, read by everybody, told at the field of an answer that does not fit, copied."""

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import new_event
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.people.models import Person
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING, Rsvp
from staytouch_events.waivers.queries import rules_of, waivers_asked
from staytouch_events.waivers.rules import ages, check_party

from ..attendance.cast import manage
from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fill
from .cast import a_waiver, ask


@pytest.fixture
def crew(app, browser_of):
    """A crew's event and its organizer's browser."""
    group, alice = a_group(), a_person("alice")
    a_membership(alice, group, ORGANIZER)
    return an_event(group), browser_of(alice)


def refused(event, adults: int, minors: int, youngest: int | None = None) -> str | None:
    """The field at which such a party is refused; None where it may come."""
    try:
        check_party(event, Party(adults, minors, youngest))
    except Refused as why:
        return why.field
    return None


def test_an_organizer_sets_it_and_everybody_reads_it(crew, client):
    event, browser = crew
    waiver = a_waiver(event.group)
    path = f"/events/{event.slug}/manage/who"
    typed = {"minimum_age": "8", "accompanied_under": "13", "minors_per_adult": "4", "waivers": str(waiver.id)}
    assert fill(browser, path, **typed).status_code == 303
    page = client.get(f"/events/{event.slug}").get_data(as_text=True)
    for words in (
        "For people of 8 and older.",
        "Whoever is under 13 comes with an adult.",
        "One adult comes along for up to 4 under 18.",
        "For whoever is under 18 a parent or guardian signs.",
        "Creek waiver",
    ):
        assert words in page
    spanish = client.get(f"/events/{event.slug}?lang=es").get_data(as_text=True)
    assert "Renuncia" in spanish and "Whoever" not in spanish
    read = client.get(f"/events/{event.slug}/waivers").get_data(as_text=True)
    assert "<strong>own</strong>" in read and "Español" in read


def test_an_event_without_rules_says_nothing_of_them(crew, client):
    event, _browser = crew
    assert "Who may come" not in client.get(f"/events/{event.slug}").get_data(as_text=True)
    assert "Age of the youngest" not in client.get(f"/events/{event.slug}").get_data(as_text=True)


def test_a_page_that_is_kept_follows_the_rules(crew, client):
    event, _browser = crew
    path = f"/events/{event.slug}"
    assert "comes with an adult" not in client.get(path).get_data(as_text=True)
    ask(event, accompanied_under=13)
    assert "comes with an adult" in client.get(path).get_data(as_text=True)
    waiver = a_waiver(event.group)
    ask(event, waiver)
    assert "Creek waiver" in client.get(path).get_data(as_text=True)


def test_bad_ages_are_told_and_strange_waivers_refused(crew):
    event, browser = crew
    path = f"/events/{event.slug}/manage/who"
    wrong = fill(browser, path, accompanied_under="40")
    assert wrong.status_code == 422 and 'value="40"' in wrong.get_data(as_text=True)
    a_waiver(event.group)
    other = a_waiver(a_group("river-rats"))
    assert fill(browser, path, waivers=str(other.id)).status_code == 422
    db.session.rollback()
    assert waivers_asked(event) == []
    with pytest.raises(Refused, match="not in use"):
        ask(event, other)


def test_ages_are_asked_in_the_bands_that_the_rules_make(crew):
    event, _browser = crew
    assert ages(event) == []
    ask(event, accompanied_under=13, minimum_age=8)
    assert ages(event) == [(0, "under 8"), (8, "8 to 12"), (13, "13 to 17")]
    ask(event, accompanied_under=18, minimum_age=17)
    assert ages(event) == [(0, "under 17"), (17, "17")]
    for grown_up in ({"accompanied_under": 18}, {"minimum_age": 18, "accompanied_under": 13}):
        ask(event, **{"minimum_age": None, "accompanied_under": None, **grown_up})
        assert ages(event) == []


def test_minors_alone_come_only_where_they_are_old_enough(crew):
    event, _browser = crew
    ask(event, accompanied_under=13)
    assert refused(event, 0, 1) == "youngest"
    assert refused(event, 0, 2, 0) == "adults"
    assert refused(event, 0, 2, 13) is None
    assert refused(event, 1, 2, 0) is None
    ask(event, accompanied_under=18)
    assert refused(event, 0, 1) == "adults" and refused(event, 1, 1) is None


def test_an_adult_brings_so_many(crew):
    event, _browser = crew
    ask(event, minors_per_adult=2)
    assert refused(event, 1, 3) == "minors" and refused(event, 2, 3) is None and refused(event, 0, 1) == "minors"
    ask(event, minors_per_adult=2, accompanied_under=13)
    assert refused(event, 0, 5, 13) is None and refused(event, 1, 3, 13) == "minors"


def test_nobody_below_the_minimum_age(crew):
    event, _browser = crew
    ask(event, minimum_age=12)
    assert refused(event, 1, 1, 0) == "youngest" and refused(event, 1, 1, 12) is None
    ask(event, minimum_age=21)
    assert refused(event, 1, 1) == "minors" and refused(event, 2, 0) is None


def test_an_answer_is_checked_under_the_lock_however_it_is_given(crew):
    event, _browser = crew
    ask(event, accompanied_under=13)
    gia = a_person("gia")
    with pytest.raises(Refused, match="comes with an adult"):
        respond(event, gia, "Gia", GOING, Party(0, 1, 0), "", NOW)
    db.session.rollback()
    rsvp = respond(event, gia, "Gia", GOING, Party(1, 1, 0), "", NOW).rsvp
    assert rsvp.youngest == 0
    with pytest.raises(Refused, match="comes with an adult"):
        respond(event, gia, "Gia", GOING, Party(0, 1, 0), "", NOW)


def test_a_guest_is_told_at_the_field_and_keeps_what_was_typed(crew, client):
    event, _browser = crew
    ask(event, accompanied_under=13)
    path = f"/events/{event.slug}"
    typed = {"name": "Gia", "email": "gia@example.org", "adults": "0", "minors": "1", "youngest": "0"}
    answer = fill(client, path, f"{path}/rsvp", **typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'id="adults-wrong"' in page
    assert "Whoever is under 13 comes with an adult." in page and "gia@example.org" in page
    assert db.session.scalar(select(Rsvp)) is None
    assert fill(client, path, f"{path}/rsvp", **{**typed, "adults": "1"}).status_code == 200
    db.session.rollback()
    assert db.session.scalar(select(Rsvp)).youngest == 0


def test_the_same_on_the_page_of_the_answer(crew, client):
    event, _browser = crew
    ask(event, accompanied_under=13)
    rsvp = respond(event, a_person("gia"), "Gia", GOING, Party(1, 1, 0), "", NOW).rsvp
    db.session.commit()
    path = manage(rsvp)
    answer = fill(client, path, adults="0", note="We bring buckets")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'id="adults-wrong"' in page and "We bring buckets" in page
    assert fill(client, path, minors="2").status_code == 303
    db.session.rollback()
    assert (rsvp.adults, rsvp.minors, rsvp.youngest) == (1, 2, 0)


def test_a_known_address_confirms_with_the_age_it_typed(crew, client):
    event, _browser = crew
    ask(event, accompanied_under=13)
    respond(event, a_person("gia"), "Gia", GOING, Party(1, 0), "", NOW)
    db.session.commit()
    path = f"/events/{event.slug}"
    typed = {"name": "Gia", "email": "gia@example.org", "adults": "1", "minors": "1", "youngest": "13"}
    assert fill(client, path, f"{path}/rsvp", **typed).status_code == 200
    from staytouch_events.outbox.models import Letter

    db.session.rollback()
    letter = db.session.scalar(select(Letter).where(Letter.kind == "rsvps.asked"))
    assert letter.facts["asked"]["youngest"] == 13
    rsvp = db.session.scalar(select(Rsvp))
    page = client.get(f"{manage(rsvp)}?adults=1&minors=1&youngest=13").get_data(as_text=True)
    assert 'selected value="13"' in page


def test_a_copied_event_brings_its_rules_and_waivers_along(crew):
    event, _browser = crew
    used, retired = a_waiver(event.group), a_waiver(event.group)
    ask(event, used, retired, minimum_age=8, accompanied_under=13, photos=True, emergency="asked")
    retired.retired_at = NOW
    db.session.commit()
    copy = new_event(event.group, NOW, copy_of=event)
    db.session.commit()
    rules = rules_of(copy)
    assert (copy.minimum_age, rules.accompanied_under, rules.photos, rules.emergency) == (8, 13, True, "asked")
    assert [row.id for row in waivers_asked(copy)] == [used.id]


def test_organizers_put_down_whom_they_want(crew):
    event, browser = crew
    ask(event, accompanied_under=13)
    page = f"/events/{event.slug}/manage/people"
    assert fill(browser, page, name="Zoe", adults="0", minors="1").status_code == 303
    db.session.rollback()
    assert db.session.scalar(select(Person).where(Person.name == "Zoe")) is not None
