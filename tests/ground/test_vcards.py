"""vCards of phones and mail programs: read whatever they are, written so that other libraries read the same."""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from staytouch_events.config import ROOT
from staytouch_events.vcard import NO_NAME, Line, VCard, Way, split_name
from staytouch_events.vcard_reader import MOST_PHOTO, Trouble, read_vcards
from staytouch_events.vcard_writer import V3, V4, write_vcards

from ..conftest import skip
from .phones import ALL, APPLE, GOOGLE, NEWEST, ODD, OUTLOOK, PHOTO

READER = Path(__file__).parent / "read_with_icaljs.mjs"
PLAIN = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=30)
WORDS = PLAIN.map(str.strip).filter(bool)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
KIND = st.sampled_from(("home", "work", "cell", "voice", "fax"))
KINDS = st.lists(KIND, unique=True, max_size=3).map(tuple)
WAY = st.builds(
    Way,
    WORDS.map(lambda text: f"x{text}"),
    st.one_of(KINDS, KINDS.map(lambda said: (*said, "pref"))),
    st.one_of(WORDS, st.just("")),
)
WAYS = st.lists(WAY, max_size=3).map(tuple)
LINE = st.builds(
    Line,
    st.sampled_from(("X-ONE", "X-Two", "IMPP")),
    st.sampled_from(("a\\;b\\,c;d", "plain", "a\\nb", "x:y")),
    st.lists(st.tuples(st.sampled_from(("X-P", "LANGUAGE")), WORDS), max_size=2).map(tuple),
    st.sampled_from(("", "item1", "item2")),
)
CARD = st.builds(
    VCard,
    name=WORDS,
    parts=st.tuples(WORDS, *[st.one_of(WORDS, st.just(""))] * 4),
    phones=WAYS,
    emails=WAYS,
    links=WAYS,
    org=st.lists(WORDS, max_size=3).map(tuple),
    title=st.one_of(WORDS, st.just("")),
    note=st.one_of(LINES, st.just("")),
    birthday=st.sampled_from(("", "1990-07-04", "--02-29")),
    photo=st.one_of(st.just(PHOTO), st.binary(max_size=200)),
    tags=st.lists(WORDS, max_size=3).map(tuple),
    uid=st.one_of(WORDS, st.just("")),
    rest=st.lists(LINE, max_size=3).map(tuple),
)


def only(data: bytes) -> VCard:
    """The one card of a file without any trouble."""
    reading = read_vcards(data)
    assert reading.troubles == []
    (card,) = reading.cards
    return card


def test_apples():
    card = only(APPLE)
    assert (card.name, card.parts) == ("Dr. Ánh Nguyễn", ("Nguyễn", "Ánh", "", "Dr.", ""))
    assert [(way.value, way.words) for way in card.phones] == [("+1 (408) 555-0100", ""), ("408-555-0101", "Other")]
    assert [(way.value, way.words) for way in card.emails] == [
        ("anh@example.org", ""),
        ("anh@creek.example.org", "Volunteering"),
    ]
    assert card.emails[0].kinds == ("internet", "home", "pref")
    assert card.links[0].value == "https://example.org/anh"
    assert (card.org, card.title) == (("Friends of the Creek, Inc.", "Volunteers"), "Crew lead")
    assert card.note == "Met at the weir.\nBrings gloves; likes tea, no sugar."
    assert (card.birthday, card.photo, card.town) == ("--07-04", PHOTO, "San José")
    assert [line.name for line in card.rest] == ["NICKNAME", "ADR", "X-ABADR", "X-SOCIALPROFILE"]


def test_googles():
    jose, bins = read_vcards(GOOGLE).cards
    assert (jose.name, jose.tags, jose.birthday) == ("José Ramírez", ("myContacts", "Coyote Creek"), "1988-02-29")
    assert [(way.value, way.words) for way in jose.phones] == [("+14085550123", ""), ("+14085550124", "Truck")]
    assert jose.note.endswith("characters, so that the rest stands on a line of its own.")
    assert (bins.name, bins.parts, bins.links[0].value) == (bins.emails[0].value, NO_NAME, "https://example.com/bins")


def test_outlooks():
    card = only(OUTLOOK)
    assert (card.name, card.parts) == ("Jörg Müller", ("Müller", "Jörg", "", "Herr", ""))
    assert card.note == "Erste Zeile\nZweite Zeile; mit Ümlaut, = ein Gleichheitszeichen"
    assert [way.kinds for way in card.phones] == [("work", "voice"), ("cell", "voice", "pref")]
    assert (card.birthday, card.photo, card.town) == ("1979-07-04", PHOTO, "Hamburg")
    assert card.links[0].value == "http://example.de/a,b"
    assert ("N", (("LANGUAGE", "de"),)) in card.params


def test_the_newest():
    card = only(NEWEST)
    assert (card.phones[0].value, card.phones[0].kinds) == ("+1-408-555-0150", ("voice", "home", "pref"))
    assert card.parts == ("O’Neill", "Łucja", "Ann, Mary", "", "Jr., M.D.")
    assert (card.birthday, card.photo) == ("--07-04", PHOTO)
    assert dict(next(line for line in card.rest if line.name == "ADR").params)["LABEL"] == "1 Main St\nSan José"


def test_a_card_in_a_card_and_letters_that_a_fold_cut():
    kit, zoe = read_vcards(ODD).cards
    assert (kit.name, kit.rest[0].name, zoe.name) == ("Kit Vee", "AGENT", "Zoë Park")
    assert "Agent" in kit.rest[0].value


@pytest.mark.parametrize(
    "card, trouble",
    [
        ("BEGIN:VCARD\nFN:Nobody ends this", Trouble(1, "end")),
        ("BEGIN:VCARD\nVERSION:3.0\nNOTE:nameless\nEND:VCARD", Trouble(1, "empty")),
        ("BEGIN:VCARD\nFN:A\nno colon here\nEND:VCARD", Trouble(3, "line")),
        ("BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:All\nEND:VCARD", Trouble(1, "group")),
        ("BEGIN:VCARD\nFN:A\nX" + ';"a' * 5000 + "\nEND:VCARD", Trouble(3, "line")),
        ("BEGIN:VCARD\nFN:A\nX" + "; A=" * 5000 + "\nEND:VCARD", Trouble(3, "line")),
    ],
)
def test_what_is_broken_is_told_and_the_others_are_read(card, trouble):
    """The last two would keep a careless pattern busy for years."""
    reading = read_vcards(f"{card}\nBEGIN:VCARD\nFN:Whole\nEND:VCARD\n".encode())
    assert trouble in reading.troubles and reading.cards[-1].name == "Whole"


def test_at_most_so_many_and_no_picture_beyond_its_size():
    reading = read_vcards(GOOGLE, most=1)
    assert (len(reading.cards), reading.troubles[0].why) == (1, "many")
    large = "A" * (MOST_PHOTO * 2)
    assert not only(f"BEGIN:VCARD\nFN:A\nPHOTO;ENCODING=b:{large}\nEND:VCARD".encode()).photo


def test_wide_letters_and_strange_charsets():
    wide = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë\r\nEND:VCARD\r\n".encode("utf-16")
    assert only(wide).name == "Zoë"
    bad = b"BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=rot13:Zo=EB=00\nEND:VCARD\n"
    assert only(bad).name == "Zoë"


@pytest.mark.parametrize("version", [V3, V4])
@pytest.mark.parametrize("source", ALL)
def test_what_came_in_goes_out_whole(source, version):
    cards = [
        replace(card, parts=split_name(card.name) if card.parts == NO_NAME else card.parts)
        for card in read_vcards(ALL[source]).cards
    ]
    again = read_vcards(write_vcards(cards, version))
    binary = [line for card in cards for line in card.rest if ("ENCODING", "B") in line.params]
    if version == V4 and binary:
        # There bytes are an address that holds them.
        cards = [replace(card, rest=()) for card in cards]
        assert all(binary[0].value in card.rest[-1].value for card in again.cards)
        again.cards = [replace(card, rest=()) for card in again.cards]
    assert (again.cards, again.troubles) == (cards, [])


@settings(max_examples=50, deadline=None)
@given(card=CARD, version=st.sampled_from((V3, V4)))
def test_any_card_comes_back_as_it_was(card, version):
    data = write_vcards([card], version)
    assert only(data) == card
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75 and b"\n" not in line and b"\r" not in line
        line.decode()


def _cards() -> list[VCard]:
    return [card for data in ALL.values() for card in read_vcards(data).cards]


def test_vobject_reads_the_same():
    cards = _cards()
    read = list(vobject.readComponents(write_vcards(cards, V3).decode()))
    for card, other in zip(cards, read, strict=True):
        assert other.fn.value == card.name
        assert [line.value for line in other.contents.get("tel", [])] == [way.value for way in card.phones]
        assert [line.value for line in other.contents.get("email", [])] == [way.value for way in card.emails]
        if card.note:
            assert other.note.value == card.note
        if card.photo:
            assert other.photo.value == card.photo
        if card.org:
            assert tuple(other.org.value) == card.org


@pytest.mark.parametrize("version", [V3, V4])
def test_icaljs_reads_the_same(version):
    node = shutil.which("node")
    if not node:
        skip("node is not installed")
    cards = _cards()
    out = subprocess.run([node, READER], cwd=ROOT, input=write_vcards(cards, version), capture_output=True, check=True)
    for card, properties in zip(cards, json.loads(out.stdout), strict=True):
        said = [(name.rpartition(".")[2], value) for name, _params, value in properties]
        assert ("fn", card.name) in said
        assert [value for name, value in said if name == "email"] == [way.value for way in card.emails]
        # It leaves 3.0's escaped semicolon as it is.
        if card.note and (version == V4 or ";" not in card.note):
            assert ("note", card.note) in said
        if card.parts != NO_NAME:
            assert ("n", list(card.parts)) in said
