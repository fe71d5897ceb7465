"""A stranger finds Saturday's clean-up, answers, reads the mail, changes, and withdraws."""

from datetime import datetime, timedelta

import pytest

from staytouch_events.when import now, wall_time

from ..cast import a_group, an_event
from ..conftest import both_databases
from .letters import invitation_in, link_in, text_of


def next_saturday() -> datetime:
    """Next week's Saturday, 8:30 in San José."""
    today = wall_time(now(), "America/Los_Angeles").replace(hour=8, minute=30, second=0, microsecond=0)
    return today + timedelta(days=(5 - today.weekday()) % 7 + 7)


WORDS = {
    "en-US": {
        "near": "Near",
        "search": "Search",
        "name": "Your name",
        "email": "Email",
        "save one": "Save 1 spot",
        "mail": "Look at your mail",
        "one": "1 spot is yours",
        "adults": "Adults",
        "save": "Save my answer",
        "two": "2 spots are yours",
        "drop": "I can't come after all",
        "gone": "You can't come",
    },
    "es-MX": {
        "near": "Cerca de",
        "search": "Buscar",
        "name": "Tu nombre",
        "email": "Correo",
        "save one": "Guardar 1 lugar",
        "mail": "Mira tu correo",
        "one": "1 lugar es tuyo",
        "adults": "Adultos",
        "save": "Guardar mi respuesta",
        "two": "2 lugares son tuyos",
        "drop": "Al final no puedo",
        "gone": "No puedes venir",
    },
}


@pytest.mark.parametrize(("width", "scheme", "language"), [(390, "light", "en-US"), (1440, "dark", "es-MX")])
def test_from_the_front_page_to_a_seat_and_back(app, site, open_page, width, scheme, language):
    place = {"place_name": "San Jose, CA", "lat": 37.3352, "lon": -121.8663}
    event = an_event(a_group(), now(), capacity=5, starts_wall=next_saturday(), **place)
    page, words = open_page(width, scheme, language), WORDS[language]
    page.goto("/")
    page.get_by_label(words["near"]).fill("San Jose, CA")
    page.get_by_role("button", name=words["search"]).click()
    page.get_by_role("link", name=event.title).click()

    empty = "fields => fields.filter(field => !field.value).length"
    assert page.locator("form.pocket [required]:not([type=radio])").evaluate_all(empty) == 2
    page.get_by_label(words["name"]).fill("Gia")
    page.get_by_label(words["email"]).fill("gia@example.org")
    page.get_by_role("button", name=words["save one"]).click()
    page.get_by_role("heading", name=words["mail"]).wait_for()
    assert "g…@example.org" in page.content()

    letter = site.mail.wait_for("gia@example.org")
    assert words["one"] in text_of(letter)
    method, entry = invitation_in(letter)
    assert (method, str(entry["UID"]), entry["SEQUENCE"]) == ("REQUEST", event.uid, 0)
    assert entry["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"

    page.goto(link_in(letter, "/rsvps/"))
    page.get_by_label(words["adults"]).fill("2")
    page.get_by_role("button", name=words["save"]).click()
    page.get_by_text(words["two"]).wait_for()
    method, changed = invitation_in(site.mail.wait_for("gia@example.org", 2))
    assert (method, str(changed["UID"])) == ("REQUEST", event.uid)
    assert changed["SEQUENCE"] > entry["SEQUENCE"]

    page.get_by_role("button", name=words["drop"]).click()
    page.get_by_role("heading", name=words["gone"]).wait_for()
    method, gone = invitation_in(site.mail.wait_for("gia@example.org", 3))
    assert (method, str(gone["STATUS"]), str(gone["UID"])) == ("CANCEL", "CANCELLED", event.uid)
    assert gone["SEQUENCE"] > changed["SEQUENCE"]


@both_databases
def test_all_of_it_works_without_scripts(app, site, open_page):
    event = an_event(a_group(), now(), starts_wall=next_saturday())
    page = open_page(script=False)
    page.goto(f"/events/{event.slug}")
    page.get_by_label("Your name").fill("Gia")
    page.get_by_label("Email").fill("gia@example.org")
    page.get_by_role("button", name="Save my spot").click()
    page.goto(link_in(site.mail.wait_for("gia@example.org"), "/rsvps/"))
    page.get_by_text("1 spot is yours").wait_for()
