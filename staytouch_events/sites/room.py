"""Where there is room: the sites that a viewer of the day finds, and the nearest to one that is full."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from ..events.models import PUBLIC, SHOWN, Event
from ..events.places import public_point
from ..events.queries import day_of_site, sites_of
from ..events.words import distance_words
from ..geo.distance import distance_m
from ..geo.regions import uses_miles
from ..links import site_link
from ..rsvps.additions import IN_LINE, Line, adds_to
from ..rsvps.models import Rsvp
from ..rsvps.queries import numbers_of, seats_left
from ..rsvps.words import why_closed
from .names import site_name


@dataclass(frozen=True)
class Room:
    """A site with its free spots (None without a limit) and how far it is in metres (None where unknown)."""

    site: Event
    name: str
    free: int | None
    metres: float | None
    # Why nobody can answer there now.
    closed: str | None

    @property
    def is_full(self) -> bool:
        """Whether its spots are taken."""
        return self.free == 0


def rooms_of(day: Event, point: tuple[float, float] | None, now: datetime) -> list[Room]:
    """The sites that whoever sees the day finds: the nearest to the point first, else by name."""
    sites = [site for site in sites_of(day) if site.state in SHOWN and site.visibility in (PUBLIC, day.visibility)]
    numbers = numbers_of([site.id for site in sites])
    rooms = [
        Room(site, site_name(day, site), _free(site, numbers[site.id]), _far(point, site), why_closed(site, now))
        for site in sites
    ]
    return sorted(rooms, key=lambda room: (room.metres is None, room.metres or 0, room.name.lower(), room.site.id))


def nearest_with_room(site: Event, people: int, now: datetime) -> Room | None:
    """Of the other sites of its day that take answers, the nearest one where so many people find room."""
    day = day_of_site(site)
    rooms = rooms_of(day, public_point(site), now) if day is not None and day.is_shown else []
    fitting = (room for room in rooms if room.closed is None and (room.free is None or room.free >= people))
    return next((room for room in fitting if room.site.id != site.id and _as_open(room.site, site)), None)


def room_words(room: Room, unit: str) -> str:
    """ "Coyote Creek, 2.1 km away, has 7 spots.", for miles or kilometres."""
    name = room.name if room.metres is None else _("%(site)s, %(far)s away,", site=room.name, far=_words(room, unit))
    if room.free is None:
        return _("%(site)s has room.", site=name)
    return ngettext("%(site)s has %(num)d spot left.", "%(site)s has %(num)d spots left.", room.free, site=name)


@adds_to(IN_LINE)
def room_lines(rsvp: Rsvp, now: datetime) -> list[Line]:
    """Whoever waits reads where they need not wait."""
    room = nearest_with_room(rsvp.event, rsvp.wanted, now)
    if room is None:
        return []
    link = site_link("pages.event", slug=room.site.slug)
    return [Line(_("Room at another site"), room_words(room, unit_of(rsvp)), link, _("Go there instead"))]


def unit_of(rsvp: Rsvp) -> str:
    """What they count distances in: as they chose, else as people do at the place."""
    event = rsvp.event
    return rsvp.person.unit or ("mi" if uses_miles(event.country_code or event.group.country_code) else "km")


def _free(site: Event, numbers) -> int | None:
    if site.capacity is None:
        return None
    return seats_left(site.capacity, site.seats_for_shifts, numbers.going, numbers.helping)


def _far(point: tuple[float, float] | None, site: Event) -> float | None:
    there = public_point(site)
    return None if point is None or there is None else distance_m(*point, *there)


def _words(room: Room, unit: str) -> str:
    return distance_words(room.metres, unit)


def _as_open(other: Event, site: Event) -> bool:
    """Whether whoever sees this site may be led to the other."""
    return other.visibility in (PUBLIC, site.visibility)
