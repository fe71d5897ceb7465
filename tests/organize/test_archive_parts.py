"""What moves along beside people and answers: shifts, questions, series, waivers, impact, what was said."""

import json
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from staytouch_events.db import db
from staytouch_events.groups.models import ORGANIZER, Group
from staytouch_events.impact.actions import add_pair, approve
from staytouch_events.impact.models import ImpactLog, ImpactPhoto
from staytouch_events.jobs.models import Job
from staytouch_events.organize.archive_part_queries import PARTS
from staytouch_events.organize.restoring import restore_group
from staytouch_events.outbox.models import Letter
from staytouch_events.pictures import keep_picture, picture_file
from staytouch_events.posts.actions import choose_answer, take_away
from staytouch_events.posts.models import Place, Post
from staytouch_events.rsvps import questions
from staytouch_events.rsvps.additions import Party
from staytouch_events.rsvps.asking import keep_said
from staytouch_events.rsvps.models import Rsvp
from staytouch_events.rsvps.queries import numbers_of
from staytouch_events.rsvps.question_models import Question, QuestionAnswer
from staytouch_events.series.actions import Plan, repeat
from staytouch_events.series.queries import date_of
from staytouch_events.series.regulars import come_to_all
from staytouch_events.volunteers.actions import claim
from staytouch_events.volunteers.models import SignUp
from staytouch_events.waivers.models import EmergencyContact, Signature

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..impact.cast import a_log
from ..impact.test_spot import a_photo
from ..posts.cast import a_post, an_answer
from ..volunteers.cast import a_role, a_shift, comes
from ..waivers.cast import a_waiver, ask, sign
from .test_archive import packed, shown

WEEK = timedelta(weeks=1)


@pytest.fixture
def crew(app) -> Group:
    """A crew with some of everything."""
    group, alice, bob = a_group(), a_person("alice"), a_person("bob")
    a_membership(alice, group, ORGANIZER)
    a_membership(bob, group)
    event = an_event(group, capacity=10)
    drivers = a_role(group, lead_id=bob.id)
    shift = a_shift(event, drivers, target=2)
    gia = comes(event, "gia")
    claim(shift, gia.person, "Gia", NOW)
    question = questions.add(event, {"kind": "short", "words": "Boots?", "role_id": drivers.id})
    keep_said(gia, {question.id: ["42"]}, NOW)
    ask(event, a_waiver(group, alice), emergency="asked")
    sign(gia)
    db.session.add(EmergencyContact(rsvp_id=gia.id, name="Mum", phone="408 555 0199", saved_at=NOW))
    come_to_all(repeat(event, Plan([{"every": 1, "weekday": 5}]), NOW), bob, "Bob", Party(2), NOW)
    log = a_log(event, bob, NOW + WEEK, items={"tires": 3})
    add_pair(log, keep_picture(a_photo()), None, "", NOW, hosts=True)
    approve(log, alice, NOW + WEEK)
    asked = a_post(bob, Place(group, event), "A truck?", is_question=True)
    choose_answer(asked, an_answer(alice, asked))
    take_away(a_post(bob, group, "Taken away"), bob, NOW)
    db.session.commit()
    return group


def counted() -> dict[str, int]:
    """How many rows there are of each part, of whatever crew."""
    return {part.table.name: db.session.scalar(select(func.count()).select_from(part.table)) for part in PARTS}


def test_everything_is_there_again_and_nobody_is_mailed(crew, app, elsewhere, tmp_path):
    file, before, feeds = packed(crew, tmp_path / "crew.zip"), counted(), shown(app)
    assert all(before[name] for name in before if name != "template_shifts")
    with elsewhere.app_context():
        # Their numbers are others here.
        a_role(a_group("first"))
        restore_group(file, None, NOW)
        db.session.commit()
        assert shown(elsewhere) == feeds
        after = counted()
        assert after == before | {"roles": before["roles"] + 1, "posts": before["posts"] - 1}
        assert db.session.scalar(select(Letter.id)) is None


def test_each_names_what_it_named(crew, elsewhere, tmp_path):
    file = packed(crew, tmp_path / "crew.zip")
    with elsewhere.app_context():
        a_role(a_group("first"), name="Cook")
        restore_group(file, None, NOW)
        db.session.commit()
        held = db.session.scalar(select(SignUp))
        assert (held.rsvp.name, held.standing, held.shift.role.name) == ("Gia", "held", "Driver")
        assert held.shift.role.lead.name == "Bob" and held.rsvp.has_shift
        assert numbers_of([held.rsvp.event_id])[held.rsvp.event_id].going == 3
        said = db.session.scalar(select(QuestionAnswer))
        assert (said.said, said.rsvp.name, said.question.words) == (["42"], "Gia", "Boots?")
        assert db.session.scalar(select(Question.role_id)) == held.shift.role_id
        signed = db.session.scalar(select(Signature))
        assert (signed.rsvp, signed.sha256) == (held.rsvp, signed.text.sha256)
        log = db.session.scalar(select(ImpactLog))
        assert (log.event, log.counts, log.decided_by.name) == (held.rsvp.event, {"tires": 3}, "Alice")
        assert picture_file(db.session.scalar(select(ImpactPhoto.before)))
        answer = db.session.scalar(select(Post).where(Post.parent_id.is_not(None)))
        assert (answer.author.name, answer.parent.text, answer.parent.answer_id) == ("Alice", "A truck?", answer.id)


def test_what_repeats_goes_on_there(crew, elsewhere, tmp_path):
    file = packed(crew, tmp_path / "crew.zip")
    with elsewhere.app_context():
        restore_group(file, None, NOW)
        db.session.commit()
        row = date_of(db.session.scalar(select(Rsvp)).event)
        assert (row.on_date.isoformat(), row.series.first_on) == ("2026-11-28", row.on_date)
        assert db.session.scalar(select(Job.key).where(Job.kind == "series.season")) == str(row.series_id)


def test_whom_to_call_what_was_taken_away_and_strangers_are_not_in_it(crew, tmp_path):
    stranger = a_person("stranger")
    db.session.scalar(select(ImpactLog)).decided_by_id = stranger.id
    db.session.commit()
    with zipfile.ZipFile(packed(crew, tmp_path / "crew.zip")) as zipped:
        told = zipped.read("group.json")
    assert not any(secret in told for secret in (b"555 0199", b"Taken away", b"stranger@"))
    assert json.loads(told)["impact_logs"][0]["decided_by_id"] is None


def test_an_archive_of_before_is_read_too(crew, elsewhere, tmp_path):
    told = json.loads(zipfile.ZipFile(packed(crew, tmp_path / "crew.zip")).read("group.json"))
    old = {name: value for name, value in told.items() if name not in {part.table.name for part in PARTS}}
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as zipped:
        zipped.writestr("group.json", json.dumps({**old, "version": 1}))
    with elsewhere.app_context():
        restore_group(tmp_path / "old.zip", None, NOW)
        db.session.commit()
        assert not any(db.session.scalars(select(Rsvp.has_shift))) and db.session.scalar(select(SignUp)) is None
