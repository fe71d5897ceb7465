"""Pages and polls over HTTP: each alternates with the floor, and the middle one of the ratios counts."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count, repeat
from statistics import median

from staytouch_events.when import now

from . import FLOOR
from .crew import SAN_JOSE, a_crew
from .databases import POSTGRES, Databases, code_over
from .figures import Figure
from .load import Outcome, fetch, get, load
from .running import WORKERS, Running, web_processes

ROUNDS, SECONDS, WARM = 5, 0.8, 40
KEPT, KEPT_POSTGRES, UNCHANGED, LIST = 1.5, 0.3, 0.5, 1 / 30
EVENTS = 50
MIB, MOST_MIB = 1024 * 1024, 250


@dataclass(frozen=True)
class Page:
    """What is asked again and again, what a right answer's status is, and how many requests make one."""

    what: str
    requests: Callable[[], Iterable[bytes]]
    bar: float
    status: int = 200
    each: int = 1


def measure(databases: Databases) -> Iterator[Figure]:
    """All pages on each kind of database, then what the processes hold in memory."""
    for kind in databases.kinds:
        url = databases.new(kind, "pages")
        with code_over(url, databases.folder):
            group, events = a_crew(EVENTS, now())
            slugs = group.slug, events[0].slug
        with web_processes(url, databases.folder) as site:
            for page in _pages(site, KEPT_POSTGRES if kind == POSTGRES else KEPT, *slugs):
                yield against_floor(site, page, kind)
            yield memory(site, kind)
        databases.drop(kind, "pages")


def against_floor(site: Running, page: Page, kind: str) -> Figure:
    """The page's rate as a ratio to the floor's, in alternation."""
    for request, _ in zip(page.requests(), range(WARM), strict=False):
        fetch(site.port, request)
    rounds = [_round(site, page) for _ in range(ROUNDS)]
    floors, rates = [floor.rate for floor, _ in rounds], [asked.rate / page.each for _, asked in rounds]
    ratio = median(rate / floor for floor, rate in zip(floors, rates, strict=True))
    raw = f"{median(rates):,.0f}/s, floor {median(floors):,.0f}/s"
    return Figure(f"{page.what}, {kind}", ratio, page.bar, "floors", raw=raw)


def memory(site: Running, kind: str) -> Figure:
    """What both web processes hold, after all that."""
    held = [size / MIB for size in site.resident()]
    if len(held) != WORKERS:
        raise RuntimeError(f"{len(held)} web processes instead of {WORKERS}")
    raw = " + ".join(f"{size:.0f}" for size in held)
    return Figure(f"memory of both web processes after it, {kind}", sum(held), MOST_MIB, "MiB", at_most=True, raw=raw)


def _round(site: Running, page: Page) -> tuple[Outcome, Outcome]:
    floor = load(site.port, repeat(get(FLOOR)), seconds=SECONDS)
    asked = load(site.port, page.requests(), seconds=SECONDS, status=page.status)
    if floor.errors or asked.errors:
        raise RuntimeError(f"{page.what}: {asked.errors} wrong answers, {floor.errors} of the floor")
    return floor, asked


def _pages(site: Running, kept: float, group: str, event: str) -> Iterator[Page]:
    feed = f"/groups/{group}/calendar.ics"
    etag = fetch(site.port, get(feed))[1]["etag"]
    older = _older_pages(site)
    yield Page("list, kept", lambda: repeat(get("/")), kept)
    yield Page("event page, kept", lambda: repeat(get(f"/events/{event}")), kept)
    yield Page("group page, kept", lambda: repeat(get(f"/groups/{group}")), kept)
    yield Page("unchanged feed, 304", lambda: repeat(get(feed, If_None_Match=etag)), UNCHANGED, status=304)
    searches = _searches(older)
    what = f"{EVENTS} events listed, nothing kept"
    yield Page(what, lambda: searches, LIST, each=len(older))


def _older_pages(site: Running) -> list[str]:
    """The cursors of the pages on which the list's events stand, as its own links lead through them."""
    cursors = [""]
    while True:
        body = fetch(site.port, get(_search(0, cursors[-1]), Accept_Encoding="identity"))[2].decode()
        further = [cursor for cursor in re.findall(r"after=([0-9.]+)", body) if cursor not in cursors]
        if not further:
            return cursors
        cursors.append(further[0])


def _searches(cursors: list[str]) -> Iterator[bytes]:
    """Everybody searches from where they stand, a mile or so apart, and reads on to the end; none asks twice."""
    for number in count(1):
        for cursor in cursors:
            yield get(_search(number, cursor))


def _search(number: int, cursor: str) -> str:
    # Rounded first, or two numbers round to one pin and the second finds its page kept.
    lat, lon = (round(degrees, 2) for degrees in SAN_JOSE)
    pin = f"{lat + number % 30 * 0.01:.2f},{lon + number // 30 % 30 * 0.01:.2f}"
    path = f"/?near={pin}&within={50 + number // 900}&unit=mi"
    return f"{path}&after={cursor}" if cursor else path
