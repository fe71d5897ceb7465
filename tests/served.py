"""The site as it really runs: web processes, a worker and a mail server, over one database."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from aiosmtpd.controller import Controller

from staytouch_events.config import ROOT

# Processes that start on a busy machine take their time.
PATIENCE = 120


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def until(found, what: str):
    """Wait for something to become true; what it became."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        result = found()
        if result:
            return result
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


class Mailbox:
    """A real SMTP server that keeps what it is given."""

    def __init__(self) -> None:
        """Listen on a free port."""
        self.messages: list[tuple[str, EmailMessage]] = []
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    async def handle_DATA(self, server, session, envelope) -> str:
        """Take a message."""
        message = BytesParser(policy=policy.default).parsebytes(envelope.content)
        self.messages += [(address, message) for address in envelope.rcpt_tos]
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """What came for an address so far."""
        return [message for to, message in self.messages if to == address]

    def wait_for(self, address: str, count: int = 1) -> EmailMessage:
        """The latest letter to an address, once there are `count`."""
        until(lambda: len(self.to(address)) >= count, f"letter {count} to {address}")
        return self.to(address)[count - 1]


@dataclass
class Site:
    """A running site."""

    base: str
    mail: Mailbox
    folder: Path
    processes: list[subprocess.Popen] = field(default_factory=list)


@contextmanager
def serve(database_url: str, folder: Path, workers: int = 2, **environment: str):
    """Run the site over a database until the block ends."""
    port, mail = free_port(), Mailbox()
    folder.mkdir(parents=True, exist_ok=True)
    settings = {
        "DATABASE_URL": database_url,
        "DATA_DIR": str(folder),
        "SECRET_KEY": "a-key-for-tests-only",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "WORKERS": str(workers),
        "MAIL_URL": f"smtp://127.0.0.1:{mail.port}",
        "MAIL_FROM": "crews@example.org",
        "RATE_LIMITS": "off",
        "QUIET_HOURS": "off",
        **environment,
    }
    link_compiled(folder)
    command = [sys.executable, "-m", "staytouch_events.cli", "serve"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log)
    site = Site(f"http://127.0.0.1:{port}", mail, folder, [process])
    try:
        until(lambda: _answers(f"{site.base}/robots.txt"), "the site to answer")
        yield site
    finally:
        process.terminate()
        process.wait(PATIENCE)
        mail.controller.stop()


def link_compiled(folder: Path) -> None:
    """Let a test's site look into the gazetteer that set-up compiled, and compile templates for all of them."""
    (ROOT / "var" / "templates").mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("gazetteer.sqlite", "templates"):
        compiled, own = ROOT / "var" / name, folder / name
        if compiled.exists() and not own.exists():
            own.symlink_to(compiled)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False
