"""How a message leaves: over real SMTP, or kept as a file where no server is named."""

import os
import smtplib
import socket
import ssl
import uuid
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

TIMEOUT = 20
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class TemporaryFailure(Exception):
    """Not this time; try again later."""


class PermanentFailure(Exception):
    """The server will never take this message."""


class AddressRefused(PermanentFailure):
    """There is nobody at this address."""


def is_about_address(status: str) -> bool:
    """Whether an enhanced status (RFC 3463) says that nobody can be reached at this address: 5.1, or closed (5.2.1).

    5.1.7 and 5.1.8 are about who sends.
    """
    return status.startswith("5.1.") and status not in ("5.1.7", "5.1.8") or status == "5.2.1"


class Transport(Protocol):
    """Anything that takes a message away."""

    def send(self, sender: str, to: str, raw: bytes) -> None:
        """Take the message. Raises TemporaryFailure or PermanentFailure."""


def open_transport(mail_url: str | None, kept: Path) -> Transport:
    """SMTP as MAIL_URL says, or files in `kept`."""
    return Smtp(urlsplit(mail_url)) if mail_url else Kept(kept)


class Kept:
    """Messages as .eml files, to be read by hand."""

    def __init__(self, folder: Path) -> None:
        """Into this folder, made if need be."""
        self.folder = folder

    def send(self, sender: str, to: str, raw: bytes) -> None:
        """Write the file whole or not at all."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / f"{uuid.uuid4()}.eml"
            path.with_suffix(".part").write_bytes(raw)
            os.replace(path.with_suffix(".part"), path)
        except OSError as why:
            raise TemporaryFailure(f"could not keep the message: {why.strerror}") from why


class Smtp:
    """A mail server, asked anew for each message; TLS where it offers it, always before a password."""

    def __init__(self, url: SplitResult) -> None:
        """`smtp://` speaks STARTTLS where offered, `smtps://` TLS from the first byte."""
        self.url = url
        self.tls = ssl.create_default_context()

    def send(self, sender: str, to: str, raw: bytes) -> None:
        """Hand the message over."""
        try:
            with self._open() as server:
                server.sendmail(sender, [to], raw)
        except smtplib.SMTPRecipientsRefused as why:
            raise _refusal(*next(iter(why.recipients.values()))) from why
        except smtplib.SMTPResponseException as why:
            raise _failure(why.smtp_code, why.smtp_error) from why
        except (smtplib.SMTPException, OSError) as why:
            raise TemporaryFailure(f"{type(why).__name__}: {why}") from why

    def _open(self) -> smtplib.SMTP:
        host, name = self.url.hostname, socket.gethostname()
        if self.url.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, self.url.port or 465, name, timeout=TIMEOUT, context=self.tls)
        else:
            server = smtplib.SMTP(host, self.url.port or 25, name, timeout=TIMEOUT)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=self.tls)
                server.ehlo()
        if self.url.username:
            self._sign_in(server)
        return server

    def _sign_in(self, server: smtplib.SMTP) -> None:
        if not isinstance(server.sock, ssl.SSLSocket) and self.url.hostname not in LOOPBACK:
            raise TemporaryFailure("the mail server offers no TLS, so the password was not sent")
        server.login(unquote(self.url.username), unquote(self.url.password or ""))


def _failure(code: int, said: bytes | str) -> Exception:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    kind = PermanentFailure if 500 <= code < 600 and code not in (530, 534, 535, 538) else TemporaryFailure
    return kind(f"{code} {words}")


def _refusal(code: int, said: bytes | str) -> Exception:
    """What became of the address: only a plain "nobody there" is its fault, not a server that refuses us."""
    failure = _failure(code, said)
    words = str(failure).split()
    about = len(words) > 1 and is_about_address(words[1])
    return AddressRefused(str(failure)) if isinstance(failure, PermanentFailure) and about else failure
