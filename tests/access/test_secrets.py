"""What was planted is found by nobody who may not see it, on any door."""

from ..conftest import one_database
from .conftest import ROLES, SECRETS
from .test_table import TABLE, address

# For whom each secret is one, and on which doors it still shows to them by right.
HIDDEN = {
    "address": ("anonymous", "other", "helper", "member"),
    "note": ("anonymous", "other", "helper", "member"),
    "private note": ("anonymous", "other", "member"),
    "draft's title": ("anonymous", "other", "helper", "member"),
    "members' title": ("anonymous", "other", "helper"),
    "unlisted title": ("anonymous", "other", "helper"),
    "how a job is done": ("anonymous", "other", "helper", "member"),
    "whom to call": ("anonymous", "other", "helper", "member"),
    "lead's phone": ("anonymous", "other", "member"),
    "waiting report": ("anonymous", "other", "helper", "member", "organizer", "admin"),
    "where syringes lay": ("anonymous", "other", "helper", "member"),
    "waiting log": ("anonymous", "other", "helper", "member"),
    "what was given": ("anonymous", "other", "helper", "member"),
    "whom to call in an emergency": ("anonymous", "other", "helper", "member", "admin"),
    "a guardian": ("anonymous", "other", "member"),
    "how to reach a driver": ROLES,
    "how to reach a passenger": ROLES,
    "a voter's address": ROLES,
}
# The guest's own link is a right: it shows the guest what is theirs, and a guest who helps whom to call.
OWN = ("rsvps.manage", "rsvps.change", "feeds.answer", "before.page", "before.sign", "before.copy")
OWN += ("before.save_contact", "before.save_photos", "on_site.page_by_link", "on_site.sign_by_link")
OWN += ("impact_links.one", "impact_links.save", "impact_links.add_photos")
HELPING = ("checkin.console_by_link", "checkin.mark_by_link")
# And the driver's, who has the passengers' numbers as well.
DRIVERS = ("rides.own", "rides.offer")


@one_database
def test_a_planted_secret_occurs_on_no_door(world):
    for role in ("anonymous", "other", "member"):
        for endpoint, (method, path, _who) in TABLE.items():
            if endpoint in OWN + DRIVERS:
                continue
            answer = world.browsers[role].open(address(world, path), method=method)
            page = answer.get_data().decode(errors="replace")
            shown = ("lead's phone",) if endpoint in HELPING else ()
            told = [
                secret
                for secret, roles in HIDDEN.items()
                if role in roles and secret not in shown and SECRETS[secret] in page
            ]
            assert told == [], (role, endpoint)


@one_database
def test_how_to_reach_people_in_a_car_is_shown_to_no_role_and_no_other_guest(world):
    """Neither to organizers and site admins, nor on another guest's own pages."""
    contacts = [SECRETS[secret] for secret, roles in HIDDEN.items() if roles == ROLES]
    for role in ROLES:
        for endpoint, (method, path, _who) in TABLE.items():
            if method == "GET" and endpoint not in DRIVERS:
                page = world.browsers[role].get(address(world, path)).get_data().decode(errors="replace")
                assert not [contact for contact in contacts if contact in page], (role, endpoint)


def test_who_shares_the_car_sees_it(world):
    page = world.browsers["anonymous"].get(f"/rsvps/{world.driving}").get_data(as_text=True)
    assert SECRETS["how to reach a passenger"] in page


def test_the_organizers_see_what_is_theirs_to_see(world):
    page = world.browsers["organizer"].get(f"/events/{world.slugs['public']}/manage/people").get_data(as_text=True)
    assert SECRETS["address"] in page and SECRETS["note"] in page
    sheet = world.browsers["organizer"].get(f"/events/{world.slugs['public']}/manage/people.csv").get_data(as_text=True)
    assert SECRETS["address"] in sheet


@one_database
def test_whom_to_call_shows_on_one_page_alone_and_never_to_helpers_nor_to_who_runs_the_site(world):
    secret = SECRETS["whom to call in an emergency"].encode()
    own = [endpoint for endpoint in OWN if not endpoint.startswith("on_site.")]
    for role in ("helper", "admin", "organizer", "owner"):
        shown = [
            endpoint
            for endpoint, (method, path, _who) in TABLE.items()
            if endpoint not in own
            and secret in world.browsers[role].open(address(world, path), method=method).get_data()
        ]
        assert shown == (["who.contacts"] if role in ("organizer", "owner") else []), role


def test_an_unlisted_event_is_in_no_list_feed_or_search(world):
    for path in ("/", "/?q=planted", "/groups/trash-punx", "/groups/trash-punx/calendar.ics"):
        assert "PLANTED" not in world.browsers["anonymous"].get(path).get_data(as_text=True), path
    assert world.browsers["anonymous"].get(f"/events/{world.slugs['unlisted']}").headers["X-Robots-Tag"] == "noindex"


def test_hidden_names_are_hidden_from_all_but_hosts(world, app):
    from sqlalchemy import select

    from staytouch_events.db import db
    from staytouch_events.events.actions import save
    from staytouch_events.events.models import Event

    from ..cast import NOW

    slug = world.slugs["public"]
    assert "<span>Gia</span>" in world.browsers["anonymous"].get(f"/events/{slug}").get_data(as_text=True)
    save(db.session.scalar(select(Event).where(Event.slug == slug)), {"names_hidden": True}, NOW)
    db.session.commit()
    for role, shown in (("anonymous", False), ("other", False), ("member", False), ("organizer", True)):
        page = world.browsers[role].get(f"/events/{slug}").get_data(as_text=True)
        assert ("<span>Gia</span>" in page) is shown, role
