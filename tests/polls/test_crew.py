"""A crew's polls: claims that never overflow, one's own choice changed, nameless ones that stay so, letters."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from staytouch_events.charts import bars
from staytouch_events.db import db
from staytouch_events.groups.models import ORGANIZER, Membership
from staytouch_events.people.deletion import delete
from staytouch_events.people.exports import rows_held
from staytouch_events.people.models import Person
from staytouch_events.polls import asking, finding
from staytouch_events.polls.crew_models import Poll, PollBallot, PollChoice
from staytouch_events.polls.crew_queries import counts_of, poll_options
from staytouch_events.polls.leaving import pass_on_votes, unname_votes
from staytouch_events.polls.models import CANCELLED, TimeBallot
from staytouch_events.refusals import Refused
from staytouch_events.when import now as really_now

from ..cast import NOW, a_group, a_membership, a_person
from ..forms import fill, send
from ..racing import meet_after
from ..rsvps.test_races import at_once
from ..spots.cast import posted, told
from .cast import a_poll, a_time, votes

ANONYMOUS = {"anonymous": True, "several": False, "options": (("Red", None), ("Green", None))}


@pytest.fixture
def crew(app):
    """A crew that alice organizes, with bob and cam in it."""
    people = {who: a_person(who) for who in ("alice", "bob", "cam")}
    group = a_group()
    for who, person in people.items():
        a_membership(person, group, ORGANIZER if who == "alice" else "member")
    return SimpleNamespace(group=group, **people)


def page(browser, path: str) -> str:
    """A page's words."""
    return browser.get(path).get_data(as_text=True)


def counts(poll: Poll) -> list[int]:
    """How often each option was chosen."""
    db.session.expire_all()
    return list(counts_of(poll).values())


def test_an_organizer_asks_and_members_choose_and_choose_otherwise(crew, browser_of):
    alice, bob = browser_of(crew.alice), browser_of(crew.bob)
    base = "/groups/trash-punx"
    typed = {"question": "Cake?", "words1": "Yes", "words2": "No", "closes_on": "2026-11-30"}
    more = fill(alice, f"{base}/manage/polls/new", **typed, more="1").get_data(as_text=True)
    assert 'name="words8"' in more and db.session.scalar(select(Poll)) is None
    path = send(alice, more, f"{base}/manage/polls/new", words7="Later").location
    poll = db.session.scalar(select(Poll))
    yes, _no, later = (str(option.id) for option in poll_options(poll))
    assert "Cake?" in page(bob, base) and "Cake?" in page(bob, f"{base}/polls")
    for choice, counted in ((yes, [1, 0, 0]), (later, [0, 0, 1])):
        assert fill(bob, path, choice=choice).status_code == 303
        assert counts(poll) == counted
    assert "Bob" in page(alice, path) and "1 took part" in page(alice, path)
    assert fill(bob, path, choice=None).status_code == 303
    assert counts(poll) == [0, 0, 0]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"question": ""}, "Type the question."),
        ({"words2": ""}, "Write at least two options."),
        ({"words2": "Yes"}, "This is there already."),
        ({"most1": "0"}, "Type a whole number from 1 to 999."),
        ({"most1": "3", "anonymous": "y"}, "With a limit it shows who has what"),
        ({"closes_on": "2026-11-01"}, "This has passed already."),
    ],
)
def test_what_cannot_be_asked_is_told_and_stays(crew, browser_of, typed, wrong):
    fields = {"question": "Cake?", "about": "Really", "words1": "Yes", "words2": "No", **typed}
    answer = fill(browser_of(crew.alice), "/groups/trash-punx/manage/polls/new", **fields)
    assert answer.status_code == 422 and wrong in answer.get_data(as_text=True)
    assert "Really" in answer.get_data(as_text=True) and db.session.scalar(select(Poll)) is None


def test_an_option_is_chosen_by_as_many_as_it_says_and_a_place_given_up_is_free(crew, browser_of):
    poll = a_poll(crew.group, crew.alice)
    cake, salad = (option.id for option in poll_options(poll))
    asking.choose(poll, crew.bob, [cake, salad], NOW)
    db.session.commit()
    path, cam = f"/groups/trash-punx/polls/{poll.public_id}", browser_of(crew.cam)
    before = page(cam, path)
    assert "(Full)" in before and "2 of 3 left" in before
    full = send(cam, before, path, choice=str(salad))
    assert full.status_code == 409 and "“Salad” just filled up" in full.get_data(as_text=True)
    asking.choose(poll, crew.bob, [salad], NOW)
    asking.choose(poll, crew.bob, [cake], NOW)
    asking.choose(poll, crew.cam, [salad], NOW)
    assert counts(poll) == [1, 1]


def test_where_one_is_to_be_chosen_two_are_refused(crew):
    poll = a_poll(crew.group, crew.alice, several=False)
    with pytest.raises(Refused):
        asking.choose(poll, crew.bob, [option.id for option in poll_options(poll)], NOW)


def two_take_the_last(app, crew, monkeypatch) -> list[str]:
    """Both look at what is left before either has written; what each got."""
    poll = a_poll(crew.group, crew.alice, options=(("Salad", 1), ("Bread", None)), now=really_now())
    number, salad, people = poll.id, poll_options(poll)[0].id, (crew.bob.id, crew.cam.id)
    db.session.remove()
    meet_after(monkeypatch, (asking, "counts_of"))

    def take(person: int) -> str:
        with app.app_context():
            try:
                asking.choose(db.session.get(Poll, number), db.session.get(Person, person), [salad], really_now())
                db.session.commit()
            except Refused:
                return "refused"
            return "has it"

    return sorted(at_once(take, people))


def test_two_who_take_the_last_one_at_once_do_not_both_get_it(app, crew, monkeypatch, real_clock):
    assert two_take_the_last(app, crew, monkeypatch) == ["has it", "refused"]


def test_without_the_lock_both_get_it(app, crew, monkeypatch, real_clock):
    """The control: what the lock stops does happen."""
    monkeypatch.setattr(asking, "lock", lambda row: row)
    assert two_take_the_last(app, crew, monkeypatch) == ["has it", "has it"]


def test_an_anonymous_choice_can_be_changed_and_nothing_says_whose_it_is(app, crew, browser_of):
    poll = a_poll(crew.group, crew.alice, **ANONYMOUS)
    path, bob, alice = f"/groups/trash-punx/polls/{poll.public_id}", browser_of(crew.bob), browser_of(crew.alice)
    red, green = (str(option.id) for option in poll_options(poll))
    for choice in (red, green):
        fill(bob, path, choice=choice)
    assert counts(poll) == [0, 1]
    assert f'value="{green}" checked' in page(bob, path) and "checked" not in page(alice, path)
    assert "bagchart" not in page(alice, path) and "Bob" not in page(alice, path)
    (ballot,) = db.session.scalars(select(PollBallot)).all()
    assert ballot.person_id is None and crew.bob.public_id not in ballot.mark
    assert "Green" not in str(rows_held(crew.bob))
    fill(alice, path, f"{path}/close")
    assert counts(poll) == [0, 1] and db.session.scalars(select(PollChoice)).all() == []
    assert "bagchart" in page(alice, path) and "Bob" not in page(alice, path)


def test_an_anonymous_poll_that_is_opened_again_takes_nobody_twice(crew):
    poll = a_poll(crew.group, crew.alice, **ANONYMOUS)
    red, green = (option.id for option in poll_options(poll))
    asking.choose(poll, crew.bob, [red], NOW)
    asking.close(poll, NOW)
    asking.reopen(poll, None, NOW)
    with pytest.raises(Refused):
        asking.choose(poll, crew.bob, [green], NOW)
    asking.choose(poll, crew.cam, [green], NOW)
    asking.close(poll, NOW)
    assert counts(poll) == [1, 1]


def test_whoever_asked_hears_a_day_before_if_they_have_not_chosen_and_how_it_came_out(crew, browser_of):
    poll = a_poll(crew.group, crew.alice)
    path = f"/groups/trash-punx/polls/{poll.public_id}"
    for person in (crew.bob, crew.cam):
        fill(browser_of(person), path, f"{path}/letters", wanted="yes")
    asking.choose(poll, crew.cam, [poll_options(poll)[0].id], NOW)
    db.session.commit()
    day_before = poll.closes_at - timedelta(days=1)
    reminders = posted(day_before) + posted(day_before + timedelta(hours=1))
    assert [letter["To"] for letter in reminders] == ["Bob <bob@example.org>"]
    asking.remind({"poll": poll.id}, day_before + timedelta(hours=2))
    db.session.commit()
    assert posted(day_before + timedelta(hours=2)) == []
    assert "closes at the end of Fri 27 Nov" in told(reminders[0]) or "Sat 28 Nov" in told(reminders[0])
    posted(poll.closes_at)
    results = posted(poll.closes_at + timedelta(minutes=11))
    assert sorted(letter["To"].split()[0] for letter in results) == ["Bob", "Cam"]
    assert "Cake 1" in " ".join(told(results[0]).split()) and "Cam" not in told(results[0]).replace("Cam <", "")
    assert posted(poll.closes_at + timedelta(days=1)) == []


def test_a_poll_opened_again_in_time_told_nobody_and_who_left_the_crew_hears_nothing(crew):
    poll = a_poll(crew.group, crew.alice, closes_at=None)
    asking.watch(poll, crew.bob)
    asking.watch(poll, crew.cam)
    asking.close(poll, NOW)
    asking.reopen(poll, None, NOW)
    with pytest.raises(Refused):
        asking.reopen(poll, None, NOW)
    db.session.delete(db.session.scalar(select(Membership).where(Membership.person_id == crew.bob.id)))
    db.session.commit()
    assert posted() == []
    asking.close(poll, NOW)
    db.session.commit()
    assert [letter["To"] for letter in posted()] == ["Cam <cam@example.org>"]
    with pytest.raises(Refused):
        asking.choose(poll, crew.cam, [], NOW)


def test_the_chart_says_in_words_what_it_draws():
    drawn = bars("Cake?", [("Yes", 4), ("No", 1), ("x" * 60, 0)])
    assert drawn["described"].startswith("Yes: 4, No: 1, ")
    widths = [bar["width"] for bar in drawn["bars"]]
    assert widths[0] == 4 * widths[1] and widths[2] == 0 and len(drawn["bars"][2]["words"]) < 60


def test_who_deletes_their_account_counts_on_without_a_name(crew, browser_of):
    poll, time = a_poll(crew.group, crew.alice), a_time(crew.alice, crew.group)
    friends = a_time(crew.bob)
    asking.choose(poll, crew.bob, [poll_options(poll)[0].id], NOW)
    asking.watch(poll, crew.bob)
    votes(time, crew.bob, "yn")
    votes(friends, crew.cam, "yn")
    held = rows_held(crew.bob)
    assert held["votes"][0]["said"] == {"2026-12-05T09:00:00": "yes", "2026-12-06T14:00:00": "no"}
    assert held["choices"][0]["chose"] == ["Cake"] and len(held["times_looked_for"]) == 1
    db.session.delete(db.session.scalar(select(Membership).where(Membership.person_id == crew.bob.id)))
    delete(crew.bob, NOW)
    db.session.commit()
    (ballot,) = db.session.scalars(select(TimeBallot).where(TimeBallot.poll_id == time.id)).all()
    assert (ballot.person_id, ballot.email, len(ballot.votes)) == (None, None, 2) and "Bob" not in ballot.name
    assert counts(poll) == [1, 0] and friends.state == CANCELLED and friends.maker_id is None
    browser = browser_of(crew.alice)
    assert "Bob" not in page(browser, f"/polls/{time.public_id}/manage")
    assert "somebody" in page(browser, f"/groups/trash-punx/polls/{poll.public_id}")
    told_off = [letter["To"] for letter in posted() if letter["Subject"].startswith("Called off")]
    assert told_off == ["Cam <cam@example.org>"]


def test_an_address_that_waits_is_forgotten_with_its_account_and_other_peoples_votes_stay(crew):
    time = a_time(crew.alice, crew.group)
    said = {time.options[0].id: "yes"}
    waits = finding.vote_as_guest(time, "Bob", crew.bob.email, said, "en", NOW)
    without = finding.vote_as_guest(time, "Gia", "", said, "en", NOW)
    unname_votes(crew.bob, now=NOW)
    crew.cam.email = None
    unname_votes(crew.cam, now=NOW)
    assert (waits.email, without.name) == (None, "Gia") and "Bob" not in waits.name


def test_a_guests_votes_come_along_where_the_person_has_none(crew):
    guest, both, only = a_person("gia", joined_at=None), a_time(crew.alice), a_time(crew.alice)
    for poll, person, said in ((both, guest, "yn"), (only, guest, "yn"), (both, crew.bob, "ny")):
        votes(poll, person, said)
    pass_on_votes(guest, person=crew.bob, now=NOW)
    db.session.expire_all()
    rows = db.session.scalars(select(TimeBallot).order_by(TimeBallot.poll_id)).all()
    assert [(row.poll_id, row.person_id, row.name) for row in rows] == [
        (both.id, crew.bob.id, "Bob"),
        (only.id, crew.bob.id, "Gia"),
    ]
