"""What an account's export holds of cards and people: all that is one's own, nothing that is only another's."""

from staytouch_events.contacts import keeping
from staytouch_events.people.exports import rows_held

from ..cast import NOW, a_group, a_person
from .cast import an_ask, exchanged, known_of


def test_all_that_one_wrote_and_was_given_is_in_ones_export_and_in_nobody_elses(app):
    ana, bob = a_person("ana"), a_person("bob")
    known_of(ana, bob)
    held = rows_held(ana)
    bob_row = next(row for row in held["people"] if row["they share"].get("name") == "Bob")
    assert [note["text"] for note in bob_row["notes"]][0] == "Has 40 willow cuttings"
    assert bob_row["dates"][0]["day"] == 29 and bob_row["contacts logged"][0]["words"] == "The willows"
    assert bob_row["you wrote"]["addresses"] and held["card"][0]["phone"] == "408 555 0100"
    assert [row["version"] for row in held["card_versions"]] == ["public", "crew", "work"]
    assert "willow cuttings" not in str(rows_held(bob)["people"][0]["notes"])


def test_who_was_asked_and_where_one_is_shown_is_in_it(app):
    ana, bob = a_person("ana"), a_person("bob", name="Bob Lee")
    an_ask(a_group(), ana, bob)
    held = rows_held(ana)
    assert held["cards_asked_for"][0]["asked"] == "Bob"
    assert held["found_after_events"] == [{"event": "Yesterday's", "shown": True}]


def test_what_was_taken_out_is_not_in_it(app):
    ana, bob = a_person("ana"), a_person("bob")
    mine, _theirs = exchanged(ana, bob)
    keeping.remove(mine, NOW)
    assert rows_held(ana)["people"] == []
