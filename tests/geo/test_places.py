"""Places by what people type: real texts with where they are, and the ways of writing one."""

import csv

import pytest

from staytouch_events.geo.distance import distance_m
from staytouch_events.geo.geocoder import EmbeddedGeocoder
from staytouch_events.geo.resolve import resolve

# Where there is no such place, nothing or a doubt is the right answer.
NOWHERE = ("Texas, IL",)


@pytest.mark.realdata
def test_eighty_real_places(gazetteer, real_data):
    with (real_data / "places.tsv").open() as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    right, wrong = [], []
    for row in rows:
        found = resolve(gazetteer, row["city"], row["country"])
        if row["city"] in NOWHERE:
            near = not found.sure
        else:
            near = found.place and found.place.zone == row["zone"] and _is_within(found.place, row)
        if near:
            right.append(row["city"])
        elif found.sure:
            wrong.append(row["city"])
    assert wrong == []
    assert len(right) >= 78


def _is_within(place, row):
    reach = float(row["within_km"]) * 1000
    return distance_m(place.lat, place.lon, float(row["lat"]), float(row["lon"])) <= reach


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("san josé", "San Jose, CA"),
        ("San Jose CA", "San Jose, CA"),
        ("San Jose, California", "San Jose, CA"),
        ("CA San Jose", "San Jose, CA"),
        ("95112", "San Jose, CA"),
        ("SAN JOSE , ca, USA", "San Jose, CA"),
        ("Paris, TX", "Paris, TX"),
        ("Paris Texas", "Paris, TX"),
        ("Paris", "Paris, France"),
        ("London, ON", "London, ON, Canada"),
        ("New York", "New York City, NY"),
        ("Santiago de Compostela Spain", "Santiago de Compostela, Spain"),
        ("Newcastle, New South Wales", "Newcastle, NSW, Australia"),
        ("Florence, Tuscany", "Florence, Italy"),
        ("Würzburg, Bayern", "Würzburg, Germany"),
        # A country that people write as a part of another.
        ("Hong Kong, China", "Hong Kong"),
        ("San Juan, PR, USA", "San Juan, Puerto Rico"),
        ("Tórshavn, Denmark", "Tórshavn, Faroe Islands"),
        # Exonyms and other alphabets.
        ("東京", "Tokyo, Japan"),
        ("Москва", "Moscow, Russia"),
        ("Den Haag", "The Hague, The Netherlands"),
        ("Mailand", "Milan, Italy"),
        ("Firenze, Italia", "Florence, Italy"),
        ("Lissabon", "Lisbon, Portugal"),
        ("Varsovia", "Warsaw, Poland"),
        ("Athen, Griechenland", "Athens, Greece"),
        ("Parijs", "Paris, France"),
        # Umlauts written out or left away.
        ("Koeln", "Köln, Germany"),
        ("Duesseldorf", "Düsseldorf, Germany"),
        ("Dusseldorf", "Düsseldorf, Germany"),
        ("Malmoe", "Malmö, Sweden"),
        ("Aarhus, Danmark", "Århus, Denmark"),
        # Apostrophes lost, typographic, as blanks; hyphens; what is cut short.
        ("St. John’s, Canada", "St. John's, NL, Canada"),
        ("St Johns, Newfoundland", "St. John's, NL, Canada"),
        ("Coeur d Alene", "Coeur d'Alene, ID"),
        ("Laquila", "L'Aquila, Italy"),
        ("O Fallon, MO", "O'Fallon, MO"),
        ("Aix en Provence", "Aix-en-Provence, France"),
        ("Saint Paul, MN", "Saint Paul, MN"),
        ("St. Paul, MN", "Saint Paul, MN"),
        ("St Pölten", "Sankt Pölten, Austria"),
        ("Ft Collins", "Fort Collins, CO"),
        ("Mt Vernon, WA", "Mount Vernon, WA"),
        ("Biel / Bienne", "Biel/Bienne, Switzerland"),
    ],
)
def test_the_likeliest_comes_first(gazetteer, text, label):
    assert gazetteer.find(text)[0].label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("1600 Alum Rock Ave, San Jose, CA 95116", "San Jose, CA"),
        ("1600 Alum Rock Ave 95116", "San Jose, CA"),
        ("Alum Rock Park, San José", "San Jose, CA"),
        ("Unter den Linden 5, Berlin", "Berlin, Germany"),
        ("Unter den Linden 5 Berlin", "Berlin, Germany"),
        ("Calle Mayor 3, Madrid, Spain", "Madrid, Spain"),
        ("Kelley Park (north gate), San Jose, CA", "San Jose, CA"),
        ("100 Main Street, Springfield 62701", "Springfield, IL"),
    ],
)
def test_a_street_gives_its_town_and_says_so(gazetteer, text, label):
    found = gazetteer.find(text)[0]
    assert (found.label, found.sure) == (label, False)
    assert found.why in ("town-of", "zip-of")


def test_namesakes_are_not_certain_and_told_apart(gazetteer):
    assert not gazetteer.find("Springfield")[0].sure
    assert not resolve(gazetteer, "Springfield", "U.S.A.").sure
    labels = [place.label for place in gazetteer.find("Brühl, Germany")]
    assert labels[0] == "Brühl, North Rhine-Westphalia, Germany"
    assert len(set(labels)) == len(labels)
    assert gazetteer.find(labels[0])[0].sure


def test_of_namesakes_the_one_near_home_comes_first(gazetteer):
    boston, london = (42.36, -71.06), (51.51, -0.13)
    assert gazetteer.find("Cambridge", near=boston)[0].label == "Cambridge, MA"
    assert gazetteer.find("Cambridge", near=london)[0].label == "Cambridge, United Kingdom"
    assert gazetteer.find("Paris", near=(32.8, -96.8))[0].label == "Paris, France"
    assert gazetteer.suggest("camp", near=(37.34, -121.9))[0].label == "Campbell, CA"


@pytest.mark.parametrize("text", ["Boulder, Slovakia", "Texas, IL, U.S.A.", "Mt. View, Ontario"])
def test_a_place_that_is_not_where_it_was_said_to_be_is_not_certain(gazetteer, text):
    assert not any(place.sure for place in gazetteer.find(text)[:1])


@pytest.mark.parametrize("text", ["", " ", "qqqqqqq", ",,,", "'", "%", "9999999", "x" * 500, "(((", ", , CA, , "])
def test_nonsense_finds_nothing_certain_and_fails_nothing(gazetteer, text):
    assert not any(place.sure for place in gazetteer.find(text))
    gazetteer.suggest(text)


@pytest.mark.parametrize("text", ["", "qqqqqqq", ",,,", "%", "x" * 500])
def test_what_names_nothing_finds_nothing(gazetteer, text):
    assert gazetteer.find(text) == []


def test_a_name_half_typed_is_completed_by_towns_own_names_first(gazetteer):
    assert [place.name for place in gazetteer.suggest("Campbel")][0].startswith("Campbel")
    assert gazetteer.suggest("san jo")[0].label == "San Jose, CA"
    assert gazetteer.suggest("par")[0].label == "Paris, France"
    assert gazetteer.suggest("to")[0].label == "Tokyo, Japan"
    assert gazetteer.suggest("t") == []


def test_addresses_of_towns(gazetteer):
    assert gazetteer.by_slug("san-jose-ca").people > 900_000
    assert gazetteer.by_slug("berlin-de").country_code == "DE"
    assert gazetteer.by_slug("nowhere-xx") is None


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("san-jose-ca-us", "san-jose-ca"),
        ("berlin-16-de", "berlin-de"),
        ("toronto-on-ca", "toronto-ca"),
        ("toronto-08-ca", "toronto-ca"),
    ],
)
def test_the_long_address_of_a_town_is_that_of_its_short_one(gazetteer, long, short):
    assert gazetteer.by_slug(long).slug == short


def test_a_long_address_of_another_region_is_nobodys_or_the_namesakes(gazetteer):
    assert gazetteer.by_slug("berlin-02-de") is None
    assert gazetteer.by_slug("london-on-ca") == gazetteer.by_slug("london-ca")
    assert gazetteer.by_slug("hamilton-eng-gb") is None


def test_the_zone_of_a_pin_is_that_of_the_nearest_town(gazetteer):
    assert gazetteer.zone_at(37.33, -121.87) == "America/Los_Angeles"
    assert gazetteer.zone_at(0.0, -150.0) is None


def test_neighbours_are_big_and_near_and_have_pages(gazetteer):
    town = gazetteer.by_slug("san-jose-ca")
    found = gazetteer.neighbours(town)
    assert len(found) == 8
    assert town.slug not in [place.slug for place in found]
    assert {"Santa Clara", "Sunnyvale"} <= {place.name for place in found}
    assert all(place.slug and distance_m(town.lat, town.lon, place.lat, place.lon) <= 60_000 for place in found)


def test_a_town_alone_has_no_neighbours(gazetteer):
    assert gazetteer.neighbours(gazetteer.by_slug("hanga-roa-cl")) == []


def test_geopys_interface(gazetteer):
    geocoder = EmbeddedGeocoder(gazetteer)
    assert geocoder.geocode("95112").raw.kind == "zip"
    assert geocoder.geocode("qqqqqqq") is None
    assert geocoder.reverse((37.33, -121.87)).raw.label == "San Jose, CA"
