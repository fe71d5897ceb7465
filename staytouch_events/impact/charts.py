"""What was done over time, as bars: geometry for an SVG, and the same as rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _
from sqlalchemy import Row

from .measures import GRAMS, MILES
from .words import number_words, weight_words

# Months up to two years, then years.
MOST_MONTHS = 24
MOST_LABELS = 6
# How wide a label is at most.
LABEL = 70
WIDE, HIGH, FLOOR, TOP = 440, 190, 165, 22


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
    scale = GRAMS[unit]
    made = [
        _chart(_("Bags"), found, [(span.bags, 0) for span in found], format_decimal),
        _chart(
            _("Weight in pounds") if unit == MILES else _("Weight in kilos"),
            found,
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


def _chart(title: str, found: list[Span], values: list[tuple[float, float]], say) -> dict[str, Any] | None:
    """Bars from the left; what was guessed stands on what was weighed."""
    most = max((sure + guessed for sure, guessed in values), default=0)
    if not most:
        return None
    step = WIDE / len(found)
    every = -(-len(found) // MOST_LABELS)
    bars = []
    for at, (span, (sure, guessed)) in enumerate(zip(found, values, strict=True)):
        high, guess = ((FLOOR - TOP) * value / most for value in (sure, guessed))
        bars.append(
            {
                "x": round(at * step + step * 0.12, 1),
                "width": round(step * 0.76, 1),
                "y": round(FLOOR - high, 1),
                "height": round(high, 1),
                "guess_y": round(FLOOR - high - guess, 1),
                "guess_height": round(guess, 1),
                "middle": round(at * step + step / 2, 1),
                "label": span.label if at % every == 0 else None,
                "at_end": at * step > WIDE - LABEL,
                "figure": say(sure + guessed) if sure + guessed == most else None,
            }
        )
    best = next(span.label for span, pair in zip(found, values, strict=True) if sum(pair) == most)
    whole = sum(sum(pair) for pair in values)
    described = _(
        "From %(first)s to %(last)s: %(whole)s in all, the most in %(best)s with %(most)s.",
        first=found[0].label,
        last=found[-1].label,
        whole=say(whole),
        best=best,
        most=say(most),
    )
    guessed = any(pair[1] for pair in values)
    return {
        "title": title,
        "described": described,
        "bars": bars,
        "guessed": guessed,
        "wide": WIDE,
        "high": HIGH,
        "floor": FLOOR,
    }
