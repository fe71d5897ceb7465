"""Links that stand for a right (reliability.md, 8)."""

import base64
import secrets


def new_public_id() -> str:
    """64 random bits in lower-case base32: 13 characters."""
    return base64.b32encode(secrets.token_bytes(8)).decode().rstrip("=").lower()
