"""The site outlives its processes."""

import os
import signal
import subprocess
import sys

from staytouch_events.db import db
from staytouch_events.people.actions import ask_to_sign_in
from staytouch_events.serving import MOST_SHORT_LIVES, Child
from staytouch_events.when import now

from .served import serve, until


def worker_of(site) -> int | None:
    """The process number of a running site's worker."""
    found = subprocess.run(
        ["pgrep", "-P", str(site.processes[0].pid), "-f", "staytouch_events.cli worker"], capture_output=True, text=True
    )
    return int(found.stdout) if found.stdout.strip() else None


def test_a_killed_worker_is_started_again_and_sends_what_waits(app, database_url, tmp_path):
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
