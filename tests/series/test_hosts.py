"""A crew that hosts one date hosts those that follow, and those made later."""

from datetime import date

from staytouch_events.access.events import may_host
from staytouch_events.db import db
from staytouch_events.events import hosting
from staytouch_events.events.host_queries import host_row
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.series import actions

from ..cast import NOW, a_group, a_membership, a_person
from .cast import a_series, days_of, events_of


def hosted(it, cora) -> list[str]:
    """The dates that cora looks after, too."""
    return [day for day, event in zip(days_of(it.series), events_of(it.series), strict=True) if may_host(cora, event)]


def test_it_goes_for_the_dates_that_follow_until_it_ends(app):
    it, cora, other = a_series(), a_person("cora"), a_group("creek-keepers")
    a_membership(cora, other, ORGANIZER)
    second, fourth = events_of(it.series)[1], events_of(it.series)[3]
    hosting.accept(hosting.ask(second, other, NOW, by=it.alice), NOW, by=cora)
    db.session.commit()
    assert hosted(it, cora) == ["12-05", "12-12", "12-19", "12-26", "01-02"]
    actions.add_date(it.series, date(2026, 12, 9), NOW)
    db.session.commit()
    assert "12-09" not in hosted(it, cora)
    hosting.leave(host_row(fourth, other), NOW, by=cora)
    db.session.commit()
    assert hosted(it, cora) == ["12-05", "12-12"]


def test_a_new_date_has_the_crews_of_the_one_it_is_made_from(app):
    it, cora, other = a_series(), a_person("cora"), a_group("creek-keepers")
    a_membership(cora, other, ORGANIZER)
    hosting.accept(hosting.ask(it.first, other, NOW, by=it.alice), NOW, by=cora)
    actions.add_date(it.series, date(2026, 12, 9), NOW)
    db.session.commit()
    assert "12-09" in hosted(it, cora)
