"""Signing on the page of one's answer: for oneself, other adults, minors; once; withdrawn; printed; told by mail."""

from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from staytouch_events.attendance.actions import mark
from staytouch_events.attendance.models import IN, UNDO
from staytouch_events.db import db
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.additions import lines_about
from staytouch_events.waivers.actions import ask_again, save_waiver
from staytouch_events.waivers.models import ADULT, MINOR, SELF
from staytouch_events.waivers.queries import signed_by_answer
from staytouch_events.waivers.signing import withdraw
from staytouch_events.waivers.texts import fingerprint

from ..attendance.cast import a_day, an_answer, manage
from ..cast import NOW, a_group, a_person, an_event
from ..forms import fields_of
from .cast import WORDS, a_waiver, ask, sign, sign_for, signatures, texts


@pytest.fixture
def asking(app):
    """An event that asks for a waiver, an answer to it, the page on which it is signed."""
    group = a_group()
    event = ask(an_event(group), a_waiver(group))
    rsvp = an_answer(event, adults=2, minors=1)
    return event, rsvp, f"{manage(rsvp)}/before"


def page_of(browser, path: str) -> str:
    """A page's words."""
    return browser.get(path).get_data(as_text=True)


def post(browser, path: str, do: str, **typed):
    """Send one of the two forms of the page."""
    return browser.post(path, data={"do": do, **typed})


def state(event, rsvp) -> tuple[int, int]:
    """People for whom all is signed, and people."""
    db.session.rollback()
    found = signed_by_answer(event)[rsvp.id]
    return found.signed, found.people


def test_everybody_of_a_party_signs_or_is_signed_for(asking, client):
    event, rsvp, path = asking
    assert "0 of 3 signed" in page_of(client, manage(rsvp))
    agree = texts(event)
    assert post(client, path, "adult", name="Gia Example", agree=agree).status_code == 303
    assert post(client, path, "adult", name="Gil Example", agree=agree).status_code == 303
    assert state(event, rsvp) == (2, 3)
    page = page_of(client, path)
    assert "2 of 3 signed" in page and "You sign" not in page and "An adult signs" not in page
    minor = {"minor": "Max", "guardian": "Gia Example", "relation": "mother"}
    assert post(client, path, "minor", agree=agree, **minor).status_code == 303
    assert "All signed." in page_of(client, path)
    rows = signatures()
    assert [(row.kind, row.name, row.signed_by, row.relation) for row in rows] == [
        (SELF, "Gia Example", "Gia Example", ""),
        (ADULT, "Gil Example", "Gil Example", ""),
        (MINOR, "Max", "Gia Example", "mother"),
    ]
    assert {row.sha256 for row in rows} == {fingerprint("en", *WORDS["en"])}
    assert all(row.signed_at == NOW and not row.on_site and row.held_by_id is None for row in rows)


def test_nothing_is_ticked_or_typed_beforehand(asking, client):
    _event, _rsvp, path = asking
    page = page_of(client, path)
    fields = fields_of(page, "/before")
    assert fields["name"] == "" and "agree" not in fields


def test_what_is_missing_is_told_and_what_was_typed_stays(asking, client):
    event, _rsvp, path = asking
    unticked = post(client, path, "adult", name="Gia Example")
    assert unticked.status_code == 422
    assert "Tick that you agree" in unticked.get_data(as_text=True)
    assert "Gia Example" in unticked.get_data(as_text=True)
    assert "Type your name." in post(client, path, "adult", agree=texts(event)).get_data(as_text=True)
    alone = post(client, path, "minor", minor="Max", agree=texts(event)).get_data(as_text=True)
    assert "A parent or guardian signs" in alone and "Max" in alone
    unrelated = post(client, path, "minor", minor="Max", guardian="Gia", agree=texts(event))
    assert "Say what you are to them" in unrelated.get_data(as_text=True)
    assert signatures() == []


def test_each_of_several_waivers_is_agreed_to(app, client):
    group = a_group()
    city = a_waiver(group, words={"en": ("City waiver", "The city's words.")}, issuer="City of San José")
    event = ask(an_event(group), a_waiver(group), city)
    rsvp = an_answer(event)
    path = f"{manage(rsvp)}/before"
    page = page_of(client, path)
    assert "Creek waiver" in page and "City waiver" in page and "City of San José" in page
    assert post(client, path, "adult", name="Gia", agree=texts(event)[:1]).status_code == 422
    assert post(client, path, "adult", name="Gia", agree=texts(event)).status_code == 303
    assert len(signatures()) == 2 and state(event, rsvp) == (1, 1)


def test_the_text_signed_is_the_one_that_was_read(asking, client):
    event, rsvp, path = asking
    spanish = page_of(client, f"{path}?read=es")
    assert "propio riesgo" in spanish and 'hreflang="en"' in spanish
    post(client, path, "adult", name="Gia", agree=texts(event, "es"), read="es")
    assert signatures()[0].sha256 == fingerprint("es", *WORDS["es"])
    waiver = signatures()[0].text.waiver
    old = texts(event)
    save_waiver(waiver, waiver.issuer, {"en": ("Creek waiver", "New words")}, a_person("alice"), NOW)
    db.session.commit()
    late = post(client, path, "adult", name="Gil", agree=old)
    assert late.status_code == 422 and "New words" in late.get_data(as_text=True)


def test_a_name_signs_once(asking, client):
    event, _rsvp, path = asking
    for _twice in range(2):
        answer = post(client, path, "adult", name="Gia", agree=texts(event))
    assert answer.status_code == 422 and "Gia has signed already." in answer.get_data(as_text=True)
    assert len(signatures()) == 1


def test_nobody_signs_beyond_the_party(asking):
    _event, rsvp, _path = asking
    sign(rsvp, "Gia")
    sign(rsvp, "Gil")
    with pytest.raises(Refused, match="has signed"):
        sign(rsvp, "Zoe")


def test_an_older_version_counts_until_the_crew_asks_again(asking):
    event, rsvp, _path = asking
    sign(rsvp, "Gia")
    waiver, alice = signatures()[0].text.waiver, a_person("alice")
    save_waiver(waiver, waiver.issuer, {"en": ("Creek waiver", "New words")}, alice, NOW)
    db.session.commit()
    assert state(event, rsvp) == (1, 3)
    ask_again(waiver, NOW)
    db.session.commit()
    assert state(event, rsvp) == (0, 3)
    sign(rsvp, "Gia")
    assert state(event, rsvp) == (1, 3)
    assert [row.text.version for row in signatures()] == [1, 2]


def test_who_is_old_enough_for_it_signs_alone(app):
    group = a_group()
    event = ask(an_event(group), a_waiver(group), consent_under=16)
    rsvp = an_answer(event, adults=0, minors=2)
    with pytest.raises(Refused, match="guardian"):
        sign_for(rsvp, "Max", guardian="", age_from=0)
    db.session.rollback()
    sign_for(rsvp, "Mia", guardian="", age_from=16)
    assert [(row.name, row.signed_by, row.age_from) for row in signatures()] == [("Mia", "Mia", 16)]


def test_a_minor_below_the_minimum_age_is_not_signed_for(app):
    group = a_group()
    waiver = a_waiver(group)
    event = ask(an_event(group), waiver)
    rsvp = an_answer(event, minors=1)
    ask(event, waiver, minimum_age=12)
    with pytest.raises(Refused, match="12 and older"):
        sign_for(rsvp, age_from=0)


def test_a_copy_says_all_of_it(asking, client):
    _event, rsvp, path = asking
    sign_for(rsvp)
    page = page_of(client, f"{path}/{signatures()[0].id}")
    for said in (
        "Creek waiver",
        "<strong>own</strong>",
        "Max",
        "Gia Example",
        "mother",
        fingerprint("en", *WORDS["en"]),
    ):
        assert said in page
    other = an_answer(asking[0], "bao")
    assert client.get(f"{manage(other)}/before/{signatures()[0].id}").status_code == 404


def test_a_signature_is_withdrawn_and_kept_until_check_in(app, client):
    group = a_group()
    event = ask(a_day(group), a_waiver(group))
    rsvp = an_answer(event)
    sign(rsvp)
    path = f"{manage(rsvp)}/before/{signatures()[0].id}"
    mark(rsvp, IN, "", NOW, by=None)
    db.session.commit()
    assert client.post(path).status_code == 409
    assert signatures()[0].withdrawn_at is None
    mark(rsvp, UNDO, "", NOW, by=None)
    db.session.commit()
    assert client.post(path).status_code == 303
    assert signatures()[0].withdrawn_at == NOW and state(event, rsvp) == (0, 1)
    sign(rsvp)
    withdraw(signatures()[0], NOW)
    assert state(event, rsvp) == (1, 1) and len(signatures()) == 2


def test_letters_say_what_is_to_be_signed_until_it_is(asking):
    _event, rsvp, path = asking
    (line,) = lines_about(rsvp)
    assert line.text == "0 of 3 signed" and line.link.endswith(path)
    for name in ("Gia", "Gil"):
        sign(rsvp, name)
    sign_for(rsvp)
    assert lines_about(rsvp) == []


def test_a_letter_leads_to_the_page(asking, app):
    _event, _rsvp, path = asking
    row = db.session.scalars(select(Letter).where(Letter.kind == "rsvps.answered")).first()
    letter = message_from_bytes(render(row, NOW)[2], policy=policy.default)
    assert path in letter.get_body(("html",)).get_content() and path in letter.get_body(("plain",)).get_content()


def test_nothing_is_asked_of_who_does_not_come(asking, client):
    _event, rsvp, path = asking
    client.post(f"{manage(rsvp)}/withdraw")
    assert "Before you come" not in page_of(client, manage(rsvp))
    assert "form" not in page_of(client, path).split("<main")[1].split("</main>")[0]


def test_nobody_signs_from_home_once_it_is_over(asking, client, clock):
    event, _rsvp, path = asking
    agree, clock.moment = texts(event), event.ends_at
    assert "<button" not in page_of(client, path).split("<main")[1].split("</main>")[0]
    post(client, path, "adult", name="Gia", agree=agree)
    assert signatures() == []
