"""What was planted is found by nobody who may not see it, on any door."""

from ..conftest import one_database
from .conftest import ROLES, SECRETS
from .test_table import TABLE, address

# For whom each secret is one, and on which doors it still shows to them by right.
TO_OTHERS = tuple(role for role in ROLES if role != "member")
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
    "what members say": ("anonymous", "other", "helper"),
    "what was taken away": ("anonymous", "other", "helper", "member"),
    "what it said before": ("anonymous", "other", "helper", "member"),
    "how to reach a driver": ROLES,
    "how to reach a passenger": ROLES,
    "what was written": TO_OTHERS,
    "an appointment": TO_OTHERS,
    "what a stranger asked": ("anonymous", "other", "helper", "member", "admin"),
    "a stranger's address": ROLES,
    "what was not sent yet": ROLES,
}
# What the member wrote of somebody.
OF_PEOPLE = ("note of a person", "what one wrote", "date of a person", "call with a person")
# The guest's own link is a right: it shows the guest what is theirs, and a guest who helps whom to call.
OWN = ("rsvps.manage", "rsvps.change", "feeds.answer", "before.page", "before.sign", "before.copy")
OWN += ("before.save_contact", "before.save_photos", "on_site.page_by_link", "on_site.sign_by_link")
OWN += ("impact_links.one", "impact_links.save", "impact_links.add_photos")
HELPING = ("checkin.console_by_link", "checkin.mark_by_link")
# And the driver's, who has the passengers' numbers as well.
OF_THE_FEED = ("an appointment",)
DRIVERS = ("rides.own", "rides.offer")
# And that of whoever wrote to a crew.
ASKERS = tuple(endpoint for endpoint in TABLE if endpoint.startswith(("message_links.", "contact.")))


@one_database
def test_a_planted_secret_occurs_on_no_door(world):
    for role in ("anonymous", "other", "member"):
        for endpoint, (method, path, _who) in TABLE.items():
            if endpoint in OWN + DRIVERS + ASKERS:
                continue
            answer = world.browsers[role].open(address(world, path), method=method)
            page = answer.get_data().decode(errors="replace")
            shown = ("lead's phone",) if endpoint in HELPING else OF_THE_FEED if endpoint == "feeds.person" else ()
            told = [
                secret
                for secret, roles in HIDDEN.items()
                if role in roles and secret not in shown and SECRETS[secret] in page
            ]
            assert told == [], (role, endpoint)


@one_database
def test_how_to_reach_people_in_a_car_and_what_one_wrote_of_people_is_shown_to_no_role_and_no_other_guest(world):
    """Neither to organizers and site admins, nor on another guest's own pages; what the member wrote, to the member."""
    in_cars = [SECRETS[f"how to reach a {who}"] for who in ("driver", "passenger")]
    for role in ROLES:
        contacts = in_cars if role == "member" else [*in_cars, *(SECRETS[secret] for secret in OF_PEOPLE)]
        for endpoint, (method, path, _who) in TABLE.items():
            if method == "GET" and endpoint not in DRIVERS:
                page = world.browsers[role].get(address(world, path)).get_data().decode(errors="replace")
                assert not [contact for contact in contacts if contact in page], (role, endpoint)


@one_database
def test_a_note_shows_to_its_writer_on_the_persons_page_alone(world):
    shown = {secret: [] for secret in OF_PEOPLE}
    for endpoint, (method, path, _who) in TABLE.items():
        if method == "GET":
            page = world.browsers["member"].get(address(world, path)).get_data().decode(errors="replace")
            for secret in OF_PEOPLE:
                shown[secret] += [endpoint] if SECRETS[secret] in page else []
    assert shown == {
        "note of a person": ["person.one", "person.note"],
        "what one wrote": ["person.one", "person.edit", "contacts.vcards", "merging.compare"],
        "date of a person": ["person.one"],
        "call with a person": ["person.one"],
    }


@one_database
def test_what_people_write_to_each_other_is_read_by_those_two_alone(world):
    """Neither members nor organizers of their crew, nor who runs the site, on no page, feed, search, export or API."""
    told = [secret for secret, roles in HIDDEN.items() if "admin" in roles and roles in (TO_OTHERS, ROLES)]
    for role in TO_OTHERS:
        for endpoint, (method, path, _who) in TABLE.items():
            if endpoint in (*DRIVERS, *ASKERS, "feeds.person"):
                continue
            page = world.browsers[role].open(address(world, path), method=method).get_data().decode(errors="replace")
            assert not [secret for secret in told if SECRETS[secret] in page], (role, endpoint)
    shown = world.browsers["member"].get(address(world, "/messages/{talk}")).get_data(as_text=True)
    assert SECRETS["what was written"] in shown and SECRETS["an appointment"] in shown


def test_organizers_read_what_a_stranger_asked_their_crew_without_the_address(world):
    shown = world.browsers["organizer"].get("/messages").get_data(as_text=True)
    assert SECRETS["what a stranger asked"] in shown
    asker = world.browsers["anonymous"].get(address(world, "/messages/with/{asker}")).get_data(as_text=True)
    assert SECRETS["what a stranger asked"] in asker and "@example.org" not in asker


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
