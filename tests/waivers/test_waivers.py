"""A crew's waivers: honest while there are none, published in versions, asked for again, retired."""

import hashlib

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.waivers.models import Waiver, WaiverText
from staytouch_events.waivers.queries import waivers_asked
from staytouch_events.waivers.texts import canonical, fingerprint

from ..attendance.cast import an_answer
from ..cast import a_group, a_membership, a_person, an_event
from ..forms import fill
from .cast import WORDS, a_waiver, ask, sign

PAGE = "/groups/trash-punx/manage/waivers"


@pytest.fixture
def crew(app, browser_of):
    """A crew, its organizer and her browser."""
    group, alice = a_group(), a_person("alice")
    a_membership(alice, group, ORGANIZER)
    return group, alice, browser_of(alice)


def published() -> list[tuple[int, str, str]]:
    """All texts: version, language, words."""
    db.session.rollback()
    rows = db.session.scalars(select(WaiverText).order_by(WaiverText.version, WaiverText.language))
    return [(row.version, row.language, row.text) for row in rows]


def test_a_crew_without_a_waiver_is_told_that_the_words_are_its_own(crew):
    _group, _alice, browser = crew
    page = browser.get(PAGE).get_data(as_text=True)
    assert "No waivers yet" in page and "we are no lawyers" in page
    assert 'value="Trash Punx"' in page


def test_a_waiver_is_published_in_the_languages_that_were_typed(crew):
    _group, _alice, browser = crew
    typed = {"issuer": "City of San José", "title_es": "Renuncia", "text_es": "  Vengo\r\nbajo mi riesgo. "}
    assert fill(browser, PAGE, **typed).status_code == 303
    assert published() == [(1, "es", "Vengo\nbajo mi riesgo.")]
    page = browser.get(PAGE).get_data(as_text=True)
    assert "Renuncia" in page and "City of San José" in page and "version 1" in page


def test_half_a_text_and_none_are_told_and_nothing_typed_is_lost(crew):
    _group, _alice, browser = crew
    half = fill(browser, PAGE, title_en="Creek waiver", text_es="Vengo", title_es="Renuncia")
    assert half.status_code == 422
    page = half.get_data(as_text=True)
    assert "A text needs both" in page and "Creek waiver" in page and "Vengo" in page
    none = fill(browser, PAGE)
    assert none.status_code == 422 and "in one language at least" in none.get_data(as_text=True)
    assert published() == []


def test_an_edit_is_a_new_version_and_the_old_one_stays(crew):
    group, alice, browser = crew
    waiver = a_waiver(group, alice)
    path = f"{PAGE}/{waiver.id}"
    fill(browser, path, text_en="Other words", title_es="", text_es="")
    assert [row[:2] for row in published()] == [(1, "en"), (1, "es"), (2, "en")]
    assert published()[0][2] == WORDS["en"][1] and published()[2][2] == "Other words"
    fill(browser, path, issuer="The City")
    assert len(published()) == 3
    assert db.session.get(Waiver, waiver.id).issuer == "The City"


def test_a_published_text_never_changes(crew):
    group, alice, _browser = crew
    a_waiver(group, alice)
    row = db.session.scalars(select(WaiverText)).first()
    row.text = "Something else"
    with pytest.raises(RuntimeError, match="published"):
        db.session.flush()
    db.session.rollback()


def test_the_fingerprint_is_of_the_very_words():
    said = "I come.\nAt my own risk."
    very = f"en\nCreek waiver\n\n{said}\n".encode()
    expected = hashlib.sha256(very).hexdigest()
    assert fingerprint("en", "Creek waiver", said) == expected
    assert canonical("en", " Creek  waiver ", "I come.\r\nAt my own risk.\n") == very
    assert canonical("es", "Jose\u0301", "x") == canonical("es", "Jos\u00e9", "x")
    assert fingerprint("es", "Creek waiver", said) != expected


def test_asking_again_is_offered_where_older_signatures_count(crew):
    group, alice, browser = crew
    waiver = a_waiver(group, alice)
    event = ask(an_event(group), waiver)
    path = f"{PAGE}/{waiver.id}"
    assert "Ask again" not in browser.get(path).get_data(as_text=True)
    sign(an_answer(event))
    fill(browser, path, text_en="Other words")
    assert "1 signature is for an older version" in browser.get(path).get_data(as_text=True)
    fill(browser, path, f"{path}/again")
    db.session.rollback()
    assert db.session.get(Waiver, waiver.id).counts_from == 2
    assert "Ask again" not in browser.get(path).get_data(as_text=True)


def test_a_retired_waiver_is_asked_by_no_event_until_it_is_used_again(crew):
    group, alice, browser = crew
    waiver = a_waiver(group, alice)
    event = ask(an_event(group), waiver)
    path = f"{PAGE}/{waiver.id}"
    fill(browser, path, f"{path}/retire")
    assert "retired" in browser.get(PAGE).get_data(as_text=True)
    assert waivers_asked(event) == []
    assert "Creek waiver" not in browser.get(f"/events/{event.slug}/manage/who").get_data(as_text=True)
    fill(browser, path, f"{path}/back")
    db.session.rollback()
    assert [row.id for row in waivers_asked(event)] == [waiver.id]


def test_another_crews_waiver_is_missing(crew):
    _group, _alice, browser = crew
    other = a_waiver(a_group("river-rats"))
    assert browser.get(f"{PAGE}/{other.id}").status_code == 404
