"""A crew's roles: taken over with a tap, named freely, changed, taken off."""

from staytouch_events.db import db
from staytouch_events.groups.models import MEMBER, ORGANIZER
from staytouch_events.volunteers.models import Role, Shift
from staytouch_events.volunteers.queries import roles_of

from ..cast import a_group, a_membership, a_person, an_event
from ..forms import fields_of, fill
from .cast import a_role, a_shift

PAGE = "/groups/trash-punx/manage/roles"


def organizer(browser_of, group):
    """Alice's browser."""
    alice = a_person("alice")
    a_membership(alice, group, ORGANIZER)
    return browser_of(alice)


def names(group) -> list[str]:
    """What the group offers now."""
    db.session.rollback()
    return [role.name for role in roles_of(group)]


def test_a_usual_role_is_one_tap_in_the_readers_language_and_offered_once(browser_of):
    group = a_group()
    browser = organizer(browser_of, group)
    assert "First aid" in browser.get(PAGE).get_data(as_text=True)
    fill(browser, PAGE, f"{PAGE}/usual", role="first-aid")
    fields = fields_of(browser.get(PAGE).get_data(as_text=True), f"{PAGE}/usual")
    browser.post(f"{PAGE}/usual?lang=es", data={**fields, "role": "hauler"})
    assert names(group) == ["First aid", "Transporte con camioneta"]
    assert 'value="first-aid"' not in browser.get(PAGE).get_data(as_text=True)


def test_a_role_of_ones_own_says_all_that_the_form_asks(browser_of):
    group = a_group()
    browser, bob = organizer(browser_of, group), a_person("bob")
    a_membership(bob, group, MEMBER)
    typed = {"name": "Drum", "instructions": "**Loud**", "contact": "Bo 555", "lead_id": str(bob.id), "approval": "y"}
    assert fill(browser, PAGE, **typed).status_code == 303
    (role,) = roles_of(group)
    assert (role.name, role.instructions, role.contact, role.lead_id, role.approval, role.checks_in) == (
        "Drum",
        "**Loud**",
        "Bo 555",
        bob.id,
        True,
        False,
    )


def test_only_a_member_leads_and_a_name_is_there_once(browser_of):
    group = a_group()
    browser, charlie = organizer(browser_of, group), a_person("charlie")
    a_role(group, name="Drum")
    assert fill(browser, PAGE, name="x", lead_id=str(charlie.id)).status_code == 422
    wrong = fill(browser, PAGE, name="DRUM", about="kept words")
    assert wrong.status_code == 422
    assert "a role of this name already" in wrong.get_data(as_text=True)
    assert "kept words" in wrong.get_data(as_text=True)
    assert names(group) == ["Drum"]


def test_a_role_that_shifts_have_keeps_its_name_when_it_is_taken_off(browser_of):
    group = a_group()
    browser = organizer(browser_of, group)
    used, unused = a_role(group, name="Used").id, a_role(group, name="Unused").id
    shift = a_shift(an_event(group), db.session.get(Role, used)).id
    for number in (used, unused):
        fill(browser, f"{PAGE}/{number}", f"{PAGE}/{number}/remove")
    assert names(group) == []
    assert db.session.get(Role, unused) is None
    assert db.session.get(Shift, shift).role.name == "Used"
    assert browser.get(f"{PAGE}/{used}").status_code == 404


def test_another_crews_role_is_missing(browser_of):
    group, other = a_group(), a_group("gutter-roses")
    browser = organizer(browser_of, group)
    number = a_role(other).id
    assert browser.get(f"{PAGE}/{number}").status_code == 404
