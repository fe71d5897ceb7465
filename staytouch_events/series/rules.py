"""From the rules of a series to its dates. Pure: days in, days out, no clock and no zone.

A rule is {"every": 2, "weekday": 5} (every second Saturday, counted from the first date's week), {"nth": 1,
"weekday": 1} (the first Tuesday of each month; -1 is the last), or {"day": 15} (that day of each month; a month
without it has none, as RFC 5545 has it).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, takewhile
from typing import Any

Rule = dict[str, int]
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
# A rule like "the fifth Monday" leaves months out; past so many days without a date there is none to come.
LONGEST_GAP = 366


def dates(
    rules: list[Any], first: date, until: date | None = None, most: int | None = None, named_only: bool = False
) -> Iterator[date]:
    """All dates in order, beginning with `first`, which is one whatever the rules say, or with `named_only` is not.

    Until the day `until`, at most `most`; without either there is no end.
    """
    found = _endless(rules, first)
    if named_only and not any(is_on(rule, first, first) for rule in rules):
        next(found)
    if until is not None:
        found = takewhile(lambda day: day <= until, found)
    return islice(found, most)


def _endless(rules: list[Any], first: date) -> Iterator[date]:
    yield first
    day, last = first + DAY, first
    while (day - last).days <= LONGEST_GAP:
        if any(is_on(rule, first, day) for rule in rules):
            yield day
            last = day
        day += DAY


def is_on(rule: Rule, first: date, day: date) -> bool:
    """Whether the rule names this day."""
    if "day" in rule:
        return day.day == rule["day"]
    if day.weekday() != rule["weekday"]:
        return False
    if "every" in rule:
        return (_monday(day) - _monday(first)).days // 7 % rule["every"] == 0
    return (day + WEEK).month != day.month if rule["nth"] == -1 else (day.day - 1) // 7 + 1 == rule["nth"]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
