"""Mail for tests: answers as mail programs send them, signed or not."""

from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

from staytouch_events.db import db
from staytouch_events.inbound.receive import receive
from staytouch_events.jobs.pump import run_due
from staytouch_events.rsvps.models import Rsvp

from ..cast import NOW

REPLY_TO = "crews@example.net"
RECEIVING = {"mail_from": REPLY_TO, "inbound_mail_token": "a-token-for-tests-only"}


def receiving(app, **more) -> None:
    """Have the site receive mail."""
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], **RECEIVING, **more)


def a_reply(
    rsvp: Rsvp,
    partstat: str = "DECLINED",
    stamped_at: datetime = NOW,
    attendee: str | None = None,
    comment: str = "",
    method: str = "REPLY",
    kind: str = "text/calendar",
    sender: str | None = None,
    organizer: str = "",
    uid: str = "",
) -> bytes:
    """What a mail program sends when its button is pressed."""
    attendee = attendee or rsvp.person.email
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", f"METHOD:{method}", "BEGIN:VEVENT"]
    lines += [f"UID:{uid or rsvp.event.uid}", f"DTSTAMP:{stamped_at:%Y%m%dT%H%M%SZ}"]
    lines += [f"ATTENDEE;PARTSTAT={partstat}:mailto:{attendee}"]
    lines += [f"ORGANIZER:mailto:{organizer}"] if organizer else []
    lines += [f"COMMENT:{comment}"] if comment else []
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender or attendee, REPLY_TO, "Re: invitation"
    message.set_content("My answer.")
    main, sub = kind.split("/")
    calendar = "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()
    message.add_attachment(calendar, maintype=main, subtype=sub, params={"method": method})
    return message.as_bytes()


def arrives(to: str, raw: bytes, now: datetime = NOW) -> None:
    """The message comes in and the worker reads it."""
    receive(to, raw, now)
    db.session.commit()
    run_due(now)
    db.session.expire_all()
