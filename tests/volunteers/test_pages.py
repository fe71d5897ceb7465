"""Taking a shift on the public page, by link and signed in; one page and one letter for every address."""

import re
from datetime import timedelta

from sqlalchemy import select

from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.outbox.models import Letter
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING, Rsvp
from staytouch_events.volunteers.actions import claim, offer
from staytouch_events.volunteers.models import ASKED, HELD, NONE, WAITING, SignUp

from ..cast import NOW, a_group, a_person, an_event
from ..forms import fill
from .cast import a_role, a_shift


def page(browser, path: str) -> str:
    """A page's words."""
    return browser.get(path).get_data(as_text=True)


def standings() -> list[str]:
    """What all sign-ups are, in order."""
    db.session.rollback()
    return list(db.session.scalars(select(SignUp.standing).order_by(SignUp.id)))


def path_of(shift) -> str:
    """A shift's page."""
    return f"/events/{shift.event.slug}/shifts/{shift.id}"


def test_the_event_page_shows_open_jobs_with_numbers_and_covered_ones_in_a_sentence(client):
    event = an_event(a_group())
    open_one = a_shift(event, a_role(event.group, name="Hauler", requirements="Own truck"), target=3)
    covered = a_shift(event, a_role(event.group, name="Greeter"))
    claim(covered, a_person("bob"), "Bob", NOW)
    db.session.commit()
    text = page(client, f"/events/{event.slug}")
    assert "3 hands needed" in text and "0 of 3" in text and "Own truck" in text
    assert text.index("Take it") < text.index("Covered:") < text.index("Greeter")
    assert f'href="{path_of(open_one)}"' in text
    assert "Bob" not in text.split("Covered:")[1].split("</section>")[0]


def test_a_guest_takes_a_shift_with_name_and_email_and_is_told_by_mail(client):
    shift = a_shift(an_event(a_group()), target=2)
    answer = fill(client, path_of(shift), name="Gia", email="gia@example.org")
    text = answer.get_data(as_text=True)
    assert "Saturday 28 November, 8:30" in page(client, path_of(shift))
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert "written to g…@example.org" in text and "gia@" not in text
    assert standings() == [HELD]


def test_a_known_address_gets_the_same_page_and_a_letter_with_one_button(client):
    shift = a_shift(an_event(a_group()), target=2)
    first = fill(client, path_of(shift), name="Gia", email="gia@example.org").get_data(as_text=True)
    again = fill(client, path_of(shift), name="Mallory", email="gia@example.org").get_data(as_text=True)
    strip = lambda text: re.sub(r"[0-9a-f]{16}", "", text)  # noqa: E731
    assert strip(first) == strip(again)
    assert standings() == [HELD]
    assert [row.kind for row in db.session.scalars(select(Letter).order_by(Letter.id))] == [
        "volunteers.news",
        "volunteers.asked",
    ]


def test_the_letters_link_asks_and_its_button_does_it(client):
    event, gia = an_event(a_group()), a_person("gia", joined_at=None)
    shift = a_shift(event)
    rsvp = respond(event, gia, "Gia", GOING, Party(), "", NOW).rsvp
    db.session.commit()
    manage = f"/rsvps/{manage_token(rsvp)}"
    text = page(client, f"{manage}?shift={shift.id}")
    assert "Take this job?" in text and text.count("btn loud") == 1
    assert standings() == []
    assert f'action="{manage}/shifts/{shift.id}"' in text
    client.post(f"{manage}/shifts/{shift.id}", data={"do": "take"})
    assert standings() == [HELD]
    assert "Take this job?" not in page(client, f"{manage}?shift={shift.id}")


def test_somebody_signed_in_takes_it_with_one_button_and_sees_how_it_is_done(browser_of):
    event = an_event(a_group())
    role = a_role(event.group, instructions="**Keys** at the gate", contact="Ana 555-0100")
    shift = a_shift(event, role)
    browser = browser_of(a_person("bob"))
    assert "555-0100" not in page(browser, path_of(shift)) + page(browser, f"/events/{event.slug}")
    answer = fill(browser, path_of(shift))
    assert answer.status_code == 303
    text = page(browser, answer.location)
    assert "<strong>Keys</strong> at the gate" in text and "Ana 555-0100" in text
    assert "This job is yours." in page(browser, path_of(shift))


def test_releasing_offering_and_keeping_on_the_answers_page(client):
    shift = a_shift(an_event(a_group()))
    fill(client, path_of(shift), name="Gia", email="gia@example.org")
    manage = f"/rsvps/{manage_token(db.session.scalar(select(Rsvp)))}"
    act = f"{manage}/shifts/{shift.id}"
    client.post(act, data={"do": "offer"})
    assert "Until somebody takes it, it is yours" in page(client, manage)
    assert "would give up their place" in page(client, path_of(shift))
    client.post(act, data={"do": "keep"})
    assert "Offer my place" in page(client, manage)
    client.post(act, data={"do": "release"})
    assert standings() == [NONE] and "Take it" in page(client, manage)
    assert client.post(act, data={"do": "nonsense"}).status_code == 404


def test_a_swap_is_one_step_for_who_takes_it(client, browser_of):
    shift = a_shift(an_event(a_group()))
    mine = claim(shift, a_person("bob"), "Bob", NOW)
    offer(mine, NOW)
    db.session.commit()
    browser = browser_of(a_person("charlie"))
    assert "Take over a place" in page(browser, path_of(shift))
    fill(browser, path_of(shift))
    assert standings() == [NONE, HELD]


def test_a_full_shift_says_so_and_is_a_line(client):
    shift = a_shift(an_event(a_group()))
    fill(client, path_of(shift), name="Gia", email="gia@example.org")
    assert "Wait in line" in page(client, path_of(shift))
    fill(client, path_of(shift), name="Hal", email="hal@example.org")
    assert standings() == [HELD, WAITING]


def test_bad_input_is_told_at_its_field_and_kept(client):
    shift = a_shift(an_event(a_group()))
    answer = fill(client, path_of(shift), name="Gia", email="nonsense")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "This is not an email address." in text and 'value="Gia"' in text
    assert fill(client, path_of(shift), name="see www.spam.example", email="a@example.org").status_code == 422
    assert fill(client, path_of(shift), name="Bot", email="b@example.org", website="x").status_code == 200
    assert standings() == []


def test_an_overlap_is_refused_in_words_and_nothing_is_lost(browser_of):
    event = an_event(a_group())
    shift, other = a_shift(event), a_shift(event, a_role(event.group, name="Counter"), starts_after=30)
    browser = browser_of(a_person("bob"))
    fill(browser, path_of(shift))
    answer = fill(browser, path_of(other))
    assert answer.status_code == 409
    text = answer.get_data(as_text=True)
    assert "Counter, 9–10" in text and "is at the same time as Driver" in text


def test_a_shift_that_is_closed_shows_why_and_no_form(client, clock):
    shift = a_shift(an_event(a_group()), locks_after=-60)
    clock.moment = shift.closes_at
    text = page(client, path_of(shift))
    assert "Sign-up for this shift is closed" in text and "<form" not in text.split("<main")[1]
    assert client.post(path_of(shift), data={"name": "Gia", "email": "gia@example.org"}).status_code == 409


def test_another_events_shift_is_missing(client):
    group = a_group()
    shift, other = a_shift(an_event(group)), an_event(group, title="Other")
    assert client.get(f"/events/{other.slug}/shifts/{shift.id}").status_code == 404
    rsvp = respond(other, a_person("bob"), "Bob", GOING, Party(), "", NOW).rsvp
    db.session.commit()
    assert client.post(f"/rsvps/{manage_token(rsvp)}/shifts/{shift.id}", data={"do": "take"}).status_code == 404


def test_a_job_that_waits_for_a_yes_says_so(client):
    event = an_event(a_group())
    shift = a_shift(event, a_role(event.group, name="Sharps", approval=True))
    assert "the crew says yes first" in page(client, path_of(shift))
    fill(client, path_of(shift), name="Gia", email="gia@example.org")
    assert standings() == [ASKED]


def test_the_page_changes_when_a_shift_locks(client, clock):
    event = an_event(a_group())
    shift = a_shift(event, locks_after=-60)
    path = f"/events/{event.slug}"
    for _ in range(2):
        assert "1 hand needed" in page(client, path)
    clock.moment = shift.closes_at - timedelta(seconds=1)
    assert "1 hand needed" in page(client, path)
    clock.moment = shift.closes_at
    assert "1 hand needed" not in page(client, path)
