"""Sites that really run, each for one test after another: starting one costs four processes and seconds of work."""

import shutil
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from sqlalchemy import func, select

from staytouch_events.db import db
from staytouch_events.jobs.models import Job
from staytouch_events.outbox.models import SENT, Letter
from staytouch_events.outbox.post import post
from staytouch_events.versions import LISTS, raise_version
from staytouch_events.when import now

from .served import Site, serve, until

# What the pages depend on that a test might show before anything has raised it.
COUNTERS = (LISTS, "stocks:0", *(f"group:{number}" for number in range(1, 10)))

FAR = 1_000_000


class StandingSite:
    """Two web processes, a worker and a mail server over a database that is emptied after each test."""

    def __init__(self, database, folder: Path) -> None:
        """Start it."""
        self.database, self.numbers, self.running = database, count(), ExitStack()
        self.site: Site = self.running.enter_context(serve(database.url, folder))

    def begin(self) -> Site:
        """The site for the next test, none of whose pages it has kept; inside the context of a site of the test's."""
        raise_version(*COUNTERS)
        db.session.commit()
        return self.site

    def rest(self) -> None:
        """Take what the test left, and wait until the worker has nothing of it in hand any more."""
        assert self.site.processes[0].poll() is None, "the site ended while the test ran"
        db.session.rollback()
        busy = _any(Letter) or _any(Job, Job.due_at <= now())
        self.database.empty()
        if busy:
            self._see_a_letter_through()
        self.site.mail.messages.clear()
        for name in ("pictures", "shared"):
            shutil.rmtree(self.site.folder / name, ignore_errors=True)

    def _see_a_letter_through(self) -> None:
        """Once it is sent, so is all that the worker had taken up before, for it does one thing after the other."""
        letter = post("people.sign_in", to="rest@example.org", facts={"token": "t", "code": "abcdefgh"}, now=now())
        # Not a number that the worker still knows as another letter's.
        number = letter.id = FAR + next(self.numbers)
        db.session.commit()

        def is_through() -> bool:
            db.session.rollback()
            return db.session.scalar(select(Letter.state).where(Letter.id == number)) == SENT

        until(is_through, "the worker to come to rest")


class StandingSites:
    """One over each database, started when a test first asks for it."""

    def __init__(self, folder: Path) -> None:
        """Their data lies in this folder."""
        self.folder, self.numbers = folder, count()
        self.started: dict[str, StandingSite] = {}

    def over(self, database) -> StandingSite:
        """The one over this database."""
        if database.url not in self.started:
            self.started[database.url] = StandingSite(database, self.folder / str(next(self.numbers)))
        return self.started[database.url]

    def end(self, database) -> None:
        """Stop one; who asks again gets a new one."""
        self.started.pop(database.url).running.close()

    def end_all(self) -> None:
        """Stop all of them, at the same time."""
        for standing in self.started.values():
            standing.site.processes[0].terminate()
        for standing in list(self.started.values()):
            self.end(standing.database)


def _any(table, *criteria) -> bool:
    return bool(db.session.scalar(select(func.count(table.id)).where(*criteria)))
