"""For machines: the sitemap, previews of shared addresses, lists in other people's frames."""

import io
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from PIL import Image

from staytouch_events.db import db
from staytouch_events.events.actions import cancel, save
from staytouch_events.groups import actions as groups
from staytouch_events.pages.share import share_card
from staytouch_events.share_cards import draw_share_card
from staytouch_events.volunteers.actions import claim

from ..cast import NOW, a_group, a_person, an_event
from ..volunteers.cast import a_role, a_shift

HERE = {"lat": 37.3352, "lon": -121.8663, "place_name": "San Jose, CA"}
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses(client, path: str) -> list[str]:
    """What a sitemap names, as paths."""
    root = ElementTree.fromstring(client.get(path).data)
    return [loc.text.removeprefix("http://127.0.0.1:8000") for loc in root.iter(LOC)]


def test_the_sitemap_names_every_public_page_and_no_other(app, client):
    group = a_group()
    hidden = a_group("hidden", visibility="unlisted")
    events = [an_event(group, title=f"e{number}", **HERE) for number in range(3)]
    an_event(group, title="secret", visibility="unlisted")
    an_event(hidden, title="of a hidden crew")
    an_event(group, title="draft", draft=True)
    parts = addresses(client, "/sitemap.xml")
    found = [path for part in parts for path in addresses(client, part)]
    pages = ["/", "/groups", "/groups/trash-punx", "/impact", "/near/san-jose-ca"]
    assert sorted(found) == sorted([*pages, *(f"/events/{event.slug}" for event in events)])
    assert all(client.get(path).status_code == 200 for path in found)
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in client.get("/robots.txt").get_data(as_text=True)


@pytest.mark.parametrize("part", ["events-x", "events-99999999", "nothing", "events", "events-1-2"])
def test_a_part_that_is_not_there(client, part):
    assert client.get(f"/sitemap/{part}.xml").status_code == 404


def picture_of(client, event) -> tuple[str, bytes]:
    """The address of an event's picture as its page gives it, and its bytes."""
    page = client.get(f"/events/{event.slug}").get_data(as_text=True)
    path = page.split('property="og:image" content="')[1].split('"')[0].removeprefix("http://127.0.0.1:8000")
    return path, client.get(path).data


def test_an_event_has_a_picture_that_changes_with_it(app, client):
    group = a_group()
    event = an_event(group, **HERE)
    path, data = picture_of(client, event)
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    seen = {data}
    for change in (
        lambda: save(event, {"title": "Another name"}, NOW),
        lambda: groups.save(group, {"colour": "#93d4ff"}, group.slug, NOW),
        lambda: cancel(event, "", NOW),
    ):
        change()
        db.session.commit()
        again, data = picture_of(client, event)
        assert again != path and data not in seen
        moved = client.get(path)
        assert moved.status_code == 302 and moved.location == again
        path = again
        seen.add(data)


def test_the_picture_of_a_hidden_place_knows_the_town_alone(app):
    event = an_event(a_group(), **{**HERE, "venue": "Plum Shed", "place_hidden": True})
    assert share_card(event).where == "San Jose, CA"


@pytest.mark.parametrize("title", ["", "x" * 500, "東京", "Łódź Ştefan Trịnh ñandú", "word " * 80, "\u202e"])
def test_a_picture_can_be_drawn_of_any_words(app, title):
    from dataclasses import replace

    card = share_card(an_event(a_group()))
    assert draw_share_card(replace(card, title=title, where=title, crew=title, site=title)).startswith(b"\x89PNG")


def test_a_disk_that_is_full_only_has_the_picture_drawn_again(app, client, monkeypatch):
    event = an_event(a_group())

    def full(*_args):
        raise OSError("no space left")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    assert picture_of(client, event)[1].startswith(b"\x89PNG")


def test_embeds_may_stand_in_a_frame_and_nothing_else_may(app, client):
    group = a_group()
    event = an_event(group, **HERE)
    for path in ("/embed/groups/trash-punx", "/embed/near/san-jose-ca"):
        answer = client.get(path)
        page = answer.get_data(as_text=True)
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert event.title in page and "<form" not in page and "<script" not in page
        assert len(answer.data) < 20_000
    for path in ("/", "/groups/trash-punx", f"/events/{event.slug}"):
        assert "frame-ancestors 'none'" in client.get(path).headers["Content-Security-Policy"]
    assert client.get("/embed/near/nowhere-xx").status_code == 404


def test_an_embed_looks_as_its_address_says_and_nonsense_is_ignored(app, client):
    group = a_group()
    for number in range(9):
        an_event(group, title=f"e{number}", **HERE)
    page = client.get("/embed/groups/trash-punx?theme=dark&paper=sky&limit=2&title=0").get_data(as_text=True)
    assert 'class="dark paper-sky"' in page and page.count('class="stub"') == 2 and "<h1" not in page
    page = client.get('/embed/groups/trash-punx?theme="><b>&paper=x&limit=999').get_data(as_text=True)
    assert 'class="auto"' in page and page.count('class="stub"') == 6 and "<b>&" not in page


def test_an_embed_says_what_hands_are_needed_as_cards_do_and_until_when(app, client, clock):
    role = a_role(group := a_group(), name="Hauler")
    event, covered = an_event(group, title="needy", **HERE), an_event(group, title="covered", **HERE)
    a_shift(event, role, target=3, locks_after=-60)
    claim(a_shift(covered, role), a_person("bob"), "Bob", NOW)
    db.session.commit()
    for path in ("/embed/groups/trash-punx", "/embed/near/san-jose-ca"):
        page = client.get(path).get_data(as_text=True)
        assert "3 hands needed</b> Hauler (3)" in page and "All jobs covered" in page, path
    clock.moment = event.starts_at - timedelta(hours=1)
    for path in ("/embed/groups/trash-punx", "/embed/near/san-jose-ca"):
        assert "3 hands needed" not in client.get(path).get_data(as_text=True), path


def test_an_embed_shows_nothing_that_is_not_for_everybody(app, client, browser_of):
    from ..cast import a_membership, a_person

    group, bob = a_group(), a_person("bob")
    a_membership(bob, group)
    an_event(group, title="PLANTED", visibility="members")
    an_event(group, title="PLANTED", visibility="unlisted")
    for browser in (client, browser_of(bob)):
        assert "PLANTED" not in browser.get("/embed/groups/trash-punx").get_data(as_text=True)
