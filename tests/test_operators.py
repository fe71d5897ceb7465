"""What operators do: settings, the first start, backups, the commands."""

import sqlite3

import pytest
from click.testing import CliRunner

from staytouch_events import backups
from staytouch_events.cli import main
from staytouch_events.config import BadSetting, read_settings
from staytouch_events.db import db
from staytouch_events.groups.models import Group
from staytouch_events.outbox.models import DEAD, WAITING, Letter
from staytouch_events.outbox.post import post
from staytouch_events.people.models import Person

from .cast import NOW, a_group, a_person
from .conftest import settings_for
from .forms import send
from .imports.test_ics_reader import a_calendar


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "99999"),
        ("SITE_URL", "events.example.org"),
        ("SITE_URL", "https://example.org/events"),
        ("DATABASE_URL", "mysql://x"),
        ("MAIL_URL", "imap://x"),
        ("MAIL_FROM", "nobody"),
        ("GROUP_CREATION", "everyone"),
        ("RATE_LIMITS", "maybe"),
        ("SECRET_KEY", "short"),
        ("PROXY_HOPS", "-1"),
        ("INBOUND_LISTEN", "127.0.0.1:24"),
        ("INBOUND_MAIL_TOKEN", "short"),
        ("MAIL_RESOLVER", "dns.example.org"),
        ("DKIM_KEY", "/no/such/key.pem"),
    ],
)
def test_a_setting_that_can_not_be_used_is_named_in_words(tmp_path, setting, value):
    with pytest.raises(BadSetting, match=setting):
        read_settings({"DATA_DIR": str(tmp_path), setting: value})


def test_the_first_start_makes_its_secret_and_keeps_it(tmp_path):
    first = read_settings({"DATA_DIR": str(tmp_path)}).secret_keys
    assert first == read_settings({"DATA_DIR": str(tmp_path)}).secret_keys
    assert len(first[0]) >= 32 and (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_an_older_key_still_verifies(tmp_path):
    settings = read_settings({"DATA_DIR": str(tmp_path), "SECRET_KEY": "the-new-key-is-long, the-old-key-is-long"})
    assert settings.secret_keys == ("the-new-key-is-long", "the-old-key-is-long")


def only_sqlite(settings) -> bool:
    """Backups are SQLite's; PostgreSQL has its own."""
    return settings.database_url.startswith("sqlite")


def test_a_backup_of_a_running_site_restores_whole_once_it_stands_still(own_database, app, settings, tmp_path):
    if not only_sqlite(settings):
        with pytest.raises(BadSetting, match="pg_dump"):
            backups.back_up(settings, tmp_path / "copy")
        return
    a_person("alice")
    backups.back_up(settings, tmp_path / "copy")
    a_person("bob")
    with pytest.raises(BadSetting, match="running"):
        backups.restore(settings, tmp_path / "copy")
    db.session.remove()
    db.engine.dispose()
    backups.restore(settings, tmp_path / "copy")
    assert [person.name for person in db.session.query(Person)] == ["Alice"]


def test_what_is_no_backup_is_not_restored(tmp_path):
    settings = settings_for(f"sqlite:///{tmp_path / 'site.sqlite'}", tmp_path)
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("CREATE TABLE x (y)")
    with pytest.raises(BadSetting, match="not a backup"):
        backups.restore(settings, tmp_path / "other")


@pytest.fixture
def staytouch(app, settings, monkeypatch):
    """A function: run the command over the test's database."""
    for name, value in {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_keys[0],
    }.items():
        monkeypatch.setenv(name, value)
    return lambda *words: CliRunner().invoke(main, words, catch_exceptions=False)


def test_create_admin_prints_a_link_that_signs_in(staytouch, client):
    done = staytouch("create-admin", "Ada@Example.org")
    link = done.output.strip().split("8000")[1]
    assert client.post(link).status_code == 303
    assert client.get("/admin").status_code == 200
    assert db.session.query(Person).one().email == "ada@example.org"


def test_importing_needs_a_group_or_leave_to_make_one(staytouch, tmp_path):
    file = tmp_path / "events.jsonl"
    file.write_text('{"name": "Conf", "start_date": "2026-12-01", "city": "Berlin", "country": "Germany"}\nnonsense\n')
    assert staytouch("import-events", str(file), "--group", "confs").exit_code == 1
    done = staytouch("import-events", str(file), "--group", "confs", "--create")
    assert (
        "1 made" in done.output
        and "line 2" in done.output
        and "Berlin, Germany -> Berlin, Germany (sure" in done.output
    )
    assert "1 as before" in staytouch("import-events", str(file), "--group", "confs").output


def test_geocode_and_purge_say_what_they_found(staytouch):
    assert "San Jose, CA: 37.3476" in staytouch("geocode", "95112").output
    assert "letters: 0" in staytouch("purge").output


def test_a_calendar_makes_its_group_when_told_and_says_what_became_of_each_entry(staytouch, tmp_path):
    file, lost = tmp_path / "dates.ics", "UID:x\nSUMMARY:Lost"
    entry = "UID:a\nSUMMARY:Sweep\nDTSTART;TZID=Europe/Berlin:20261201T180000\nDURATION:PT2H"
    file.write_bytes(a_calendar(entry, lost, head="X-WR-TIMEZONE:Europe/Berlin\n"))
    command = ("import-ics", str(file), "--group", "sweepers", "--from", "2026-11-01", "--to", "2026-12-31")
    assert staytouch(*command).exit_code == 1
    done = staytouch(*command, "--create")
    assert "1 made, 0 changed" in done.output and "left out: Lost: its start can't be read" in done.output
    db.session.rollback()
    assert db.session.query(Group).one().zone == "Europe/Berlin"
    file.write_bytes(b"nothing of the kind")
    refused = staytouch(*command)
    assert refused.exit_code == 1 and "is no calendar" in refused.output


def test_a_group_goes_into_a_file_and_is_not_restored_beside_itself(staytouch, tmp_path):
    a_group()
    file = str(tmp_path / "crew.zip")
    assert staytouch("export-group", "nobody", file).exit_code == 1
    assert "Trash Punx is in" in staytouch("export-group", "trash-punx", file).output
    assert "at this address already" in staytouch("restore-group", file).output
    assert "is at /groups/second." in staytouch("restore-group", file, "--slug", "second").output


def test_a_bad_setting_stops_a_command_in_words(staytouch, monkeypatch):
    monkeypatch.setenv("PORT", "eighty")
    done = staytouch("purge")
    assert done.exit_code == 1 and "PORT is “eighty”" in done.output


@pytest.mark.parametrize(
    "command",
    "serve worker create-admin demo import-events import-ics export-group restore-group backup restore geocode purge"
    " check-mail prepare".split(),
)
def test_each_command_explains_itself(command):
    assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0


def test_a_dead_letter_is_shown_to_admins_and_sent_again(app, browser_of):
    letter = post("people.sign_in", to="gone@example.org", facts={}, now=NOW)
    letter.state, letter.last_error, letter.ended_at = DEAD, "550 no such user", NOW
    a_group()
    db.session.commit()
    ada = browser_of(a_person("ada", is_admin=True))
    page = ada.get("/admin").get_data(as_text=True)
    assert "gone@example.org" in page and "550 no such user" in page and "a-key-for-tests-only" not in page
    send(ada, page, f"/admin/letters/{letter.id}/again")
    assert db.session.get(Letter, letter.id).state == WAITING
