"""Points that people paste."""

import pytest

from staytouch_events.geo.pins import Pin, ShortLink, parse_pin

HERE = Pin(37.3352, -121.8663)


@pytest.mark.parametrize(
    "text",
    [
        "37.3352, -121.8663",
        " 37.3352 -121.8663 ",
        "37,3352; -121,8663",
        "geo:37.3352,-121.8663?z=17",
        "https://www.openstreetmap.org/?mlat=37.3352&mlon=-121.8663#map=15/1.0/2.0",
        "https://www.openstreetmap.org/#map=17/37.3352/-121.8663",
        "https://www.google.com/maps/place/Park/@1.0,2.0,17z/data=!3m1!4b1!8m2!3d37.3352!4d-121.8663",
        "https://www.google.com/maps/@37.3352,-121.8663,17z",
        "https://www.google.com/maps?q=37.3352,-121.8663",
        "https://www.google.com/maps/search/?api=1&query=37.3352%2C-121.8663",
        "https://maps.google.com/?q=loc:37.3352,-121.8663",
        "https://maps.apple.com/?ll=37.3352,-121.8663&q=Park",
        "https://maps.apple.com/place?coordinate=37.3352,-121.8663&name=Park",
    ],
)
def test_every_way_of_writing_the_same_point(text):
    assert parse_pin(text) == HERE


def test_degrees_minutes_seconds():
    assert parse_pin("37°20'06.7\"N 121°51'58.7\"W") == Pin(37.335194, -121.866306)


@pytest.mark.parametrize(
    "text", ["", "hello", "95112", "91, 20", "10, 181", "1, 2, 3", "https://example.org/", "geo:x,y"]
)
def test_what_is_no_point(text):
    assert parse_pin(text) is None


@pytest.mark.parametrize("link", ["https://maps.app.goo.gl/abc", "https://goo.gl/maps/abc"])
def test_a_short_link_is_told_apart(link):
    with pytest.raises(ShortLink):
        parse_pin(link)
