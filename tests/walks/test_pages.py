"""Every page in a real browser: axe finds nothing, nothing scrolls sideways; outside CI pictures are kept to see."""

import json
import os
import re
from datetime import timedelta

import pytest

from staytouch_events.access.contacts import card_token
from staytouch_events.access.polls import vote_token
from staytouch_events.access.posts import mail_token
from staytouch_events.access.rsvps import manage_token
from staytouch_events.attendance.briefing import save_day
from staytouch_events.config import ROOT
from staytouch_events.conversations import meetings, reporting
from staytouch_events.db import db
from staytouch_events.events import hosting
from staytouch_events.events.actions import cancel, postpone
from staytouch_events.events.postponing import reschedule
from staytouch_events.events.times import times_from
from staytouch_events.groups.models import OWNER
from staytouch_events.posts import actions as posts
from staytouch_events.posts.models import Place
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.spots.actions import mark_cleaned
from staytouch_events.volunteers import bring, rides
from staytouch_events.volunteers.actions import claim
from staytouch_events.when import now

from ..attendance.test_day import DAY
from ..cast import a_group, a_membership, a_person, an_event
from ..conftest import skip
from ..contacts.cast import an_ask, known_of
from ..conversations.cast import says
from ..polls.cast import a_poll, a_time, votes
from ..spots.cast import a_spot
from ..volunteers.cast import a_ride, a_role, a_shift, a_thing, comes
from ..waivers.cast import a_waiver, ask, sign
from .conftest import PICTURES
from .test_guest import next_saturday

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# On a phone axe looks for everything; on a desktop in the dark for what its other colours and places change.
RULES = {390: {}, 1440: {"runOnly": ["color-contrast", "target-size", "link-in-text-block", "region"]}}
# (width, scheme, language), and how wide each page is made before it is left.
LOOKS = ((390, "light", "en-US", 320), (1440, "dark", "es-MX", 820))


@pytest.fixture
def region(app):
    """A crew with an event in every state."""
    alice, group = (
        a_person("alice", is_admin=True),
        a_group(summary="Creeks and streets", about="**Loud** music", causes=["creek"], talk_readers="public"),
    )
    a_membership(alice, group, OWNER)
    fields = {
        "starts_wall": next_saturday(),
        "lat": 37.3352,
        "lon": -121.8663,
        "precision": "pin",
        "place_name": "San Jose, CA",
    }
    details = {
        "bring": "Boots\nWater",
        "provided": "Gloves",
        "schedule": [{"time": "8:30", "what": "Coffee"}],
        "families": "yes",
    }
    event = an_event(group, now(), capacity=2, description="- one\n- two", private_note="Gate 12", **fields, **details)
    bob = a_person("bob")
    respond(event, bob, "Bob", GOING, Party(1, 1), "Late", now())
    waits = respond(event, a_person("charlie"), "Charlie", GOING, Party(1), "", now()).rsvp
    off, later = an_event(group, now(), title="Off", **fields), an_event(group, now(), title="Later", **fields)
    cancel(off, "The creek is up", now())
    postpone(later, "", now())
    rain = {"weather_dependent": True, "decides_before": 14 * 60, "backup_after": 24 * 60}
    wet, put_off = (
        an_event(group, now(), title="Wet", **rain, **fields),
        an_event(group, now(), title="Moved", **fields),
    )
    asked = respond(put_off, alice, "Alice", GOING, Party(1), "", now()).rsvp
    moved = times_from(put_off, put_off.starts_wall + timedelta(days=1))
    reschedule(put_off, moved, "The creek is up", now() + timedelta(days=1), now())
    draft = an_event(group, now(), title="Draft", draft=True, **fields)
    save_day(event, DAY, now())
    role = a_role(group, now(), about="To the pile and back", requirements="Own truck", instructions="**Slowly**")
    shift = a_shift(event, role, now(), target=4, place="The footbridge")
    first_aid = a_role(group, now(), name="First aid", approval=True)
    asks, filled = a_shift(event, first_aid, now(), starts_after=60), a_shift(event, role, now(), starts_after=60)
    for job in (shift, filled):
        taken = claim(job, bob, "Bob", now())
    claim(asks, a_person("dora"), "Dora", now())
    waiver = a_waiver(group, alice)
    ask(event, waiver, minimum_age=8, accompanied_under=13, minors_per_adult=4, emergency="asked", photos=True)
    sign(taken.rsvp, "Bob Example")
    thing, truck = a_thing(event, note="The long ones"), a_thing(event, "truck bed", 1)
    bring.claim(thing, 2, bob, "Bob", now())
    bring.claim(truck, 1, bob, "Bob", now())
    road = an_event(group, now(), title="Road", **fields)
    ride = a_ride(road, town="San Jose, CA", note="Blue van")
    seat = rides.take_seats(ride, comes(road, "pat"), 1, "408 555 0122", now())
    looks = comes(road, "lee")
    spot, clean = a_spot(bob, title="Tires under the bridge"), a_spot(bob, title="Clean by now", hazards=[])
    mark_cleaned(clean, None, now())
    said = [posts.write(alice, Place(group, on), {"text": "**We** meet at nine. @bob?"}, now()) for on in (None, event)]
    for place in (Place(group), Place(group, event)):
        question = posts.write(alice, place, {"text": "Who has a truck?", "is_question": True}, now())
    posts.choose_answer(question, posts.answer(alice, question, {"text": "I have one"}, now()))
    posts.react(said[0], alice, "thanks")
    posts.edit(said[0], {"text": "We meet at ten."}, now())
    talk = says(bob, alice, "Coffee before?", now())
    where, fields = fields, {"what": "Coffee", "place": "The kiosk", "zone": group.zone, "minutes": 60}
    meetings.propose(talk.side, bob, {**fields, "times": [event.starts_at.isoformat()]}, "", now())
    reporting.report(talk, alice, "Not really", now())
    other, cora = a_group("creek-keepers"), a_person("cora")
    a_membership(cora, other, OWNER)
    hosting.ask(event, other, now(), by=alice)
    joint = hosting.ask(an_event(other, now(), title="Theirs", **where), group, now(), by=cora)
    time = a_time(alice, group, at=(next_saturday(), next_saturday() + timedelta(days=1)), now=now())
    vote, poll = votes(time, bob, "ym", now=now()), a_poll(group, alice, now=now())
    db.session.commit()
    kept = known_of(alice, bob)
    asked_for = an_ask(group, a_person("erin"), alice, now())
    return {
        "alice": alice,
        "card": f"/c/{card_token(kept.card)}",
        "person": f"/contacts/{kept.public_id}",
        "ask": f"/contacts/asks/{asked_for.public_id}",
        "over": asked_for.event.slug,
        "talk": talk.conversation_id,
        "time": time.public_id,
        "vote": vote_token(vote),
        "poll": poll.public_id,
        "event": event.slug,
        "joint": joint.id,
        "off": off.slug,
        "later": later.slug,
        "draft": draft.slug,
        "wet": wet.slug,
        "put_off": put_off.slug,
        "asked": f"/rsvps/{manage_token(asked)}",
        "number": 1,
        "shift": shift.id,
        "role": role.id,
        "waits": f"/rsvps/{manage_token(waits)}",
        "thing": thing.id,
        "ride": ride.id,
        "road": road.slug,
        "driving": f"/rsvps/{manage_token(ride.rsvp)}",
        "riding": f"/rsvps/{manage_token(seat.rsvp)}",
        "looking": f"/rsvps/{manage_token(looks)}",
        "mine": f"/rsvps/{manage_token(taken.rsvp)}",
        "waiver": waiver.id,
        "spot": spot.slug,
        "clean": clean.slug,
        "said": said[0].id,
        "asked_there": question.id,
        "talk_mail": f"/talk/{group.id}/{mail_token(alice, group)}",
    }


PUBLIC = (
    "/",
    "/?near=Springfield",
    "/?near=95112&within=2&when=today",
    "/near/san-jose-ca",
    "/groups",
    "/groups/trash-punx",
    "/events/{event}",
    "/events/{off}",
    "/groups/trash-punx/talk",
    "/events/{event}/talk/{asked_there}",
    "/events/{event}/share",
    "/events/{event}/flyer",
    "/events/{later}",
    "/events/{wet}",
    "/events/{event}/shifts/{shift}",
    "/events/{event}/waivers",
    "/events/{event}/bring/{thing}",
    "/?needs=volunteers",
    "/events/{event}/rsvp/link",
    "/events/{event}/contact",
    "/spots",
    "/spots?near=95112&within=2",
    "/spots/new",
    "/spots/{spot}",
    "/spots/{clean}",
    "/polls/{time}",
    "/polls/votes/{vote}",
    "/impact",
    "{card}",
    "/c/gone",
    "/login",
    "/login/password",
    "/deleted",
    "/privacy",
    "/nothing-here",
)
ORGANIZERS = (
    "/dashboard",
    "/groups/trash-punx",
    "/groups/trash-punx/talk",
    "/groups/trash-punx/talk/{said}",
    "/groups/trash-punx/talk/{said}/edit",
    "/events/{event}",
    "{talk_mail}",
    "/agenda",
    "/agenda?view=week",
    "/agenda/calendars",
    "/agenda/calendar",
    "/year",
    "/settings",
    "/settings/password",
    "/settings/devices",
    "/settings/address",
    "/settings/delete",
    "/admin/accounts",
    "/admin",
    "/admin/maps",
    "/admin/reports",
    "/messages",
    "/messages/{talk}",
    "/messages/{talk}/times",
    "/settings/messages",
    "/groups/new",
    "/groups/trash-punx/manage",
    "/groups/trash-punx/manage/people",
    "/events/{draft}/manage/edit",
    "/events/{event}/manage/people",
    "/events/{event}/manage/people/numbers",
    "/events/{event}/manage/questions",
    "/events/{event}/manage/people/{number}",
    "/events/{event}/manage/cancel",
    "/events/{event}/manage/day",
    "/events/{event}/manage/sheet",
    "/events/{wet}/manage/postpone",
    "/events/{wet}/manage/weather",
    "/events/{put_off}",
    "{asked}",
    "/groups/trash-punx/manage",
    "/groups/trash-punx/manage/people",
    "/groups/trash-punx/manage/people/list",
    "/groups/trash-punx/manage/log",
    "/groups/trash-punx/manage/import",
    "/groups/trash-punx/manage/announce",
    "/events/{event}/manage/announce",
    "/events/{event}/manage/series",
    "/events/{wet}/manage/sites",
    "/admin/leads",
    "/admin/mail",
    "/events/{event}/manage/hosts",
    "/groups/trash-punx/manage/hosting/{joint}",
    "/events/{event}/manage/shifts",
    "/events/{event}/manage/shifts/{shift}",
    "/events/{event}/manage/bring",
    "/events/{event}/manage/bring/{thing}",
    "/events/{road}/manage/rides",
    "{driving}",
    "{driving}/ride",
    "{riding}",
    "{riding}/rides/{ride}",
    "{looking}",
    "{looking}/rides/{ride}",
    "/groups/trash-punx/manage/roles",
    "/groups/trash-punx/manage/roles/{role}",
    "{mine}",
    "{mine}/before",
    "{mine}/before/1",
    "{waits}/before",
    "/groups/trash-punx/manage/waivers",
    "/groups/trash-punx/manage/waivers/{waiver}",
    "/events/{event}/manage/who",
    "/events/{event}/manage/signatures",
    "/events/{event}/manage/emergency",
    "/events/{event}/checkin",
    "/events/{event}/checkin/r{number}/sign",
    "/spots/{spot}",
    "/spots/{spot}/cleaned",
    "/spots/{spot}/close",
    "/contacts",
    "/contacts?q=nobody+like+that",
    "/contacts/new",
    "/contacts/due",
    "/contacts/rhythms",
    "/contacts/import",
    "{person}/sort",
    "{person}/merge",
    "/contacts/card",
    "/contacts/card/crew",
    "/contacts/card/crew#offline",
    "{card}",
    "{person}",
    "{person}?kept=1",
    "{person}/edit",
    "{person}/notes/1",
    "{ask}",
    "/events/{over}",
    "/polls",
    "/polls/new",
    "/polls/{time}/manage",
    "/groups/trash-punx/polls",
    "/groups/trash-punx/polls/{poll}",
    "/groups/trash-punx/manage/polls/new",
)


def look_at(page, path: str, name: str, then: int) -> None:
    """Open a page: it never scrolls sideways, also made `then` wide; axe looks it over, and a picture is kept."""
    page.goto(path)
    size = page.viewport_size
    _fits(page, path, size["width"])
    page.evaluate(AXE.read_text())
    options = {"resultTypes": ["violations"], **RULES[size["width"]]}
    found = page.evaluate("options => axe.run(document, options)", options)
    wrong = [(rule["id"], [node["html"][:120] for node in rule["nodes"]][:3]) for rule in found["violations"]]
    if os.environ.get("CI") != "true":
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    assert wrong == [], f"{path}: {json.dumps(wrong)}"
    page.set_viewport_size({**size, "width": then})
    _fits(page, path, then)
    page.set_viewport_size(size)


def _fits(page, path: str, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} scrolls sideways at {width}"


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_every_page_at_every_width(region, site, open_page, sign_in, look):
    if not AXE.exists():
        skip("axe-core is not installed")
    width, scheme, language, then = look
    page = open_page(width=width, scheme=scheme, language=language)
    for path in PUBLIC:
        look_at(page, path.format(**region), _name(path, look), then)
    sign_in(page, region["alice"])
    for path in ORGANIZERS:
        address = path.format(**region)
        look_at(page, _in(address, language[:2]), _name(path, look), then)


def test_axe_finds_a_fault_that_is_planted(region, site, open_page):
    if not AXE.exists():
        skip("axe-core is not installed")
    page = open_page()
    page.goto("/login")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate(AXE.read_text())
    assert "label" in [rule["id"] for rule in page.evaluate("axe.run(document)")["violations"]]


def test_text_of_twice_the_size_loses_nothing(region, site, open_page):
    page = open_page(width=640)
    for path in ("/", "/events/{event}", "/groups/trash-punx", "/login"):
        page.goto(path.format(**region))
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path


def test_answering_by_keyboard_alone(region, site, open_page):
    page = open_page(width=1280)
    page.goto(f"/events/{region['later']}")
    _tab_to(page, "answer")
    for field, text in (("name", "Gia"), ("email", "gia@example.org")):
        _tab_to(page, field)
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Look at your mail").wait_for()


def test_posting_by_keyboard_alone(region, site, open_page, sign_in):
    page = open_page(width=1280)
    sign_in(page, region["alice"])
    page.goto(f"/events/{region['draft']}/manage/edit")
    saturday = next_saturday()
    _tab_to(page, "title")
    page.keyboard.press("Control+A")
    page.keyboard.type("By keyboard")
    _tab_to(page, "starts_on")
    page.keyboard.type(f"{saturday:%m%d%Y}")
    _tab_to(page, "starts_time")
    page.keyboard.type("0930AM")
    _tab_to(page, "ends_time")
    page.keyboard.type("1130AM")
    _tab_to(page, "do")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="By keyboard").wait_for()
    assert "9:30–11:30" in page.locator("article time").inner_text()


def _tab_to(page, name: str) -> None:
    """Press Tab until the field or button of this name has the focus."""
    for _ in range(120):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {name}")


def _in(address: str, language: str) -> str:
    """The page in a language, whatever its address holds already."""
    path, hash_, part = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}lang={language}{hash_}{part}"


def _name(path: str, look: tuple) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "home"
    return f"{words}-{look[0]}-{look[1]}-{look[2][:2]}"
