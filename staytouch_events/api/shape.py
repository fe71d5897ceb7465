"""Events and groups as the interface gives them: public facts alone (openapi.json says what each means)."""

from datetime import datetime
from typing import Any

from ..events.host_queries import cohosts
from ..events.models import CANCELLED, POSTPONED, PUBLISHED, Event
from ..events.places import public_point
from ..events.words import last_day
from ..groups.models import Group
from ..links import site_link
from ..rsvps.queries import Numbers, SeatMark
from ..sites.room import Room
from ..volunteers.queries import Need

STATUS = {PUBLISHED: "confirmed", POSTPONED: "postponed", CANCELLED: "cancelled"}
LEFT = {"open": "some", "few": "few", "full": "none"}
# Beside a card's columns, what a list tells of each event.
COLUMNS = "summary tags uid reason changed_at precision country_code online_url picture".split()


def event_json(
    row, group_name: str, group_slug: str, mark: SeatMark | None, need: Need | None, metres: float | None = None
) -> dict:
    """One event of a list: an Event, or a row with its columns."""
    return {
        "slug": row.slug,
        "uid": row.uid,
        "url": site_link("pages.event", slug=row.slug),
        "ics_url": site_link("feeds.event", slug=row.slug),
        "title": row.title,
        "kind": row.kind,
        "summary": row.summary,
        "tags": list(row.tags),
        "status": STATUS[row.state],
        "reason": row.reason,
        **_times(row),
        "place": _place(row),
        "online": row.online,
        "online_url": row.online_url or None,
        "group": _crew(group_name, group_slug),
        "seats_left": LEFT[mark.word] if mark else "unlimited",
        "waitlist": bool(row.waitlist),
        "hands_needed": need.hands if need else 0,
        "picture_url": site_link("groups.picture", name=row.picture) if row.picture else None,
        "distance_m": None if metres is None else round(metres),
        "updated_at": _stamp(row.changed_at),
    }


def whole_event_json(
    event: Event, mark: SeatMark | None, need: Need | None, numbers: Numbers, day: Event | None, sites: list[Room]
) -> dict[str, Any]:
    """One event with all that its public page says: the day it is a site of, or its own sites."""
    return {
        **event_json(event, event.group.name, event.group.slug, mark, need),
        "description": event.description,
        "bring": event.bring.splitlines(),
        "provided": event.provided.splitlines(),
        "schedule": event.schedule,
        "languages": event.languages,
        "minimum_age": event.minimum_age,
        "dogs": event.dogs or None,
        "wheelchair": event.wheelchair or None,
        "families": event.families or None,
        "capacity": event.capacity,
        "going": numbers.going,
        "waiting": numbers.waiting,
        "takes_answers": not event.is_umbrella,
        "day": None if day is None else {"slug": day.slug, "title": day.title, "url": _page(day)},
        "sites": [_site(room) for room in sites],
        "hosts": [_crew(group.name, group.slug) for group in (event.group, *cohosts(event))],
    }


def _crew(name: str, slug: str) -> dict[str, str]:
    return {"slug": slug, "name": name, "url": site_link("pages.group", slug=slug)}


def _site(room: Room) -> dict[str, Any]:
    """One of a day's sites; `free` is null where there is no limit."""
    return {"slug": room.site.slug, "name": room.name, "url": _page(room.site), "free": room.free}


def _page(event: Event) -> str:
    return site_link("pages.event", slug=event.slug)


def group_json(group: Group, metres: float | None = None) -> dict[str, Any]:
    """One group of a list."""
    return {
        "slug": group.slug,
        "url": site_link("pages.group", slug=group.slug),
        "ics_url": site_link("feeds.group", slug=group.slug),
        "atom_url": site_link("feeds.group_news", slug=group.slug),
        "name": group.name,
        "summary": group.summary,
        "causes": list(group.causes),
        "place": None
        if group.lat is None
        else {"town": group.place_name, "country_code": group.country_code, "lat": group.lat, "lon": group.lon},
        "zone": group.zone,
        "language": group.language,
        "colour": group.colour,
        "picture_url": site_link("groups.picture", name=group.picture) if group.picture else None,
        "distance_m": None if metres is None else round(metres),
    }


def whole_group_json(group: Group, members: int) -> dict[str, Any]:
    """One group with all that its public page says."""
    return {**group_json(group), "about": group.about, "links": group.links, "members": members}


def _times(row) -> dict[str, Any]:
    """Instants in UTC and the place's own clock; an all-day event names its last day itself."""
    first, last = row.starts_wall, row.ends_wall
    return {
        "starts_at": _stamp(row.starts_at),
        "ends_at": _stamp(row.ends_at),
        "starts_local": f"{first:%Y-%m-%d}" if row.all_day else f"{first:%Y-%m-%dT%H:%M:%S}",
        "ends_local": f"{last_day(row):%Y-%m-%d}" if row.all_day else f"{last:%Y-%m-%dT%H:%M:%S}",
        "zone": row.zone,
        "all_day": row.all_day,
    }


def _place(row) -> dict[str, Any] | None:
    point = public_point(row)
    hidden = row.place_hidden
    known = (row.place_name,) if hidden else (row.venue, row.address, row.place_name)
    if point is None and not any(known):
        return None
    return {
        "venue": "" if hidden else row.venue,
        "address": "" if hidden else row.address,
        "town": row.place_name,
        "country_code": row.country_code,
        "lat": point and point[0],
        "lon": point and point[1],
        "precision": "hidden" if hidden else row.precision,
    }


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
