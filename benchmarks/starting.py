"""From `staytouch serve` to the first page, the database being ready."""

import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

from staytouch_events.config import ROOT
from staytouch_events.when import now
from tests.served import PATIENCE, free_port

from .crew import a_crew
from .databases import Databases, code_over
from .figures import Figure
from .running import answers, surroundings

TIMES, SECONDS, POLL = 3, 2.0, 0.01


def measure(databases: Databases) -> Iterator[Figure]:
    """The front page with events on it, web processes and worker starting together."""
    for kind in databases.kinds:
        url = databases.new(kind, "start")
        with code_over(url, databases.folder):
            a_crew(20, now())
        times = [_start(databases, url) for _ in range(TIMES)]
        databases.drop(kind, "start")
        raw = ", ".join(f"{seconds:.2f}" for seconds in times)
        yield Figure(f"start to first page, {kind}", median(times), SECONDS, "s", at_most=True, raw=raw)


def _start(databases: Databases, url: str) -> float:
    """Seconds until it answers."""
    port = free_port()
    command = [sys.executable, "-m", "staytouch_events.cli", "serve"]
    environment = surroundings(url, databases.folder, port)
    with (databases.folder / "start.log").open("ab") as log:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        while not answers(port, "/"):
            if time.perf_counter() - began > PATIENCE:
                raise RuntimeError("the site does not start")
            time.sleep(POLL)
        return time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(PATIENCE)
