"""The worker: looks every second for letters and jobs that are due, and does them."""

import logging
import signal
import threading

from flask import Flask

from .db import db
from .inbound.listen import start_listening
from .jobs.pump import run_due
from .outbox.pump import send_due
from .outbox.transport import open_transport
from .when import now

log = logging.getLogger("staytouch.worker")
PAUSE = 1.0


def work(app: Flask, stop: threading.Event | None = None) -> None:
    """Work until told to stop by `stop`, SIGTERM or SIGINT; what is under way is finished first."""
    stop = stop or _stopped_by_signals()
    settings = app.config["SETTINGS"]
    transport = open_transport(settings.mail_url, settings.kept_mail)
    if settings.mail_url is None:
        log.warning("MAIL_URL is not set: letters are kept in %s", settings.kept_mail)
    listener = _listen(app, settings.inbound_listen) if settings.inbound_listen else None
    while not stop.is_set():
        with app.app_context():
            if not _round(transport):
                stop.wait(PAUSE)
    if listener:
        listener.stop()


def _listen(app: Flask, url: str):
    """The listener for mail that comes in; None where the port is taken, as by another worker beside this one."""
    try:
        return start_listening(app, url)
    except OSError as why:
        log.error("no mail comes in by this worker, for it can't listen at INBOUND_LISTEN: %s", why)
        return None


def _round(transport) -> bool:
    """One look; whether there was anything to do."""
    try:
        return bool(run_due(now()) + send_due(transport, now()))
    except Exception:
        db.session.rollback()
        log.exception("the worker stumbled and goes on")
        return False


def _stopped_by_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
