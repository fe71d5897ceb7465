"""One's own card: made once, shown in versions, held up, renewed."""

import base64
import re

import segno
import vobject
import zxingcpp
from PIL import Image

from staytouch_events.access.contacts import card_token
from staytouch_events.contacts.card_models import CREW, PUBLIC, WORK, Card
from staytouch_events.contacts.card_page import card_link
from staytouch_events.contacts.card_queries import cards_of, says
from staytouch_events.contacts.card_vcards import dialled
from staytouch_events.contacts.cards import choose, revoke
from staytouch_events.db import db

from ..cast import a_person
from ..forms import fields_of, fill
from .cast import a_card


def test_the_first_save_makes_three_cards_and_the_next_makes_none(app, browser_of):
    browser = browser_of(a_person("ana", name="Ana Luz"))
    assert "Make my card" in browser.get("/contacts/card").get_data(as_text=True)
    for phone in ("408 555 0100", "+49 30 1234"):
        assert fill(browser, "/contacts/card", phone=phone, languages="English, Español").status_code == 303
    assert [card.version for card in db.session.query(Card).order_by(Card.id)] == [PUBLIC, CREW, WORK]
    page = browser.get("/contacts/card").get_data(as_text=True)
    assert "Show my card" in page and "+49 30 1234" in page and "Make my card" not in page


def test_bad_input_is_told_and_kept(app, browser_of):
    browser = browser_of(a_person("ana"))
    for typed, told in (
        ({"phone": "call me"}, "Type a phone number"),
        ({"links": "javascript:alert(1)"}, "is no web address"),
        ({"links": "\n".join(f"https://example.org/{n}" for n in range(11))}, "At most 10 links"),
    ):
        answer = fill(browser, "/contacts/card", note="KEPT", **typed)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422 and told in page and "KEPT" in page
    assert db.session.query(Card).count() == 0


def test_a_version_says_what_was_chosen_and_no_more(app, browser_of):
    ana = a_person("ana")
    card = a_card(ana, PUBLIC)
    assert says(card) == {"name": "Ana", "languages": ["English", "Español"], "links": ["https://example.org/ana"]}
    choose(card, ["email", "phone", "no such field"])
    assert says(card) == {"name": "Ana", "phones": [["cell", "408 555 0100"]], "emails": [["", "ana@example.org"]]}
    db.session.commit()
    browser = browser_of(ana)
    sent = fields_of(browser.get("/contacts/card").get_data(as_text=True), "/contacts/card/public")
    assert browser.post("/contacts/card/public", data={**sent, "fields": ["note"]}).status_code == 303
    assert says(card) == {"name": "Ana", "note": "Has 40 willow cuttings"}


def test_the_code_leads_to_the_card_and_the_other_holds_it(app, browser_of, client):
    ana = a_person("ana", name="Ana Luz")
    card = a_card(ana)
    page = browser_of(ana).get("/contacts/card/crew").get_data(as_text=True)
    offline, online = (_read(text) for text in re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", page))
    assert online == card_link(card)
    assert client.get(online).status_code == 200
    held = vobject.readOne(offline)
    assert held.fn.value == "Ana Luz" and held.tel.value == "+14085550100" and held.email.value == "ana@example.org"
    assert card_token(card) in page


def test_the_code_of_a_link_is_coarse_enough_for_arms_length(app):
    link = card_link(a_card(a_person("ana")))
    real = link.replace("http://127.0.0.1:8000", "https://staytouch.example.org")
    assert len(real) > 60 and segno.make(real, error="l", micro=False).version <= 4


def test_a_number_goes_to_a_phone_with_its_country(app):
    numbers = ("(408) 555-0100", "1 408 555 0100", "+49 30 1234", "911")
    assert [dialled(number) for number in numbers] == ["+14085550100", "+14085550100", "+49301234", "911"]


def test_a_new_code_stops_the_old_one_in_words_that_lead_on(app, browser_of, client):
    ana = a_person("ana")
    card = a_card(ana)
    old = f"/c/{card_token(card)}"
    assert client.get(old).status_code == 200
    assert fill(browser_of(ana), "/contacts/card", "/contacts/card/crew/renew").status_code == 303
    for path in (old, f"{old}.vcf", "/c/nothing"):
        answer = client.get(path)
        assert answer.status_code == 404 and "Ask for the new one" in answer.get_data(as_text=True)
    assert client.post(old, data={"name": "Gia", "phone": "408 555 0100"}).status_code == 404
    assert client.get(f"/c/{card_token(db.session.get(Card, card.id))}").status_code == 200


def test_a_card_is_nobody_elses_to_hold_up(app, browser_of):
    a_card(a_person("ana"))
    assert browser_of(a_person("bob")).get("/contacts/card/crew").status_code == 404
    assert browser_of(a_person("cy")).get("/contacts/card/nonsense").status_code == 404


def test_revoking_keeps_all_versions_apart(app):
    ana = a_person("ana")
    card = a_card(ana)
    revoke(card)
    assert [row.generation for row in cards_of(ana)] == [1, 2, 1]


def _read(encoded: str) -> str:
    """What a camera reads off a code drawn as SVG, drawn again by its own library."""
    svg = base64.b64decode(encoded).decode()
    size = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    picture = Image.new("L", (size * 4, size * 4), 255)
    x = y = 0
    for step, first, second in re.findall(
        r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", re.findall(r' d="([^"]+)"', svg)[-1]
    ):
        if step == "M":
            x, y = int(float(first)), int(float(second))
        elif step == "m":
            x, y = x + int(float(first)), y + int(float(second))
        else:
            picture.paste(0, (x * 4, y * 4, (x + int(first)) * 4, (y + 1) * 4))
            x += int(first)
    return zxingcpp.read_barcodes(picture)[0].text
