"""Handing messages to a real mail server."""

import shutil
import ssl
import subprocess
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from staytouch_events.outbox.message import BadAddress, Mail, build, plain_address
from staytouch_events.outbox.transport import PermanentFailure, TemporaryFailure, open_transport

from ..cast import NOW
from ..conftest import skip
from ..served import free_port

RAW = b"Subject: x\r\n\r\nhello\r\n"


class Handler:
    """Answers as it was told."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.answer, self.taken = answer, []

    async def handle_DATA(self, server, session, envelope) -> str:
        """Keep the message, give the answer."""
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return self.answer


@pytest.fixture
def server():
    """A function: a mail server with this handler; its port."""
    running = []

    def start(handler: Handler, **options) -> int:
        port = free_port()
        controller = Controller(handler, hostname="127.0.0.1", port=port, **options)
        controller.start()
        running.append(controller)
        return port

    yield start
    for controller in running:
        controller.stop()


def test_a_message_arrives_whole(server, tmp_path):
    handler = Handler()
    open_transport(f"smtp://127.0.0.1:{server(handler)}", tmp_path).send("a@example.org", "b@example.org", RAW)
    assert handler.taken == [("a@example.org", ["b@example.org"], RAW)]


@pytest.mark.parametrize(("answer", "failure"), [("451 busy", TemporaryFailure), ("554 spam", PermanentFailure)])
def test_the_servers_answer_says_whether_to_try_again(server, tmp_path, answer, failure):
    transport = open_transport(f"smtp://127.0.0.1:{server(Handler(answer))}", tmp_path)
    with pytest.raises(failure, match=answer):
        transport.send("a@example.org", "b@example.org", RAW)


def test_a_dead_server_is_tried_again(tmp_path):
    with pytest.raises(TemporaryFailure):
        open_transport(f"smtp://127.0.0.1:{free_port()}", tmp_path).send("a@example.org", "b@example.org", RAW)


def test_a_password_signs_in(server, tmp_path):
    seen = []

    def check(_server, _session, _envelope, _mechanism, data) -> AuthResult:
        seen.append((data.login, data.password))
        return AuthResult(success=data.password == b"s:cret", handled=False)

    port = server(Handler(), authenticator=check, auth_required=True, auth_require_tls=False)
    open_transport(f"smtp://crew:s%3Acret@127.0.0.1:{port}", tmp_path).send("a@example.org", "b@example.org", RAW)
    assert (b"crew", b"s:cret") in seen
    with pytest.raises((TemporaryFailure, PermanentFailure)):
        open_transport(f"smtp://crew:wrong@127.0.0.1:{port}", tmp_path).send("a@example.org", "b@example.org", RAW)


def test_without_a_server_mail_is_kept_readable(tmp_path):
    open_transport(None, tmp_path / "mail").send("a@example.org", "b@example.org", RAW)
    (kept,) = (tmp_path / "mail").iterdir()
    assert (kept.suffix, kept.read_bytes()) == (".eml", RAW)


def mail(**changes) -> Mail:
    """A plain message."""
    fields = {
        "sender": ("Crews", "crews@example.org"),
        "to": ("Gía", "gia@example.org"),
        "subject": "Hé",
        "text": "text",
        "html": "<p>html</p>",
        "message_id": "<1@example.org>",
        "date": NOW,
    }
    return Mail(**{**fields, **changes})


@pytest.mark.parametrize(
    "address",
    [
        "a@b.org, c@d.org",
        "a@b.org\r\nBcc: c@d.org",
        "<a@b.org>",
        "a b@c.org",
        "nobody",
        "a@b.org;c@d.org",
        "a\x00@b.org",
    ],
)
def test_an_address_that_smuggles_is_refused(address):
    with pytest.raises(BadAddress):
        build(mail(to=("X", address)))


def test_a_line_break_in_a_name_or_subject_makes_no_header():
    raw = build(mail(subject="Hi\r\nBcc: evil@example.org", to=("Gia\r\nBcc: evil@example.org", "gia@example.org")))
    assert b"\nBcc:" not in raw


def test_a_domain_of_other_letters_is_written_in_ascii():
    assert plain_address("gia@münchen.de") == "gia@xn--mnchen-3ya.de"


def test_an_invitation_stands_inline_last_and_as_a_file():

    message = message_from_bytes(
        build(mail(calendar=(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "REQUEST"))), policy=policy.default
    )
    shape = [part.get_content_type() for part in message.walk()]
    assert shape == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    inline, attached = [part for part in message.walk() if part.get_content_subtype() in ("calendar", "ics")]
    assert inline.get_param("method") == "REQUEST" and inline.get_filename() is None
    assert attached.get_filename() == "invite.ics"


@pytest.fixture
def certificate(tmp_path):
    """A certificate for this machine that nobody vouches for: (context of a server, file)."""
    if shutil.which("openssl") is None:
        skip("openssl is not installed")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert]
    subprocess.run([*command, *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context, cert


def test_where_the_server_offers_tls_the_message_goes_by_it_and_to_nobody_else(
    server, tmp_path, certificate, monkeypatch
):
    context, cert = certificate
    handler = Handler()
    url = f"smtp://127.0.0.1:{server(handler, tls_context=context, require_starttls=True)}"
    with pytest.raises(TemporaryFailure, match="certificate"):
        open_transport(url, tmp_path).send("a@example.org", "b@example.org", RAW)
    assert handler.taken == []
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    open_transport(url, tmp_path).send("a@example.org", "b@example.org", RAW)
    assert len(handler.taken) == 1


def test_smtps_speaks_tls_from_the_first_byte(server, tmp_path, certificate, monkeypatch):
    context, cert = certificate
    handler = Handler()
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    port = server(handler, ssl_context=context)
    open_transport(f"smtps://127.0.0.1:{port}", tmp_path).send("a@example.org", "b@example.org", RAW)
    assert len(handler.taken) == 1
