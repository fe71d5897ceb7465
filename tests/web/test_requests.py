"""What holds for every request: where forms come from, headers, cookies, language, errors."""

import logging
import sqlite3

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from staytouch_events import create_app
from staytouch_events.db import db
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render
from staytouch_events.people.models import Person
from staytouch_events.rsvps.models import Rsvp
from staytouch_events.when import now

from ..cast import a_group, a_membership, a_person, an_event
from ..conftest import settings_for
from ..sites import SiteClient

ANSWER = {"name": "Gia", "email": "gia@example.org", "answer": "going", "adults": "1", "minors": "0"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://127.0.0.1:8000"}, 200),  # SITE_URL
        ({"Origin": None, "Referer": "http://localhost/events/x"}, 200),
        ({"Origin": "https://evil.example"}, 400),
        ({"Origin": "null"}, 400),
        ({"Origin": None}, 400),
        ({"Origin": None, "Referer": "https://evil.example/"}, 400),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"}, 400),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://localhost.evil.example"}, 400),
    ],
)
def test_a_form_comes_from_a_page_of_this_site_or_changes_nothing(client, headers, status):
    event = an_event(a_group())
    answer = client.post(f"/events/{event.slug}/rsvp", data=ANSWER, headers=headers)
    assert answer.status_code == status
    assert len(db.session.scalars(select(Rsvp)).all()) == (status == 200)


def test_a_signed_in_form_without_its_token_comes_back_with_what_was_typed_and_a_fresh_one(browser_of):
    bob = a_person("bob")
    browser = browser_of(bob)
    answer = browser.post("/settings", data={"name": "Typed name", "language": "en", "unit": ""})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert 'value="Typed name"' in page and 'name="csrf_token"' in page
    assert db.session.get(Person, bob.id).name == "Bob"
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    again = browser.post("/settings", data={"name": "Typed name", "language": "en", "unit": "", "csrf_token": token})
    assert again.status_code == 303
    assert db.session.get(Person, bob.id).name == "Typed name"


def test_a_token_is_good_for_its_own_session_alone(browser_of):
    bob, alice = a_person("bob"), a_person("alice")
    page = browser_of(alice).get("/settings").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answer = browser_of(bob).post("/settings", data={"name": "X", "language": "en", "unit": "", "csrf_token": token})
    assert answer.status_code == 422


def test_pages_carry_the_headers_that_protect_them(client):
    headers = client.get("/").headers
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_https_brings_hsts_and_a_cookie_for_this_host_alone(database_url, tmp_path):
    settings = settings_for(database_url, tmp_path / "data", site_url="https://events.example.org")
    app = create_app(settings)
    assert (app.config["SESSION_COOKIE_NAME"], app.config["SESSION_COOKIE_SECURE"]) == ("__Host-session", True)
    assert "Strict-Transport-Security" in app.test_client().get("/robots.txt").headers


def test_nobody_gets_a_cookie_before_signing_in(client):
    event = an_event(a_group())
    for path in ("/", "/login", f"/events/{event.slug}", "/groups", "/?lang=es"):
        assert "Set-Cookie" not in client.get(path).headers, path
    assert "Set-Cookie" not in client.post(f"/events/{event.slug}/rsvp", data=ANSWER).headers
    assert "Set-Cookie" not in client.post("/login", data={"email": "x@example.org"}).headers


def test_signed_in_pages_are_never_kept(client, browser_of):
    assert client.get("/").headers["Cache-Control"] == "no-cache"
    assert browser_of(a_person("bob")).get("/").headers["Cache-Control"] == "private, no-store"


def test_the_language_is_the_addresss_then_the_persons_then_the_browsers(client, browser_of):
    assert 'lang="en"' in client.get("/").get_data(as_text=True)
    assert '<html lang="es"' in client.get("/", headers={"Accept-Language": "es-MX,es;q=0.9"}).get_data(as_text=True)
    asked = client.get("/groups?lang=es").get_data(as_text=True)
    assert '<html lang="es"' in asked and 'href="/groups/new?lang=es"' in asked
    rosa = browser_of(a_person("rosa", language="es"))
    assert '<html lang="es"' in rosa.get("/", headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert '<html lang="en"' in rosa.get("/?lang=en").get_data(as_text=True)


def test_bytes_that_no_keyboard_sends_are_refused(client):
    event = an_event(a_group())
    answer = client.post(f"/events/{event.slug}/rsvp", data={**ANSWER, "name": "a\x00b"})
    assert answer.status_code == 400
    for path in ("/?q=a%00b", "/events/a%00b", "/groups/a%00b", "/?after=%00"):
        assert client.get(path).status_code == 400, path
    assert client.get("/?q=%ED%B2%80").status_code in (200, 400)
    assert db.session.scalars(select(Rsvp)).all() == []


@pytest.mark.parametrize("adults", ["-1", "1.5", "٣", "1e3", "99999999999999999999", "two", ""])
def test_numbers_are_ascii_digits_in_their_range_and_errors_keep_what_was_typed(client, adults):
    event = an_event(a_group())
    answer = client.post(f"/events/{event.slug}/rsvp", data={**ANSWER, "adults": adults})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="Gia"' in page and 'value="gia@example.org"' in page and 'aria-invalid="true"' in page


def test_errors_say_what_to_do_and_a_broken_page_tells_its_number_alone(app, client, caplog):
    missing = client.get("/nothing-here")
    assert missing.status_code == 404 and missing.headers["X-Request-ID"] not in missing.get_data(as_text=True)

    def breaks():
        raise RuntimeError("the secret reason")

    app.view_functions["pages.privacy"] = breaks
    with caplog.at_level(logging.ERROR):
        broken = client.get("/privacy")
    page = broken.get_data(as_text=True)
    assert broken.status_code == 500 and "secret reason" not in page and broken.headers["X-Request-ID"] in page


def test_forwarded_hosts_count_only_behind_a_proxy(database_url, tmp_path):
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example", "Origin": "https://evil.example"}
    for hops, status in ((0, 400), (1, 422)):
        app = create_app(settings_for(database_url, tmp_path / f"data{hops}", proxy_hops=hops))
        app.test_client_class = SiteClient
        assert app.test_client().post("/login", data={"email": ""}, headers=said).status_code == status


def test_too_many_requests_are_told_when_to_come_back(database_url, tmp_path):
    app = create_app(settings_for(database_url, tmp_path / "data", rate_limits=True))
    app.test_client_class = SiteClient
    client = app.test_client()
    statuses = [client.post("/login", data={"email": "gia@example.org"}).status_code for _ in range(8)]
    assert statuses == [200] * 6 + [429] * 2
    refused = client.post("/login", data={"email": "gia@example.org"})
    assert int(refused.headers["Retry-After"]) > 60 and "Try again" in refused.get_data(as_text=True)
    with app.app_context():
        db.engine.dispose()


def test_health_tells_of_the_store_and_of_late_mail(client):
    assert client.get("/healthz").get_json()["status"] == "ok"


def test_links_in_mail_are_built_from_the_sites_own_address_alone(client):

    client.post(
        "/login", data={"email": "gia@example.org"}, headers={"Host": "evil.example", "Origin": "http://127.0.0.1:8000"}
    )
    raw = render(db.session.scalars(select(Letter)).one(), now())[2]
    assert b"evil.example" not in raw


def test_members_get_in_by_their_session_alone(browser_of):
    group, bob = a_group(), a_person("bob")
    a_membership(bob, group)
    event = an_event(group, visibility="members")
    browser = browser_of(bob)
    assert browser.get(f"/events/{event.slug}").status_code == 200
    browser.delete_cookie("session")
    assert browser.get(f"/events/{event.slug}").status_code == 404


def test_an_error_that_the_form_library_words_is_in_the_readers_language(client):
    event = an_event(a_group())
    page = client.post(f"/events/{event.slug}/rsvp?lang=es", data={**ANSWER, "answer": "perhaps"}).get_data(
        as_text=True
    )
    assert "Opción inválida" in page


def test_a_store_that_fails_is_told_in_words_to_somebody_signed_in_too(app, browser_of, monkeypatch):
    browser = browser_of(a_person("bob", language="es"))

    def fails(*_args, **_kwargs):
        raise OperationalError("SELECT", {}, sqlite3.OperationalError("database or disk is full"))

    monkeypatch.setattr(Session, "execute", fails)
    answer = browser.get("/dashboard", headers={"Accept-Language": "en"})
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "10"
    assert "could not save just now" in answer.get_data(as_text=True)


@pytest.mark.parametrize("host", ["../../etc", "<script>", "evil.example:99999999", "a" * 5000])
def test_a_host_that_is_none_is_a_bad_request(client, host):
    assert client.get("/", headers={"Host": host}).status_code in (200, 400)
