"""Links that put a copy of one event into somebody's calendar program."""

from urllib.parse import quote, urlencode

from flask_babel import gettext as _

from ..events.models import Event
from ..events.words import last_day, where_words
from ..links import site_link
from ..markdown import plain


def add_links(event: Event) -> list[tuple[str, str]]:
    """(label, address) for a copy of one event that never moves: only for people who have not answered."""
    stamp = "%Y%m%d" if event.all_day else "%Y%m%dT%H%M%SZ"
    first, last = (event.starts_wall, event.ends_wall) if event.all_day else (event.starts_at, event.ends_at)
    about = f"{plain(event.summary)}\n\n{site_link('pages.event', slug=event.slug)}"
    google = {
        "action": "TEMPLATE",
        "text": event.title,
        "dates": f"{first:{stamp}}/{last:{stamp}}",
        "location": where_words(event),
        "details": about,
    }
    outlook = {
        "rru": "addevent",
        "subject": event.title,
        "startdt": f"{event.starts_wall:%Y-%m-%d}" if event.all_day else f"{first:%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{last_day(event):%Y-%m-%d}" if event.all_day else f"{last:%Y-%m-%dT%H:%M:%SZ}",
        "location": where_words(event),
        "body": about,
    }
    if event.all_day:
        outlook["allday"] = "true"
    return [
        ("Google", f"https://calendar.google.com/calendar/render?{urlencode(google, quote_via=quote)}"),
        ("Outlook", f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(outlook, quote_via=quote)}"),
        (_("Apple or file"), site_link("feeds.event", slug=event.slug)),
    ]
