"""`make bench`: measure, print the table, and end with 1 where something is missed."""

import argparse
import os
import signal
import sys

from . import answers, audits, discovery, feeds, pages, starting
from .databases import open_databases
from .figures import Figure, table

MEASURES = {
    "pages": pages.measure,
    "feed": feeds.measure,
    "answers": answers.measure,
    "discovery": discovery.measure,
    "start": starting.measure,
}
# Measured when named alone: `make trial` installs what it needs.
TRIALS = {"audits": audits.measure}


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    which = [[], *MEASURES, *TRIALS]
    parser.add_argument("figures", nargs="*", choices=which, help="which ones; all of MEASURES unless some are named")
    parser.add_argument("--no-postgres", action="store_true", help="measure on SQLite alone")
    parser.add_argument("--events", type=int, default=1_000_000, help="how many events to search among")
    asked = parser.parse_args()
    # Stopped from outside, it still stops what it started.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    found: list[Figure] = []
    with open_databases(not asked.no_postgres) as databases:
        for name in asked.figures or MEASURES:
            sizes = (asked.events,) if name == "discovery" else ()
            for figure in {**MEASURES, **TRIALS}[name](databases, *sizes):
                print(*figure.row(), flush=True)
                found.append(figure)
    print(table(found))
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    print(f"\nload averages at the end: {load}")
    return 0 if all(figure.reached for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
