"""Talking in a crew and on an event: who reads, who writes, and what one can do with a post."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.people.actions import rename
from staytouch_events.people.deletion import delete
from staytouch_events.people.exports import rows_held
from staytouch_events.pictures import picture_file
from staytouch_events.posts import actions
from staytouch_events.posts.mentions import people_named
from staytouch_events.posts.models import CHEER, THANKS, Place, Post, PostEdit, Reaction
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import DECLINED, GOING

from ..cast import NOW, a_membership, a_person, an_event
from ..forms import fill, send
from ..people.cast import tables_with
from .cast import a_crew, a_post, an_answer

TALK = "/groups/trash-punx/talk"


def page(browser, path: str) -> str:
    """A page's words."""
    return browser.get(path).get_data(as_text=True)


def test_a_member_writes_answers_and_reads(app, browser_of):
    _group, alice, bob = a_crew()
    answer = fill(browser_of(bob), TALK, text="Who has a **truck**?")
    assert answer.status_code == 303
    thread = answer.location.split("#")[0]
    assert fill(browser_of(alice), thread, text="I have one.").status_code == 303
    shown = page(browser_of(bob), thread)
    assert "Who has a <strong>truck</strong>?" in shown and "I have one." in shown and "1 answer" in shown
    assert "1 answer" in page(browser_of(bob), TALK)


@pytest.mark.parametrize(
    "readers, reads, writes",
    [
        ("members", {"bob", "alice"}, {"bob", "alice"}),
        ("public", {"anyone", "charlie", "bob", "alice"}, {"bob", "alice"}),
    ],
)
def test_the_crews_setting_says_who_reads_and_members_write(app, client, browser_of, readers, reads, writes):
    group, alice, bob = a_crew(talk_readers=readers)
    post = a_post(bob, group, "A secret place")
    people = {"alice": alice, "bob": bob, "charlie": a_person("charlie")}
    browsers = {"anyone": client} | {name: browser_of(person) for name, person in people.items()}
    for path in (TALK, f"{TALK}/{post.id}", "/groups/trash-punx"):
        shown = {name: page(browser, path) for name, browser in browsers.items()}
        assert {name for name, words in shown.items() if "A secret place" in words} == reads, path
        assert {name for name, words in shown.items() if 'name="text"' in words} == writes, path
    assert {name for name, browser in browsers.items() if browser.post(TALK).status_code == 422} == writes
    assert (browsers["bob"].get(TALK).headers.get("X-Robots-Tag") == "noindex") is (readers == "members")


def test_whoever_comes_writes_on_an_open_event_and_whoever_does_not_only_reads(app, browser_of):
    group, _alice, _bob = a_crew(talk_readers="public")
    event = an_event(group)
    charlie, path = a_person("charlie"), f"/events/{event.slug}/talk"
    browser = browser_of(charlie)
    assert browser.post(path).status_code == 403
    respond(event, charlie, "Charlie", GOING, Party(1), "", NOW)
    db.session.commit()
    assert fill(browser, path, text="Is there parking?").status_code == 303
    assert "Is there parking?" in page(browser, f"/events/{event.slug}")
    assert "Is there parking?" not in page(browser, TALK)
    respond(event, charlie, "Charlie", DECLINED, Party(1), "", NOW)
    db.session.commit()
    assert browser.post(path).status_code == 403


def test_a_members_event_is_talked_about_by_members_even_in_an_open_talk(app, client, browser_of):
    group, _alice, bob = a_crew(talk_readers="public")
    event = an_event(group, visibility="members")
    post = a_post(bob, Place(group, event), "At the pump house")
    charlie = browser_of(a_person("charlie"))
    for path in (f"/events/{event.slug}/talk", f"/events/{event.slug}/talk/{post.id}"):
        assert client.get(path).status_code == charlie.get(path).status_code == 404
    assert charlie.get(f"{TALK}/{post.id}").status_code == 404
    assert "At the pump house" in page(browser_of(bob), f"/events/{event.slug}/talk")


def test_a_post_without_words_is_told_at_its_field_and_what_was_typed_stays(app, browser_of):
    _group, _alice, bob = a_crew()
    answer = fill(browser_of(bob), TALK, text="", is_question="y", picture_alt="A pile of tires")
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'id="text-wrong"' in shown and "A pile of tires" in shown
    assert db.session.scalar(select(Post)) is None


def test_a_picture_needs_words_and_keeps_none_of_its_own(app, browser_of):
    _group, _alice, bob = a_crew()
    browser = browser_of(bob)
    shown = page(browser, TALK)

    def photo() -> tuple:
        out = io.BytesIO()
        Image.new("RGB", (320, 240), "#888888").save(out, "JPEG")
        out.seek(0)
        return out, "tires.jpg"

    wrong = send(browser, shown, TALK, text="Look", picture=photo())
    assert wrong.status_code == 422 and "Say in a few words what it shows." in wrong.get_data(as_text=True)
    assert send(browser, shown, TALK, text="Look", picture=photo(), picture_alt="Seven tires").status_code == 303
    post = db.session.scalar(select(Post))
    assert picture_file(post.picture) and 'alt="Seven tires"' in page(browser, TALK)
    assert fill(browser, f"{TALK}/{post.id}/edit", no_picture="y").status_code == 303
    assert 'alt="Seven tires"' not in page(browser, TALK)


def test_an_edit_shows_and_its_writer_and_organizers_see_what_it_said(app, browser_of):
    group, alice, bob = a_crew()
    dora = a_person("dora")
    a_membership(dora, group)
    post = a_post(bob, group, "At nine")
    assert fill(browser_of(bob), f"{TALK}/{post.id}/edit", text="At ten").status_code == 303
    path = f"{TALK}/{post.id}"
    seen = {who.name: page(browser_of(who), path) for who in (alice, bob, dora)}
    assert all("At ten" in shown and "edited" in shown for shown in seen.values())
    assert {name for name, shown in seen.items() if "At nine" in shown} == {"Alice", "Bob"}
    assert browser_of(dora).get(f"{path}/edit").status_code == 403
    actions.edit(post, {"text": "At ten", "picture_alt": ""}, NOW)
    assert len(db.session.scalars(select(PostEdit)).all()) == 1


def test_what_was_taken_away_is_put_back_by_one_press(app, browser_of):
    group, _alice, bob = a_crew()
    post = a_post(bob, group, "Oops")
    browser = browser_of(bob)
    after = send(browser, page(browser, TALK), f"{TALK}/{post.id}/delete")
    shown = page(browser, after.location)
    assert "Oops" not in shown and "Put it back" in shown
    assert send(browser, shown, f"{TALK}/{post.id}/restore").status_code == 303
    assert "Oops" in page(browser, TALK)


def test_what_an_organizer_took_away_its_writer_does_not_put_back(app, browser_of):
    group, alice, bob = a_crew()
    post = a_post(bob, group, "Rude")
    answer = an_answer(alice, post, "Please")
    actions.take_away(post, alice, NOW)
    db.session.commit()
    for path in (f"{TALK}/{post.id}", f"{TALK}/{answer.id}"):
        assert browser_of(bob).get(path).status_code == 404
    assert browser_of(bob).post(f"{TALK}/{post.id}/restore").status_code == 403
    assert "Put it back" in page(browser_of(alice), f"{TALK}/{post.id}")


def test_somebody_who_left_the_crew_still_takes_away_what_they_wrote(app, browser_of):
    group, _alice, _bob = a_crew()
    charlie = a_person("charlie")
    post = a_post(charlie, group, "I was here")
    browser = browser_of(charlie)
    assert browser.get(f"{TALK}/{post.id}").status_code == 404
    assert send(browser, page(browser, f"{TALK}/{post.id}/edit"), f"{TALK}/{post.id}/delete").status_code == 303
    db.session.expire_all()
    assert post.deleted_at is not None


def test_a_post_that_was_taken_away_is_gone_for_good_after_a_month(app):
    group, _alice, bob = a_crew()
    post, kept = a_post(bob, group), a_post(bob, group, "Stays")
    an_answer(bob, post)
    actions.take_away(post, bob, NOW)
    db.session.commit()
    assert actions.purge_posts(NOW + timedelta(days=29)) == 0
    assert actions.purge_posts(NOW + timedelta(days=31)) == 2
    assert db.session.scalars(select(Post.id)).all() == [kept.id]


def test_organizers_keep_a_post_on_top(app, browser_of):
    group, alice, bob = a_crew()
    first, second = a_post(bob, group, "First"), a_post(bob, group, "Second")
    browser, path = browser_of(alice), f"{TALK}/{first.id}/pin"
    assert send(browser, page(browser, TALK), path).status_code == 303
    shown = page(browser_of(bob), TALK)
    assert shown.index("First") < shown.index("Second") and shown.count("First</p>") == 1
    assert browser_of(bob).post(path).status_code == 403
    with pytest.raises(Refused):
        actions.pin(an_answer(bob, second), True, NOW)


def test_a_word_is_pressed_once_a_person_and_read_out_with_names(app, client, browser_of):
    group, alice, bob = a_crew(talk_readers="public")
    post = a_post(bob, group)
    for person, kind in ((alice, THANKS), (bob, THANKS), (alice, CHEER), (alice, CHEER)):
        actions.react(post, person, kind)
        db.session.commit()
    assert {(row.person_id, row.kind) for row in db.session.scalars(select(Reaction))} == {
        (alice.id, THANKS),
        (bob.id, THANKS),
    }
    shown = page(browser_of(alice), TALK)
    assert 'Thank you <b>2</b><span class="vh">: Alice, Bob</span>' in shown and 'aria-pressed="true"' in shown
    assert "Thank you 2" in page(client, TALK) and "Alice" not in page(client, TALK)


def test_an_answer_to_an_answer_stands_beside_it(app):
    group, alice, bob = a_crew()
    post = a_post(bob, group)
    first = an_answer(alice, post)
    assert an_answer(bob, first).parent_id == post.id
    actions.take_away(post, bob, NOW)
    with pytest.raises(Refused):
        actions.answer(alice, first, {"text": "Too late"}, NOW)


@pytest.mark.parametrize(
    "text, named",
    [
        ("@bob, can you?", ["Bob"]),
        ("ask @ANA luz or @bob", ["Ana Luz", "Bob"]),
        ("@ana", ["Ana Luz", "Ana Ruiz"]),
        ("mail bob@example.org", []),
        ("@bobby", []),
        ("nobody", []),
    ],
)
def test_who_is_named(app, text, named):
    people = [a_person(str(at), name=name) for at, name in enumerate(("Bob", "Ana Luz", "Ana Ruiz"))]
    assert [person.name for person in people_named(text, people)] == named


def test_older_posts_are_a_page_further_and_none_is_missed_or_doubled(app, browser_of):
    group, _alice, bob = a_crew()
    for number in range(23):
        a_post(bob, group, f"Post {number}.")
    browser = browser_of(bob)
    first = page(browser, TALK)
    older = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    both = first + page(browser, older)
    assert [both.count(f"<p>Post {number}.</p>") for number in range(23)] == [1] * 23
    assert browser.get(f"{TALK}?before=x").status_code == 200


def test_a_writer_is_slowed_down(app, browser_of):
    _group, _alice, bob = a_crew()
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], rate_limits=True)
    browser = browser_of(bob)
    shown = page(browser, TALK)
    codes = [send(browser, shown, TALK, text=f"{number}").status_code for number in range(31)]
    assert codes == [303] * 30 + [429]


def test_an_open_talk_shows_a_new_name_at_once(app, client):
    group, _alice, bob = a_crew(talk_readers="public")
    a_post(bob, group)
    assert "Bob" in page(client, TALK) and "Bob" in page(client, TALK)
    rename(bob, "Zoe")
    db.session.commit()
    assert "Zoe" in page(client, TALK)


def test_whoever_deletes_their_account_takes_their_words_along_and_nobody_elses(app, client):
    group, alice, bob = a_crew(talk_readers="public")
    answered, _alone = a_post(bob, group, "Planted one"), a_post(bob, group, "Planted two")
    answer, _theirs = an_answer(alice, answered, "Alice answers"), an_answer(bob, answered, "Planted three")
    actions.edit(answered, {"text": "Planted four", "picture_alt": ""}, NOW)
    actions.react(answer, bob, THANKS)
    db.session.commit()
    page(client, f"{TALK}/{answered.id}")
    delete(bob, NOW)
    db.session.commit()
    assert tables_with("planted") == []
    assert set(db.session.scalars(select(Post.id))) == {answered.id, answer.id}
    shown = page(client, f"{TALK}/{answered.id}")
    assert "Planted" not in shown and "Alice answers" in shown and "Somebody who left" in shown
    assert db.session.scalars(select(PostEdit)).all() == db.session.scalars(select(Reaction)).all() == []


def test_an_export_holds_what_one_wrote(app):
    group, alice, bob = a_crew()
    post = a_post(bob, group, "Mine")
    an_answer(alice, post, "Not mine")
    actions.edit(post, {"text": "Mine, changed", "picture_alt": ""}, NOW)
    actions.react(post, bob, THANKS)
    held = rows_held(bob)
    assert [(row["text"], row["before"][0]["text"]) for row in held["posts"]] == [("Mine, changed", "Mine")]
    assert [row["word"] for row in held["reactions"]] == [THANKS]
