"""What is mailed of a talk: at once or in a digest as each chose, to who may still read it, ended by one link."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from staytouch_events.access.posts import mail_token
from staytouch_events.db import db
from staytouch_events.groups.models import Membership
from staytouch_events.jobs.models import Job
from staytouch_events.posts import actions, mailing
from staytouch_events.posts.mail_models import AT_ONCE, DAILY, NEVER, WEEKLY
from staytouch_events.posts.models import Place
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import send
from ..spots.cast import posted, told
from .cast import a_crew, a_post, an_answer
from .test_talk import page

WEEK = timedelta(days=8)


def sent_to(letters) -> list[str]:
    """Whom letters are for, by their first name."""
    return sorted(letter["To"].addresses[0].username for letter in letters)


def choose(person, group, how: str) -> None:
    """Have somebody hear in this way."""
    mailing.choose(person, group, how, NOW)
    db.session.commit()


def crew_of_four():
    """A crew of alice and bob, with dora and eve who hear as the test says."""
    group, alice, bob = a_crew()
    dora, eve = a_person("dora"), a_person("eve")
    for person in (dora, eve):
        a_membership(person, group)
    return group, alice, bob, dora, eve


@pytest.mark.parametrize(
    "how, counts", [(AT_ONCE, [1, 0, 0]), (DAILY, [0, 1, 0]), (WEEKLY, [0, 0, 1]), (NEVER, [0, 0, 0])]
)
def test_each_hears_in_their_own_way(app, how, counts):
    group, alice, bob, dora, eve = crew_of_four()
    for person in (alice, eve):
        choose(person, group, NEVER)
    choose(dora, group, how)
    # A Wednesday's evening would be both.
    a_post(bob, group, now=NOW + timedelta(days=2))
    found = [len(posted(NOW + timedelta(days=2) + later)) for later in (timedelta(hours=1), timedelta(days=1), WEEK)]
    assert found == counts


def test_the_usual_way_is_once_a_week_and_at_once_what_is_meant_for_oneself(app):
    group, _alice, bob, dora, _eve = crew_of_four()
    post = a_post(bob, group, "Who comes on Friday? @eve")
    letters = posted()
    assert sent_to(letters) == ["eve"] and "Bob named you" in told(letters[0])
    answer = an_answer(dora, post, "Me", NOW + timedelta(hours=1))
    letters = posted(NOW + timedelta(hours=2))
    assert sent_to(letters) == ["bob"] and "Dora answered you" in told(letters[0])
    digests = posted(NOW + WEEK)
    assert sent_to(digests) == ["alice", "dora", "eve"]
    words = {letter["To"].addresses[0].username: told(letter) for letter in digests}
    assert post.text in words["alice"] and answer.text in words["alice"]
    # Told already, or one's own.
    assert post.text not in words["eve"] and answer.text in words["eve"]
    assert post.text in words["dora"] and answer.text not in words["dora"].replace("Me too", "")
    assert posted(NOW + 2 * WEEK) == []


def test_organizers_hear_of_a_question_at_once(app):
    group, _alice, bob, _dora, _eve = crew_of_four()
    a_post(bob, group, "Which gate?", is_question=True)
    letters = posted()
    assert sent_to(letters) == ["alice"] and "Bob asks the crew" in told(letters[0])


@pytest.mark.parametrize("meanwhile", ["taken away", "left", "muted", "stopped"])
def test_a_letter_that_waits_is_not_sent_to_who_may_not_or_will_not_read_it(app, meanwhile):
    group, alice, bob, dora, eve = crew_of_four()
    for person in (alice, eve):
        choose(person, group, NEVER)
    choose(dora, group, AT_ONCE)
    post = a_post(bob, group)
    digest_of = a_post(alice, group, "In the digest", now=NOW + timedelta(minutes=1))
    for row in (post, digest_of):
        mailing.spread(row, NOW)
    if meanwhile == "taken away":
        for row in (post, digest_of):
            actions.take_away(row, alice, NOW)
    elif meanwhile == "left":
        db.session.execute(delete(Membership).where(Membership.person_id.in_([dora.id, bob.id])))
    elif meanwhile == "muted":
        for row, person in ((post, dora), (digest_of, bob), (digest_of, dora)):
            mailing.mute(person, row, True)
    else:
        for person in (dora, bob):
            mailing.choose(person, group, NEVER, NOW)
    db.session.commit()
    assert posted(NOW + WEEK) == []


def test_somebody_beside_the_crew_is_answered_while_they_come(app):
    group, alice, _bob, _dora, _eve = crew_of_four()
    group.talk_readers = "public"
    event, charlie = an_event(group), a_person("charlie")
    respond(event, charlie, "Charlie", GOING, Party(1), "", NOW)
    post = a_post(charlie, Place(group, event), "Is there parking?")
    an_answer(alice, post, "By the school")
    assert "charlie" in sent_to(letter for letter in posted() if "answered you" in told(letter))
    assert "charlie" not in sent_to(letter for letter in posted(NOW + WEEK) if letter["List-Id"])


def test_letters_of_a_thread_stand_together_and_one_click_ends_them(app, client):
    group, _alice, bob, dora, _eve = crew_of_four()
    choose(dora, group, AT_ONCE)
    post = a_post(bob, group)
    an_answer(bob, post, "Anybody?", NOW + timedelta(minutes=1))
    letters = [letter for letter in posted() if sent_to([letter]) == ["dora"]]
    assert len(letters) == 2 and letters[0]["References"] == letters[1]["References"]
    assert [letter["Subject"] for letter in letters] == [f"{at}Trash Punx: Who has a truck?" for at in ("", "Re: ")]
    assert letters[0]["List-Id"] == f"<talk-{group.id}.127.0.0.1>"
    assert letters[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = letters[0]["List-Unsubscribe"].strip().strip("<>").removeprefix("http://127.0.0.1:8000")
    client.get(path)
    assert mailing.how_of(dora, group) == AT_ONCE
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": None})
    assert answer.status_code == 200 and mailing.how_of(dora, group) == NEVER


def test_all_from_one_link_without_signing_in(app, client):
    group, _alice, bob, dora, _eve = crew_of_four()
    post = a_post(bob, group)
    path = f"/talk/{group.id}/{mail_token(dora, group)}"
    shown = page(client, f"{path}?thread={post.id}")
    assert "Who has a truck?" in shown and dora.email not in shown
    assert send(client, shown, path, how=DAILY).status_code == 303 and mailing.how_of(dora, group) == DAILY
    assert send(client, shown, f"{path}/mute").status_code == 303 and mailing.is_muted(dora, post)
    assert send(client, shown, f"{path}/mute").status_code == 303 and not mailing.is_muted(dora, post)
    assert client.post(path, data={"how": "hourly"}).status_code == 422


def test_a_link_of_another_crew_or_a_revoked_one_is_not_found(app, client):
    group, _alice, _bob, dora, _eve = crew_of_four()
    token, other = mail_token(dora, group), a_group("second")
    assert client.get(f"/talk/{other.id}/{token}").status_code == 404
    dora.generation += 1
    db.session.commit()
    for path in ("", "/stop"):
        assert client.get(f"/talk/{group.id}/{token}{path}").status_code == 404
        assert client.post(f"/talk/{group.id}/{token}{path}").status_code == 404


@pytest.mark.parametrize("readers", ["members", "public"])
def test_a_thread_that_one_may_not_read_is_not_named_on_the_page(app, client, readers):
    group, _alice, bob, _dora, _eve = crew_of_four()
    group.talk_readers = readers
    place = Place(group, an_event(group, visibility="members") if readers == "public" else None)
    post, charlie = a_post(bob, place, "Members alone"), a_person("charlie")
    assert "Members alone" not in page(client, f"/talk/{group.id}/{mail_token(charlie, group)}?thread={post.id}")


def test_a_digest_comes_in_the_evening_of_ones_own_zone_and_moves_with_the_choice(app):
    group, _alice, bob, dora, _eve = crew_of_four()
    dora.zone = "Europe/Berlin"
    a_post(bob, group)
    posted()
    job = select(Job.due_at).where(Job.kind == mailing.DIGEST, Job.key == mailing.digest_key(dora, group))
    assert db.session.scalar(job).isoformat() == "2026-11-25T17:00:00+00:00"
    choose(dora, group, DAILY)
    assert db.session.scalar(job).isoformat() == "2026-11-25T17:00:00+00:00"
    choose(dora, group, NEVER)
    assert db.session.scalar(job) is None


def test_a_name_put_in_later_is_told_once(app):
    group, _alice, bob, _dora, _eve = crew_of_four()
    post = a_post(bob, group, "Who?")
    posted()
    for _ in range(2):
        actions.edit(post, {"text": "Who? @eve", "picture_alt": ""}, NOW + timedelta(hours=1))
        db.session.commit()
        count = len([letter for letter in posted(NOW + timedelta(hours=1)) if sent_to([letter]) == ["eve"]])
        assert count == (1 if _ == 0 else 0)
