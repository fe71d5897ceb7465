"""How a crew's name is laid out."""

import re

import pytest

from staytouch_events.config import ROOT
from staytouch_events.lettering import crew_lettering


@pytest.mark.parametrize(
    ("name", "lines"),
    (
        ("Gutter Roses", ("Gutter Roses",)),
        ("Rats", ("Rats",)),
        ("  Trail   Rats ", ("Trail Rats",)),
        ("Amigos del Río Guadalupe", ("Amigos del", "Río Guadalupe")),
        ("Community Garden Volunteers of East San José", ("Community Garden", "Volunteers of East San José")),
        ("Rindfleischetikettierungsüberwachung", ("Rindfleischetikettierungsüberwachung",)),
        ("", ("",)),
    ),
)
def test_a_long_name_breaks_once_where_it_comes_out_most_even(name, lines):
    assert crew_lettering(name).lines == lines


def test_wide_letters_count_for_more_than_narrow_ones():
    size = {name: int(crew_lettering(name).css.removeprefix("chars-")) for name in ("Illinillil", "Mammutwamm")}
    assert size["Illinillil"] < size["Mammutwamm"]


def test_accents_take_no_room():
    assert crew_lettering("Mañanero José").css == crew_lettering("Mananero Jose").css


@pytest.mark.parametrize("name", ("", "a", "W" * 80, "Gutter Roses", "T7 TH11 " * 9))
def test_every_size_has_its_class(name):
    styles = (ROOT / "static/css/flyer.css").read_text()
    assert re.search(rf"\.{crew_lettering(name).css}\b", styles)
