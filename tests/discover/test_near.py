"""What a search says of the place that was typed, and what a place's own page shows."""

from html import unescape

import pytest

from ..cast import a_group, an_event
from ..forms import fill

LOS_ANGELES, SAN_FRANCISCO = (34.05, -118.24), (37.77, -122.42)


def shown(client, path: str) -> str:
    """The page's words."""
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


@pytest.mark.parametrize(
    ("near", "note"),
    [
        ("Cuppertino", "Showing Cupertino, CA: is that what you meant?"),
        (
            "1600 Alum Rock Ave, San Jose, CA",
            "“1600 Alum Rock Ave, San Jose, CA” is not known here: this is around San",
        ),
        ("Springfield", "There are several places of this name."),
        ("Crete", "Crete, Greece is an area: this is what lies within "),
        ("Canada", "Canada is a wide area: this is what lies within 498 mi of Toronto, its biggest town."),
        ("qqqqqqq", "No town or ZIP called “qqqqqqq” is known here"),
    ],
)
def test_a_search_says_how_it_took_the_place(app, client, near, note):
    unit = {"near": near, "unit": "mi"}
    assert note in unescape(client.get("/", query_string=unit).get_data(as_text=True))


def test_a_place_that_is_certain_needs_no_words(app, client):
    page = shown(client, "/?near=San+Jose,+CA")
    assert "is that what you meant" not in page and "several places" not in page and "an area" not in page


def test_the_words_are_there_in_spanish(app, client):
    assert "¿es lo que buscabas?" in shown(client, "/?near=Cuppertino&lang=es")
    assert "es una zona" in shown(client, "/?near=Bali&lang=es")


def test_a_guess_offers_the_others(app, client):
    assert 'href="/?near=Springfield,+IL' in shown(client, "/?near=Springfield")


def test_a_whole_area_is_searched_and_no_further(app, client):
    group = a_group()
    for title, (lat, lon) in {"down south": LOS_ANGELES, "up north": SAN_FRANCISCO, "abroad": (52.5, 13.4)}.items():
        an_event(group, title=title, lat=lat, lon=lon)
    page = shown(client, "/?near=California")
    assert "2 events near California" in page
    assert "down south" in page and "up north" in page and "abroad" not in page
    # How far it is to the middle of a state says nothing, to that of a town it does.
    assert ' class="muted nowrap">' not in page
    assert ' class="muted nowrap">' in shown(client, "/?near=Los+Angeles")


def test_an_area_can_be_subscribed_to_and_followed(app, client):
    an_event(a_group(), title="down south", lat=LOS_ANGELES[0], lon=LOS_ANGELES[1])
    assert b"SUMMARY:down south" in client.get("/calendar.ics?near=California").data
    answer = fill(client, "/?near=California", action="/follow", email="gia@example.org")
    assert answer.status_code == 200


def test_a_place_has_its_neighbours_with_pages_of_their_own(app, client):
    page = shown(client, "/near/san-jose-ca")
    assert 'href="/near/santa-clara-ca"' in page
    assert client.get("/near/santa-clara-ca").status_code == 200


def test_a_crew_of_the_same_town_is_named_by_it_and_not_by_no_distance(app, client):
    a_group()
    a_group("river-rats", place_name="Santa Cruz, CA", lat=36.9741, lon=-122.0308)
    page = client.get("/near/san-jose-ca").get_data(as_text=True)
    crews = page.split("Trash Punx")[1].split("</li>")[0], page.split("River Rats")[1].split("</li>")[0]
    assert "San José, CA" in crews[0] and "0 mi" not in crews[0]
    assert " mi" in crews[1]


def test_the_long_address_of_a_place_leads_to_its_page(app, client):
    answer = client.get("/near/san-jose-ca-us?within=10&unit=mi")
    assert (answer.status_code, answer.location) == (301, "/near/san-jose-ca?within=10&unit=mi")
    assert client.get("/near/berlin-16-de").location == "/near/berlin-de"
    assert client.get("/near/berlin-02-de").status_code == 404


def test_suggestions_are_of_the_sites_region_first_and_towns_alone(app, client):
    texts = [found["text"] for found in client.get("/places?q=camp").json]
    assert texts[0] == "Campbell, CA"
    assert "California" not in [found["text"] for found in client.get("/places?q=california").json]
