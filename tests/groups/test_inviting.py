"""Inviting from a list kept elsewhere: read as it comes, looked over, mailed to each; nobody is added by it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.access.joining import join_token
from staytouch_events.csvs import read_rows
from staytouch_events.db import db
from staytouch_events.groups import joining
from staytouch_events.groups.inviting import (
    INVITED,
    KEPT_OUT,
    LASTS,
    MEMBER,
    MOST,
    NEW,
    SPAN,
    TWICE,
    UNREAD,
    invite_all,
    left_this_week,
    read_list,
)
from staytouch_events.groups.join_models import JoinLink
from staytouch_events.groups.models import OWNER
from staytouch_events.groups.queries import membership_of
from staytouch_events.outbox import Dropped
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render
from staytouch_events.people.deletion import delete
from staytouch_events.refusals import Refused

from ..cast import NOW, a_group, a_membership, a_person
from ..forms import fields_of, send

LIST = "/groups/trash-punx/manage/people/list"
PEOPLE = b"Name,Email\r\nGia Lopez,Gia@Example.org\r\nBob,bob@example.org\r\n"


@pytest.fixture
def crew(app):
    """A crew of alice's with bob in it."""
    group = a_group()
    a_membership(a_person("alice"), group, OWNER)
    a_membership(a_person("bob"), group)
    db.session.commit()
    return group


def read(group, typed: str | bytes) -> list[tuple]:
    """Line, address, name and what becomes of each."""
    raw = typed.encode() if isinstance(typed, str) else typed
    return [(row.line, row.email, row.name, row.state) for row in read_list(group, raw, NOW)]


def alice_of(group):
    """Its owner."""
    return group.memberships[0].person


@pytest.mark.parametrize(
    "table",
    [
        "Name,Email\nGia Lopez,Gia@Example.org\n",
        "Email;First name;Last name\r\ngia@example.org;Gia;Lopez\r\n",
        "Phone\tE-mail address\tNombre\n408\tgia@example.org\tGia Lopez\n",
        '"Member name","User ID","Email address"\n"Gia Lopez","12","gia@example.org"\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_columns_are_found_however_they_are_called_and_saved(crew, table, encoding):
    assert read(crew, table.encode(encoding)) == [(2, "gia@example.org", "Gia Lopez", NEW)]


def test_a_pasted_list_needs_no_head_and_old_spreadsheets_letters_are_read(crew):
    typed = "gia@example.org\nÁngel <angel@example.org>\n\ndora@example.org, Dora\n"
    assert read(crew, typed.encode("cp1252")) == [
        (1, "gia@example.org", "", NEW),
        (2, "angel@example.org", "Ángel", NEW),
        (4, "dora@example.org", "Dora", NEW),
    ]


def test_of_each_line_it_is_said_why_it_is_left_out(crew):
    eve = a_membership(a_person("eve"), crew)
    joining.ban(eve, alice_of(crew), "", NOW)
    invite_all(crew, read_list(crew, b"ivo@example.org", NOW), alice_of(crew), NOW)
    typed = "bob@example.org\nivo@example.org\neve@example.org\nnobody at home\ngia@example.org\nGIA@example.org"
    assert [(line, state) for line, _email, _name, state in read(crew, typed)] == [
        (1, MEMBER),
        (2, INVITED),
        (3, KEPT_OUT),
        (4, UNREAD),
        (5, NEW),
        (6, TWICE),
    ]


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b'"never closed'])
def test_what_is_no_list_is_refused_in_words(crew, raw):
    with pytest.raises(Refused, match="can't be read as a list"):
        read_list(crew, raw, NOW)


def test_a_cell_may_hold_what_divides_cells(app):
    assert read_rows(b'a;"b;c"\n') == [["a", "b;c"]] and read_rows(b"a\tDoe, John\n") == [["a", "Doe, John"]]


def test_whoever_is_invited_belongs_to_it_by_their_own_button_alone(crew):
    assert invite_all(crew, read_list(crew, PEOPLE, NOW), alice_of(crew), NOW) == 1
    link, letter = db.session.scalars(select(JoinLink)).one(), db.session.scalars(select(Letter)).one()
    db.session.commit()
    assert (letter.to_email, link.email, len(crew.memberships)) == ("gia@example.org", "gia@example.org", 2)
    assert join_token(link) in render(letter, NOW)[2].decode().replace("=\r\n", "")
    gia = a_person("gia")
    joining.join_by(link, gia, NOW + LASTS - timedelta(seconds=1))
    assert membership_of(crew, gia.id) and link.email is None
    with pytest.raises(Refused, match="used already"):
        joining.join_by(link, a_person("otto"), NOW)


def test_an_invitation_that_was_taken_back_is_not_mailed(crew):
    invite_all(crew, read_list(crew, PEOPLE, NOW), alice_of(crew), NOW)
    joining.end_link(db.session.scalars(select(JoinLink)).one(), alice_of(crew), NOW)
    db.session.commit()
    with pytest.raises(Dropped):
        render(db.session.scalars(select(Letter)).one(), NOW)
    assert read(crew, PEOPLE)[0][3] == NEW


def test_one_account_mails_no_two_hundred_strangers_in_a_week(crew):
    many = "\n".join(f"p{number}@example.org" for number in range(MOST + 1)).encode()
    with pytest.raises(Refused, match="199 more people"):
        invite_all(crew, read_list(crew, many, NOW), alice_of(crew), NOW)
    invite_all(crew, read_list(crew, many, NOW)[:-1], alice_of(crew), NOW)
    db.session.flush()
    assert left_this_week(alice_of(crew), NOW) == 0 and left_this_week(alice_of(crew), NOW + SPAN) == MOST


def test_the_address_goes_with_the_account(crew):
    invite_all(crew, read_list(crew, PEOPLE, NOW), alice_of(crew), NOW)
    gia = a_person("gia")
    db.session.commit()
    delete(gia, NOW)
    assert db.session.scalars(select(JoinLink)).all() == []


def test_the_list_is_looked_over_before_anybody_is_written_to(crew, browser_of):
    alice = browser_of(alice_of(crew))
    begin = alice.get(LIST).get_data(as_text=True)
    page = send(alice, begin, LIST, text=PEOPLE.decode() + "nobody").get_data(as_text=True)
    assert "1 person is new" in page and "Gia Lopez" in page and "Line 3" in page and "no address" in page
    assert db.session.scalar(select(Letter)) is None
    answer = alice.post(f"{LIST}/send", data=fields_of(page, f"{LIST}/send"))
    assert answer.status_code == 303
    page = alice.get(answer.headers["Location"].split("#")[0]).get_data(as_text=True)
    assert "1 invitation is on its way." in page and "gia@example.org" in page
    assert join_token(db.session.scalars(select(JoinLink)).one()) not in page


def test_nothing_chosen_and_nothing_typed_is_said_at_the_field(crew, browser_of):
    alice = browser_of(alice_of(crew))
    answer = send(alice, alice.get(LIST).get_data(as_text=True), LIST)
    assert answer.status_code == 422 and "Choose a file, or paste the list." in answer.get_data(as_text=True)
