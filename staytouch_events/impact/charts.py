"""What was done over time, as charts, and the same as rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _
from sqlalchemy import Row

from ..charts import columns
from .measures import GRAMS, MILES
from .words import number_words, weight_words

# Months up to two years, then years.
MOST_MONTHS = 24


@dataclass(frozen=True)
class Span:
    """A month or a year, and what was done in it."""

    label: str
    events: int = 0
    bags: int = 0
    grams: int = 0
    estimated: int = 0
    minutes: int = 0


def spans(rows: Sequence[Row]) -> list[Span]:
    """Every month from the first to the last, empty ones too; every year where that is long."""
    if not rows:
        return []
    months = {(int(row.year), int(row.month)): row for row in rows}
    first, last = min(months), max(months)
    if (last[0] - first[0]) * 12 + last[1] - first[1] >= MOST_MONTHS:
        return [
            _span(str(year), [row for key, row in months.items() if key[0] == year])
            for year in range(first[0], last[0] + 1)
        ]
    return [_span(_month_name(*key), [months[key]] if key in months else []) for key in _months(first, last)]


def charts(found: list[Span], unit: str) -> list[dict[str, Any]]:
    """A chart of bags and one of weight, where there is anything to draw."""
    scale, labels = GRAMS[unit], [span.label for span in found]
    made = [
        columns(_("Bags"), labels, [(span.bags, 0) for span in found]),
        columns(
            _("Weight in pounds") if unit == MILES else _("Weight in kilos"),
            labels,
            [((span.grams - span.estimated) / scale, span.estimated / scale) for span in found],
            number_words,
        ),
    ]
    return [chart for chart in made if chart]


def table(found: list[Span], unit: str) -> list[dict[str, str]]:
    """The same in words, the latest first."""
    return [
        {
            "label": span.label,
            "events": format_decimal(span.events),
            "bags": format_decimal(span.bags),
            "weight": weight_words(span.grams, unit) if span.grams else "–",
            "estimated": weight_words(span.estimated, unit) if span.estimated else "–",
            "hours": number_words(span.minutes / 60) if span.minutes else "–",
        }
        for span in reversed(found)
        if span.events
    ]


def _span(label: str, rows: list[Row]) -> Span:
    names = ("events", "bags", "grams", "estimated", "minutes")
    return Span(label, **{name: sum(int(getattr(row, name)) for row in rows) for name in names})


def _months(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    begin, end = first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1
    return [(number // 12, number % 12 + 1) for number in range(begin, end + 1)]


def _month_name(year: int, month: int) -> str:
    return format_date(date(year, month, 1), _("MMM y"), get_locale())
