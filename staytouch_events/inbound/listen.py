"""The listener in the worker: SMTP or LMTP, for our own addresses alone."""

import asyncio
import logging
from functools import partial
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from ..db import db
from ..when import now
from .receive import LARGEST, is_ours, receive

log = logging.getLogger("staytouch.inbound")


class Door:
    """What happens at the SMTP or LMTP door."""

    def __init__(self, app: Flask) -> None:
        """Of this site."""
        self.app = app

    async def handle_RCPT(self, _server, _session, envelope, address: str, _options) -> str:
        """One address a message: the answer to the message is then that address's own (RFC 2033, 4.2)."""
        if not is_ours(address, self.app.config["SETTINGS"]):
            return "550 5.1.1 no such address here"
        if envelope.rcpt_tos:
            return "452 4.5.3 one address at a time"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope) -> str:
        """Stored before it is acknowledged; where the store is busy the sender keeps it."""
        kept = partial(self._keep, envelope.rcpt_tos[0], envelope.content)
        return await asyncio.get_running_loop().run_in_executor(None, kept)

    def _keep(self, to: str, raw: bytes) -> str:
        with self.app.app_context():
            try:
                receive(to, raw, now())
                db.session.commit()
            except SQLAlchemyError:
                log.exception("a message could not be stored")
                return "451 4.3.0 try again later"
        return "250 OK"


class _Lmtp(Controller):
    def factory(self) -> LMTP:
        return LMTP(self.handler, **self.SMTP_kwargs)


def start_listening(app: Flask, url: str) -> Controller:
    """Listen where INBOUND_LISTEN says. Raises OSError when the port is taken."""
    # It would log every address, and with it the token in it.
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    parts = urlsplit(url)
    kind = _Lmtp if parts.scheme == "lmtp" else Controller
    controller = kind(Door(app), hostname=parts.hostname, port=parts.port, data_size_limit=LARGEST, ident="mail")
    controller.start()
    log.info("mail comes in at %s", url)
    return controller
