"""A real mail program: aerc shows the site's invitation, and its own answer comes back by SMTP."""

import mailbox
import os
import pty
import shutil
import subprocess
import termios
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from threading import Thread

import pytest

from staytouch_events.db import db
from staytouch_events.groups.models import OWNER
from staytouch_events.inbound.listen import start_listening
from staytouch_events.inbound.models import ReceivedMail
from staytouch_events.jobs.pump import run_due
from staytouch_events.outbox.render import render
from staytouch_events.rsvps.models import DECLINED, GOING, MAYBE
from staytouch_events.when import now

from ..cast import a_group, a_membership, a_person, an_event
from ..conftest import skip
from ..served import free_port, until
from .cast import REPLY_TO, receiving
from .test_replies import answered, letters

ACCOUNT = """[bob]
source = maildir://{mail}
outgoing = smtp+none://127.0.0.1:{port}
smtp-starttls = no
default = INBOX
from = Bob <{sender}>
"""
BINDS = """[messages]
<C-a> = :accept<Enter>
<C-t> = :accept-tentative<Enter>
<C-d> = :decline<Enter>
[compose::review]
y = :send<Enter>
"""
KEYS = {"accept": b"\x01", "maybe": b"\x14", "decline": b"\x04"}


@pytest.fixture
def listener(app, real_clock):
    """The site's own listener, as the worker opens it; its port."""
    receiving(app)
    port = free_port()
    running = start_listening(app, f"smtp://127.0.0.1:{port}")
    yield port
    running.stop()


@contextmanager
def aerc(folder, letter: bytes, port: int, sender: str):
    """Bob's mail program, with one letter in its box; a function that presses keys and waits for words to show."""
    if shutil.which("aerc") is None:
        skip("aerc is not installed")
    for name in ("config/aerc", "runtime", "cache"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "mail").mkdir(exist_ok=True)
    mailbox.Maildir(folder / "mail" / "INBOX").add(letter)
    accounts = folder / "config" / "aerc" / "accounts.conf"
    accounts.write_text(ACCOUNT.format(mail=folder / "mail", port=port, sender=sender))
    accounts.chmod(0o600)
    (folder / "config" / "aerc" / "binds.conf").write_text(BINDS)
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (40, 140))
    places = {"HOME": folder, "XDG_CONFIG_HOME": folder / "config", "XDG_CACHE_HOME": folder / "cache"}
    places |= {"XDG_RUNTIME_DIR": folder / "runtime"}
    environment = {**os.environ, **{name: str(place) for name, place in places.items()}, "TERM": "xterm"}
    environment["EDITOR"] = "true"
    screen = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    process = subprocess.Popen(["setsid", "--ctty", "aerc"], **screen, env=environment)
    os.close(theirs)
    shown = bytearray()
    Thread(target=_read, args=(ours, shown), daemon=True).start()

    def press(keys: bytes, words: bytes) -> None:
        until(lambda: words in shown, f"aerc to show {words!r}")
        os.write(ours, keys)

    try:
        yield press
    finally:
        process.terminate()
        process.wait(20)
        os.close(ours)


def _read(terminal: int, shown: bytearray) -> None:
    try:
        while piece := os.read(terminal, 65536):
            shown.extend(piece)
    except OSError:
        return


def next_week(group):
    """An event after today, for aerc goes by the machine's clock."""
    return an_event(group, now(), starts_wall=now().replace(tzinfo=None, microsecond=0) + timedelta(days=7))


def invitation() -> bytes:
    """The last letter with an invitation, as it goes out."""
    raw = render(letters("rsvps.answered")[-1], now())[2]
    db.session.commit()
    return raw


def answer_by_aerc(folder, letter: bytes, port: int, key: str, sender: str = "bob@example.org") -> None:
    """Open an invitation in aerc, press a key, send, and have the worker read what came."""
    with aerc(folder, letter, port, sender) as press:
        press(KEYS[key], b"Coyote")
        press(b"y", b"Send")

        def arrived() -> bool:
            db.session.rollback()
            return db.session.query(ReceivedMail).count() > 0

        until(arrived, "the answer to come in")
    run_due(now())
    db.session.expire_all()


@pytest.mark.parametrize(("key", "given", "answer"), [("decline", GOING, DECLINED), ("accept", MAYBE, GOING)])
def test_a_mail_programs_own_button_changes_the_answer(app, listener, tmp_path, key, given, answer):
    rsvp = answered(next_week(a_group()), "bob", given, now())
    answer_by_aerc(tmp_path, invitation(), listener, key)
    assert rsvp.answer == answer


def test_the_same_answer_by_a_stranger_who_knows_all_but_the_token_changes_nothing(app, listener, tmp_path):
    group = a_group()
    a_membership(a_person("alice"), group, OWNER)
    rsvp = answered(next_week(group), now=now())
    rsvp.invite_organizer = REPLY_TO
    known = message_from_bytes(invitation(), policy=SMTP)
    del known["Reply-To"]
    answer_by_aerc(tmp_path, known.as_bytes(), listener, "decline")
    assert rsvp.answer == GOING and letters("rsvps.reply_unproved")
