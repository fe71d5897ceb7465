"""DKIM signatures of the site's own (RFC 6376), where the operator gave it a key."""

from base64 import b64encode
from functools import lru_cache
from pathlib import Path

import dkim
from dkim.crypto import parse_pem_private_key

from ..config import Settings

# What readers show and act on; List-Unsubscribe counts only where it is signed (RFC 8058, 4).
SIGNED = ("From", "To", "Subject", "Date", "Message-ID", "Reply-To", "References", "MIME-Version", "Content-Type")
SIGNED += ("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post")

# 1.2.840.113549.1.1.1, which says that a key is an RSA one.
RSA = bytes.fromhex("06092a864886f70d010101")


def sign(raw: bytes, settings: Settings) -> bytes:
    """The message with a signature of MAIL_FROM's domain in front; as it is where there is no key."""
    if settings.dkim_key is None:
        return raw
    domain = settings.mail_from.rpartition("@")[2].encode("idna")
    signature = dkim.sign(
        raw,
        settings.dkim_selector.encode(),
        domain,
        _key(settings.dkim_key),
        canonicalize=(b"relaxed", b"relaxed"),
        # Each once more than it stands there, so that none can be added unseen.
        include_headers=[name.lower().encode() for name in SIGNED * 2],
    )
    return signature + raw


def public_record(path: Path) -> str:
    """The TXT record that lets receivers check signatures of this key (RFC 6376, 3.6.1)."""
    key = parse_pem_private_key(_key(path))
    numbers = b"".join(_der(2, _integer(key[name])) for name in ("modulus", "publicExponent"))
    algorithm = _der(0x30, RSA + b"\x05\x00")
    info = _der(0x30, algorithm + _der(3, b"\x00" + _der(0x30, numbers)))
    return f"v=DKIM1; k=rsa; p={b64encode(info).decode()}"


def _integer(number: int) -> bytes:
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _der(tag: int, body: bytes) -> bytes:
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


@lru_cache(maxsize=4)
def _key(path: Path) -> bytes:
    return path.read_bytes()
