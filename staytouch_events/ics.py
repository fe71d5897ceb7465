"""The one writer of calendars: pure functions from an entry to bytes (RFC 5545, 5546, 7986)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import icalendar
from icalendar import vCalAddress, vDDDTypes, vGeo, vText, vUri

# Part of every ETag: raised when the bytes that this file writes change.
WRITER_VERSION = 1
PRODUCT = "-//StayTouch Events//EN"
STATUSES = ("TENTATIVE", "CONFIRMED", "CANCELLED")


@dataclass(frozen=True)
class Attendee:
    """To whom an invitation is made out, and what they said."""

    name: str
    email: str
    partstat: str


@dataclass(frozen=True)
class Entry:
    """One entry of a calendar. Timed ones start and end at UTC instants; all-day ones hold dates,

    `ends` being the last day itself (the writer makes DTEND the day after).
    """

    uid: str
    sequence: int
    dtstamp: datetime
    last_modified: datetime
    created: datetime
    status: str
    summary: str
    starts: datetime | date
    ends: datetime | date
    all_day: bool = False
    description: str = ""
    url: str = ""
    location: str = ""
    geo: tuple[float, float] | None = None
    categories: tuple[str, ...] = ()
    conference_url: str | None = None
    image_url: str | None = None
    transparent: bool = True
    organizer: tuple[str, str] | None = None
    attendee: Attendee | None = None


def vevent(entry: Entry) -> bytes:
    """One folded VEVENT. Raises ValueError for a STATUS that RFC 5545 does not know for events."""
    return _component(entry).to_ical()


def calendar(
    vevents: Iterable[bytes], *, name: str, zone: str, url: str, source: str | None = None, colour: str | None = None
) -> bytes:
    """A feed of components that were made before, joined; without METHOD (calendar.md, Feeds over HTTP)."""
    head = _head()
    head.add("name", vText(name))
    head.add("x-wr-calname", vText(name))
    head.add("x-wr-timezone", vText(zone))
    refresh = vDDDTypes(timedelta(hours=1))
    refresh.params["VALUE"] = "DURATION"
    head.add("refresh-interval", refresh)
    head.add("x-published-ttl", vDDDTypes(timedelta(hours=1)))
    head.add("url", vUri(url))
    if source:
        feed = vUri(source)
        feed.params["VALUE"] = "URI"
        head.add("source", feed)
    if colour:
        head.add("color", vText(colour))
    return _wrap(head, vevents)


def invitation(entry: Entry, method: str) -> bytes:
    """An iTIP message to one attendee (RFC 5546, 3.2): REQUEST or CANCEL.

    Raises ValueError without ORGANIZER or ATTENDEE, or for a CANCEL that is not CANCELLED.
    """
    if entry.organizer is None or entry.attendee is None:
        raise ValueError("an invitation needs an organizer and one attendee")
    if method not in ("REQUEST", "CANCEL") or (method == "CANCEL") != (entry.status == "CANCELLED"):
        raise ValueError(f"{method} does not go with {entry.status}")
    head = _head()
    head.add("method", vText(method))
    return _wrap(head, [vevent(entry)])


def _head() -> icalendar.Calendar:
    head = icalendar.Calendar()
    head.add("prodid", vText(PRODUCT))
    head.add("version", vText("2.0"))
    head.add("calscale", vText("GREGORIAN"))
    return head


def _wrap(head: icalendar.Calendar, vevents: Iterable[bytes]) -> bytes:
    opening, end, _rest = head.to_ical().partition(b"END:VCALENDAR")
    return b"".join((opening, *vevents, end, b"\r\n"))


def _component(entry: Entry) -> icalendar.Event:
    if entry.status not in STATUSES:
        raise ValueError(f"STATUS {entry.status} is not one of RFC 5545's for events")
    event = icalendar.Event()
    event.add("uid", vText(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _to_the_second(entry.dtstamp))
    event.add("created", _to_the_second(entry.created))
    event.add("last-modified", _to_the_second(entry.last_modified))
    event.add("status", vText(entry.status))
    event.add("summary", vText(entry.summary))
    event.add("dtstart", entry.starts if entry.all_day else _to_the_second(entry.starts))
    event.add("dtend", entry.ends + timedelta(days=1) if entry.all_day else _to_the_second(entry.ends))
    event.add("transp", vText("TRANSPARENT" if entry.transparent else "OPAQUE"))
    for name, text in (("description", entry.description), ("location", entry.location)):
        if text:
            event.add(name, vText(text))
    if entry.categories:
        event.add("categories", list(entry.categories))
    if entry.geo:
        event.add("geo", vGeo(tuple(round(number, 6) for number in entry.geo)))
    if entry.url:
        event.add("url", vUri(entry.url))
    _add_links(event, entry)
    _add_people(event, entry)
    return event


def _add_links(event: icalendar.Event, entry: Entry) -> None:
    """CONFERENCE and IMAGE of RFC 7986, which both require VALUE=URI."""
    if entry.conference_url:
        conference = vUri(entry.conference_url)
        conference.params["VALUE"] = "URI"
        event.add("conference", conference)
    if entry.image_url:
        image = vUri(entry.image_url)
        image.params["VALUE"] = "URI"
        image.params["DISPLAY"] = "BADGE"
        event.add("image", image)


def _add_people(event: icalendar.Event, entry: Entry) -> None:
    if entry.organizer:
        name, email = entry.organizer
        organizer = vCalAddress(f"mailto:{email}")
        organizer.params["CN"] = _one_line(name)
        event.add("organizer", organizer)
    if entry.attendee:
        attendee = vCalAddress(f"mailto:{entry.attendee.email}")
        attendee.params["CN"] = _one_line(entry.attendee.name)
        attendee.params["CUTYPE"] = "INDIVIDUAL"
        attendee.params["ROLE"] = "REQ-PARTICIPANT"
        attendee.params["PARTSTAT"] = entry.attendee.partstat
        attendee.params["RSVP"] = "TRUE"
        event.add("attendee", attendee)


def _one_line(text: str) -> str:
    """A parameter value holds no line break, and not every reader undoes RFC 6868."""
    return " ".join(text.replace('"', "'").split())


def _to_the_second(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)
