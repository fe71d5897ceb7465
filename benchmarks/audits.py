"""Lighthouse over the public pages: three bars of a hundred, the weight of the first page, and speed as advice."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from staytouch_events.config import ROOT
from staytouch_events.when import now
from tests.walks.conftest import FLAGS

from .crew import a_crew
from .databases import SQLITE, Databases, code_over
from .figures import Figure
from .running import web_processes

LIGHTHOUSE = ROOT / "benchmarks" / "node_modules" / ".bin" / "lighthouse"
BARS = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 0}
KB, MOST_KB = 1000, 110


def measure(databases: Databases) -> Iterator[Figure]:
    """Each kind of page on a phone, where no map is loaded."""
    url = databases.new(SQLITE, "audits")
    with code_over(url, databases.folder):
        group, events = a_crew(50, now())
        paths = "/", "/near/san-jose-ca", f"/groups/{group.slug}", f"/events/{events[0].slug}"
    with web_processes(url, databases.folder) as site:
        for path in paths:
            report = _report(f"http://127.0.0.1:{site.port}{path}", databases.folder)
            for category, bar in BARS.items():
                score = 100 * report["categories"][category]["score"]
                yield Figure(f"{category}, {path}", score, bar, "of 100")
            yield Figure(f"weight, {path}", _weight(report), MOST_KB, "kB", at_most=True)
    databases.drop(SQLITE, "audits")


def _report(address: str, folder: Path) -> dict[str, Any]:
    """What Lighthouse says of one page."""
    path = folder / "report.json"
    flags = " ".join(("--headless=new", *FLAGS))
    command = [str(LIGHTHOUSE), address, "--quiet", "--output=json", f"--output-path={path}", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or "chromium"}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return json.loads(path.read_text())


def _weight(report: dict[str, Any]) -> float:
    """Kilobytes over the wire."""
    return sum(row["transferSize"] for row in report["audits"]["network-requests"]["details"]["items"]) / KB
