"""Names with a letter wrong: found, said to be a guess, and never looked for without bound."""

import random

import pytest

from staytouch_events.geo.guesses import MOST_COMPARED, MOST_IN_REGION, _candidates
from staytouch_events.geo.readings import Reading
from staytouch_events.geo.resolve import resolve
from staytouch_events.geo.spelling import allowed, deletions, edits, key, keys


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("boston", "boston", 0),
        ("bostn", "boston", 1),
        ("bosston", "boston", 1),
        ("bastion", "boston", 2),
        ("botson", "boston", 1),
        ("otsbon", "boston", 3),
        ("a", "abcdef", 3),
    ],
)
def test_letters_apart(one, other, apart):
    assert edits(one, other, 2) == edits(other, one, 2) == apart


def test_names_near_each_other_share_what_is_left_of_them():
    for wrong in ("beckenridge", "brekcenridge", "brecknridge", "brreckenridge", "briekenridge"):
        assert deletions(wrong, 2) & deletions("breckenridge", 1)


def test_one_key_for_all_ways_of_writing_a_name():
    assert key("St. John’s") == key("saint johns") == key("ST JOHN'S") == "saint johns"
    assert key("U.K.") == "uk"
    assert key("Trinidad & Tobago") == "trinidad and tobago"
    assert set(keys("Würzburg")) == {"wurzburg", "wuerzburg"}
    assert set(keys("Coeur d'Alene")) == {"coeur dalene", "coeur d alene"}
    assert "bienne" in set(keys("Biel/Bienne"))
    assert key("東京") == "東京"


def test_short_names_may_have_one_letter_wrong_and_longer_ones_two():
    assert [allowed(name) for name in ("ab", "bern", "boston", "chicago", "東京都庁")] == [0, 1, 1, 2, 0]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Kopenhagn", "Copenhagen, Denmark"),
        ("Mountain Veiw, CA", "Mountain View, CA"),
        ("Cuppertino, CA", "Cupertino, CA"),
        ("Albuquerqe", "Albuquerque, NM"),
        ("Pittsburgg", "Pittsburgh, PA"),
        ("Rio de Janiero", "Rio de Janeiro, Brazil"),
        ("Barcelna, Spain", "Barcelona, Spain"),
        ("Stuttgard Germany", "Stuttgart, Germany"),
        ("Newyork", "New York City, NY"),
        # Another language's name, misspelt.
        ("Moskwaa", "Moscow, Russia"),
        ("Lissabonn, Portugal", "Lisbon, Portugal"),
        # A small town, its state said.
        ("Calistga, CA", "Calistoga, CA"),
        ("Telurride, Colorado", "Telluride, CO"),
    ],
)
def test_a_letter_wrong_is_understood(gazetteer, text, label):
    found = gazetteer.find(text)[0]
    assert (found.label, found.why) == (label, "spelling")


@pytest.mark.parametrize("text", ["Kopenhagn", "Albuquerqe", "Rio de Janiero"])
def test_a_misspelt_name_alone_is_never_certain(gazetteer, text):
    assert not gazetteer.find(text)[0].sure


def test_with_its_country_or_state_it_is_when_little_else_is_left(gazetteer):
    assert resolve(gazetteer, "Barcelna", "Spain").why == "spelling"
    assert resolve(gazetteer, "Barcelna", "Spain").sure
    assert resolve(gazetteer, "Albuquerqe, NM", "U.S.A.").sure
    # Two towns of some size, a short name, or a small town of a whole country.
    assert not resolve(gazetteer, "Sringfield", "U.S.A.").sure
    assert not resolve(gazetteer, "Lyoon", "France").sure
    assert not resolve(gazetteer, "Levante", "Italy").sure


@pytest.mark.parametrize(("city", "country"), [("Berlin", "France"), ("Cordova", "Mexico"), ("Voronizh", "Russia")])
def test_a_name_that_is_right_elsewhere_is_not_surely_another_misspelt(gazetteer, city, country):
    assert not resolve(gazetteer, city, country).sure


def test_a_name_that_is_right_is_not_corrected(gazetteer):
    assert gazetteer.find("Sabana Grande, Puerto Rico")[0].why != "spelling"
    assert all(place.why != "spelling" for place in gazetteer.find("Hamburg, NY"))


@pytest.mark.parametrize("slip", ["dropped", "swapped"])
def test_one_slip_in_any_town_of_some_size_is_understood(gazetteer, slip):
    towns = gazetteer.rows("SELECT * FROM towns WHERE people > 50000 ORDER BY id").fetchall()
    chance = random.Random(11)
    sample = chance.sample(towns, 300)
    understood = 0
    for town in sample:
        found = gazetteer.find(f"{_slipped(town['name'], slip, chance)}, {town['country_name']}")[:3]
        understood += (town["lat"], town["lon"]) in [(place.lat, place.lon) for place in found]
    assert understood >= 270


def _slipped(name: str, slip: str, chance: random.Random) -> str:
    at = chance.randrange(1, max(2, len(name) - 1))
    if slip == "dropped":
        return name[:at] + name[at + 1 :]
    return name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :] if at < len(name) else name


@pytest.mark.parametrize("name", ["san", "sante", "villanueva", "saint germain", "aaaaaaaaaaaaaaa", "la la la la la"])
@pytest.mark.parametrize("region", [None, "CA", "TX"])
def test_no_misspelling_is_compared_with_more_than_some(gazetteer, name, region):
    reading = Reading(name, "US" if region else None, region)
    assert len(_candidates(gazetteer.rows, reading, allowed(name))) <= MOST_COMPARED + MOST_IN_REGION


def test_a_text_of_many_words_and_commas_asks_the_file_a_bounded_number_of_times(gazetteer):
    asked = []
    counting = gazetteer.rows
    gazetteer.rows = lambda query, *values: asked.append(query) or counting(query, *values)
    try:
        for text in ("san " * 60, "san, " * 60, "a b c d e f g h i j k l m n o p q r s, t, u, v, w, x, y"):
            asked.clear()
            gazetteer.find(text)
            assert len(asked) < 120
    finally:
        del gazetteer.rows
