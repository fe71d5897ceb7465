"""Places by what people type: real texts with where they are, and the ways of writing one."""

import csv

import pytest

from staytouch_events.geo.distance import distance_m
from staytouch_events.geo.gazetteer import Gazetteer
from staytouch_events.geo.geocoder import EmbeddedGeocoder
from staytouch_events.geo.resolve import resolve


@pytest.fixture(scope="module")
def gazetteer(gazetteer_file):
    """The compiled one."""
    return Gazetteer(gazetteer_file)


@pytest.mark.realdata
def test_eighty_real_places(gazetteer, real_data):
    with (real_data / "places.tsv").open() as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    right, wrong = [], []
    for row in rows:
        found = resolve(gazetteer, row["city"], row["country"])
        near = (
            found.place
            and row["lat"]
            and (
                distance_m(found.place.lat, found.place.lon, float(row["lat"]), float(row["lon"]))
                <= float(row["within_km"]) * 1000
                and found.place.zone == row["zone"]
            )
        )
        if near:
            right.append(row["city"])
        elif found.sure:
            wrong.append(row["city"])
    assert wrong == []
    assert len(right) >= 76


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("san josé", "San Jose, CA"),
        ("San Jose CA", "San Jose, CA"),
        ("San Jose, California", "San Jose, CA"),
        ("CA San Jose", "San Jose, CA"),
        ("95112", "San Jose, CA"),
        ("Paris, TX", "Paris, TX"),
        ("Paris", "Paris, France"),
        ("東京", "Tokyo, Japan"),
        ("Milano", "Milan, Italy"),
        ("Den Haag", "The Hague, The Netherlands"),
        ("Koeln", "Köln, Germany"),
        ("London, ON", "London, ON, Canada"),
        ("New York", "New York City, NY"),
        ("St. John’s, Canada", "St. John's, NL, Canada"),
    ],
)
def test_the_likeliest_comes_first(gazetteer, text, label):
    assert gazetteer.find(text)[0].label == label


def test_a_street_gives_its_town_and_says_so(gazetteer):
    found = gazetteer.find("1600 Alum Rock Ave, San Jose, CA 95116")[0]
    assert (found.label, found.sure, found.why) == ("San Jose, CA", False, "town-of")


def test_namesakes_are_not_certain(gazetteer):
    assert not gazetteer.find("Springfield")[0].sure
    assert not resolve(gazetteer, "Springfield", "U.S.A.").sure


def test_a_state_is_an_area_without_a_point(gazetteer):
    found = gazetteer.find("California")[0]
    assert (found.kind, found.lat) == ("area", None)


@pytest.mark.parametrize("text", ["", " ", "qqqqqqq", ",,,", "'", "%", "9999999", "x" * 500])
def test_nonsense_finds_nothing_and_fails_nothing(gazetteer, text):
    assert gazetteer.find(text) == []


def test_a_name_half_typed_is_completed_by_towns_own_names_first(gazetteer):
    assert [place.name for place in gazetteer.suggest("Campbel")][0].startswith("Campbel")
    assert gazetteer.suggest("san jo")[0].label == "San Jose, CA"


def test_addresses_of_towns(gazetteer):
    assert gazetteer.by_slug("san-jose-ca").people > 900_000
    assert gazetteer.by_slug("berlin-de").country_code == "DE"
    assert gazetteer.by_slug("nowhere-xx") is None


def test_the_zone_of_a_pin_is_that_of_the_nearest_town(gazetteer):
    assert gazetteer.zone_at(37.33, -121.87) == "America/Los_Angeles"
    assert gazetteer.zone_at(0.0, -150.0) is None


def test_geopys_interface(gazetteer):
    geocoder = EmbeddedGeocoder(gazetteer)
    assert geocoder.geocode("95112").raw.kind == "zip"
    assert geocoder.geocode("qqqqqqq") is None
    assert geocoder.reverse((37.33, -121.87)).raw.label == "San Jose, CA"
