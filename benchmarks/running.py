"""The site's web processes, run by the command that `staytouch serve` runs, with the floor's route in them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from staytouch_events.config import ROOT, read_settings
from staytouch_events.serving import web_command
from tests.served import PATIENCE, free_port, until

from . import FLOOR
from .load import fetch, get

WORKERS = 2


@dataclass(frozen=True)
class Running:
    """Web processes that answer on a port; `process` is their parent."""

    port: int
    process: subprocess.Popen

    def resident(self) -> list[int]:
        """Bytes in memory of each web process."""
        return [_resident(pid) for pid in _children(self.process.pid)]


@contextmanager
def web_processes(url: str, folder: Path) -> Iterator[Running]:
    """Two of them over a database, without limits, until the block ends."""
    environment = surroundings(url, folder, free_port())
    settings = read_settings(environment)
    command = web_command(settings, "benchmarks.floor:app")
    with (folder / "web.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        until(lambda: answers(settings.port), "the site to answer")
        yield Running(settings.port, process)
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def worker(url: str, folder: Path) -> Iterator[None]:
    """The worker beside them, its letters kept as files, until the block ends."""
    command = [sys.executable, "-m", "staytouch_events.cli", "worker"]
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=surroundings(url, folder, free_port()), stdout=log, stderr=log
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def surroundings(url: str, folder: Path, port: int) -> dict[str, str]:
    """The environment of a site that is measured."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "SECRET_KEY": "a-key-for-benchmarks",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "WORKERS": str(WORKERS),
        "RATE_LIMITS": "off",
        "MAIL_URL": "",
    }


def answers(port: int, path: str = FLOOR) -> bool:
    """Whether the site answers there."""
    try:
        return fetch(port, get(path))[0] == 200
    except OSError:
        return False


def _children(pid: int) -> list[int]:
    """The processes that one started, by what the kernel says."""
    return [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _resident(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:"))
