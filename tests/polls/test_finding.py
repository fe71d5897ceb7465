"""Finding a time: offered, voted on with an account and without, changed, called off."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from staytouch_events.access.polls import HEAR, vote_token
from staytouch_events.db import db
from staytouch_events.outbox.models import Letter
from staytouch_events.people.models import Person
from staytouch_events.polls import finding
from staytouch_events.polls.leaving import purge_polls
from staytouch_events.polls.models import CANCELLED, OPEN, YES, TimeBallot, TimeOption, TimePoll
from staytouch_events.polls.queries import ballots_of, best_of, busy_words, options_of, standings
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.volunteers.actions import claim

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..conftest import one_database
from ..forms import fields_of, fill, send
from ..spots.cast import link_of, posted, told
from ..volunteers.cast import a_role, a_shift
from .cast import SATURDAY, SUNDAY, a_crews_time, a_time, span, votes

NEW = {
    "title": "Plan the spring",
    "closes_on": "2026-12-01",
    "zone": "America/Los_Angeles",
    "day1": "2026-12-05",
    "time1": "09:00",
    "length1": "120",
}


def page(browser, path: str) -> str:
    """A page's words."""
    return browser.get(path).get_data(as_text=True)


def best(poll: TimePoll) -> list[int]:
    """The numbers of what suits best."""
    return [one.option.id for one in best_of(standings(options_of(poll), ballots_of(poll)))]


def test_times_are_offered_by_days_alone_in_rows_that_grow(app, browser_of):
    browser = browser_of(a_person("alice"))
    more = fill(browser, "/polls/new", **NEW, day2="2026-12-06", more="1").get_data(as_text=True)
    assert fields_of(more, "/polls/new")["day2"] == "2026-12-06" and 'name="day6"' in more
    assert db.session.scalar(select(func.count(TimePoll.id))) == 0
    made = send(browser, more, "/polls/new", time3="14:00", length3="60", day3="2026-12-06", day6="2026-12-07")
    assert made.status_code == 303
    poll = db.session.scalar(select(TimePoll))
    rows = [(str(one.starts_wall), (one.ends_at - one.starts_at) / timedelta(hours=1)) for one in options_of(poll)]
    assert rows == [
        ("2026-12-05 09:00:00", 2),
        ("2026-12-06 09:00:00", 2),
        ("2026-12-06 14:00:00", 1),
        ("2026-12-07 14:00:00", 1),
    ]
    assert str(poll.closes_at) == "2026-12-02 08:00:00+00:00"


@one_database
@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"title": ""}, "Say what for."),
        ({"day1": ""}, "Offer at least one time."),
        ({"time1": ""}, "When does it start?"),
        ({"day1": "2026-11-01"}, "This has passed already."),
        ({"closes_on": "2026-11-01"}, "This has passed already."),
        ({"day1": "2027-03-14", "time1": "02:30"}, "Clocks go forward that night"),
        ({"day1": "2027-11-07", "time1": "01:30"}, "Clocks go back that night"),
    ],
)
def test_what_cannot_be_meant_is_told_and_stays(app, browser_of, typed, wrong):
    answer = fill(browser_of(a_person("alice")), "/polls/new", **{**NEW, "place": "The shed", **typed})
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422 and wrong in shown and 'value="The shed"' in shown
    assert db.session.scalar(select(TimePoll)) is None


def test_nobody_asks_in_the_name_of_a_crew_that_they_do_not_organize(app, browser_of):
    bob, group = a_person("bob"), a_group()
    a_membership(bob, group)
    assert fill(browser_of(bob), "/polls/new", **NEW, group=group.slug).status_code == 422


def test_a_guest_votes_without_mail_or_cookie_and_keeps_the_link(app, client):
    poll = a_time(a_person("alice"))
    first, second = options_of(poll)
    path = f"/polls/{poll.public_id}"
    shown = client.get(path)
    assert shown.headers["X-Robots-Tag"] == "noindex" and "no-store" in shown.headers["Cache-Control"]
    answer = fill(client, path, **{f"o{first.id}": "yes", f"o{second.id}": "no"}, name="Gia Rossi")
    assert answer.status_code == 303 and "Set-Cookie" not in answer.headers
    own = answer.headers["Location"]
    assert (
        "Your vote counts." in page(client, own) and "Gia" in page(client, path) and "Rossi" not in page(client, path)
    )
    assert posted() == [] and best(poll) == [first.id]
    assert fill(client, own, **{f"o{first.id}": "no", f"o{second.id}": "if_need"}).status_code == 303
    db.session.expire_all()
    assert best(poll) == [second.id]
    assert client.post(f"{own}/withdraw").status_code == 303
    assert ballots_of(poll) == [] and client.get(own).status_code == 404


def test_most_yes_is_best_then_most_if_need_be_and_level_ones_are_both(app):
    poll = a_time(a_person("alice"), at=(SATURDAY, SUNDAY, SUNDAY + timedelta(days=1)))
    first, second, third = options_of(poll)
    votes(poll, a_person("bob"), "ymn")
    votes(poll, a_person("cam"), "nym")
    assert best(poll) == [second.id]
    votes(poll, a_person("dora"), "mn-")
    assert best(poll) == [first.id, second.id]
    votes(poll, a_person("eve"), "--y")
    votes(poll, a_person("fay"), "--y")
    assert best(poll) == [third.id]


def test_a_typed_address_is_written_to_once_and_hears_after_its_button(app, client):
    poll = a_time(a_person("alice"))
    said = {f"o{poll.options[0].id}": "yes"}
    fill(client, f"/polls/{poll.public_id}", **said, name="Gia", email="Gia@Example.org")
    (letter,) = posted()
    ballot = db.session.scalar(select(TimeBallot))
    assert (ballot.hears, ballot.person_id) == (False, None)
    assert db.session.scalar(select(Person).where(Person.email == "gia@example.org")) is None
    own, mailed = vote_token(ballot), link_of(letter, "Yes, write to me")
    client.post(f"/polls/votes/{own}/hear")
    db.session.expire_all()
    assert not ballot.hears
    assert "Yes, write to me" in page(client, mailed)
    assert client.post(f"{mailed}/hear").status_code == 303
    db.session.expire_all()
    assert ballot.hears and ballot.person.email == "gia@example.org" and ballot.email is None


def test_a_typed_address_tells_nobody_whether_it_voted_and_its_owner_has_one_vote(app, client):
    poll = a_time(a_person("alice"))
    gia = a_person("gia")
    votes(poll, gia, "yn")
    path, said = f"/polls/{poll.public_id}", {f"o{poll.options[1].id}": "yes"}
    known = fill(client, path, **said, name="Gia", email="gia@example.org")
    fresh = fill(client, path, **said, name="Gus", email="gus@example.org")
    shown = [page(client, answer.headers["Location"]) for answer in (known, fresh)]
    assert shown[0].count("written to g…@example.org") == shown[1].count("written to g…@example.org") == 1
    assert len(ballots_of(poll)) == 3
    letter = next(letter for letter in posted() if "gia" in letter["To"])
    client.post(link_of(letter, "Yes, write to me") + "/hear")
    db.session.expire_all()
    second = [poll.options[1].id]
    said_by = [(ballot.name, [vote.option_id for vote in ballot.votes]) for ballot in ballots_of(poll)]
    assert said_by == [("Gia", second), ("Gus", second)]


@one_database
def test_a_robot_and_an_empty_vote_change_nothing_and_what_was_typed_stays(app, client):
    poll = a_time(a_person("alice"))
    path, said = f"/polls/{poll.public_id}", {f"o{poll.options[0].id}": "yes"}
    assert fill(client, path, **said, name="Robot", website="x").status_code == 303
    for typed in ({**said, "name": ""}, {"name": "Gia"}, {**said, "name": "Gia", "email": "nobody"}):
        answer = fill(client, path, **typed)
        assert answer.status_code == 422 and 'role="alert"' in answer.get_data(as_text=True)
    assert ballots_of(poll) == []
    assert "nobody" in answer.get_data(as_text=True)


def test_after_the_last_day_nobody_votes_and_whoever_asked_is_told_once(app, client, clock):
    poll = a_time(a_person("alice"))
    ballot = votes(poll, a_person("bob"), "yn")
    path, said = f"/polls/{poll.public_id}", {f"o{poll.options[0].id}": "no", "name": "Late"}
    before = page(client, path)
    clock.moment = poll.closes_at
    assert send(client, before, path, **said).status_code == 409
    with pytest.raises(Refused):
        finding.change(ballot, "Bob", {}, poll.closes_at)
    assert "Voting is over" in page(client, path) and len(ballots_of(poll)) == 1
    letters = posted(poll.closes_at) + posted(poll.closes_at + timedelta(days=1))
    assert [letter["To"] for letter in letters] == ["Alice <alice@example.org>"]
    assert "Saturday 5 December, 9–11 am 1 yes" in " ".join(told(letters[0]).split())


def test_a_longer_deadline_takes_votes_again_and_moves_the_letter(app):
    poll = a_time(a_person("alice"))
    later = poll.closes_at + timedelta(days=2)
    finding.set_deadline(poll, later, NOW)
    db.session.commit()
    assert posted(later - timedelta(hours=1)) == []
    assert poll.takes_votes(later - timedelta(hours=1)) and len(posted(later)) == 1


def test_new_times_are_told_once_to_those_who_want_to_hear(app):
    poll = a_time(a_person("alice"))
    votes(poll, a_person("bob"), "yn")
    votes(poll, a_person("cam"), "yn", hears=False)
    finding.add_options(poll, [span(SUNDAY + timedelta(days=1))], NOW)
    finding.add_options(poll, [span(SUNDAY + timedelta(days=2)), span(SATURDAY)], NOW + timedelta(minutes=5))
    db.session.commit()
    assert len(options_of(poll)) == 4
    (letter,) = posted(NOW + timedelta(minutes=16))
    assert letter["To"] == "Bob <bob@example.org>"
    assert "Monday 7 December" in told(letter) and "Tuesday 8 December" in told(letter)
    assert "Saturday" not in told(letter)


def test_a_dropped_time_takes_what_was_said_to_it_and_the_last_one_stays(app):
    poll = a_time(a_person("alice"))
    votes(poll, a_person("bob"), "yn")
    first, second = options_of(poll)
    finding.drop_option(first)
    db.session.commit()
    assert [[vote.answer for vote in ballot.votes] for ballot in ballots_of(poll)] == [["no"]]
    with pytest.raises(Refused):
        finding.drop_option(db.session.get(TimeOption, second.id))


def test_calling_it_off_is_told_in_ten_minutes_and_can_be_taken_back_until_then(app, browser_of):
    it = a_crews_time()
    votes(it.poll, a_person("bob"), "yn")
    browser, path = browser_of(it.alice), f"/polls/{it.poll.public_id}/manage"
    for _again in range(2):
        fill(browser, path, path.replace("manage", "cancel"))
        db.session.expire_all()
        assert it.poll.state == CANCELLED and "This was called off" in page(browser, path)
        fill(browser, path, path.replace("manage", "reopen"))
        db.session.expire_all()
        assert it.poll.state == OPEN
    assert posted() == []
    finding.cancel(it.poll, NOW)
    db.session.commit()
    (letter,) = posted()
    assert "Trash Punx called it off" in told(letter)
    assert posted(it.poll.closes_at) == []


def test_what_one_has_on_is_marked_for_oneself_alone(app, client, browser_of):
    bob, group = a_person("bob"), a_group()
    event = an_event(group, title="Creek day", starts_wall=SATURDAY.replace(hour=10))
    rsvp = respond(event, bob, "Bob", GOING, Party(), "", NOW).rsvp
    early = a_shift(event, a_role(group, name="Set-up"), starts_after=-120, lasts=60)
    claim(early, bob, "Bob", NOW)
    poll = a_time(a_person("alice"), at=(SATURDAY.replace(hour=7), SATURDAY, SUNDAY))
    path = f"/polls/{poll.public_id}"
    assert list(busy_words(bob, options_of(poll)).values()) == [["Set-up: Creek day"], ["Creek day"], []]
    assert rsvp.person_id == bob.id and "You have: Creek day" in page(browser_of(bob), path)
    assert "Creek day" not in page(client, path) + page(browser_of(a_person("cam")), path)


@one_database
def test_a_link_to_a_vote_that_we_did_not_sign_is_not_found(app, client):
    ballot = votes(a_time(a_person("alice")), a_person("bob"), "yn")
    ours = vote_token(ballot, HEAR)
    name, _dot, signature = ours.partition(".")
    forged = f"{name}.{'a' * len(signature)}"
    ballot.generation += 1
    db.session.commit()
    for token in (forged, ours):
        for step in ("", "/hear", "/quiet", "/withdraw", "/going"):
            assert client.post(f"/polls/votes/{token}{step}").status_code == 404


def test_unpressed_addresses_and_friends_polls_are_forgotten(app):
    alice = a_person("alice")
    poll, crews = a_time(alice), a_time(alice, a_group())
    said = {poll.options[0].id: YES}
    ballot = finding.vote_as_guest(poll, "Gia", "gia@example.org", said, "en", NOW)
    db.session.commit()
    assert purge_polls(NOW + timedelta(days=8)) == 0
    db.session.expire_all()
    assert ballot.email is None and ballot.votes
    assert purge_polls(NOW + timedelta(days=120)) == 1
    db.session.commit()
    assert db.session.scalars(select(TimePoll)).all() == [crews]
    assert db.session.scalar(select(func.count(Letter.id))) == 1
