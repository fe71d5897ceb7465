"""Reading the mail that the site sends."""

import re
from email.message import EmailMessage

import icalendar


def text_of(message: EmailMessage) -> str:
    """The text part."""
    return message.get_body(("plain",)).get_content()


def link_in(message: EmailMessage, path: str) -> str:
    """The first link to such a path."""
    return re.search(rf"https?://\S+{path}\S*", text_of(message))[0]


def invitation_in(message: EmailMessage) -> tuple[str, icalendar.Event]:
    """Method and event of the invitation inside."""
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["METHOD"]
    return str(calendar["METHOD"]), calendar.walk("VEVENT")[0]
