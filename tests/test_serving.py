"""The site outlives its processes."""

import os
import signal
import sys
from pathlib import Path

from staytouch_events.db import db
from staytouch_events.people.actions import ask_to_sign_in
from staytouch_events.serving import MOST_SHORT_LIVES, Child
from staytouch_events.when import now

from .served import serve, until


def worker_of(site) -> int | None:
    """The process number of a running site's worker, by what the kernel says of its parent and command."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            command = (folder / "cmdline").read_text()
        except OSError:
            continue
        if parent == site.processes[0].pid and command.endswith("worker\0"):
            return int(folder.name)
    return None


def test_a_killed_worker_is_started_again_and_sends_what_waits(own_database, app, database_url, tmp_path, real_clock):
    with serve(database_url, tmp_path / "data", workers=1) as site:
        first = until(lambda: worker_of(site), "the worker")
        os.kill(first, signal.SIGKILL)
        ask_to_sign_in("gia@example.org", "/", "en", now())
        db.session.commit()
        assert site.mail.wait_for("gia@example.org")["Subject"] == "Sign in"
        assert worker_of(site) != first


def test_what_can_not_live_is_given_up_with_its_exit_code():
    child = Child([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))
    child.start()
    assert until(child.start_again_if_dead, "the end of trying") == 3
    assert child.short_lives == MOST_SHORT_LIVES
