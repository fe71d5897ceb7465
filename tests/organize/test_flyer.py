"""Passing an event on: the short link, the page to share it from, the flyer."""

from staytouch_events.db import db
from staytouch_events.events.actions import cancel, save
from staytouch_events.groups.models import MEMBER

from ..cast import NOW, a_group, a_membership, a_person, an_event


def test_the_short_link_leads_to_the_event_and_says_that_it_was_on_paper(client):
    event = an_event(a_group())
    answer = client.get(f"/e/{event.code.upper()}?lang=es")
    assert (answer.status_code, answer.location) == (302, f"/events/{event.slug}?from=flyer&lang=es")
    assert client.get("/e/nothing").status_code == 404


def test_it_leads_strangers_to_no_draft_and_to_nothing_unlisted(client, browser_of):
    group, member = a_group(), a_person("bob")
    a_membership(member, group, MEMBER)
    draft, event = an_event(group, draft=True), an_event(group, title="Quiet")
    assert client.get(f"/e/{draft.code}").status_code == 404
    save(event, {"visibility": "unlisted"}, NOW)
    db.session.commit()
    assert client.get(f"/e/{event.code}").status_code == 404
    assert browser_of(member).get(f"/e/{event.code}").status_code == 302


def test_the_paper_of_an_unlisted_event_has_its_own_address(client):
    event = an_event(a_group(), title="Quiet", visibility="unlisted")
    page = client.get(f"/events/{event.slug}/flyer").get_data(as_text=True)
    assert f"/events/{event.slug}</p>" in page and f"/e/{event.code}" not in page


def test_words_for_a_chat_say_what_when_where_and_the_way(client):
    event = an_event(a_group(), summary="Bags are ours", place_name="San Jose, CA")
    page = client.get(f"/events/{event.slug}/share").get_data(as_text=True)
    words = page.partition("readonly>")[2].partition("</textarea>")[0]
    assert words.splitlines() == [
        "Coyote Creek clean-up",
        "Saturday 28 November 2026, 8:30–11:30\xa0am",
        "William Street Park, San Jose, CA",
        "Bags are ours",
        f"http://127.0.0.1:8000/events/{event.slug}?from=message",
    ]


def test_a_flyer_tells_no_more_of_a_hidden_place_than_its_town(client):
    event = an_event(a_group(), meeting_point="PLANTED gate", place_hidden=True, place_name="San Jose, CA")
    page = client.get(f"/events/{event.slug}/flyer").get_data(as_text=True)
    assert "San Jose, CA" in page and "people see it once they answer" in page
    assert "PLANTED" not in page and "William Street" not in page


def test_nobody_is_asked_to_what_does_not_take_place(client):
    event = an_event(a_group())
    cancel(event, "", NOW)
    db.session.commit()
    page = client.get(f"/events/{event.slug}/flyer").get_data(as_text=True)
    assert "handbill" not in page and "There is no flyer" in page


def test_it_speaks_spanish(client):
    event = an_event(a_group(), bring="Boots")
    page = client.get(f"/events/{event.slug}/flyer?lang=es&paper=a4").get_data(as_text=True)
    assert "<span>SÁB</span>" in page and "Trae: Boots." in page
