"""The drawn patterns and icons."""

import gzip
from xml.etree import ElementTree

import pytest

from staytouch_events.art import KIND_ICONS, SIGNS, art_svg, icon_path, pull_tabs, torn_tabs

KINDS = "creek street beach park e-waste market planting assembly social meetup training other".split()


@pytest.mark.parametrize("kind", KINDS)
def test_a_pattern_is_the_same_each_time_and_another_for_another_name(kind):
    art_svg.cache_clear()
    first = art_svg(kind, "Walk it off", 1440, 640)
    art_svg.cache_clear()
    assert art_svg(kind, "Walk it off", 1440, 640) == first
    assert art_svg(kind, "Dead cables day", 1440, 640) != first


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ("Walk it off: Coyote Creek", 'Łódź <&> "quoted"', ""))
def test_a_pattern_is_well_formed_hidden_and_small(kind, name):
    drawn = art_svg(kind, name, 1440, 640)
    root = ElementTree.fromstring(drawn)
    assert root.get("aria-hidden") == "true"
    assert len(list(root.iter())) > 1
    assert len(drawn) < 6_500
    assert len(gzip.compress(drawn.encode())) < 2_500


def test_a_pattern_needs_no_style_attribute():
    assert not [kind for kind in KINDS if " style=" in art_svg(kind, "x", 1440, 640)]


def test_every_kind_has_its_own_icon_and_pattern():
    assert set(KIND_ICONS) == set(KINDS)
    assert len(set(KIND_ICONS.values())) == len(KINDS)
    assert len({art_svg(kind, "same", 640, 200) for kind in KINDS}) == len(KINDS)


def test_an_unknown_kind_is_drawn_as_other():
    assert "<path" in art_svg("regatta", "x", 640, 200)


def test_an_unknown_sign_is_an_error():
    assert icon_path("warn") == SIGNS["warn"]
    with pytest.raises(KeyError):
        icon_path("nothing")


@pytest.mark.parametrize("total", (1, 9, 40))
def test_tabs_tear_one_by_one(total):
    rows = [torn_tabs(torn, total) for torn in range(total + 1)]
    assert [sum(row) for row in rows] == list(range(total + 1))
    for fewer, more in zip(rows, rows[1:], strict=False):
        assert all(later or not earlier for earlier, later in zip(fewer, more, strict=True))


@pytest.mark.parametrize(
    ("taken", "capacity", "tabs", "torn"),
    (
        (0, 12, 12, 0),
        (11, 12, 12, 11),
        (12, 12, 12, 12),
        (14, 12, 12, 12),
        (999, 1000, 40, 39),
        (1000, 1000, 40, 40),
        (0, 0, 0, 0),
    ),
)
def test_pull_tabs_keep_one_while_a_seat_is_left(taken, capacity, tabs, torn):
    row = pull_tabs(taken, capacity)
    assert (len(row), sum(row)) == (tabs, torn)
