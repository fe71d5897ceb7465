"""Several crews hosting one event."""

import json
from datetime import timedelta
from email import message_from_bytes, policy
from urllib.parse import urlsplit

import icalendar
import pytest
from sqlalchemy import select

from staytouch_events import happenings
from staytouch_events.access.events import events_of, may_host, visible_events
from staytouch_events.db import db
from staytouch_events.events import hosting
from staytouch_events.events.host_queries import cohosts, host_row
from staytouch_events.events.models import MEMBERS, Event
from staytouch_events.feeds.queries import group_entries
from staytouch_events.groups.models import MEMBER, ORGANIZER, OWNER, PRIVATE
from staytouch_events.outbox import Dropped
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..days.cast import a_site
from ..forms import fill
from ..walks.letters import link_in, text_of


@pytest.fixture
def crews(app):
    """Alice's crew with an event, and Cora's crew beside it."""
    alice, cora = a_person("alice"), a_person("cora")
    first, other = a_group(), a_group("creek-keepers")
    a_membership(alice, first, OWNER)
    a_membership(cora, other, ORGANIZER)
    return first, other, alice, cora


def together(event, other, alice, cora):
    """Have the other crew host the event."""
    row = hosting.ask(event, other, NOW, by=alice)
    hosting.accept(row, NOW, by=cora)
    db.session.commit()
    return row


def letters(kind: str) -> list[Letter]:
    """The letters of a kind."""
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def read(letter: Letter):
    """A letter as it goes out."""
    return message_from_bytes(render(letter, NOW)[2], policy=policy.default)


def in_calendar(group, day=NOW) -> list[icalendar.Event]:
    """What the crew's calendar holds."""
    text = b"BEGIN:VCALENDAR\r\n" + b"".join(group_entries(group, day)) + b"END:VCALENDAR\r\n"
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_a_crew_is_asked_by_letter_and_hosts_once_it_says_yes(crews):
    first, other, alice, cora = crews
    event = an_event(first)
    row = hosting.ask(event, other, NOW, by=alice)
    db.session.commit()
    (asked,) = letters(hosting.ASKED)
    assert asked.to_email == "cora@example.org"
    assert event.title in text_of(read(asked))
    assert not may_host(cora, event)
    assert not in_calendar(other)
    hosting.accept(row, NOW, by=cora)
    db.session.commit()
    assert may_host(cora, event)
    assert [group.id for group in cohosts(event)] == [other.id]
    assert [entry["UID"] for entry in in_calendar(other)] == [event.uid]
    (news,) = letters(hosting.NEWS)
    assert news.to_email == "alice@example.org"
    assert "Creek Keepers hosts it with you" in read(news)["Subject"]


def test_the_letter_is_dropped_once_it_is_answered(crews):
    first, other, alice, cora = crews
    row = hosting.ask(an_event(first), other, NOW, by=alice)
    hosting.decline(row, NOW, by=cora)
    db.session.commit()
    with pytest.raises(Dropped):
        read(letters(hosting.ASKED)[0])
    assert "does not host it" in read(letters(hosting.NEWS)[0])["Subject"]


def test_whoever_organizes_any_of_its_crews_hears_of_answers(crews):
    first, other, alice, cora = crews
    event = an_event(first)
    together(event, other, alice, cora)
    a_membership(alice, other, ORGANIZER)
    respond(event, a_person("gia", joined_at=None), "Gia", GOING, Party(1, 0), "", NOW)
    db.session.commit()
    assert sorted(letter.to_email for letter in letters("rsvps.host_answer")) == [
        "alice@example.org",
        "cora@example.org",
    ]


def test_a_members_event_is_there_for_the_members_of_each_crew(crews):
    first, other, alice, cora = crews
    bob = a_person("bob")
    a_membership(bob, other, MEMBER)
    event = an_event(first, visibility=MEMBERS)
    found = visible_events(bob).where(Event.id == event.id)
    assert db.session.scalar(found) is None
    together(event, other, alice, cora)
    assert db.session.scalar(found) is event
    assert db.session.scalar(events_of(bob).where(Event.id == event.id)) is event
    assert not may_host(bob, event)


def test_a_crew_that_leaves_shows_it_as_cancelled_for_thirty_days(crews):
    first, other, alice, cora = crews
    event = an_event(first)
    row = together(event, other, alice, cora)
    hosting.leave(row, NOW, by=cora)
    db.session.commit()
    assert not may_host(cora, event)
    (entry,) = in_calendar(other)
    assert (entry["UID"], entry["STATUS"], entry["SUMMARY"]) == (event.uid, "CANCELLED", "No longer listed")
    assert [str(kept["STATUS"]) for kept in in_calendar(first)] == ["CONFIRMED"]
    assert not in_calendar(other, NOW + timedelta(days=31))
    assert "hosts it no more" in read(letters(hosting.NEWS)[-1])["Subject"]
    again = hosting.ask(event, other, NOW, by=alice)
    hosting.accept(again, NOW, by=cora)
    db.session.commit()
    assert [str(kept["STATUS"]) for kept in in_calendar(other)] == ["CONFIRMED"]


def test_what_was_ended_long_ago_is_forgotten(crews):
    first, other, alice, cora = crews
    event = an_event(first)
    hosting.leave(together(event, other, alice, cora), NOW, by=cora)
    db.session.commit()
    assert hosting.forget_left(NOW + timedelta(days=29)) == 0
    assert hosting.forget_left(NOW + timedelta(days=31)) == 1


def test_the_first_crew_goes_on_without_the_other_which_is_told(crews):
    first, other, alice, cora = crews
    event = an_event(first)
    hosting.end(together(event, other, alice, cora), NOW, by=alice)
    db.session.commit()
    assert cohosts(event) == []
    assert letters(hosting.NEWS)[-1].to_email == "cora@example.org"
    assert "hosts it without you" in read(letters(hosting.NEWS)[-1])["Subject"]


def test_a_private_crew_is_named_beside_no_other(crews):
    first, other, alice, cora = crews
    hidden = a_group("hidden", visibility=PRIVATE)
    with pytest.raises(Refused, match="private crew"):
        hosting.ask(an_event(first), hidden, NOW, by=alice)
    with pytest.raises(Refused, match="private crew"):
        hosting.ask(an_event(hidden), other, NOW, by=alice)


@pytest.mark.parametrize("which", ["first", "other"])
def test_a_crew_that_becomes_private_hosts_alone_from_then_on(crews, which):
    first, other, alice, cora = crews
    event = an_event(first)
    together(event, other, alice, cora)
    group = first if which == "first" else other
    was, group.visibility = group.visibility, PRIVATE
    happenings.group_visibility_changed.send(group, was=was, now=NOW)
    db.session.commit()
    assert cohosts(event) == []


def test_what_is_answered_already_is_not_answered_again(crews):
    first, other, alice, cora = crews
    row = together(an_event(first), other, alice, cora)
    with pytest.raises(Refused):
        hosting.accept(row, NOW, by=cora)
    with pytest.raises(Refused):
        hosting.ask(row.event, other, NOW, by=alice)


def test_the_sites_of_a_day_have_its_crews(crews):
    first, other, alice, cora = crews
    day = an_event(first)
    before = a_site(day, name="North")
    together(day, other, alice, cora)
    after = a_site(day, name="South")
    assert all(may_host(cora, site) for site in (before, after))
    hosting.leave(host_row(day, other), NOW, by=cora)
    db.session.commit()
    assert not any(may_host(cora, site) for site in (day, before, after))


def test_it_is_asked_and_answered_on_pages(crews, browser_of):
    first, other, alice, cora = crews
    event = an_event(first)
    db.session.commit()
    asks, says = browser_of(alice), browser_of(cora)
    page = f"/events/{event.slug}/manage/hosts"
    assert says.get(page).status_code == 403
    wrong = fill(asks, page, crew="Nobody's")
    assert wrong.status_code == 422 and "No crew here has this name" in wrong.text and "Nobody&#39;s" in wrong.text
    fill(asks, page, crew="creek keepers")
    assert "asked, no answer yet" in asks.get(page).text
    twice = fill(asks, page, crew="/groups/creek-keepers")
    assert twice.status_code == 422 and "Creek Keepers is asked already." in twice.text
    assert 'value="/groups/creek-keepers"' in twice.text
    assert "Host “Coyote Creek clean-up” with Trash Punx?" in says.get("/dashboard").text
    letter = urlsplit(link_in(read(letters(hosting.ASKED)[0]), "/hosting/")).path
    assert "Yes, we host it together" in says.get(letter).text
    fill(says, letter, letter + "/yes")
    shown = asks.get(f"/events/{event.slug}").text
    assert "Creek Keepers" in shown
    data = json.loads(shown.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert [crew["name"] for crew in data["organizer"]] == ["Trash Punx", "Creek Keepers"]
    assert event.title in asks.get("/groups/creek-keepers").text
    told = asks.get(f"/api/v1/events/{event.slug}").json
    assert [crew["slug"] for crew in told["hosts"]] == ["trash-punx", "creek-keepers"]
    assert says.get(f"/events/{event.slug}/manage/edit").status_code == 200
    dashboard = says.get("/dashboard")
    assert dashboard.status_code == 200 and event.title in dashboard.text and "Host “Coyote" not in dashboard.text
    # Whom she may write to is the event's people, not the other crew.
    assert "/groups/trash-punx/manage" not in dashboard.text
    assert says.post(page, data={}).status_code in (400, 403)


def test_a_kept_page_names_the_new_crew(crews, client):
    first, other, alice, cora = crews
    event = an_event(first)
    db.session.commit()
    pages = (f"/events/{event.slug}", "/groups/creek-keepers", "/groups/creek-keepers/calendar.ics")
    # What is asked for twice is kept.
    before = [client.get(page).text for page in (*pages, *pages)]
    together(event, other, alice, cora)
    after = [client.get(page).text for page in pages]
    assert "Creek Keepers" in after[0] and "Creek Keepers" not in before[0].split("crewline")[1][:400]
    assert event.title in after[1] and event.title not in before[1]
    assert event.uid in after[2] and event.uid not in before[2]
