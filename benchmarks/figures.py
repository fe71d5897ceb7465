"""Figures, what each has to reach, and the table of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Figure:
    """One measured number. `bar` is the least that it has to reach, or the most where `at_most`."""

    what: str
    value: float
    bar: float
    unit: str
    at_most: bool = False
    raw: str = ""

    @property
    def reached(self) -> bool:
        """Whether it is as good as it has to be."""
        return self.value <= self.bar if self.at_most else self.value >= self.bar

    def row(self) -> tuple[str, ...]:
        """Its line in the table."""
        bar = f"{'≤' if self.at_most else '≥'} {_number(self.bar)}"
        return (self.what, f"{_number(self.value)} {self.unit}", bar, "ok" if self.reached else "MISSED", self.raw)


HEAD = ("figure", "measured", "bar", "", "raw")


def table(figures: Iterable[Figure]) -> str:
    """All figures, in columns, as Markdown."""
    rows = [HEAD, *(figure.row() for figure in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def percentile(values: list[float], share: int) -> float:
    """The value below which so many per cent of them lie."""
    return quantiles(values, n=100, method="inclusive")[share - 1]


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
