"""Days in, days out."""

from datetime import date
from itertools import islice

import pytest

from staytouch_events.series.rules import dates

FIRST = date(2026, 12, 1)


def days(rules, first=FIRST, many=6, **ends) -> list[str]:
    return [f"{day:%m-%d}" for day in islice(dates(rules, first, **ends), many)]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([{"every": 1, "weekday": 1}], "12-01 12-08 12-15 12-22 12-29 01-05"),
        ([{"every": 3, "weekday": 1}], "12-01 12-22 01-12 02-02 02-23 03-16"),
        ([{"every": 2, "weekday": 1}, {"every": 2, "weekday": 3}], "12-01 12-03 12-15 12-17 12-29 12-31"),
        ([{"nth": 1, "weekday": 1}, {"nth": 3, "weekday": 5}], "12-01 12-19 01-05 01-16 02-02 02-20"),
        ([{"nth": -1, "weekday": 6}], "12-01 12-27 01-31 02-28 03-28 04-25"),
        ([{"nth": 5, "weekday": 1}], "12-01 12-29 03-30 06-29 08-31 11-30"),
        ([{"day": 31}], "12-01 12-31 01-31 03-31 05-31 07-31"),
    ],
)
def test_each_rule_names_its_days(rules, expected):
    assert days(rules) == expected.split()


def test_it_ends_at_a_day_or_after_so_many():
    weekly = [{"every": 1, "weekday": 1}]
    assert days(weekly, until=date(2026, 12, 15)) == ["12-01", "12-08", "12-15"]
    assert days(weekly, most=2) == ["12-01", "12-08"]


def test_what_never_comes_ends_by_itself():
    assert days([{"day": 32}]) == ["12-01"]
