"""Reports that a letter of ours could not be delivered (RFC 3464)."""

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from sqlalchemy import select

from ..db import db
from ..outbox.models import BOUNCED, Letter
from ..outbox.stops import LONGEST_WHY, stop_mail
from ..outbox.transport import is_about_address
from .readers import Arrived, reads

RETURNED = ("message/rfc822", "text/rfc822-headers")


@reads
def read_bounce(mail: Arrived, now: datetime) -> str | None:
    """Stop mail to the address of the letter that came back for good.

    What proves the report is the Message-ID that it returns: 128 random bits that only that letter had.
    """
    if mail.message.get_content_type() != "multipart/report":
        return None
    if (status := failure_in(mail.message)) is None:
        return "a report of no lasting failure"
    letter = _letter_returned_in(mail.message)
    if letter is None:
        return "a report about no letter of ours"
    letter.state, letter.last_error, letter.raw, letter.facts = BOUNCED, status[:LONGEST_WHY], None, {}
    letter.ended_at = letter.ended_at or now
    stop_mail(letter.to_email, status, now)
    return "mail came back: none is sent there until its owner is heard from"


def failure_in(message: EmailMessage) -> str | None:
    """What the other server said, where the address itself can't be reached for good; else None.

    A full box or a refused text is not the address's fault.
    """
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in part.get_payload():
            status = str(fields.get("Status", "")).split(" ")[0].strip()
            failed = str(fields.get("Action", "")).strip().lower() == "failed"
            if failed and is_about_address(status):
                return " ".join(str(fields.get("Diagnostic-Code", status)).split())
    return None


def _letter_returned_in(message: EmailMessage) -> Letter | None:
    for part in message.walk():
        if part.get_content_type() in RETURNED:
            headers = part.get_payload(0) if part.is_multipart() else _headers(part)
            sent = select(Letter).where(Letter.message_id == str(headers.get("Message-ID", "")).strip())
            if found := db.session.scalar(sent):
                return found
    return None


def _headers(part: EmailMessage) -> EmailMessage:
    return message_from_bytes(part.get_payload(decode=True) or b"", policy=policy.default)
