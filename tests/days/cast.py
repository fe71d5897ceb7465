"""A day with three sites along the creek."""

from types import SimpleNamespace

from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.sites.actions import NewSite, add_site

from ..cast import NOW, a_group, a_membership, a_person, an_event

# Name: latitude. North of each other, some two kilometers apart.
SITES = {"Alma": 37.30, "Bridge": 37.32, "Coyote": 37.36}


def at(lat: float, lon: float = -121.88) -> dict:
    """A place at a pin."""
    place = {"address": "", "place_name": "San José, CA", "country_code": "US", "precision": "pin"}
    return {**place, "lat": lat, "lon": lon, "zone": "America/Los_Angeles"}


def a_site(day: Event, name: str = "Alma", **fields) -> Event:
    """A site with a pin, and room for all unless it says otherwise."""
    site = add_site(day, NewSite(name, at(SITES.get(name, 37.33)), **fields), NOW)
    db.session.commit()
    return site


def a_day(**fields) -> SimpleNamespace:
    """Alice's crew's Earth Day, with the sites Alma, Bridge and Coyote of two spots each."""
    alice, group = a_person("alice"), a_group()
    a_membership(alice, group, ORGANIZER)
    day = an_event(group, **{"title": "Earth Day", **fields})
    sites = {name.lower(): a_site(day, name, capacity=2) for name in SITES}
    return SimpleNamespace(alice=alice, group=group, day=day, **sites)
