"""Whose DKIM signature a message bears (RFC 6376), checked here and not believed from a header."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

import dkim

from ..resolver import Resolver

MOST = 5


def vouched_for(raw: bytes, resolver: Resolver) -> str | None:
    """The address in From, where a signature of its own domain covers the whole message; else None."""
    message = message_from_bytes(raw, policy=policy.default)
    address = sender_of(message)
    signatures = message.get_all("DKIM-Signature", [])[:MOST]
    if address is None or not signatures:
        return None
    domain = address.rpartition("@")[2]
    for place, signature in enumerate(signatures):
        if _aligned(_part(signature, "d"), domain) and not _part(signature, "l") and _holds(raw, place, resolver):
            return address
    return None


def sender_of(message: EmailMessage) -> str | None:
    """The one address in the one From header, in lower case; None where there are more or none."""
    headers = message.get_all("From", [])
    found = headers[0].addresses if len(headers) == 1 and hasattr(headers[0], "addresses") else ()
    return found[0].addr_spec.lower() if len(found) == 1 and found[0].domain else None


def _holds(raw: bytes, place: int, resolver: Resolver) -> bool:
    try:
        return dkim.DKIM(raw, timeout=5).verify(place, dnsfunc=resolver.dkim_record)
    except (dkim.DKIMException, ValueError, UnicodeError, IndexError):
        return False


def _aligned(signer: str, domain: str) -> bool:
    """Relaxed, as DMARC has it: the domain itself or one above it, never a top-level one."""
    return bool(signer) and "." in signer and (domain == signer or domain.endswith(f".{signer}"))


def _part(signature: str, name: str) -> str:
    found = re.search(rf"(?:^|;)\s*{name}\s*=([^;]*)", str(signature))
    return re.sub(r"\s", "", found[1]).lower() if found else ""
