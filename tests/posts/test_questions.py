"""Questions: open until somebody's answer is the one, and brought up where it can be answered in one step."""

import pytest

from staytouch_events.db import db
from staytouch_events.posts import actions
from staytouch_events.posts.models import Place
from staytouch_events.refusals import Refused

from ..cast import NOW, a_membership, a_person, an_event
from ..forms import send
from .cast import a_crew, a_post, an_answer
from .test_talk import TALK, page


def asked(browser_of):
    """A crew with an open question of bob's on an event, and one in the crew."""
    group, alice, bob = a_crew()
    event = an_event(group)
    there = a_post(bob, Place(group, event), "Is there shade?", is_question=True)
    here = a_post(bob, group, "Who has a truck?", is_question=True)
    return group, event, alice, bob, there, here


def test_open_questions_stand_on_the_pages_and_the_dashboard_and_are_answered_in_one_step(app, browser_of):
    _group, event, alice, _bob, there, here = asked(browser_of)
    browser = browser_of(alice)
    for path, question in (("/groups/trash-punx", here), (f"/events/{event.slug}", there), ("/dashboard", there)):
        shown = page(browser, path)
        assert question.text in shown, path
        where = f"/events/{event.slug}/talk/{there.id}" if question is there else f"{TALK}/{here.id}"
        assert send(browser, shown, where, text=f"Yes, from {path}").status_code == 303
    thread = page(browser, f"/events/{event.slug}/talk/{there.id}")
    assert "Yes, from /dashboard" in thread and f"Yes, from /events/{event.slug}" in thread


def test_the_asker_says_which_answer_it_is_and_it_stands_under_the_question(app, browser_of):
    _group, _event, alice, bob, _there, here = asked(browser_of)
    first, second = an_answer(alice, here, "Maybe Dora."), an_answer(alice, here, "I have one.")
    browser, path = browser_of(bob), f"{TALK}/{second.id}/choose"
    thread = page(browser, f"{TALK}/{here.id}")
    assert send(browser, thread, path).status_code == 303
    thread = page(browser, f"{TALK}/{here.id}")
    assert thread.index("I have one.") < thread.index("Maybe Dora.") and "Needs an answer" not in thread
    listed = page(browser, TALK)
    assert "I have one." in listed and "Maybe Dora." not in listed
    assert "Who has a truck?" not in page(browser_of(alice), "/dashboard")
    assert send(browser, thread, path).status_code == 303
    assert "Needs an answer" in page(browser, TALK)
    assert db.session.get(type(first), first.id).parent_id == here.id


def test_nobody_else_says_so_and_only_of_its_own_answers(app, browser_of):
    group, _event, alice, _bob, _there, here = asked(browser_of)
    dora = a_person("dora")
    a_membership(dora, group)
    answer, plain = an_answer(dora, here), a_post(dora, group, "By the way")
    assert browser_of(dora).post(f"{TALK}/{answer.id}/choose").status_code == 403
    with pytest.raises(Refused):
        actions.choose_answer(here, plain)
    with pytest.raises(Refused):
        actions.choose_answer(plain, an_answer(dora, plain))


def test_a_question_whose_answer_was_taken_away_is_open_again(app):
    _group, _alice, bob = a_crew()
    question = a_post(bob, _group, "Where?", is_question=True)
    answer = an_answer(_alice, question)
    actions.choose_answer(question, answer)
    actions.take_away(answer, _alice, NOW)
    db.session.commit()
    assert question.is_open
