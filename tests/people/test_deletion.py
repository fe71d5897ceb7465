"""An account is deleted: nothing of the person stands anywhere, and nobody else loses anything."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.attendance.hours import stays_of
from staytouch_events.config import ROOT
from staytouch_events.db import db
from staytouch_events.events.models import CANCELLED, Event
from staytouch_events.groups.models import MEMBER, ORGANIZER, OWNER, Group, GroupInvitation, Membership
from staytouch_events.impact.models import ImpactLog
from staytouch_events.impact.recognitions import tallies
from staytouch_events.outbox import pump
from staytouch_events.outbox.models import WAITING, Letter
from staytouch_events.outbox.transport import TemporaryFailure
from staytouch_events.people import deletion
from staytouch_events.people.leaving import holds_of
from staytouch_events.people.models import Person, SignIn
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.models import DECLINED, SEATED, Rsvp
from staytouch_events.rsvps.queries import numbers_of
from staytouch_events.spots.models import OPEN, Spot
from staytouch_events.volunteers.models import HELD, SignUp
from staytouch_events.volunteers.ride_models import RideSeat
from staytouch_events.waivers.models import Signature

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fill
from ..volunteers.cast import comes
from .cast import EMAIL, NAME, PHONE, tables_with, zeldas_world


class Caught:
    """A mail server that takes everything, or nothing for now."""

    def __init__(self, away: bool = False) -> None:
        self.away, self.sent = away, []

    def send(self, sender: str, to: str, raw: bytes) -> None:
        """Keep it."""
        if self.away:
            raise TemporaryFailure("away")
        self.sent.append((to, raw.decode()))


def send_all(mail: Caught, now=NOW + timedelta(minutes=30)) -> None:
    """Until nothing is due."""
    while pump.send_due(mail, now):
        pass


def delete(person: Person, **how) -> None:
    """As a route does it."""
    deletion.delete(person, NOW, **how)
    db.session.commit()


@pytest.mark.parametrize("mail", ["sent before", "server away", "not sent yet"])
def test_nothing_of_a_deleted_person_stands_in_any_table(app, mail):
    world = zeldas_world()
    if mail != "not sent yet":
        send_all(Caught(away=mail == "server away"))
    assert {"people", "rsvps", "letters", "signatures", "walk_ups"} <= set(tables_with("planted"))
    delete(world.zelda)
    assert tables_with(NAME) == tables_with("zel/zels") == tables_with(PHONE) == tables_with("PLANTED-NOTE") == []
    last = Caught()
    send_all(last, NOW + timedelta(days=2))
    assert [to for to, _raw in last.sent].count(EMAIL) == 1
    assert not any(NAME in raw for _to, raw in last.sent)
    assert tables_with("planted") == []


def test_the_line_moves_up_and_what_was_hers_is_free(app):
    world = zeldas_world()
    assert world.waits.standing == "waiting"
    delete(world.zelda)
    assert world.waits.standing == SEATED
    told = db.session.scalars(select(Letter).where(Letter.to_email == "will@example.org", Letter.state == WAITING))
    assert "rsvps.promoted" in {letter.kind for letter in told}
    answers = db.session.scalars(select(Rsvp).where(Rsvp.event_id == world.coming.id)).all()
    assert {row.answer for row in answers if row is not world.waits} == {DECLINED}
    assert db.session.scalar(select(SignUp).where(SignUp.shift_id == world.shift.id, SignUp.standing == HELD)) is None
    assert db.session.scalars(select(RideSeat)).all() == []
    drivers = db.session.scalars(select(Letter).where(Letter.to_email == "dee@example.org", Letter.key.is_not(None)))
    assert any(letter.facts.get("news") == "leaves" for letter in drivers)


def test_what_was_counts_as_before_with_numbers_for_names(app):
    world = zeldas_world()
    before = numbers_of([world.past.id]), [stay.people_minutes for stay in stays_of(world.past, NOW)]
    delete(world.zelda)
    stays = stays_of(world.past, NOW)
    assert (numbers_of([world.past.id]), [stay.people_minutes for stay in stays]) == before
    assert all(re.fullmatch(r"#\d+", stay.party.name) for stay in stays)
    log = db.session.scalars(select(ImpactLog)).one()
    assert (log.bags_trash, log.state, log.proposed_by_id) == (7, "approved", None)
    assert db.session.get(Spot, world.spot.id).state == OPEN
    proof = db.session.scalars(select(Signature).where(Signature.event_id == world.past.id)).one()
    assert proof.sha256 and proof.name == proof.signed_by == f"#{proof.rsvp_id}"
    invitation = db.session.scalars(select(GroupInvitation)).one()
    assert (invitation.email, invitation.invited_by_id) == ("new@example.org", None)


def test_a_stand_in_is_nobody_to_give_anything_to(app):
    world = zeldas_world()
    assert [tally.person for tally in tallies(world.group.id, NOW)] == [world.zelda]
    delete(world.zelda)
    assert tallies(world.group.id, NOW) == []


def test_the_pages_that_named_her_still_stand(app, browser_of, client):
    world = zeldas_world()
    delete(world.zelda)
    olga, past, coming = browser_of(world.olga), f"/events/{world.past.slug}", f"/events/{world.coming.slug}"
    pages = [f"{past}/manage/hours", f"{past}/manage/impact", f"{past}/checkin", f"{coming}/manage/people"]
    for path in (*pages, f"{past}/manage/people", f"/groups/{world.group.slug}", past, coming, "/dashboard"):
        answer = olga.get(path)
        assert answer.status_code == 200 and "Zelda" not in answer.get_data(as_text=True), path


def test_a_sole_owner_hands_over_first_in_one_step(browser_of):
    alice, bob, group = a_person("alice"), a_person("bob"), a_group()
    a_membership(alice, group, OWNER)
    number = a_membership(bob, group, MEMBER).id
    with pytest.raises(Refused, match="needs an owner"):
        deletion.delete(alice, NOW)
    db.session.rollback()
    browser = browser_of(alice)
    page = browser.get("/settings/delete").get_data(as_text=True)
    assert "needs an owner" in page and "Mail me the link that deletes it" not in page
    answer = fill(browser, "/settings/delete", f"/groups/{group.slug}/manage/hand-over")
    assert answer.status_code == 303
    assert db.session.get(Membership, number).role == OWNER
    assert db.session.scalars(select(Letter.kind)).all() == ["groups.handed_over"]
    assert "Mail me the link that deletes it" in browser.get("/settings/delete").get_data(as_text=True)


def test_the_only_admin_of_a_site_stays_until_there_is_another(browser_of):
    ada = a_person("ada", is_admin=True)
    browser = browser_of(ada)
    page = browser.get("/settings/delete").get_data(as_text=True)
    assert "Nobody else runs this site" in page and "Mail me the link" not in page
    with pytest.raises(Refused, match="create-admin"):
        deletion.delete(ada, NOW)
    db.session.rollback()
    a_person("grace", is_admin=True)
    assert "Mail me the link" in browser.get("/settings/delete").get_data(as_text=True)
    deletion.delete(ada, NOW)


def test_organizers_are_offered_a_crew_before_members(app):
    alice, group = a_person("alice"), a_group()
    a_membership(alice, group, OWNER)
    a_membership(a_person("bob"), group, MEMBER)
    a_membership(a_person("olga"), group, ORGANIZER)
    [hold] = holds_of(alice)
    assert [name for _number, name in hold.choices] == ["Olga, organizer", "Bob"]


def test_a_crew_of_nobody_else_calls_off_what_is_to_come_and_keeps_what_was(app):
    alice, group = a_person("alice"), a_group()
    a_membership(alice, group, OWNER)
    coming = an_event(group)
    was = an_event(group, NOW - timedelta(days=9), starts_wall=(NOW - timedelta(days=5)).replace(tzinfo=None))
    an_event(group, draft=True)
    comes(coming, "bob")
    delete(alice)
    states = dict(db.session.execute(select(Event.id, Event.state)).all())
    assert states == {coming.id: CANCELLED, was.id: "published"}
    letters = db.session.scalars(select(Letter).where(Letter.to_email == "bob@example.org"))
    assert "rsvps.cancelled" in {letter.kind for letter in letters}
    assert db.session.get(Group, group.id) is not None


def test_a_crew_that_never_showed_anything_goes_with_its_only_member(app):
    alice, group = a_person("alice"), a_group()
    a_membership(alice, group, OWNER)
    an_event(group, draft=True)
    delete(alice)
    assert db.session.scalars(select(Group)).all() == db.session.scalars(select(Event)).all() == []


def asked(browser) -> str:
    """The token in the letter, after asking for it."""
    assert fill(browser, "/settings/delete").status_code == 200
    return db.session.scalars(select(Letter.facts).where(Letter.kind == "people.delete")).all()[-1]["token"]


def test_the_mailed_link_shows_a_button_and_the_button_deletes(browser_of, client):
    bob = a_person("bob")
    here, elsewhere = browser_of(bob), browser_of(bob)
    token = asked(here)
    page = client.get(f"/delete/{token}").get_data(as_text=True)
    assert "Delete it for good" in page and db.session.scalars(select(Person)).all() == [bob]
    answer = here.post(f"/delete/{token}")
    assert answer.status_code == 303 and "is deleted" in here.get(answer.location).get_data(as_text=True)
    assert db.session.scalars(select(Person)).all() == db.session.scalars(select(SignIn)).all() == []
    assert elsewhere.get("/settings").status_code == 303
    assert client.get(f"/delete/{token}").status_code == 404
    assert client.post(f"/delete/{token}").status_code == 409


def test_a_link_is_good_for_an_hour_and_the_newer_one_alone(browser_of, client, clock):
    bob = a_person("bob")
    browser = browser_of(bob)
    old, token = asked(browser), asked(browser)
    assert client.get(f"/delete/{old}").status_code == 404
    clock.moment = NOW + timedelta(hours=1)
    assert client.post(f"/delete/{token}").status_code == 409
    assert db.session.get(Person, bob.id) is not None


def test_pressing_delete_on_a_phone_found_open_deletes_nothing(browser_of):
    bob = a_person("bob")
    asked(browser_of(bob))
    assert db.session.get(Person, bob.id) is not None


def test_an_admin_deletes_with_a_reason_that_the_last_letter_tells(browser_of):
    admin, bob = a_person("ada", is_admin=True), a_person("bob")
    browser = browser_of(admin)
    path = "/admin/accounts?email=BOB@example.org"
    assert fill(browser, path, f"/admin/accounts/{bob.id}/delete", reason="").status_code == 422
    assert fill(browser, path, f"/admin/accounts/{bob.id}/delete", reason="Spam in every crew").status_code == 303
    assert db.session.scalars(select(Person)).all() == [admin]
    mail = Caught()
    send_all(mail)
    [(to, raw)] = mail.sent
    assert to == "bob@example.org" and "Spam in every crew" in raw
    assert f"/admin/accounts/{admin.id}/delete" not in browser.get("/admin/accounts?email=ada@example.org").text


def test_a_letter_that_is_on_its_way_while_its_address_goes_breaks_nothing(app):
    bob = a_person("bob")
    deletion.ask(bob, NOW)
    db.session.commit()

    class Meanwhile(Caught):
        def send(self, sender: str, to: str, raw: bytes) -> None:
            if not self.sent:
                delete(db.session.get(Person, bob.id))
            super().send(sender, to, raw)

    mail = Meanwhile()
    send_all(mail)
    assert [to for to, _raw in mail.sent] == ["bob@example.org"] * 2
    assert db.session.scalars(select(Letter)).all() == []


def test_each_table_that_knows_people_has_a_line_in_the_documents():
    said = (ROOT / "docs" / "leaving.md").read_text()
    for table in db.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name in ("people", "rsvps"):
                assert table.name in said or f"{key.parent.name}`" in said, f"{table.name}.{key.parent.name}"
            if key.column.table.name == "people" and table.name != "rsvps":
                assert key.ondelete in ("CASCADE", "SET NULL"), f"{table.name}.{key.parent.name}"
