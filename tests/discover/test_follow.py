"""Following by mail: nothing before the button, each event told once, one click ends it."""

from datetime import datetime, timedelta
from email import policy
from email.parser import BytesParser

import pytest
from sqlalchemy import select

from staytouch_events.access.follows import follow_token
from staytouch_events.db import db
from staytouch_events.discover import follows
from staytouch_events.discover.models import AT_ONCE, WEEKLY, Follow
from staytouch_events.discover.searches import Search
from staytouch_events.events.actions import cancel
from staytouch_events.geo import geocode
from staytouch_events.jobs.models import Job
from staytouch_events.jobs.pump import run_due
from staytouch_events.outbox.models import SENT, Letter
from staytouch_events.outbox.pump import send_due

from ..cast import NOW, a_group, a_person, an_event
from ..forms import fields_of

HERE = {"lat": 37.3352, "lon": -121.8663, "place_name": "San Jose, CA"}
FAR = {"lat": 37.77, "lon": -122.42}


class Post:
    """A transport that keeps what it is given."""

    def __init__(self) -> None:
        """Empty."""
        self.letters = []

    def send(self, _sender: str, _to: str, raw: bytes) -> None:
        """Take a letter."""
        self.letters.append(BytesParser(policy=policy.default).parsebytes(raw))


def a_follow(how: str = WEEKLY, group=None, within: float = 10, confirmed: bool = True, kind: str = "") -> Follow:
    """Somebody follows a crew, or a ZIP."""
    place = geocode("95112")[0]
    point = (place.lat, place.lon)
    asked = None if group else Search("95112", place=place, point=point, within=within, zone=place.zone, kind=kind)
    follow = follows.ask("fay@example.org", how, "en", NOW, group=group, asked=asked)
    if confirmed:
        follows.confirm(follow, how, NOW)
    db.session.commit()
    return follow


def posted(now: datetime) -> list:
    """What goes out up to an hour, in order."""
    post = Post()
    while run_due(now) + send_due(post, now):
        pass
    return [letter for letter in post.letters if "?" not in letter["Subject"]]


def told(letter) -> str:
    """A letter's words."""
    return letter.get_body(("plain",)).get_content()


def test_nothing_is_sent_before_the_button_is_pressed(app, client):
    a_follow(AT_ONCE, confirmed=False)
    an_event(a_group(), **HERE)
    assert posted(NOW + timedelta(days=1)) == []


def test_asking_leads_to_a_letter_whose_button_begins_it(app, client):
    page = client.get("/near/san-jose-ca").get_data(as_text=True)
    typed = {**fields_of(page, "/follow"), "email": "Fay@Example.org", "how": AT_ONCE}
    answer = client.post("/follow", data=typed)
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert "f…@example.org" in answer.get_data(as_text=True)
    post = Post()
    send_due(post, NOW)
    link = told(post.letters[0]).split("Yes, follow: ")[1].split()[0].removeprefix("http://127.0.0.1:8000")
    follow = db.session.scalar(select(Follow))
    assert (follow.email, follow.confirmed_at, follow.within, follow.unit) == ("fay@example.org", None, 25, "mi")
    assert client.get(link).status_code == 200
    db.session.expire_all()
    assert follow.confirmed_at is None
    assert client.post(link.split("?")[0], data={"how": AT_ONCE}).status_code == 303
    db.session.expire_all()
    assert follow.is_on and follow.how == AT_ONCE


def test_a_known_and_an_unknown_address_are_told_the_same(app, client):
    group = a_group()
    a_follow(group=group)
    pages = [
        client.post("/follow", data={"group": group.slug, "email": f"{who}@example.org", "how": WEEKLY}).get_data()
        for who in ("fay", "fox")
    ]
    assert pages[0] == pages[1]
    assert len(db.session.scalars(select(Follow)).all()) == 2


@pytest.mark.parametrize(
    "typed", [{"email": "nobody"}, {"email": ""}, {"how": "hourly"}, {"near": "", "group": ""}, {"near": "qqqqqqq"}]
)
def test_what_cannot_be_followed_is_told_and_keeps_what_was_typed(app, client, typed):
    answer = client.post("/follow", data={"email": "fay@example.org", "how": WEEKLY, "near": "95112", **typed})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.get_data(as_text=True) and typed.get("email", "fay@") in answer.get_data(
        as_text=True
    )
    assert db.session.scalars(select(Follow)).all() == []


def test_a_robot_that_fills_the_trap_follows_nothing(app, client):
    client.post("/follow", data={"email": "fay@example.org", "how": WEEKLY, "near": "95112", "website": "x"})
    assert db.session.scalars(select(Letter)).all() == []


def test_new_events_are_told_at_once_in_one_letter_and_never_twice(app):
    follow, group = a_follow(AT_ONCE), a_group()
    an_event(group, NOW + timedelta(minutes=1), title="here one", **HERE)
    an_event(group, NOW + timedelta(minutes=2), title="here two", **HERE)
    an_event(group, NOW + timedelta(minutes=2), title="far away", **FAR)
    an_event(group, NOW + timedelta(minutes=2), title="hidden", visibility="unlisted", **HERE)
    assert posted(NOW + timedelta(minutes=5)) == []
    letters = posted(NOW + timedelta(minutes=30))
    assert [letter["Subject"] for letter in letters] == [f"2 new events: events within 10 mi of {follow.place_name}"]
    assert "here one" in told(letters[0]) and "here two" in told(letters[0])
    assert "far away" not in told(letters[0]) and "hidden" not in told(letters[0])
    an_event(group, NOW + timedelta(hours=1), title="here three", **HERE)
    letters = posted(NOW + timedelta(hours=2))
    assert [letter["Subject"] for letter in letters] == ["New: here three, Sat Nov 28"] or "here three" in letters[0][
        "Subject"
    ]
    assert "here one" not in told(letters[0])
    assert posted(NOW + timedelta(days=9)) == []


def test_an_event_that_was_called_off_meanwhile_is_not_told(app):
    a_follow(AT_ONCE)
    event = an_event(a_group(), NOW + timedelta(minutes=1), **HERE)
    cancel(event, "", NOW + timedelta(minutes=3))
    db.session.commit()
    assert posted(NOW + timedelta(hours=1)) == []


def test_a_crew_and_a_kind(app):
    group, other = a_group(), a_group("other")
    a_follow(AT_ONCE, group=group)
    a_follow(AT_ONCE, kind="street")
    later = NOW + timedelta(minutes=1)
    an_event(group, later, title="of the crew", kind="creek", **FAR)
    an_event(other, later, title="of that kind", kind="street", **HERE)
    an_event(other, later, title="neither", kind="creek", **HERE)
    letters = posted(NOW + timedelta(hours=1))
    assert sorted(
        word for letter in letters for word in ("of the crew", "of that kind", "neither") if word in told(letter)
    ) == [
        "of that kind",
        "of the crew",
    ]


def test_once_a_week_on_thursday_afternoon_with_what_is_on(app):
    a_follow(WEEKLY)
    group = a_group()
    an_event(group, title="on Saturday", **HERE)
    an_event(group, NOW + timedelta(hours=1), title="in January", starts_wall=datetime(2027, 1, 9, 9), **HERE)
    thursday = datetime.fromisoformat("2026-11-26T17:00:00-08:00")
    assert posted(thursday - timedelta(minutes=1)) == []
    (letter,) = posted(thursday)
    assert "on Saturday" in told(letter) and "in January" in told(letter)
    assert posted(thursday + timedelta(days=6)) == []
    assert posted(thursday + timedelta(days=7)) == []
    assert db.session.scalar(select(Job).where(Job.kind == "discover.weekly")).due_at > thursday + timedelta(days=7)


def test_one_click_ends_it_without_cookie_origin_or_redirect(app, client):
    follow = a_follow(AT_ONCE)
    an_event(a_group(), NOW + timedelta(minutes=1), **HERE)
    (letter,) = posted(NOW + timedelta(hours=1))
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Id"] and letter["To"] == "fay@example.org"
    path = letter["List-Unsubscribe"].strip().strip("<>").removeprefix("http://127.0.0.1:8000")
    assert client.get(path).status_code == 200
    db.session.expire_all()
    assert follow.is_on
    for _ in range(2):
        answer = client.post(path, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": None})
        assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    db.session.expire_all()
    assert not follow.is_on
    an_event(a_group("more"), NOW + timedelta(hours=2), **HERE)
    assert posted(NOW + timedelta(days=2)) == []
    assert client.post(f"/follow/{follow_token(follow)}", data={"how": WEEKLY}).status_code == 303
    db.session.expire_all()
    assert follow.is_on


@pytest.mark.parametrize("path", ["/follow/x", "/unsubscribe/x", "/follow/aaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaa"])
def test_a_link_that_nobody_wrote_is_missing(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_addresses_are_forgotten(app):
    follow = a_follow()
    a_follow(AT_ONCE, group=a_group(), confirmed=False)
    follows.end(follow, NOW)
    db.session.commit()
    follows.purge_follows(NOW + timedelta(days=31))
    db.session.commit()
    assert [row.email for row in db.session.scalars(select(Follow))] == [""]


def test_somebody_signed_in_follows_with_their_own_address_at_once(app, browser_of):
    bob, group = a_person("bob"), a_group()
    browser = browser_of(bob)
    page = browser.get(f"/groups/{group.slug}").get_data(as_text=True)
    typed = {**fields_of(page, "/follow"), "email": bob.email, "how": WEEKLY}
    assert browser.post("/follow", data=typed).status_code == 200
    assert db.session.scalar(select(Follow)).is_on
    assert db.session.scalars(select(Letter).where(Letter.state == SENT)).all() == []
