"""An event as schema.org JSON-LD, for search engines."""

import json
from typing import Any

from markupsafe import Markup

from ..events.host_queries import cohosts
from ..events.index import is_listed
from ..events.models import CANCELLED, POSTPONED, PUBLISHED, Event
from ..events.places import whereabouts
from ..events.queries import day_of_site, sites_of
from ..events.weather import previous_start
from ..events.words import last_day, where_words
from ..groups.models import Group
from ..links import site_link
from ..when import in_zone

STATUS = {CANCELLED: "EventCancelled", POSTPONED: "EventPostponed"}


def event_jsonld(event: Event) -> Markup:
    """JSON that is safe inside a script element; a day names its sites, a site its day."""
    fields, day = {"@context": "https://schema.org", **_fields(event)}, day_of_site(event)
    if day is not None and is_listed(day):
        fields["superEvent"] = _fields(day)
    others = cohosts(event)
    if others:
        fields["organizer"] = [_crew(group) for group in (event.group, *others)]
    sites = [_fields(site) for site in sites_of(event) if is_listed(site)] if event.is_umbrella else []
    return escaped_json(fields | ({"subEvent": sites} if sites else {}))


def _fields(event: Event) -> dict[str, Any]:
    online, placed = event.online, bool(_place(event))
    mode = "Mixed" if online and placed else "Online" if online else "Offline"
    was = previous_start(event) if event.state == PUBLISHED else None
    usual = "EventRescheduled" if was else "EventScheduled"
    fields: dict[str, Any] = {
        "@type": "Event",
        "name": event.title,
        "url": site_link("pages.event", slug=event.slug),
        "startDate": _start(event),
        "endDate": last_day(event).isoformat() if event.all_day else in_zone(event.ends_at, event.zone).isoformat(),
        "eventStatus": f"https://schema.org/{STATUS.get(event.state, usual)}",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "organizer": _crew(event.group),
        "location": [*_place(event), *_online(event)],
    }
    if was:
        fields["previousStartDate"] = in_zone(was, event.zone).isoformat()
    if event.summary:
        fields["description"] = event.summary
    if event.picture:
        fields["image"] = [site_link("groups.picture", name=event.picture)]
    return fields


def _crew(group: Group) -> dict[str, str]:
    return {"@type": "Organization", "name": group.name, "url": site_link("pages.group", slug=group.slug)}


def escaped_json(value: Any) -> Markup:
    """JSON with < > & and U+2028/9 escaped (reliability.md, 11)."""
    text = json.dumps(value, ensure_ascii=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)


def _start(event: Event) -> str:
    if event.all_day:
        return event.starts_wall.date().isoformat()
    return in_zone(event.starts_at, event.zone).isoformat()


def _place(event: Event) -> list[dict[str, Any]]:
    known = whereabouts(event)
    if known.point is None and not known.venue and not known.address:
        return []
    place: dict[str, Any] = {"@type": "Place", "name": known.venue or known.place_name, "address": where_words(event)}
    if known.point is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": known.point[0], "longitude": known.point[1]}
    return [place]


def _online(event: Event) -> list[dict[str, str]]:
    url = event.online_url or site_link("pages.event", slug=event.slug)
    return [{"@type": "VirtualLocation", "url": url}] if event.online else []
