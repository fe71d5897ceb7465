"""Answers to invitations as mail programs send them (RFC 5546, 3.2.3), read out of a message."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage

import icalendar

TYPES = ("text/calendar", "application/ics")


@dataclass(frozen=True)
class Reply:
    """One attendee's answer to one invitation; `partstat` is what they said, in capitals."""

    uid: str
    attendee: str
    partstat: str
    stamped_at: datetime
    comment: str
    organizer: str


def replies_in(message: EmailMessage) -> list[Reply]:
    """Every different REPLY in a message; the same one inline and attached is one. Broken ones are left out."""
    found = (reply for part in message.walk() if part.get_content_type() in TYPES for reply in _replies(part))
    return list(dict.fromkeys(found))


def _replies(part: EmailMessage) -> list[Reply]:
    try:
        calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True) or b"")
        method = str(calendar.get("METHOD") or part.get_param("method") or "").upper()
        events = calendar.walk("VEVENT") if method == "REPLY" else []
        return [reply for event in events if (reply := _reply(event))]
    except (ValueError, TypeError, AttributeError, IndexError, KeyError):
        return []


def _reply(event: icalendar.Event) -> Reply | None:
    attendee, stamp = event.get("ATTENDEE"), event.get("DTSTAMP")
    if event.get("UID") is None or attendee is None or isinstance(attendee, list) or stamp is None:
        return None
    moment = stamp.dt
    if not isinstance(moment, datetime):
        return None
    return Reply(
        uid=str(event["UID"]),
        attendee=_address(attendee),
        partstat=str(attendee.params.get("PARTSTAT", "")).upper(),
        stamped_at=moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC),
        comment=_comment(event.get("COMMENT")),
        organizer=_address(event.get("ORGANIZER") or ""),
    )


def _comment(said) -> str:
    return "\n".join(map(str, said)) if isinstance(said, list) else str(said or "")


def _address(uri: str) -> str:
    text = str(uri).strip()
    return (text[7:] if text.lower().startswith("mailto:") else text).lower()
