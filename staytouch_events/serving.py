"""Web processes and worker side by side, as `staytouch serve` runs them."""

import os
import signal
import subprocess
import sys
import time

from .config import ROOT, Settings

POLL = 0.3


def serve(settings: Settings, web: bool = True, worker: bool = True) -> int:
    """Run the web processes, the worker, or both, until one ends or a signal comes; the exit code."""
    commands = [_granian(settings)] if web else []
    commands += [[sys.executable, "-m", "staytouch_events.cli", "worker"]] if worker else []
    children = [subprocess.Popen(command, cwd=ROOT, env=_environment(settings)) for command in commands]
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda caught, _frame: asked.append(caught))
    while not asked and all(child.poll() is None for child in children):
        time.sleep(POLL)
    for child in children:
        child.terminate()
    codes = [child.wait() for child in children]
    return 0 if asked else next((code for code in codes if code), 1)


def _environment(settings: Settings) -> dict[str, str]:
    """The children's settings are this process's, whatever `.env` says meanwhile."""
    demo = {"STAYTOUCH_DEMO": "1"} if settings.demo else {}
    return {**os.environ, "DATA_DIR": str(settings.data_dir), "DATABASE_URL": settings.database_url, **demo}


def _granian(settings: Settings) -> list[str]:
    """WSGI, one blocking thread a process: more made each slower (performance.md)."""
    options = {
        "--interface": "wsgi",
        "--host": settings.host,
        "--port": str(settings.port),
        "--workers": str(settings.workers),
        "--blocking-threads": "1",
        "--log-level": "warning",
    }
    return [sys.executable, "-m", "granian", *(part for pair in options.items() for part in pair), "--no-ws", "app:app"]
