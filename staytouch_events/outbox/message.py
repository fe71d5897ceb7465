"""The one mail builder: one recipient, text and HTML, and an invitation where there is one."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime


class BadAddress(ValueError):
    """An address that could smuggle in another one, or a header."""


@dataclass(frozen=True)
class Mail:
    """A message as it will be sent. `calendar` is (bytes, method)."""

    sender: tuple[str, str]
    to: tuple[str, str]
    subject: str
    text: str
    html: str
    message_id: str
    date: datetime
    reply_to: str | None = None
    references: str | None = None
    calendar: tuple[bytes, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)


def build(mail: Mail) -> bytes:
    """The message's bytes (RFC 5322, 6047). Raises BadAddress for what reliability.md, 14 refuses."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(*mail.sender)
    message["To"] = _address(*mail.to)
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = format_datetime(mail.date)
    message["Message-ID"] = mail.message_id
    if mail.reply_to:
        message["Reply-To"] = _address("", mail.reply_to)
    if mail.references:
        message["References"] = mail.references
    for name, value in mail.headers.items():
        message[name] = _one_line(value)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    if mail.calendar:
        _add_invitation(message, *mail.calendar)
    return message.as_bytes()


def _add_invitation(message: EmailMessage, calendar: bytes, method: str) -> None:
    """Twice: inline and last, for programs that show buttons, and as a file for those that lose it."""
    inline = MIMEPart(policy=SMTP)
    inline.set_content(calendar, maintype="text", subtype="calendar", cte="base64")
    inline.set_param("charset", "utf-8")
    inline.set_param("method", method)
    del inline["Content-Disposition"]
    message.attach(inline)
    message.make_mixed()
    message.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")
    attachment = list(message.iter_attachments())[-1]
    attachment.set_param("name", "invite.ics")


def plain_address(email: str) -> str:
    """The address with its domain in ASCII. Raises BadAddress."""
    local, at, domain = email.rpartition("@")
    if not at or not local or not domain or re.search(r"[\s\x00-\x1f,;:<>\"()\[\]\\]", email):
        raise BadAddress("not one plain address")
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        raise BadAddress("not a domain") from None


def _address(name: str, email: str) -> Address:
    return Address(display_name=_one_line(name), addr_spec=plain_address(email))


def _one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text).strip()
