"""The register of who makes something of mail that came in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage


@dataclass(frozen=True)
class Arrived:
    """A message as readers get it. `tag` is what stands behind the + of the address it came to, in lower case;

    `vouched_for` is the From address where its own domain's DKIM signature holds, else None.
    """

    message: EmailMessage
    tag: str
    vouched_for: str | None


READERS: list[Callable[[Arrived, datetime], str | None]] = []


def reads(function: Callable[[Arrived, datetime], str | None]) -> Callable:
    """Register a reader: (arrived, now) -> what it made of it, in words, or None where it is none of its business."""
    READERS.append(function)
    return function
