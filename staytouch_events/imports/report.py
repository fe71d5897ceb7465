"""What an import did, in words for the operator."""

from collections.abc import Iterator

from .actions import Report

WHY = {
    "exact": "its name, once in that country",
    "bigger": "by far the biggest of the name there",
    "alternate": "another name of it",
    "namesakes": "several towns of the name, about as big",
    "unknown": "no town of the name there",
    "unknown-country": "the country is not known",
    "town-of": "a part of the text names a town",
    "small": "only a small place has the name",
    "begins": "a town whose name begins so",
    "spelling": "a town whose name is written nearly so",
    "elsewhere": "a town of the name, but not there",
    "area": "a state, an island or a lake, which is no pin",
}


def report_lines(report: Report) -> Iterator[str]:
    """The numbers, the refused lines, and what each distinct place text became and why."""
    yield f"{report.made} made, {report.changed} changed, {report.same} as before, {len(report.refused)} refused."
    yield from (f"  line {number}: {why}" for number, why in report.refused)
    yield f"{len(report.places)} places:"
    for (city, country), became in sorted(report.places.items()):
        label = became.place.label if became.place else "nothing"
        said = "sure" if became.sure else "unsure, left without a pin"
        yield f"  {city}, {country} -> {label} ({said}: {WHY.get(became.why, became.why)})"
