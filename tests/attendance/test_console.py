"""The check-in page: names, marks, walk-ups, several at once; who may; several helpers at once."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from staytouch_events.attendance.models import Mark, WalkUp
from staytouch_events.attendance.queries import attendees
from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.groups.models import MEMBER, ORGANIZER, OWNER
from staytouch_events.volunteers.actions import release
from staytouch_events.volunteers.models import HELD, SignUp

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fields_of
from .cast import LASTS, a_day, a_helper, an_answer, manage


def text_of(answer) -> str:
    """A page's words."""
    return answer.get_data(as_text=True)


def here() -> list[str]:
    """Names of who is here."""
    db.session.rollback()
    event = db.session.scalars(select(Event).order_by(Event.id)).first()
    return [row.party.name for row in attendees(event) if row.presence.here]


def press(browser, path: str, **fields):
    """Send a form of the page with its token."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text_of(browser.get(path)))
    return browser.post(path, data={**({"csrf_token": token[1]} if token else {}), **fields})


@pytest.fixture
def day(app, browser_of):
    """An event that starts now, its console's address, and the browser of a helper."""
    event = a_day()
    return event, f"/events/{event.slug}/checkin", browser_of(a_helper(event))


def test_everyone_is_there_by_name_with_their_party_and_job(day):
    event, path, browser = day
    an_answer(event, "bao", adults=1, minors=2)
    page = text_of(browser.get(path))
    assert page.index("Bao") < page.index("Hana")
    assert "with 2 under 18" in page and "Front desk hana" in page
    assert "of 4 people are here" in page


def test_a_press_checks_in_and_the_next_undoes(day):
    event, path, browser = day
    rsvp = an_answer(event)
    answer = press(browser, path, who=f"r{rsvp.id}", do="in", mark="an-id-of-a-phone")
    assert answer.status_code == 303 and answer.location.endswith(f"/checkin#r{rsvp.id}")
    assert here() == ["Gia"]
    page = text_of(browser.get(path))
    assert "Here 10" in page and "press to undo" in page
    press(browser, path, who=f"r{rsvp.id}", do="undo")
    assert here() == []
    kept = db.session.scalars(select(Mark).order_by(Mark.id)).all()
    assert [mark.kind for mark in kept] == ["in", "undo"] and kept[0].key == "an-id-of-a-phone"


def test_the_forms_of_the_page_carry_an_id_of_their_own(day):
    event, path, browser = day
    an_answer(event)
    ids = re.findall(r'name="mark" value="([^"]*)"', text_of(browser.get(path)))
    assert len(ids) == len(set(ids)) >= 4 and all(re.fullmatch("[a-z2-7]{13}", one) for one in ids)


def test_several_at_once(day):
    event, path, browser = day
    parties = [an_answer(event, who) for who in ("ana", "bao", "cy")]
    press(browser, path, who=[f"r{row.id}" for row in parties[:2]], do="in", mark="one-id-for-both")
    press(browser, path, who=[f"r{row.id}" for row in parties[:2]], do="in", mark="one-id-for-both")
    assert here() == ["Ana", "Bao"]
    assert len(db.session.scalars(select(Mark)).all()) == 2


def test_fewer_than_the_whole_party(day):
    event, path, browser = day
    rsvp = an_answer(event, adults=3)
    press(browser, path, who=f"r{rsvp.id}", do="in", adults="2", minors="")
    assert [row.people for row in attendees(event) if row.presence.here] == [2]
    assert press(browser, path, who=f"r{rsvp.id}", do="in", adults="0", minors="0").status_code == 409


def test_a_walk_up_by_name_alone(day):
    event, path, browser = day
    fields = fields_of(text_of(browser.get(path)).split('id="walkup"')[1].join(("<form ", "")), "")
    answer = browser.post(path, data={**fields, "name": "Zoe", "adults": "1", "minors": "1", "do": "walk-up"})
    assert answer.status_code == 303 and here() == ["Zoe"]
    assert db.session.scalar(select(WalkUp)).person_id is None
    assert "walk-up" in text_of(browser.get(path))


def test_a_walk_up_without_a_name_is_told_and_keeps_what_was_typed(day):
    _event, path, browser = day
    answer = press(browser, path, name="", adults="2", minors="3", do="walk-up", mark="id-of-the-phone")
    page = text_of(answer)
    assert answer.status_code == 422 and "Type a name." in page
    assert 'value="3"' in page and 'value="id-of-the-phone"' in page
    assert here() == []


def test_the_search_works_without_a_script(day):
    event, path, browser = day
    an_answer(event, "łucja", email="lucja@example.org")
    an_answer(event, "bao")
    page = text_of(browser.get(f"{path}?q=LUC"))
    assert "Łucja" in page and "Bao" not in page
    rsvp = an_answer(event, "cy")
    assert press(browser, f"{path}?q=cy", who=f"r{rsvp.id}", do="in").location.endswith(f"/checkin?q=cy#r{rsvp.id}")
    assert "Cy" not in text_of(browser.get(f"{path}?show=away"))


def test_another_helper_sees_it_and_is_told_when_nothing_is_new(day, browser_of):
    event, path, browser = day
    other, rsvp = browser_of(a_helper(event, "hugo")), an_answer(event)
    first = other.get(path)
    seen = {"If-None-Match": first.headers["ETag"]}
    assert other.get(path, headers=seen).status_code == 304
    assert "no-store" in first.headers["Cache-Control"]
    press(browser, path, who=f"r{rsvp.id}", do="in")
    assert "Here 10" in text_of(other.get(path, headers=seen))
    an_answer(event, "late")
    seen = {"If-None-Match": other.get(path).headers["ETag"]}
    assert other.get(path, headers=seen).status_code == 304


def test_a_new_answer_is_news_to_the_console(day):
    event, path, browser = day
    seen = {"If-None-Match": browser.get(path).headers["ETag"]}
    an_answer(event, "late")
    assert "Late" in text_of(browser.get(path, headers=seen))


def test_parties_of_other_events_and_nonsense_are_not_there(day):
    event, path, browser = day
    other = an_answer(an_event(event.group, title="Another"))
    for who in (f"r{other.id}", "r0", "w1", "x1", "", "r99999999999999999999"):
        assert press(browser, path, who=who, do="in").status_code == 404, who
    assert press(browser, path, who="", do="eat").status_code == 404
    assert db.session.scalars(select(Mark)).all() == []


def test_a_mark_without_the_sessions_token_changes_nothing(day):
    event, path, browser = day
    rsvp = an_answer(event)
    assert browser.post(path, data={"who": f"r{rsvp.id}", "do": "in"}).status_code == 409
    assert here() == []


ROLES = {"organizer": 200, "owner": 200, "admin": 200, "helper": 200, "member": 403, "other": 403, "driver": 403}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_check_in(app, browser_of, role):
    event = a_day()
    if role in ("helper", "driver"):
        person = a_helper(event, role, checks_in=role == "helper")
    else:
        person = a_person(role, is_admin=role == "admin")
        if role in ("organizer", "owner", "member"):
            a_membership(person, event.group, {"organizer": ORGANIZER, "owner": OWNER, "member": MEMBER}[role])
    rsvp, browser, path = an_answer(event), browser_of(person), f"/events/{event.slug}/checkin"
    assert browser.get(path).status_code == ROLES[role]
    if ROLES[role] == 403:
        assert press(browser, f"/events/{event.slug}", who=f"r{rsvp.id}", do="in").status_code in (404, 405)
        assert browser.post(path, data={"who": f"r{rsvp.id}", "do": "in"}).status_code == 403
    shown = "/checkin" in text_of(browser.get(f"/events/{event.slug}"))
    assert shown is (ROLES[role] == 200)


def test_a_helper_of_another_event_and_one_who_gave_the_shift_up_may_not(app, browser_of):
    event = a_day()
    other = an_event(event.group, title="Another", starts_wall=datetime(2026, 11, 24, 10, 0))
    hana, hugo = a_helper(event), a_helper(other, "hugo")
    path = f"/events/{event.slug}/checkin"
    browser = browser_of(hana)
    assert browser_of(hugo).get(path).status_code == 403
    assert browser.get(path).status_code == 200
    release(db.session.scalars(select(SignUp).order_by(SignUp.id)).first(), NOW - timedelta(days=1))
    db.session.commit()
    assert browser.get(path).status_code == 403


def test_a_place_in_a_shift_that_was_taken_off_checks_nobody_in(app, browser_of):
    """However the place outlived it."""
    event = a_day()
    browser = browser_of(a_helper(event))
    row = db.session.scalar(select(SignUp))
    row.shift.removed_at = NOW
    db.session.commit()
    assert row.standing == HELD
    assert browser.get(f"/events/{event.slug}/checkin").status_code == 403


@pytest.mark.parametrize(
    ("from_start", "may"),
    [
        (-timedelta(hours=12, minutes=1), False),
        (-timedelta(hours=12), True),
        (LASTS + timedelta(hours=24), True),
        (LASTS + timedelta(hours=24, minutes=1), False),
    ],
)
def test_a_helper_has_their_hours(app, browser_of, clock, from_start, may):
    event = a_day()
    guest = a_helper(event, "gil", joined_at=None)
    token = manage(db.session.scalar(select(SignUp).join(SignUp.rsvp)).rsvp)
    hana = browser_of(a_helper(event))
    clock.moment = NOW + from_start
    assert hana.get(f"/events/{event.slug}/checkin").status_code == (200 if may else 403)
    assert hana.post(f"/events/{event.slug}/checkin").status_code == (409 if may else 403)
    assert app.test_client().get(f"{token}/checkin").status_code == (200 if may else 403), guest.name
    assert app.test_client().post(f"{token}/checkin", data={"do": "x"}).status_code == (404 if may else 403)


def test_a_guest_helps_by_the_link_of_their_answer(client):
    event = a_day()
    a_helper(event, "gil", joined_at=None)
    mine = manage(db.session.scalar(select(SignUp)).rsvp)
    rsvp = an_answer(event)
    assert "Check people in" in text_of(client.get(mine))
    page = client.get(f"{mine}/checkin")
    assert page.status_code == 200 and "noindex" in page.headers["X-Robots-Tag"]
    answer = client.post(f"{mine}/checkin", data={"who": f"r{rsvp.id}", "do": "in"})
    assert answer.status_code == 303 and f"{mine}/checkin" in answer.location
    assert here() == ["Gia"]
    assert client.get(f"{manage(rsvp)}/checkin").status_code == 403
    assert client.get("/rsvps/nothing/checkin").status_code == 404


def test_an_event_that_is_not_shown_is_missing(app, browser_of):
    event = an_event(a_group(), visibility="members")
    path = f"/events/{event.slug}/checkin"
    assert browser_of(a_person("charlie")).get(path).status_code == 404
    assert "/login" in app.test_client().get(path).location


def test_looking_changes_nothing(day):
    event, path, browser = day
    an_answer(event)
    for address in (path, f"{path}?do=in&who=r1", f"{path}/poster"):
        browser.get(address)
    assert db.session.scalars(select(Mark)).all() == []


def test_the_number_of_queries_does_not_grow_with_the_list(day):
    from sqlalchemy import event as hook

    event, path, browser = day
    seen: list[str] = []
    an_answer(event, "p0")
    browser.get(path)
    numbers = []
    for more in ((), range(1, 9)):
        for number in more:
            an_answer(event, f"p{number}")
        hook.listen(db.engine, "before_cursor_execute", listener := lambda *told: seen.append(told[2]))
        seen.clear()
        browser.get(path)
        hook.remove(db.engine, "before_cursor_execute", listener)
        numbers.append(len(seen))
    assert numbers[0] == numbers[1]


def test_the_sheet_to_print_has_everyone_and_room_to_sign(app, browser_of):
    event, alice = a_day(), a_person("alice")
    a_membership(alice, event.group, ORGANIZER)
    an_answer(event, "bao", adults=1, minors=2)
    a_helper(event)
    page = text_of(browser_of(alice).get(f"/events/{event.slug}/manage/sheet"))
    assert "Bao" in page and "with 2 under 18" in page and "Front desk hana" in page and "Signature" in page
    assert page.count('class="blank"') == 8 and "@example.org" not in page
