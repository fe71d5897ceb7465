"""Web processes and worker side by side, as `staytouch serve` runs them, started again when they die."""

import logging
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

from .config import ROOT, Settings

log = logging.getLogger("staytouch.serve")
POLL = 0.3
# Somebody who dies so soon after the start, so many times running, will not live at all.
SHORT_LIFE, MOST_SHORT_LIVES = 3.0, 5


@dataclass
class Child:
    """A command that is to be running."""

    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen | None = None
    started: float = 0.0
    short_lives: int = 0

    def start(self) -> None:
        """Run it."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.environment)

    def start_again_if_dead(self) -> int:
        """0, or its exit code once it has died too often right after its start."""
        code = self.process.poll()
        if code is None:
            return 0
        self.short_lives = self.short_lives + 1 if time.monotonic() - self.started < SHORT_LIFE else 0
        if self.short_lives == MOST_SHORT_LIVES:
            return code or 1
        log.error("%s ended with %s and is started again", self.command[-1], code)
        self.start()
        return 0


def serve(settings: Settings, web: bool = True, worker: bool = True) -> int:
    """Run the web processes, the worker, or both, until a signal comes or one can't live; the exit code."""
    commands = [web_command(settings)] if web else []
    commands += [[sys.executable, "-m", "staytouch_events.cli", "worker"]] if worker else []
    children = [Child(command, _environment(settings)) for command in commands]
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda caught, _frame: asked.append(caught))
    for child in children:
        child.start()
    code = 0
    while not asked and code == 0:
        time.sleep(POLL)
        code = next((found for child in children if (found := child.start_again_if_dead())), 0)
    for child in children:
        child.process.terminate()
    for child in children:
        child.process.wait()
    return code


def _environment(settings: Settings) -> dict[str, str]:
    """The children's settings are this process's, whatever `.env` says meanwhile."""
    demo = {"STAYTOUCH_DEMO": "1"} if settings.demo else {}
    return {**os.environ, "DATA_DIR": str(settings.data_dir), "DATABASE_URL": settings.database_url, **demo}


def web_command(settings: Settings, application: str = "app:app") -> list[str]:
    """WSGI, one blocking thread a process: more made each slower (performance.md)."""
    options = {
        "--interface": "wsgi",
        "--host": settings.host,
        "--port": str(settings.port),
        "--workers": str(settings.workers),
        "--blocking-threads": "1",
        "--log-level": "warning",
        "--respawn-interval": "0.2",
        # A process told to stop in the middle of its start may not hear it.
        "--workers-kill-timeout": "10",
    }
    flags = ["--no-ws", "--respawn-failed-workers"]
    return [sys.executable, "-m", "granian", *(part for pair in options.items() for part in pair), *flags, application]
