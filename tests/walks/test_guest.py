"""A stranger finds Saturday's clean-up, answers, reads the mail, changes, and withdraws."""

from datetime import datetime, timedelta

from staytouch_events.when import now, wall_time

from ..cast import a_group, an_event
from .letters import invitation_in, link_in, text_of


def next_saturday() -> datetime:
    """Next week's Saturday, 8:30 in San José."""
    today = wall_time(now(), "America/Los_Angeles").replace(hour=8, minute=30, second=0, microsecond=0)
    return today + timedelta(days=(5 - today.weekday()) % 7 + 7)


def test_from_the_front_page_to_a_seat_and_back(app, site, open_page):
    event = an_event(
        a_group(), now(), capacity=5, starts_wall=next_saturday(), place_name="San Jose, CA", lat=37.3352, lon=-121.8663
    )
    page = open_page(width=390)
    page.goto("/")
    page.get_by_label("Near").fill("San Jose, CA")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=event.title).click()

    required = page.locator("form.pocket [required]:not([type=radio])").evaluate_all(
        "fields => fields.filter(f => !f.value).length"
    )
    assert required == 2
    page.get_by_label("Your name").fill("Gia")
    page.get_by_label("Email").fill("gia@example.org")
    page.get_by_role("button", name="Save 1 spot").click()
    page.get_by_role("heading", name="Look at your mail").wait_for()
    assert "g…@example.org" in page.content()

    letter = site.mail.wait_for("gia@example.org")
    assert "1 spot is yours" in text_of(letter)
    method, entry = invitation_in(letter)
    assert (method, str(entry["UID"]), entry["SEQUENCE"]) == ("REQUEST", event.uid, 0)
    assert entry["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"

    page.goto(link_in(letter, "/rsvps/"))
    page.get_by_label("Adults").fill("2")
    page.get_by_role("button", name="Save my answer").click()
    page.get_by_text("2 spots are yours").wait_for()
    method, changed = invitation_in(site.mail.wait_for("gia@example.org", 2))
    assert (method, str(changed["UID"])) == ("REQUEST", event.uid)
    assert changed["SEQUENCE"] > entry["SEQUENCE"]

    page.get_by_role("button", name="I can't come after all").click()
    page.get_by_role("heading", name="You can't come").wait_for()
    method, gone = invitation_in(site.mail.wait_for("gia@example.org", 3))
    assert (method, str(gone["STATUS"]), str(gone["UID"])) == ("CANCEL", "CANCELLED", event.uid)
    assert gone["SEQUENCE"] > changed["SEQUENCE"]


def test_all_of_it_works_without_scripts(app, site, open_page):
    event = an_event(a_group(), now(), starts_wall=next_saturday())
    page = open_page(script=False)
    page.goto(f"/events/{event.slug}")
    page.get_by_label("Your name").fill("Gia")
    page.get_by_label("Email").fill("gia@example.org")
    page.get_by_role("button", name="Save my spot").click()
    page.goto(link_in(site.mail.wait_for("gia@example.org"), "/rsvps/"))
    page.get_by_text("1 spot is yours").wait_for()
