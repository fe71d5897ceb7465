"""What an account's export holds: each feature says it once."""

import io
import json
import zipfile

import pytest

from staytouch_events.db import db
from staytouch_events.people import archive, exports
from staytouch_events.pictures import keep_picture, picture_file

from ..cast import a_person
from ..forms import fill
from .cast import EMAIL, zeldas_world
from .test_account import a_picture


def test_a_name_belongs_to_one_feature(monkeypatch):
    monkeypatch.setattr(exports, "HELD", {})
    exports.holds("answers")(lambda person: iter([{"event": "Creek"}]))
    assert exports.rows_held(None) == {"answers": [{"event": "Creek"}]}
    with pytest.raises(ValueError, match="answers"):
        exports.holds("answers")


def export_of(browser) -> zipfile.ZipFile:
    """What the button gives."""
    answer = fill(browser, "/settings", "/settings/export")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "private, no-store"
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_one_press_gives_all_that_is_ones_own_and_nothing_of_others(browser_of):
    world = zeldas_world()
    zelda, olga = export_of(browser_of(world.zelda)), export_of(browser_of(world.olga))
    told = json.loads(zelda.read("everything.json"))
    assert told["account"][0]["email"] == EMAIL
    rows = "devices crews invitations_sent unsaved_events answers shifts brought rides_taken roles_led signatures"
    rows += " emergency_contacts rides_offered check_ins hours_letters what_was_done recognitions places follows"
    rows += " answers_to_questions"
    assert [name for name in rows.split() if not told[name]] == []
    assert "I come at my **own** risk." in told["signatures"][0]["text"]
    assert {note["note"] for note in told["answers"]} == {"PLANTED-NOTE"}
    assert "new@example.org" not in zelda.read("everything.json").decode()
    assert "408 555 0111" not in zelda.read("everything.json").decode()
    assert zelda.read("calendar.ics").count(b"BEGIN:VEVENT") >= 3 and b"120" in zelda.read("hours.csv")
    for name in olga.namelist():
        assert b"planted" not in olga.read(name).lower(), name


def test_pictures_come_along_up_to_a_bound_and_the_rest_is_named(browser_of, app, monkeypatch):
    bob = a_person("bob")
    bob.photo = keep_picture(a_picture())
    db.session.commit()
    assert export_of(browser_of(bob)).read("pictures/photo.webp") == picture_file(bob.photo).read_bytes()
    monkeypatch.setattr(archive, "MOST_PICTURES", 10)
    small = export_of(browser_of(bob))
    assert "pictures/photo.webp" not in small.namelist()
    assert json.loads(small.read("everything.json"))["pictures_left_out"] == ["photo"]


def test_a_table_that_knows_people_is_in_the_export():
    """Whoever adds one says here by which name it is held, or why not."""
    held = {
        "sign_ins": "devices", "memberships": "crews", "group_invitations": "invitations_sent",
        "join_requests": "requests_to_join", "lead_asks": "offers_to_lead", "rsvps": "answers",
        "question_answers": "answers_to_questions",
        "drafts": "unsaved_events", "sign_ups": "shifts", "bring_claims": "brought", "rides": "rides_offered",
        "ride_seats": "rides_taken", "roles": "roles_led", "signatures": "signatures", "photo_answers": "photo_answers",
        "emergency_contacts": "emergency_contacts", "attendance_marks": "check_ins", "brief_reads": "briefs_read",
        "walk_ups": "check_ins", "hours_letters": "hours_letters", "impact_logs": "what_was_done",
        "awards": "recognitions", "spot_watchers": "places", "outside_calendars": "calendars_elsewhere",
        "personal_feeds": "in_my_calendar",
        "card_details": "card", "cards": "card_versions", "card_asks": "cards_asked_for",
        "found_at": "found_after_events", "posts": "posts", "post_reactions": "reactions", "post_mentions": "posts",
        "talk_mail": "mail_about_talks", "greeters": "greets_in", "conversations": "conversations",
        "conversation_sides": "conversations", "messages": "messages", "message_reports": "messages_reported",
        "correspondents": "settings_for_messages",
        "contacts": "people", "contact_kinds": "rhythms", "tag_rhythms": "rhythms", "reach_outs": "reminders",
        "people_files": "people_files", "series_regulars": "goes_to_all",
        "time_polls": "times_looked_for", "time_ballots": "votes",
        "announcements": "announcements",
        "polls": "polls_asked", "poll_ballots": "choices", "poll_watchers": "poll_letters",
    }  # fmt: skip
    # Tokens that are out, an organizer's word about somebody's minutes (in hours.csv), and who did what for a crew.
    apart = {"address_changes", "deletion_requests", "hour_corrections", "waiver_texts", "impact_changes", "post_mutes"}
    apart |= {"calendar_imports", "join_links", "bans", "group_log"}
    knows = {
        table.name
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in ("people", "rsvps")
    }
    assert knows == set(held) | apart
    assert set(held.values()) <= set(exports.HELD)
