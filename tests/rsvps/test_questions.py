"""What organizers ask whoever answers: made, asked, answered, changed, taken along, forgotten."""

import re
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from staytouch_events import happenings
from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.events.actions import new_event
from staytouch_events.groups.models import OWNER
from staytouch_events.outbox import pump
from staytouch_events.outbox.models import Letter
from staytouch_events.people import exports
from staytouch_events.refusals import Refused
from staytouch_events.rsvps import questions
from staytouch_events.rsvps.actions import Party, answer_as_guest, respond
from staytouch_events.rsvps.asking import Beside, to_ask, to_ask_for, unsaid
from staytouch_events.rsvps.models import DECLINED, GOING, Rsvp
from staytouch_events.rsvps.question_models import CHOICE, LONG, NUMBER, SEVERAL, YES_NO, Question
from staytouch_events.rsvps.question_queries import all_questions, questions_of, said_by
from staytouch_events.volunteers.actions import claim, claim_as_guest

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..conftest import one_database
from ..forms import fields_of, fill, send
from ..volunteers.cast import a_role, a_shift, comes
from ..walks.letters import text_of
from .cast import a_question

GUEST = {"name": "Gia", "email": "gia@example.org", "answer": "going", "adults": "1", "minors": "0", "note": "Hi"}
SIZES = ["Small", "Large"]
TAGS = ["?from=flyer", "", "?from=chat", "?from=%22%3E"]


@pytest.fixture
def event(app):
    """A clean-up that asks nothing yet."""
    return an_event(a_group())


class Mailbox:
    """A mail server that takes everything, and keeps each by its Message-ID."""

    def __init__(self) -> None:
        self.sent: dict[str, bytes] = {}

    def send(self, sender: str, to: str, raw: bytes) -> None:
        """Keep it."""
        self.sent[message_from_bytes(raw, policy=policy.default)["Message-ID"]] = raw


def respond_with(event, who, said, answer=GOING) -> Rsvp:
    """Somebody with an account answers, and says this to the questions."""
    person = who if not isinstance(who, str) else a_person(who)
    rsvp = respond(event, person, person.name, answer, Party(1), "", NOW, beside=Beside(said, "flyer")).rsvp
    db.session.commit()
    return rsvp


def gias() -> Rsvp:
    """The guest's answer."""
    return db.session.scalar(select(Rsvp).where(Rsvp.person.has(email="gia@example.org")))


def letter(kind: str) -> str:
    """The text of the last letter of a kind, after it went out."""
    mail = Mailbox()
    while pump.send_due(mail, NOW):
        pass
    row = db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id.desc())).first()
    return text_of(message_from_bytes(mail.sent[row.message_id], policy=policy.default))


def link_in(told: str) -> str:
    """The link of a letter's button that holds answers to questions."""
    return re.search(r":8000(\S*[?&]q[0-9]+=\S*)", told)[1]


def test_an_answer_says_something_to_each_question_and_takes_it_back(event):
    size, food = a_question(event, kind=CHOICE, choices=SIZES), a_question(event)
    rsvp = respond_with(event, "bob", {size.id: ["Small"], food.id: ["Nuts"]})
    assert said_by(rsvp) == {size.id: ["Small"], food.id: ["Nuts"]} and rsvp.came_from == "flyer"
    respond_with(event, rsvp.person, {size.id: ["Large"], food.id: []})
    assert said_by(rsvp) == {size.id: ["Large"]}
    respond_with(event, rsvp.person, {}, DECLINED)
    assert said_by(rsvp) == {size.id: ["Large"]} and rsvp.came_from == "flyer"


def test_a_known_address_says_nothing_until_its_letters_button(event):
    food = a_question(event)
    typed = ("gia@example.org", "Gia", GOING, Party(1), "", "en", NOW)
    answer_as_guest(event, *typed, Beside({food.id: ["Nuts"]}, "flyer"))
    answer_as_guest(event, *typed, Beside({food.id: ["Milk"]}, "chat"))
    db.session.commit()
    assert said_by(gias()) == {food.id: ["Nuts"]} and gias().came_from == "flyer"
    (told,) = db.session.scalars(select(Letter.facts).where(Letter.kind == "rsvps.asked"))
    assert told["said"] == {str(food.id): ["Milk"]}


def test_a_role_is_asked_alone_and_a_job_asks_what_is_not_said_yet(event):
    driver = a_role(event.group)
    shift = a_shift(event, driver)
    food, truck = a_question(event), a_question(event, "Which truck?", role_id=driver.id, required=True)
    rsvp = respond_with(event, "bob", {food.id: ["Nuts"]})
    assert to_ask(event, rsvp) == [food] and unsaid(rsvp) == []
    assert to_ask_for(driver.id, event) == [food, truck] and to_ask_for(driver.id, event, rsvp) == [truck]
    claim(shift, rsvp.person, "Bob", NOW)
    assert to_ask(event, rsvp) == [food, truck] and unsaid(rsvp) == [truck]
    claim_as_guest(shift, "gia@example.org", "Gia", "en", NOW, Beside({truck.id: ["Mine"]}, "flyer"))
    db.session.commit()
    assert said_by(gias()) == {truck.id: ["Mine"]} and gias().came_from == "flyer"


def test_what_was_said_stays_when_the_question_changes_or_goes(event):
    size, open_one = a_question(event, kind=CHOICE, choices=SIZES), a_question(event)
    rsvp = respond_with(event, "bob", {size.id: ["Small"]})
    questions.save(size, {"words": "Gloves?", "choices": ["Large", "Huge"], "kind": LONG})
    assert (size.words, size.kind, said_by(rsvp)) == ("Gloves?", CHOICE, {size.id: ["Small"]})
    for question in (size, open_one):
        questions.remove(question, NOW)
    db.session.commit()
    assert questions_of(event) == [] and all_questions(event) == [size] and said_by(rsvp) == {size.id: ["Small"]}
    questions.put_back(size)
    assert questions_of(event) == [size]


def test_questions_have_an_order_and_an_end(event, monkeypatch):
    first, second, third = (a_question(event, words) for words in "abc")
    questions.move(third, -1)
    questions.move(first, -1)
    assert questions_of(event) == [first, third, second]
    monkeypatch.setattr(questions, "MOST", 3)
    with pytest.raises(Refused, match="3 questions"):
        a_question(event)


def test_a_copied_event_asks_the_same_and_nothing_of_what_was_said(event):
    driver = a_role(event.group)
    kept = a_question(event, kind=SEVERAL, choices=SIZES, required=True, help="For the gloves", role_id=driver.id)
    gone = a_question(event, "Old?")
    respond_with(event, "bob", {gone.id: ["x"]})
    questions.remove(gone, NOW)
    copy = new_event(event.group, NOW, copy_of=event, title="Next")
    (asked,) = all_questions(copy)
    assert [getattr(asked, name) for name in questions.PLAN] == [getattr(kept, name) for name in questions.PLAN]


def test_of_a_nameless_answer_what_was_chosen_stays_and_what_was_typed_goes(event):
    size, food, cars = a_question(event, kind=CHOICE), a_question(event), a_question(event, kind=NUMBER)
    rsvp = respond_with(event, "bob", {size.id: ["Small"], food.id: ["Nuts"], cars.id: ["2"]})
    happenings.answer_unnamed.send(rsvp, was="Bob", now=NOW)
    assert said_by(rsvp) == {size.id: ["Small"], cars.id: ["2"]}


pages = one_database


@pages
def test_a_guest_is_asked_on_the_page_and_errors_name_the_question_and_lose_nothing(client, event):
    a_question(event, "Which gloves?", CHOICE, choices=SIZES, required=True)
    cars = a_question(event, "How many cars?", NUMBER)
    path = f"/events/{event.slug}"
    wrong = fill(client, path, f"{path}/rsvp", **GUEST, **{f"q{cars.id}": "two"})
    page = wrong.get_data(as_text=True)
    assert wrong.status_code == 422 and "Which gloves?: Please answer this." in page
    assert "How many cars?: Type a whole number" in page
    kept = fields_of(page, f"{path}/rsvp")
    assert {**kept, **GUEST, f"q{cars.id}": "two"} == kept
    assert db.session.scalars(select(Rsvp)).all() == []
    assert fill(client, path, f"{path}/rsvp", **GUEST | {"answer": "declined"}).status_code == 200
    assert gias().answer == DECLINED


@pages
def test_each_kind_is_answered_and_changed_later_by_the_link(client, event):
    kinds = {CHOICE: "Small", SEVERAL: "Small", NUMBER: "2", YES_NO: "yes", LONG: "One\nTwo"}
    asked = {kind: a_question(event, kind, kind, choices=SIZES) for kind in kinds}
    said = {f"q{asked[kind].id}": text for kind, text in kinds.items()}
    client.post(f"/events/{event.slug}/rsvp", data=GUEST | said | {f"q{asked[SEVERAL].id}": SIZES})
    expected = {asked[kind].id: [text] for kind, text in kinds.items()} | {asked[SEVERAL].id: SIZES}
    assert said_by(gias()) == expected
    link = f"/rsvps/{manage_token(gias())}"
    assert fill(client, link, **{f"q{asked[NUMBER].id}": "", f"q{asked[SEVERAL].id}": "Large"}).status_code == 303
    assert said_by(gias()) == {n: t for n, t in expected.items() if n != asked[NUMBER].id} | {
        asked[SEVERAL].id: ["Large"]
    }


@pages
def test_a_choice_that_was_taken_away_stays_ones_own_and_is_offered_to_nobody_else(client, event):
    size = a_question(event, kind=CHOICE, choices=["Tiny", *SIZES])
    client.post(f"/events/{event.slug}/rsvp", data=GUEST | {f"q{size.id}": "Tiny"})
    questions.save(size, {"choices": SIZES})
    db.session.commit()
    link = f"/rsvps/{manage_token(gias())}"
    assert fill(client, link, name="Gia M").status_code == 303 and said_by(gias()) == {size.id: ["Tiny"]}
    assert "Tiny" not in client.get(f"/events/{event.slug}").get_data(as_text=True)
    typed = {**GUEST, "email": "gus@example.org", f"q{size.id}": "Tiny"}
    assert client.post(f"/events/{event.slug}/rsvp", data=typed).status_code == 422


@pages
def test_the_letter_to_a_known_address_says_the_answers_and_its_page_holds_them(client, event):
    food, size = a_question(event, "Food?"), a_question(event, kind=CHOICE, choices=SIZES)
    cars, tools = a_question(event, kind=NUMBER), a_question(event, kind=SEVERAL, choices=SIZES)
    client.post(f"/events/{event.slug}/rsvp", data=GUEST | {f"q{size.id}": "Small"})
    client.post(f"/events/{event.slug}/rsvp", data=GUEST | {f"q{food.id}": "No nuts", f"q{tools.id}": SIZES})
    told = letter("rsvps.asked")
    assert "No nuts" in told and said_by(gias()) == {size.id: ["Small"]}
    page = client.get(link_in(told)).get_data(as_text=True)
    assert all(f'value="{tool}" checked' in page for tool in SIZES)
    assert send(client, page, f"/rsvps/{manage_token(gias())}", **{f"q{tools.id}": None}).status_code == 303
    assert said_by(gias()) == {size.id: ["Small"], food.id: ["No nuts"]}
    wrong = f"/rsvps/{manage_token(gias())}?q{size.id}=Huge&q{cars.id}=many&q999=x"
    shown = fields_of(client.get(wrong).get_data(as_text=True), f"/rsvps/{manage_token(gias())}")
    assert (shown[f"q{cars.id}"], shown[f"q{size.id}"]) == ("", "Small")


@pages
def test_a_job_asks_its_question_on_every_way_to_it(client, browser_of, event):
    driver = a_role(event.group)
    shift = a_shift(event, driver, target=4)
    truck = a_question(event, "Which truck?", role_id=driver.id, required=True)
    path = f"/events/{event.slug}/shifts/{shift.id}"
    assert "Which truck?" not in client.get(f"/events/{event.slug}").get_data(as_text=True)
    wrong = fill(client, path, name="Gia", email="gia@example.org")
    assert wrong.status_code == 422 and "Which truck?: Please answer this." in wrong.get_data(as_text=True)
    assert fill(client, path, name="Gia", email="gia@example.org", **{f"q{truck.id}": "Red"}).status_code == 200
    assert said_by(gias()) == {truck.id: ["Red"]}
    bob = a_person("bob")
    assert fill(browser_of(bob), path, **{f"q{truck.id}": "Blue"}).status_code == 303
    dora = comes(event, "dora")
    link, take = f"/rsvps/{manage_token(dora)}", f"/rsvps/{manage_token(dora)}/shifts/{shift.id}"
    asks = fill(client, link, take, do="take")
    page = asks.get_data(as_text=True)
    assert asks.status_code == 200 and "Before you take it" in page and "Please answer" not in page
    assert send(client, page, take, do="take").status_code == 422
    assert send(client, page, take, do="take", **{f"q{truck.id}": "Mine"}).status_code == 303
    assert said_by(dora) == {truck.id: ["Mine"]}
    assert "Which truck?" in client.get(link).get_data(as_text=True)


@pages
def test_the_letter_about_a_job_brings_what_was_typed(client, event):
    driver = a_role(event.group)
    shift = a_shift(event, driver)
    truck = a_question(event, "Which truck?", role_id=driver.id, required=True)
    client.post(f"/events/{event.slug}/rsvp", data=GUEST)
    path = f"/events/{event.slug}/shifts/{shift.id}"
    fill(client, path, name="Gia", email="gia@example.org", **{f"q{truck.id}": "Red"})
    told = letter("volunteers.asked")
    assert "Red" in told and said_by(gias()) == {}
    page = client.get(link_in(told)).get_data(as_text=True)
    taken = send(client, page, f"/rsvps/{manage_token(gias())}/shifts/{shift.id}", do="take")
    assert taken.status_code == 303 and said_by(gias()) == {truck.id: ["Red"]}


@pages
def test_what_was_asked_later_is_told_on_the_page_of_the_answer(client, event):
    client.post(f"/events/{event.slug}/rsvp", data=GUEST)
    link = f"/rsvps/{manage_token(gias())}"
    assert "one more thing" not in client.get(link).get_data(as_text=True)
    a_question(event, "Gloves?", required=True)
    assert "The crew asks you one more thing" in client.get(link).get_data(as_text=True)


@pages
def test_the_tag_of_a_link_goes_along_through_errors_and_jobs(client, event):
    path = f"/events/{event.slug}"
    a_shift(event)
    page = client.get(f"{path}?from=Flyer").get_data(as_text=True)
    assert "?from=flyer" in page
    wrong = send(client, page, f"{path}/rsvp", **GUEST | {"name": ""})
    assert wrong.status_code == 422
    assert send(client, wrong.get_data(as_text=True), f"{path}/rsvp", name="Gia").status_code == 200
    assert gias().came_from == "flyer"
    for text in ("a b", "<b>", "x" * 31, "ñ"):
        client.post(f"{path}/rsvp", data=GUEST | {"email": "gus@example.org", "from": text})
    assert [row.came_from for row in db.session.scalars(select(Rsvp).order_by(Rsvp.id))] == ["flyer", ""]


@pages
def test_a_kept_page_has_no_tag_but_its_own_address(client, event):
    path = f"/events/{event.slug}"
    said = [fields_of(client.get(path + tag).get_data(as_text=True), f"{path}/rsvp")["from"] for tag in TAGS * 3]
    assert said == ["flyer", "", "chat", ""] * 3
    food = a_question(event, "Food?")
    assert "Food?" in client.get(path).get_data(as_text=True)
    questions.remove(food, NOW)
    db.session.commit()
    assert "Food?" not in client.get(path).get_data(as_text=True)


@pytest.fixture
def alice(browser_of, event):
    """An organizer's browser."""
    person = a_person("alice")
    a_membership(person, event.group, OWNER)
    return browser_of(person)


@pages
def test_organizers_make_change_order_and_take_off_questions(alice, client, event):
    path = f"/events/{event.slug}/manage/questions"
    empty = fill(alice, path, words="Gloves?", kind="choice", choices="Small")
    assert empty.status_code == 422 and "two choices" in empty.get_data(as_text=True)
    assert fields_of(empty.get_data(as_text=True), path)["choices"] == "Small"
    for fields in ({"words": "Gloves?", "kind": "choice", "choices": "Small\nLarge"}, {"words": "Food?"}):
        assert fill(alice, path, **fields).status_code == 303
    gloves, food = questions_of(event)
    assert (gloves.choices, food.kind) == (SIZES, "short")
    assert "Gloves?" in client.get(f"/events/{event.slug}").get_data(as_text=True)
    assert send(alice, alice.get(path).get_data(as_text=True), f"{path}/{food.id}/up").status_code == 303
    assert questions_of(event) == [food, gloves]
    assert fill(alice, f"{path}/{gloves.id}", words="Which gloves?", required="y").status_code == 303
    assert (gloves.words, gloves.required, gloves.choices) == ("Which gloves?", True, SIZES)
    client.post(f"/events/{event.slug}/rsvp", data=GUEST | {f"q{gloves.id}": "Small"})
    one = alice.get(f"{path}/{gloves.id}").get_data(as_text=True)
    assert "1 person has answered" in one
    assert send(alice, one, f"{path}/{gloves.id}/remove").status_code == 303
    page = alice.get(path).get_data(as_text=True)
    assert "Asked no more" in page and "Which gloves?" not in client.get(f"/events/{event.slug}").get_data(as_text=True)
    assert send(alice, page, f"{path}/{gloves.id}/restore").status_code == 303
    assert questions_of(event) == [food, gloves]


@pages
def test_a_question_of_another_event_is_not_there(alice, event):
    other = a_question(an_event(event.group, title="Other"))
    assert alice.get(f"/events/{event.slug}/manage/questions/{other.id}").status_code == 404


@pages
def test_an_account_takes_its_answers_along(event):
    food = a_question(event, "Food?")
    rsvp = respond_with(event, "bob", {food.id: ["Nuts"]})
    respond_with(event, "dora", {food.id: ["Milk"]})
    (row,) = exports.rows_held(rsvp.person)["answers_to_questions"]
    assert (row["question"], row["said"]) == ("Food?", ["Nuts"])
    assert db.session.scalars(select(Question)).all() == [food]
