"""What a calendar shows of an event: the public entry, stored with the event and joined into feeds."""

from dataclasses import replace
from datetime import timedelta

from flask_babel import gettext as _

from .. import ics, markdown
from ..links import site_link
from ..spoken import speaking
from .models import CANCELLED, POSTPONED, PUBLISHED, Event
from .places import whereabouts
from .weather import is_undecided, weather_words
from .words import last_day, when_words, where_words

# So long feeds show what left them as cancelled.
SERVED_FOR = timedelta(days=30)
STATUS = {PUBLISHED: "CONFIRMED", POSTPONED: "TENTATIVE", CANCELLED: "CANCELLED"}


def entry(event: Event, exact: bool = False, **personal) -> ics.Entry:
    """The event as a calendar entry, in its group's language; `personal` overrides single fields.

    With the exact place for whoever may see it. A postponed event keeps its times and is
    TENTATIVE until the new date, and so is one that waits for the weather (calendar.md).
    """
    with speaking(event.group.language):
        fields = {
            "uid": event.uid,
            "sequence": event.sequence,
            "dtstamp": event.changed_at,
            "last_modified": event.changed_at,
            "created": event.created_at,
            "status": "TENTATIVE" if is_undecided(event) else STATUS[event.state],
            "summary": entry_title(event),
            "description": description(event, exact),
            "url": site_link("pages.event", slug=event.slug),
            "starts": event.starts_wall.date() if event.all_day else event.starts_at,
            "ends": last_day(event) if event.all_day else event.ends_at,
            "all_day": event.all_day,
            "location": where_words(event, exact),
            "geo": whereabouts(event, exact).point,
            "categories": (event.kind, *event.tags),
            "conference_url": event.online_url or None,
            "image_url": site_link("groups.picture", name=event.picture) if event.picture else None,
            "transparent": True,
            "organizer": None,
            "attendee": None,
        }
    return ics.Entry(**{**fields, **personal})


def no_longer_listed(event: Event) -> bytes:
    """What feeds show of an event that left them: UID, times and that, nothing else (reliability.md, Unlisted)."""
    with speaking(event.group.language):
        summary = _("No longer listed")
    bare = {"description": "", "url": "", "location": "", "geo": None, "categories": ()}
    shown = replace(entry(event), status="CANCELLED", summary=summary, conference_url=None, image_url=None, **bare)
    return ics.vevent(replace(shown, sequence=event.sequence + 1))


def entry_title(event: Event) -> str:
    """The title, with the news in front of it where there is bad news."""
    if event.state == POSTPONED:
        return _("Postponed: %(title)s", title=event.title)
    if event.state == CANCELLED:
        return _("Cancelled: %(title)s", title=event.title)
    return event.title


def description(event: Event, exact: bool) -> str:
    """What the entry says beneath its title."""
    meet = whereabouts(event, exact).meeting_point
    parts = [
        event.reason if event.state in (POSTPONED, CANCELLED) else "",
        event.summary,
        markdown.plain(event.description),
        _("When: %(when)s", when=when_words(event)),
        _("Meet: %(where)s", where=meet) if meet else "",
        _("If it rains: %(plan)s", plan=weather_words(event)) if is_undecided(event) else "",
        site_link("pages.event", slug=event.slug),
    ]
    return "\n\n".join(part for part in parts if part)
