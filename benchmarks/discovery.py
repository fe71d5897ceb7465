"""Radius searches among a million events, against an index on (lat, lon) of the same events, asked in turns."""

from collections.abc import Callable, Iterator
from datetime import datetime
from statistics import median

from staytouch_events.discover.searches import Search
from staytouch_events.when import now

from .databases import POSTGRES, SQLITE, Databases, code_over
from .figures import Figure, percentile
from .million import fill, index_by_lat_lon
from .nearby import Everything, answer, by_lat_and_lon, by_the_site, questions

QUESTIONS, ROUNDS, FEW = 200, 5, 10_000
# Times faster than the index on (lat, lon): at the median and at the 95th percentile.
BARS = {SQLITE: (8, 15), POSTGRES: (3, 12)}
Times = list[float]


def measure(databases: Databases, events: int) -> Iterator[Figure]:
    """At ten thousand events, for the growth, then at so many."""
    for kind in databases.kinds:
        few, _, _ = _times(databases, kind, min(FEW, events))
        ours, theirs, right = _times(databases, kind, events)
        for share, bar in zip((50, 95), BARS[kind], strict=True):
            before, mine, plain = (percentile(times, share) * 1000 for times in (few, ours, theirs))
            raw = f"{mine:.2f} ms, by (lat, lon) {plain:.2f} ms; among {min(FEW, events):,} {before:.2f} ms"
            what = f"search among {events:,}, {'median' if share == 50 else '95th percentile'}, {kind}"
            yield Figure(what, plain / mine, bar, "times faster", raw=raw)
        what = f"search among {events:,} as by looking at all, {kind}"
        yield Figure(what, right, QUESTIONS, f"of {QUESTIONS}")


def _times(databases: Databases, kind: str, events: int) -> tuple[Times, Times, int]:
    """Seconds of the site's statements and of the plain ones, and how many answers are right."""
    moment = now().replace(microsecond=0)
    with code_over(databases.new(kind, "discovery"), databases.folder):
        fill(events, moment)
        index_by_lat_lon()
        asked, everything = questions(QUESTIONS, moment), Everything(moment)
        ours, theirs = _in_turns(moment, asked)
        right = sum(answer(by_the_site(one, moment))[0] == everything.within(one) for one in asked)
    databases.drop(kind, "discovery")
    return ours, theirs, right


def _in_turns(moment: datetime, asked: list[Search]) -> tuple[Times, Times]:
    """The middle one of each question's times; both ways in turns, and the first turn only warms."""
    ways = (by_the_site, by_lat_and_lon)
    turns = [[_ask_all(way, asked, moment) for way in ways] for _ in range(ROUNDS + 1)]
    ours, theirs = ([median(times) for times in zip(*way, strict=True)] for way in zip(*turns[1:], strict=True))
    return ours, theirs


def _ask_all(statement: Callable, asked: list[Search], moment: datetime) -> Times:
    return [answer(statement(one, moment))[1] for one in asked]
