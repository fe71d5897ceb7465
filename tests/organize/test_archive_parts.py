"""What moves along beside people and answers: shifts, who came, waivers, impact, polls, what was said, and more."""

import json
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from staytouch_events.attendance import hours_letters
from staytouch_events.attendance.actions import mark, walk_up
from staytouch_events.attendance.briefing import note_read, readers, save_day
from staytouch_events.attendance.hours import correct_hours, stays_at, stays_of
from staytouch_events.attendance.models import IN, OUT, HoursLetter
from staytouch_events.attendance.queries import attendees
from staytouch_events.attendance.readiness import signers_at
from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.groups.models import ORGANIZER, Group
from staytouch_events.impact.actions import add_pair, approve
from staytouch_events.impact.models import ImpactLog, ImpactPhoto
from staytouch_events.impact.queries import totals
from staytouch_events.jobs.models import Job
from staytouch_events.organize.archive_part_queries import PARTS
from staytouch_events.organize.restoring import restore_group
from staytouch_events.outbox.models import Letter
from staytouch_events.people.models import Person
from staytouch_events.pictures import keep_picture, picture_file
from staytouch_events.polls import asking, closing, finding
from staytouch_events.polls.crew_models import Poll, PollBallot
from staytouch_events.polls.crew_queries import ballots_in, counts_of, names_by_option, poll_options
from staytouch_events.polls.models import YES, TimeBallot, TimePoll
from staytouch_events.polls.queries import standings
from staytouch_events.posts.actions import choose_answer, react, take_away
from staytouch_events.posts.models import THANKS, Place, Post, Reaction
from staytouch_events.refusals import Refused
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
from staytouch_events.volunteers.bring import claim as bring
from staytouch_events.volunteers.bring_queries import claims_of
from staytouch_events.volunteers.models import SignUp
from staytouch_events.volunteers.ride_models import Ride
from staytouch_events.waivers.models import EmergencyContact, Signature

from ..attendance.test_day import DAY
from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..impact.cast import a_log
from ..impact.test_spot import a_photo
from ..polls.cast import a_poll, a_time, votes
from ..posts.cast import a_post, an_answer
from ..volunteers.cast import a_ride, a_role, a_shift, a_thing, comes
from ..waivers.cast import a_waiver, ask, sign
from .test_archive import packed, shown

WEEK = timedelta(weeks=1)
TWO = (("Red", None), ("Green", None))


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
    asked = a_post(bob, Place(group, event), "Truck, @Alice?", is_question=True)
    choose_answer(asked, an_answer(alice, asked))
    react(asked, alice, THANKS)
    take_away(a_post(bob, group, "Taken away"), bob, NOW)
    bring(a_thing(event), 2, gia.person, "Gia", NOW)
    a_ride(event)
    _the_day(event, gia, alice)
    _polls(group, alice, bob)
    db.session.commit()
    return group


def _the_day(event: Event, gia: Rsvp, alice: Person) -> None:
    """Gia came for two hours, which count as three, and Walt and another without an answer stayed to the end."""
    save_day(event, DAY, NOW)
    note_read(gia, NOW)
    mark(gia, IN, "", event.starts_at, by=alice)
    mark(gia, OUT, "", event.starts_at + timedelta(hours=2), by=alice)
    walt = walk_up(event, "Walt", Party(2), "", event.starts_at, by=alice)
    sign(signers_at(walt), "Walt Example")
    correct_hours(stays_at(gia, NOW + WEEK), 180, "She drove", alice, NOW + WEEK)
    hours_letters.issue(hours_letters.ask(event.group, gia.person, "Gia", NOW + WEEK, event=event), alice, NOW + WEEK)


def _polls(group: Group, alice: Person, bob: Person) -> None:
    """A time that is looked for, which somebody unknown votes on too, and polls of each kind."""
    time = a_time(alice, group)
    votes(time, bob, "yn")
    finding.vote_as_guest(time, "Zoe", "zoe@example.org", {time.options[1].id: YES}, "en", NOW)
    for question, fields in (("Cake?", {}), ("Who leads?", {"anonymous": True}), ("Leave?", {"anonymous": True})):
        poll = a_poll(group, alice, TWO, question=question, **fields)
        asking.choose(poll, bob, [poll_options(poll)[0].id], NOW)
        asking.watch(poll, bob)
    db.session.commit()
    asking.close(the_poll("Who leads?"), NOW)


def the_poll(question: str) -> Poll:
    """The poll that asks it."""
    return db.session.scalar(select(Poll).where(Poll.question == question))


def what_it_comes_to() -> list:
    """The roster with its hours, what was done, who brings what and who said what to which time, without numbers."""
    event = db.session.scalar(select(Rsvp).where(Rsvp.name == "Gia")).event
    at = NOW + WEEK
    time = db.session.scalar(select(TimePoll))
    said = standings(time.options, db.session.scalars(select(TimeBallot).order_by(TimeBallot.id)).all())
    return [
        [(row.party.name, row.adults, row.presence) for row in attendees(event)],
        [(stay.party.name, stay.measured, stay.minutes, stay.people_minutes) for stay in stays_of(event, at)],
        totals(select(Event.id).where(Event.id == event.id)),
        [(row.item.name, row.item.wanted, row.rsvp.name, row.quantity) for row in claims_of(event)],
        [(one.option.starts_wall, one.option.ends_wall, [v.name for v in one.voters[YES]]) for one in said],
        len(readers(event)),
    ]


# Of the anonymous poll that is open nothing that was chosen comes along.
OPEN_GONE = {"poll_ballots": 2, "poll_choices": 1}


def counted() -> dict[str, int]:
    """How many rows there are of each part, of whatever crew."""
    return {part.table.name: db.session.scalar(select(func.count()).select_from(part.table)) for part in PARTS}


def test_everything_is_there_again_and_nobody_is_mailed(crew, app, elsewhere, tmp_path):
    file, before, feeds, sums = packed(crew, tmp_path / "crew.zip"), counted(), shown(app), what_it_comes_to()
    assert all(before[name] for name in before if name != "template_shifts")
    with elsewhere.app_context():
        # Their numbers are others here.
        a_role(a_group("first"))
        restore_group(file, None, NOW)
        db.session.commit()
        assert shown(elsewhere) == feeds
        assert what_it_comes_to() == sums
        after = counted()
        assert after == before | {"roles": before["roles"] + 1, "posts": before["posts"] - 1} | OPEN_GONE
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
        assert numbers_of([held.rsvp.event_id])[held.rsvp.event_id].going == 4
        said = db.session.scalar(select(QuestionAnswer))
        assert (said.said, said.rsvp.name, said.question.words) == (["42"], "Gia", "Boots?")
        assert db.session.scalar(select(Question.role_id)) == held.shift.role_id
        signed = db.session.scalar(select(Signature).where(Signature.rsvp_id.is_not(None)))
        assert (signed.rsvp, signed.sha256) == (held.rsvp, signed.text.sha256)
        log = db.session.scalar(select(ImpactLog))
        assert (log.event, log.counts, log.decided_by.name) == (held.rsvp.event, {"tires": 3}, "Alice")
        assert picture_file(db.session.scalar(select(ImpactPhoto.before)))
        answer = db.session.scalar(select(Post).where(Post.parent_id.is_not(None)))
        assert (answer.author.name, answer.parent.text, answer.parent.answer_id) == (
            "Alice",
            "Truck, @Alice?",
            answer.id,
        )


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
    secrets = (b"555 0199", b"555 0111", b"Berryessa", b"Taken away", b"stranger@", b"zoe@")
    assert not any(secret in told for secret in secrets)
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


def test_an_archive_without_who_came_and_polls_is_read_too(crew, elsewhere, tmp_path):
    told = json.loads(zipfile.ZipFile(packed(crew, tmp_path / "crew.zip")).read("group.json"))
    later = ("walk_ups", "attendance_marks", "hour_corrections", "brief_reads", "day_infos", "hours_letters")
    later += ("bring_items", "bring_claims", "post_reactions", "post_mentions")
    later += tuple(name for name in told if name.startswith(("poll", "time_")))
    old = {name: value for name, value in told.items() if name not in later}
    old["signatures"] = [row for row in told["signatures"] if row["walk_up_id"] is None]
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as zipped:
        zipped.writestr("group.json", json.dumps({**old, "version": 2}))
    with elsewhere.app_context():
        restore_group(tmp_path / "old.zip", None, NOW)
        db.session.commit()
        assert db.session.scalar(select(SignUp.standing)) == "held" and db.session.scalar(select(Poll.id)) is None


def test_rides_stay_here(crew, elsewhere, tmp_path):
    file = packed(crew, tmp_path / "crew.zip")
    assert db.session.scalar(select(Ride.contact)) == "408 555 0111"
    with elsewhere.app_context():
        restore_group(file, None, NOW)
        db.session.commit()
        assert db.session.scalar(select(Ride.id)) is None


def test_no_anonymous_poll_names_anybody_or_says_what_was_chosen_while_it_is_open(crew, elsewhere, tmp_path):
    marks = [mark.encode() for mark in db.session.scalars(select(PollBallot.mark)) if mark]
    file = packed(crew, tmp_path / "crew.zip")
    with zipfile.ZipFile(file) as zipped:
        told = zipped.read("group.json")
    assert len(marks) == 2 and not any(mark in told for mark in marks)
    with elsewhere.app_context():
        restore_group(file, None, NOW)
        db.session.commit()
        assert [list(counts_of(the_poll(one)).values()) for one in ("Cake?", "Who leads?", "Leave?")] == [
            [1, 0],
            [1, 0],
            [0, 0],
        ]
        assert [[person.name for person in names] for names in names_by_option(the_poll("Cake?")).values()] == [["Bob"]]
        assert [ballots_in(the_poll(one)) for one in ("Who leads?", "Leave?")] == [1, 0]
        anonymous = select(PollBallot).join(Poll).where(Poll.anonymous)
        assert [(row.person_id, row.mark) for row in db.session.scalars(anonymous)] == [(None, None)]


def test_an_anonymous_poll_that_was_opened_again_begins_anew_there(crew, elsewhere, tmp_path):
    asking.reopen(the_poll("Who leads?"), None, NOW)
    db.session.commit()
    file = packed(crew, tmp_path / "crew.zip")
    with elsewhere.app_context():
        restore_group(file, None, NOW)
        db.session.commit()
        poll = the_poll("Who leads?")
        assert (list(counts_of(poll).values()), ballots_in(poll), poll.is_open(NOW)) == ([0, 0], 0, True)


def test_nobody_chooses_twice_in_a_poll_whose_marks_stayed_behind(crew, elsewhere, tmp_path):
    file = packed(crew, tmp_path / "crew.zip")
    with elsewhere.app_context():
        restore_group(file, None, NOW)
        db.session.commit()
        with pytest.raises(Refused, match="came from another site"):
            asking.reopen(the_poll("Who leads?"), None, NOW)


def test_polls_close_there_when_they_would_have_here(crew, elsewhere, tmp_path):
    due = select(Job.kind, Job.due_at).where(Job.kind.startswith("polls.")).order_by(Job.kind, Job.due_at)
    file, before = packed(crew, tmp_path / "crew.zip"), db.session.execute(due).all()
    assert {kind for kind, _due in before} == {asking.END, asking.REMIND, finding.DUE}
    with elsewhere.app_context():
        restore_group(file, None, NOW)
        db.session.commit()
        assert db.session.execute(due).all() == before


def test_a_time_that_was_chosen_is_told_once(crew, elsewhere, tmp_path):
    time = db.session.scalar(select(TimePoll))
    closing.choose(time.options[0], crew, True, NOW)
    db.session.commit()
    assert db.session.scalar(select(Letter.id).where(Letter.kind == "polls.time_set"))
    file = packed(crew, tmp_path / "crew.zip")
    with elsewhere.app_context():
        restore_group(file, None, NOW + timedelta(hours=1))
        db.session.commit()
        assert db.session.scalar(select(TimePoll)).event.title == "Plan the spring"
        assert db.session.scalar(select(Letter.id)) is None


def test_a_letter_about_hours_is_verified_there(crew, elsewhere, tmp_path):
    file, code = packed(crew, tmp_path / "crew.zip"), db.session.scalar(select(HoursLetter.code))
    with elsewhere.app_context():
        restore_group(file, None, NOW)
        db.session.commit()
        page = elsewhere.test_client().get(f"/verify/{code}")
        assert page.status_code == 200 and "Gia" in page.get_data(as_text=True)


def test_reactions_come_with_their_post(crew, elsewhere, tmp_path):
    file = packed(crew, tmp_path / "crew.zip")
    with elsewhere.app_context():
        restore_group(file, None, NOW)
        db.session.commit()
        pressed = db.session.scalar(select(Reaction))
        assert (pressed.kind, pressed.person.name) == (THANKS, "Alice")
        assert db.session.get(Post, pressed.post_id).text == "Truck, @Alice?"


def test_an_address_that_a_poll_has_here_is_made_anew(app, tmp_path):
    group, alice = a_group(), a_person("alice")
    a_poll(group, alice, TWO)
    file = packed(group, tmp_path / "crew.zip")
    restore_group(file, "another", NOW)
    db.session.commit()
    assert len(set(db.session.scalars(select(Poll.public_id)))) == 2
