"""The scripts in a real browser, under the site's own policy."""

import threading

import pytest
from flask import Flask, request
from flask_babel import Babel
from werkzeug.serving import make_server
from wtforms import Form, HiddenField, IntegerField, RadioField, StringField

from staytouch_events import assets
from staytouch_events.assets import build_assets
from staytouch_events.config import ROOT
from staytouch_events.web import policy

from ..conftest import skip

PLACES = [
    {"text": "San José, CA", "note": "city", "value": "1"},
    {"text": "San José, Costa Rica", "note": "city", "value": "2"},
]
PAGE = """<!doctype html><html lang="en"><title>Scripts</title>
{% from "ui/field.html" import field, hidden, radios, stepper %}{% from "ui/bits.html" import copy, script, time %}
<p>{{ time("2026-11-28T16:30:00Z", "America/Los_Angeles", "8:30 am") }}</p>
<p>{{ time("2026-11-28T07:30:00Z", "Europe/Berlin", "8:30 am in Berlin") }}</p>
<form method="post" data-autosave-url="/save">{{ hidden(f) }}{{ radios(f.answer) }}{{ stepper(f.adults) }}{{ stepper(f.minors, max=2) }}
{{ field(f.place, data_suggest_url="/places", data_suggest_into="place_id", data_found="{n} found") }}
<button data-plain="Save" data-one="Save 1 spot" data-many="Save {n} spots" data-maybe="Say maybe" data-declined="Say no">Save</button>
<p role="status" data-saved="Saved at {time}" data-failed="Trying again" data-conflict="Changed by another"></p></form>
<p><button type="button" hidden data-here="place" data-looking="Looking" data-denied="No answer">Here</button></p>
<p>{{ copy("https://example.org/e/abc", "Copy link") }}</p>
{% for name in ("stepper.js", "localtime.js", "copy.js", "autosave.js", "here.js", "suggest.js") %}{{ script(name) }}{% endfor %}"""

pytestmark = pytest.mark.browser


class Answer(Form):
    """A form with one of each that a script looks after."""

    answer = RadioField(
        "Answer", choices=[("going", "I'm going"), ("maybe", "Maybe"), ("declined", "I can't")], default="going"
    )
    adults = IntegerField("Adults", default=1)
    minors = IntegerField("Under 18", default=0)
    place = StringField("Place")
    place_id = HiddenField()
    version = HiddenField(default="1")


@pytest.fixture(scope="module")
def site():
    """The address of a page with all scripts, and what its server does with saved forms."""
    if not (ROOT / "node_modules").exists():
        skip("node_modules is missing")
    build_assets(ROOT)
    app = Flask("scripts", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    Babel(app)
    assets.init_app(app)
    app.saves = {"status": 200, "forms": []}

    @app.after_request
    def guarded(response):
        response.headers["Content-Security-Policy"] = policy()
        return response

    @app.get("/")
    def page():
        return app.jinja_env.from_string(PAGE).render(f=Answer())

    @app.get("/places")
    def places():
        return PLACES if request.args["q"].lower().startswith("sa") else []

    @app.post("/save")
    def save():
        app.saves["forms"].append(request.form.to_dict())
        return {"version": "2"}, app.saves["status"]

    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}/", app.saves
    server.shutdown()


@pytest.fixture
def page(site, chromium):
    """The page as somebody in Berlin sees it; a complaint of the browser fails the test."""
    context = chromium.new_context(
        timezone_id="Europe/Berlin",
        permissions=["geolocation", "clipboard-read", "clipboard-write"],
        geolocation={"latitude": 37.3382, "longitude": -121.8863},
    )
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Security Policy" in message.text else None)
    page.clock.install()
    site[1].update(status=200, forms=[])
    page.goto(site[0])
    page.locator(".stepper.ready").first.wait_for()
    yield page
    context.close()
    assert complaints == []


def test_the_button_counts_and_the_steps_stay_in_range(page):
    button = page.locator("button[data-many]")
    assert button.text_content() == "Save 1 spot"
    page.get_by_role("button", name="One more: Adults").click()
    more = page.get_by_role("button", name="One more: Under 18")
    for _ in range(4):
        more.click()
    assert page.get_by_label("Under 18").input_value() == "2"
    assert button.text_content() == "Save 4 spots"
    page.get_by_label("I can't").check()
    assert button.text_content() == "Say no"


def test_the_readers_own_time_shows_only_where_it_differs(page):
    page.locator(".localtime").first.wait_for()
    assert page.locator(".localtime").count() == 1
    assert "5:30" in page.locator(".localtime").text_content()


def test_a_place_is_chosen_by_keyboard(page):
    field = page.get_by_role("combobox", name="Place")
    field.press_sequentially("San")
    page.clock.run_for(200)
    page.get_by_role("option").nth(1).wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert page.get_by_text("2 found").count() == 1
    field.press("ArrowDown")
    field.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    field.press("Enter")
    assert field.input_value() == "San José, Costa Rica"
    assert page.locator("[name=place_id]").input_value() == "2"
    assert field.get_attribute("aria-expanded") == "false"
    field.press("x")
    assert page.locator("[name=place_id]").input_value() == ""


def test_a_draft_is_saved_after_quiet_seconds_with_its_hidden_fields_renewed(page, site):
    page.get_by_label("Adults").fill("3")
    page.clock.run_for(3100)
    page.get_by_text("Saved at").wait_for()
    assert [form["adults"] for form in site[1]["forms"]] == ["3"]
    assert page.locator("[name=version]").input_value() == "2"


@pytest.mark.parametrize(("status", "words", "tries"), ((503, "Trying again", 2), (409, "Changed by another", 1)))
def test_a_draft_that_was_not_saved_says_so_and_only_a_failure_is_tried_again(page, site, status, words, tries):
    site[1]["status"] = status
    page.get_by_label("Adults").fill("3")
    page.clock.run_for(3100)
    page.get_by_text(words).wait_for()
    site[1]["status"] = 200
    page.clock.run_for(11_000)
    page.get_by_text("Saved at" if tries == 2 else words).wait_for()
    assert len(site[1]["forms"]) == tries


def test_standing_there_fills_the_field(page):
    page.get_by_role("button", name="Here").click()
    page.get_by_text("37.338200, -121.886300").wait_for()
    assert page.get_by_label("Place", exact=True).input_value() == "37.338200, -121.886300"


def test_a_link_is_copied(page):
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "https://example.org/e/abc"
