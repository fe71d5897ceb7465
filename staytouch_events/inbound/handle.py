"""Reading what came in: check its signature outside any transaction, then ask each reader."""

import logging
from datetime import datetime
from email import message_from_bytes, policy
from typing import Any

from flask import current_app

from ..db import db
from ..jobs import job
from ..resolver import Resolver
from .models import LEFT, READ, ReceivedMail
from .readers import READERS, Arrived
from .signatures import vouched_for

log = logging.getLogger("staytouch.inbound")


def _check(facts: dict[str, Any], _now: datetime) -> str | None:
    """Who vouches for it: asking another host's DNS may take seconds."""
    row = db.session.get(ReceivedMail, facts["mail"])
    raw = row.raw if row else None
    db.session.rollback()
    return vouched_for(raw, Resolver(current_app.config["SETTINGS"].mail_resolver)) if raw else None


@job("inbound.read", first=_check)
def _read(facts: dict[str, Any], now: datetime, voucher: str | None) -> None:
    """Hand the message to the first reader that knows what it means, and keep no more than what came of it."""
    row = db.session.get(ReceivedMail, facts["mail"])
    if row is None or row.raw is None:
        return
    message = message_from_bytes(row.raw, policy=policy.default)
    arrived = Arrived(message, row.to_email.partition("@")[0].partition("+")[2], voucher)
    said = next((words for reader in READERS if (words := reader(arrived, now))), None)
    # The token in it is worth something; what came of the message is all that is kept.
    row.to_email = row.to_email.replace(f"+{arrived.tag}@", "@")
    row.raw, row.state, row.why = None, READ if said else LEFT, said or "nothing in it for the site"
    log.info("mail %d: %s", row.id, row.why)
