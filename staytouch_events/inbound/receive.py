"""Taking a message in: only to our own addresses, only so large, stored and planned in one moment."""

import hashlib
from datetime import datetime

from flask import current_app
from sqlalchemy.dialects import postgresql, sqlite

from ..config import Settings
from ..db import db
from ..jobs import schedule
from .models import WAITING, ReceivedMail

# Bytes. An answer has a few thousand, a bounce with the letter in it a few tens of thousands.
LARGEST = 1_000_000


def is_ours(address: str, settings: Settings) -> bool:
    """Whether mail to this address is for the site: its sender or reply address, with or without a + part."""
    local, _at, domain = address.lower().rpartition("@")
    ours = {settings.mail_from.lower(), settings.reply_address.lower()}
    return f"{local.partition('+')[0]}@{domain}" in ours


def receive(to: str, raw: bytes, now: datetime) -> bool:
    """Keep a message and plan its reading, in the caller's transaction; False where it is none of ours to take.

    The same message to the same address again does nothing.
    """
    if len(raw) > LARGEST or not is_ours(to, current_app.config["SETTINGS"]):
        return False
    digest = hashlib.sha256(to.lower().encode() + b"\0" + raw).hexdigest()
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    kept = insert(ReceivedMail).values(
        hash=digest, to_email=to.lower(), received_at=now, raw=raw, state=WAITING, why=""
    )
    number = db.session.scalar(kept.on_conflict_do_nothing(index_elements=["hash"]).returning(ReceivedMail.id))
    if number is not None:
        schedule("inbound.read", str(number), now, {"mail": number})
    return True
