"""The first run: who becomes the admin, and what the site may ask of other hosts."""

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select

from staytouch_events.access.setup import welcome_token
from staytouch_events.choices import chosen
from staytouch_events.cli import main
from staytouch_events.db import db
from staytouch_events.jobs.models import Job
from staytouch_events.maps import OPENSTREETMAP, site_tiles
from staytouch_events.people.models import Person

from ..cast import a_group, a_person, an_event
from ..forms import fields_of, fill

OSM = "https://tile.openstreetmap.org"


def policy(answer) -> str:
    """What a page may load pictures from."""
    return next(part for part in answer.headers["Content-Security-Policy"].split("; ") if part.startswith("img-src"))


def test_whoever_has_the_first_starts_link_becomes_the_admin_once(app, client):
    link = f"/welcome/{welcome_token()}"
    assert "Who runs it?" in client.get(link).get_data(as_text=True)
    assert db.session.query(Person).count() == 0
    assert client.post(link, data={"email": "not an address"}).status_code == 422
    answer = client.post(link, data={"email": "Ada@Example.org"})
    assert answer.status_code == 303
    signed_in = client.post(answer.location)
    assert signed_in.location == "/settings?next=/admin/maps"
    assert client.get("/admin/maps").status_code == 200
    person = db.session.query(Person).one()
    assert (person.email, person.is_admin) == ("ada@example.org", True)
    assert client.get(link).status_code == client.post(link, data={"email": "eve@example.org"}).status_code == 404
    assert welcome_token() is None


def test_another_token_opens_nothing(client):
    token = welcome_token()
    assert client.get(f"/welcome/{token[:-1]}{'a' if token[-1] != 'a' else 'b'}").status_code == 404


def test_the_first_start_prints_the_link_and_a_later_one_does_not(settings, monkeypatch):
    for name in ("data_dir", "database_url"):
        monkeypatch.setenv(name.upper(), str(getattr(settings, name)))
    monkeypatch.setattr("staytouch_events.assets.build_assets", lambda _root: None)
    monkeypatch.setattr("staytouch_events.translations.compile_translations", lambda _folder: None)
    assert "/welcome/site." in CliRunner().invoke(main, ["prepare"]).output
    CliRunner().invoke(main, ["create-admin", "ada@example.org"])
    assert "/welcome/" not in CliRunner().invoke(main, ["prepare"]).output


def test_a_start_plans_what_events_before_it_lack(app, client, settings, monkeypatch):
    for name in ("data_dir", "database_url"):
        monkeypatch.setenv(name.upper(), str(getattr(settings, name)))
    monkeypatch.setattr("staytouch_events.assets.build_assets", lambda _root: None)
    monkeypatch.setattr("staytouch_events.translations.compile_translations", lambda _folder: None)
    starts = datetime.now(UTC).replace(tzinfo=None, microsecond=0) + timedelta(days=30)
    an_event(a_group(), starts_wall=starts, ends_wall=starts + timedelta(hours=3), mails_thanks=True)
    db.session.execute(delete(Job))
    db.session.commit()
    CliRunner().invoke(main, ["prepare"])
    assert "rsvps.thanks" in set(db.session.scalars(select(Job.kind)))


@pytest.fixture
def ada(app, browser_of):
    """The admin's browser."""
    return browser_of(a_person("ada", is_admin=True))


def test_nothing_is_asked_of_other_hosts_until_it_is_chosen(ada, client):
    assert site_tiles() is None
    form = fields_of(ada.get("/admin/maps").get_data(as_text=True), "/admin/maps")
    assert (form["tiles"], form["geocoder"]) == ("outline", "embedded")
    answer = client.get("/near/san-jose-ca")
    assert policy(answer) == "img-src 'self' data:" and "data-tiles" not in answer.get_data(as_text=True)


def test_tiles_that_are_chosen_show_at_once_with_their_credit_on_pages_with_a_map_alone(ada, client):
    for _ in range(3):
        client.get("/near/san-jose-ca")
    assert fill(ada, "/admin/maps", tiles="openstreetmap").status_code == 303
    answer = client.get("/near/san-jose-ca")
    page = answer.get_data(as_text=True)
    assert policy(answer) == f"img-src 'self' data: {OSM}"
    assert f'data-tiles="{OPENSTREETMAP}"' in page and "openstreetmap.org/copyright" in page
    assert policy(client.get("/groups")) == "img-src 'self' data:"
    assert fill(ada, "/admin/maps", tiles="outline").status_code == 303
    assert policy(client.get("/near/san-jose-ca")) == "img-src 'self' data:"


def test_a_tile_server_of_ones_own_by_its_hosts(ada, client):
    own = {"tiles": "own", "tile_url": "https://{s}.tiles.example.org/{z}/{x}/{y}.png", "tile_attribution": "**Us**"}
    assert fill(ada, "/admin/maps", **own).status_code == 303
    answer = client.get("/")
    assert policy(answer) == "img-src 'self' data: https://*.tiles.example.org"
    assert "&lt;strong&gt;Us&lt;/strong&gt;" in answer.get_data(as_text=True)
    form = fields_of(ada.get("/admin/maps").get_data(as_text=True), "/admin/maps")
    assert {name: form[name] for name in own} == own


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"tiles": "own", "tile_url": ""}, "tile_url"),
        ({"tiles": "own", "tile_url": "https://tiles.example.org/"}, "tile_url"),
        ({"tiles": "own", "tile_url": "javascript:{z}{x}{y}"}, "tile_url"),
        ({"tiles": "own", "tile_url": "https://a.example; script-src */{z}/{x}/{y}"}, "tile_url"),
        ({"geocoder": "nominatim", "geocoder_url": "nominatim.example.org"}, "geocoder_url"),
    ],
)
def test_what_can_not_be_used_is_said_at_its_field(ada, typed, at):
    answer = fill(ada, "/admin/maps", **typed)
    assert answer.status_code == 422 and f'href="#{at}"' in answer.get_data(as_text=True)
    assert chosen("tile_url", "geocoder_url") == {"tile_url": "", "geocoder_url": ""}
