"""Making a day of an event, and its sites."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from ..attendance.briefing import COPIED, day_of, save_day
from ..db import lock
from ..events.actions import changed, new_event, publish
from ..events.hosting import take_along
from ..events.models import CANCELLED, HOURS, POSTPONED, PUBLISHED, Event
from ..events.queries import sites_of
from ..events.times import moved_times
from ..refusals import Refused
from ..rsvps.models import DECLINED
from ..rsvps.queries import roster
from ..series.queries import date_of
from .names import longest_name, site_title

# More are several days, or several crews.
MOST = 100


@dataclass(frozen=True)
class NewSite:
    """A site as an organizer types it; `hours` are its own, (start, end) in wall time, else the day's."""

    name: str
    place: dict[str, Any]
    meeting_point: str = ""
    capacity: int | None = None
    hours: tuple[datetime, datetime] | None = None
    # Who leads there and their phone, for those who come.
    lead: str = ""
    lead_phone: str = ""


def add_site(day: Event, typed: NewSite, now: datetime) -> Event:
    """Add a site to a day, which the event becomes with its first one.

    It takes over text, questions, shifts, waivers, lists and crews from the day, and is shown once the day is.
    Raises Refused where the event can't be such a day, with whom its answers would be nobody's.
    """
    day = lock(day)
    check_day(day, now)
    if not day.is_umbrella:
        day.is_umbrella = True
        changed(day, now)
    if len(sites_of(day)) >= MOST:
        raise Refused(_("A day has %(num)d sites at most.", num=MOST))
    if len(typed.name) > longest_name(day):
        raise Refused(_("The day's title and this name are too long together. Shorten one of them."))
    site = new_event(day.group, now, copy_of=day, umbrella_id=day.id, **_fields(day, typed))
    take_along(site, day, now)
    if typed.lead:
        _name_lead(site, typed, now)
    if day.state == PUBLISHED:
        publish(site, now)
    return site


def end_day(day: Event, now: datetime) -> None:
    """Make it one event again. Raises Refused while it has sites."""
    day = lock(day)
    if sites_of(day):
        raise Refused(_("It still has sites. Delete those that were never published; published ones are cancelled."))
    if day.is_umbrella:
        day.is_umbrella = False
        changed(day, now)


def check_day(day: Event, now: datetime) -> None:
    """Raise Refused, in words, where an event can't get a site."""
    if day.umbrella_id is not None:
        raise Refused(_("This is a site of a day itself."))
    if day.starts_wall is None or day.ends_wall is None:
        raise Refused(_("Say first when it starts and ends."))
    if day.state in (CANCELLED, POSTPONED) or day.is_past(now):
        raise Refused(_("Sites are added while the day is on and to come."))
    if date_of(day) is not None:
        raise Refused(_("It repeats. Copy it to a date of its own first."))
    if not day.is_umbrella and any(rsvp.answer != DECLINED for rsvp in roster(day)):
        raise Refused(_("People have answered it already. Copy it, and give the copy several sites."))


def _fields(day: Event, typed: NewSite) -> dict[str, Any]:
    place = dict(typed.place)
    zone = place.pop("zone", None) or day.zone
    starts, ends = typed.hours or (day.starts_wall, day.ends_wall)
    times = moved_times(starts, ends, zone, day.all_day and typed.hours is None)
    nowhere = dict.fromkeys(("public_lat", "public_lon", "drawn_lat", "drawn_lon", "parking_lat", "parking_lon"))
    own = {"title": site_title(day, typed.name), "venue": typed.name, "parking": "", "transit": ""}
    own |= {"meeting_point": typed.meeting_point, "capacity": typed.capacity}
    return {name: getattr(day, name) for name in HOURS} | times | nowhere | place | own


def _name_lead(site: Event, typed: NewSite, now: datetime) -> None:
    """Their phone comes with them: the day's is somebody else's."""
    known = day_of(site)
    info = {name: getattr(known, name) if known else "" for name in COPIED}
    save_day(site, info | {"lead": typed.lead, "lead_phone": typed.lead_phone}, now)
