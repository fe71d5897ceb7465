"""Links that stand for a right: standing tokens, tokens for one use, short codes (reliability.md, 8)."""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from typing import Any

from flask import current_app

_TAG = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}")
_SHAPE = re.compile(r"[a-z2-7]{13}\.[a-z2-7]{26}")
# Without look-alikes: no 0 and o, no 1, i and l, no 5 and s, no 2 and z, no 8 and b, no u and v.
_CODE_LETTERS = "acdefghjkmnpqrtwxy34679"
CODE_LENGTH, EVENT_CODE_LENGTH = 8, 7


def site_link(endpoint: str, **values: Any) -> str:
    """The full address of a page, from the configured SITE_URL alone, inside a request or not."""
    path = current_app.url_map.bind("site").build(endpoint, values)
    return current_app.config["SETTINGS"].site_url + path


def link_tag(text: str | None) -> str:
    """The tag of a link (`?from=flyer`), lower case: 30 letters, digits, "-" and "_" at most, else "".

    It says which link was followed and nothing of who followed it.
    """
    lowered = (text or "").strip().lower()
    return lowered if _TAG.fullmatch(lowered) else ""


def new_public_id() -> str:
    """64 random bits in lower-case base32: 13 characters."""
    return _base32(secrets.token_bytes(8))


def token(keys: Sequence[str], purpose: str, public_id: str, generation: int) -> str:
    """`<public id>.<mac>`: 40 characters that survive a mail address, signed with the newest key."""
    return f"{public_id}.{_mac(keys[0], purpose, public_id, generation)}"


def public_id_of(text: str) -> str | None:
    """The public id inside a token of the right shape, whatever its case; nothing is verified."""
    lowered = text.lower()
    return lowered[:13] if _SHAPE.fullmatch(lowered) else None


def is_token(keys: Sequence[str], text: str, purpose: str, public_id: str, generation: int) -> bool:
    """Whether the token stands for just this, under the newest key or an older one."""
    given = text.lower()
    return any(
        hmac.compare_digest(given.encode(), f"{public_id}.{_mac(key, purpose, public_id, generation)}".encode())
        for key in keys
    )


def new_once_token() -> str:
    """256 random bits, to be mailed and spent once."""
    return secrets.token_urlsafe(32)


def once_hash(text: str) -> str:
    """What is kept of a token for one use."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_short_code() -> str:
    """Eight letters and digits without look-alikes, to type on another device."""
    return _letters(CODE_LENGTH)


def new_event_code() -> str:
    """What stands behind /e/: short enough for a strip of paper, and none of 3 thousand million is like another."""
    return _letters(EVENT_CODE_LENGTH)


def code_mac(key: str, email: str, code: str) -> str:
    """What is kept of a short code: it is valid with this address alone."""
    typed = re.sub(r"[\s-]", "", code).lower()
    return hmac.new(key.encode(), f"code|{email}|{typed}".encode(), hashlib.sha256).hexdigest()


def _mac(key: str, purpose: str, public_id: str, generation: int) -> str:
    said = f"{purpose}|{public_id}|{generation}".encode()
    return _base32(hmac.new(key.encode(), said, hashlib.sha256).digest()[:16])


def _letters(count: int) -> str:
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(count))


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()
