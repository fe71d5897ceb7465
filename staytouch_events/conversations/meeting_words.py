"""Appointments in words, and as entries of a calendar."""

from datetime import datetime

from flask import current_app
from flask_babel import gettext as _

from .. import ics
from ..events.words import clock_range, long_day
from ..links import site_link
from ..people.models import Person
from ..when import in_zone
from .meeting_models import Meeting
from .words import name_of


def span_words(starts: datetime, ends: datetime, zone: str) -> str:
    """ "Saturday 28 November, 10–11 am", as clocks in the zone show it."""
    first, last = in_zone(starts, zone), in_zone(ends, zone)
    return f"{long_day(first.date())}, {clock_range(first, last)}"


def both_words(starts: datetime, ends: datetime, zone: str, own_zone: str) -> str:
    """The same, and what it is for the reader where their clocks differ."""
    words, own = span_words(starts, ends, zone), span_words(starts, ends, own_zone)
    if words == own:
        return words
    return _("%(when)s in %(zone)s, for you %(own)s", when=words, zone=zone_words(zone), own=own)


def zone_words(zone: str) -> str:
    """ "Los Angeles" for "America/Los_Angeles"."""
    return zone.rpartition("/")[2].replace("_", " ")


def partner(meeting: Meeting, person: Person) -> Person | None:
    """Whom somebody meets."""
    conversation = meeting.conversation
    return conversation.other if conversation.person_id == person.id else conversation.person


def meeting_title(meeting: Meeting, person: Person) -> str:
    """ "Coffee with Bob"."""
    return _("%(what)s with %(name)s", what=meeting.what, name=name_of(partner(meeting, person)))


def meeting_entry(meeting: Meeting, person: Person, stamped_at: datetime) -> ics.Entry:
    """The appointment in one's calendar."""
    settings, off = current_app.config["SETTINGS"], meeting.cancelled_at is not None
    title, link = meeting_title(meeting, person), site_link("messages.one", number=meeting.conversation_id)
    attendee = ics.Attendee(person.name, person.email, "ACCEPTED") if person.email else None
    return ics.Entry(
        uid=meeting.uid,
        sequence=meeting.sequence,
        dtstamp=stamped_at,
        last_modified=meeting.changed_at,
        created=meeting.created_at,
        status="CANCELLED" if off else "CONFIRMED",
        summary=_("Cancelled: %(title)s", title=title) if off else title,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        description=_("To move it or call it off, write here: %(link)s", link=link),
        url=link,
        location=meeting.place,
        transparent=False,
        organizer=(settings.site_name, meeting.organizer) if attendee else None,
        attendee=attendee,
    )
