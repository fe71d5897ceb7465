"""What was planted is found by nobody who may not see it, on any door."""

from staytouch_events.db import db

from ..conftest import one_database
from .conftest import ROLES, SECRETS
from .test_table import TABLE, address

# For whom each secret is one, and on which doors it still shows to them by right.
TO_OTHERS = tuple(role for role in ROLES if role != "member")
HIDDEN = {
    "address": ("anonymous", "other", "helper", "member"),
    "note": ("anonymous", "other", "helper", "member"),
    "answer to a question": ("anonymous", "other", "helper", "member"),
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
    "a voter's address": ROLES,
    "a private crew": ("anonymous", "other", "helper"),
    "a private crew's event": ("anonymous", "other", "helper"),
    "what somebody said who offers to lead": tuple(role for role in ROLES if role != "admin"),
    "what somebody said who asks to join": ("anonymous", "other", "helper", "member"),
    "a calendar's secret address": ("anonymous", "other", "helper", "member"),
    "why somebody is kept out": ("anonymous", "other", "helper", "member"),
}
# What the member wrote of somebody.
OF_PEOPLE = ("note of a person", "what one wrote", "date of a person", "call with a person")
# The guest's own link is a right: it shows the guest what is theirs, and a guest who helps whom to call.
OWN = ("rsvps.manage", "rsvps.change", "feeds.answer", "before.page", "before.sign", "before.copy")
OWN += ("before.save_contact", "before.save_photos", "on_site.page_by_link", "on_site.sign_by_link")
OWN += ("impact_links.one", "impact_links.save", "impact_links.add_photos")
OWN += ("mail.choices", "mail.save", "mail.least")
HELPING = ("checkin.console_by_link", "checkin.mark_by_link")
# And the driver's, who has the passengers' numbers as well.
DRIVERS = ("rides.own", "rides.offer")
# And that of whoever wrote to a crew.
ASKERS = tuple(endpoint for endpoint in TABLE if endpoint.startswith(("message_links.", "contact.")))
IN_CARS = ("how to reach a driver", "how to reach a passenger")
IN_CALLS = ("whom to call in an emergency",)
IN_MESSAGES = ("what was written", "an appointment", "what a stranger asked", "a stranger's address")
IN_MESSAGES += ("what was not sent yet",)
# Where what is somebody's to see is shown to them, and nowhere else.
SHOWN = {
    "organizer": {"whom to call in an emergency": ["who.contacts"]},
    "owner": {"whom to call in an emergency": ["who.contacts"]},
    "member": {
        "note of a person": ["person.one", "person.note"],
        "what one wrote": ["person.one", "person.edit", "contacts.vcards", "merging.compare"],
        "date of a person": ["person.one", "feeds.person"],
        "call with a person": ["person.one"],
    },
}


@one_database
def test_looking_changes_nothing_and_a_planted_secret_occurs_on_no_door(world):
    """One sweep through all doors as everybody: first all looks, then what only a form opens."""
    before = rows()
    looks = {role: _through(world, role, lambda method: method == "GET") for role in ROLES}
    assert rows() == before
    for role, pages in looks.items():
        shown = {
            secret: [endpoint for endpoint, page in pages.items() if SECRETS[secret] in page and endpoint not in OWN]
            for secret in SHOWN.get(role, {})
        }
        assert shown == SHOWN.get(role, {}), role
        pages |= _through(world, role, lambda method: method != "GET")
        assert [
            (endpoint, *told) for endpoint, page in pages.items() if (told := _leaks(role, endpoint, page))
        ] == [], role


def rows() -> dict:
    """All rows of all tables, but for the counters that readers start."""
    db.session.rollback()
    tables = db.metadata.sorted_tables
    return {table.name: db.session.execute(table.select()).all() for table in tables if table.name != "versions"}


def _through(world, role: str, chosen) -> dict[str, str]:
    """What a role is shown behind every door whose method is chosen, by endpoint."""
    browser = world.browsers[role]
    return {
        endpoint: browser.open(address(world, path), method=method).get_data().decode(errors="replace")
        for endpoint, (method, path, _who) in TABLE.items()
        if chosen(method)
    }


def _leaks(role: str, endpoint: str, page: str) -> list[str]:
    """The secrets of a page that this door has no right to show to this role."""
    hidden = {secret for secret, roles in HIDDEN.items() if role in roles}
    hidden |= set() if role == "member" else set(OF_PEOPLE)
    return sorted(secret for secret in hidden - _by_right(endpoint) if SECRETS[secret] in page)


def _by_right(endpoint: str) -> set[str]:
    """What a link shows to whoever holds it."""
    if endpoint in DRIVERS:
        return set(HIDDEN)
    if endpoint in OWN:
        on_site = IN_CALLS if endpoint.startswith("on_site.") else ()
        return set(HIDDEN) - {*IN_CARS, *IN_MESSAGES, *on_site, "a voter's address"}
    if endpoint in ASKERS:
        return set(IN_MESSAGES)
    return {"feeds.person": {"an appointment", "date of a person"}}.get(
        endpoint, {"lead's phone"} if endpoint in HELPING else set()
    )


def test_what_people_write_to_each_other_is_read_by_those_two(world):
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


def test_an_unlisted_event_is_in_no_list_feed_or_search(world):
    for path in ("/", "/?q=planted", "/groups/trash-punx", "/groups/trash-punx/calendar.ics"):
        assert "PLANTED" not in world.browsers["anonymous"].get(path).get_data(as_text=True), path
    assert world.browsers["anonymous"].get(f"/events/{world.slugs['unlisted']}").headers["X-Robots-Tag"] == "noindex"


def test_hidden_names_are_hidden_from_all_but_hosts(world, app):
    from sqlalchemy import select

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
