"""States, countries, islands and lakes: understood, but no pin."""

import pytest

from staytouch_events.geo import geocode
from staytouch_events.geo.distance import distance_m
from staytouch_events.geo.resolve import resolve


@pytest.mark.parametrize(
    ("text", "label", "inside"),
    [
        ("California", "California", "sacramento-ca"),
        ("Texas", "Texas", "austin-tx"),
        ("Bali", "Bali, Indonesia", "denpasar-id"),
        ("Goa, India", "Goa, India", "mapusa-in"),
        ("Bayern", "Bavaria, Germany", "regensburg-de"),
        ("Tuscany, Italy", "Tuscany, Italy", "siena-it"),
        ("Sicily", "Sicily, Italy", "palermo-it"),
        ("Scotland", "Scotland, United Kingdom", "stirling-gb"),
        ("Gardasee", "Lake Garda, Italy", "desenzano-del-garda-it"),
        ("Lake Tahoe, CA", "Lake Tahoe, United States", "south-lake-tahoe-ca"),
        ("Long Island, NY", "Long Island, United States", "hempstead-ny"),
        ("Isle of Wight, UK", "Isle of Wight, United Kingdom", "ryde-gb"),
        ("Majorca", "Mallorca, Spain", "palma-es"),
        ("Alemania", "Germany", "kassel-de"),
        ("Brasil", "Brazil", "sao-paulo-br"),
    ],
)
def test_an_area_is_understood_with_a_reach_that_holds_its_towns(gazetteer, text, label, inside):
    found, town = gazetteer.find(text)[0], gazetteer.by_slug(inside)
    assert (found.label, found.kind, found.sure, found.why) == (label, "area", False, "area")
    assert distance_m(found.lat, found.lon, town.lat, town.lon) <= found.reach


def test_an_area_too_wide_is_searched_around_its_biggest_town(gazetteer):
    found = gazetteer.find("Canada")[0]
    assert (found.around, found.zone) == ("Toronto", "America/Toronto")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("New York", "New York City, NY"),
        ("Quebec, Canada", "Québec, QC, Canada"),
        ("Luxembourg", "Luxembourg"),
        ("Singapore", "Singapore"),
        ("Salzburg", "Salzburg, Austria"),
        ("Luzern, Switzerland", "Luzern, Switzerland"),
        ("Lisboa", "Lisbon, Portugal"),
        ("San José", "San Jose, CA"),
        ("Oaxaca, Mexico", "Oaxaca, Mexico"),
    ],
)
def test_a_town_that_an_area_is_named_after_is_likelier_meant(gazetteer, text, label):
    found = gazetteer.find(text)[0]
    assert (found.label, found.kind) == (label, "town")


@pytest.mark.parametrize("text", ["California", "Goa", "Bodensee", "Isle of Skye", "France"])
def test_an_area_is_never_a_pin(app, gazetteer, text):
    assert geocode(text) == []
    assert not resolve(gazetteer, text, "").sure


def test_an_import_leaves_an_area_without_a_pin_but_knows_its_zone(gazetteer):
    found = resolve(gazetteer, "Lombok", "Indonesia")
    assert (found.sure, found.why, found.place.zone) == (False, "area", "Asia/Makassar")
