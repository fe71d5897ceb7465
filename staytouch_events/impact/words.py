"""Figures in words of the current language and units of the reader."""

from typing import Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from ..geo.distance import METRES
from .items import ITEMS
from .measures import GRAMS, MILES, SQUARE_METRES
from .queries import Totals


def number_words(number: float) -> str:
    """ "1,240", "12.5": one place below a hundred."""
    return format_decimal(round(number, 1) if number < 100 else round(number))


def weight_words(grams: int, unit: str) -> str:
    """ "640 lb", "12.5 kg"."""
    said = number_words(grams / GRAMS[unit])
    return _("%(number)s lb", number=said) if unit == MILES else _("%(number)s kg", number=said)


def length_words(metres: int, unit: str) -> str:
    """ "1.2 mi", "14 km"; two places of what is short."""
    number = metres / METRES[unit]
    said = format_decimal(round(number, 2)) if number < 10 else number_words(number)
    return _("%(number)s mi", number=said) if unit == MILES else _("%(number)s km", number=said)


def area_words(square_metres: int, unit: str) -> str:
    """ "2.5 acres"."""
    said = number_words(square_metres / SQUARE_METRES[unit])
    return _("%(number)s acres", number=said) if unit == MILES else _("%(number)s ha", number=said)


def bags_words(bags: int) -> str:
    """ "42 bags"."""
    return ngettext("%(number)s bag", "%(number)s bags", bags, number=format_decimal(bags))


def estimated_words(grams: int, estimated: int, unit: str) -> str | None:
    """What of a weight nobody weighed, or nothing."""
    if not estimated:
        return None
    if estimated >= grams:
        return _("estimated from the bags")
    return _("%(weight)s of it estimated from the bags", weight=weight_words(estimated, unit))


def headline(totals: Totals, unit: str) -> str:
    """ "42 bags, about 640 lb"; what there is of it."""
    weight = weight_words(totals.grams, unit) if totals.grams else ""
    if totals.estimated:
        weight = _("about %(weight)s", weight=weight)
    return ", ".join(filter(None, (bags_words(totals.bags) if totals.bags else "", weight)))


def figures(totals: Totals, unit: str) -> list[dict[str, Any]]:
    """The totals one by one: a label, the figure, and what to know about it."""
    hours = number_words(totals.minutes / 60)
    minors = _("%(num)s of them under 18", num=format_decimal(totals.minors)) if totals.minors else None
    weight_note = estimated_words(totals.grams, totals.estimated, unit)
    rows = (
        (totals.bags, _("Bags"), format_decimal(totals.bags), _bag_kinds(totals)),
        (totals.grams, _("Weight"), weight_words(totals.grams, unit), weight_note),
        (totals.people, _("People"), format_decimal(totals.people), minors),
        (totals.minutes, _("Hours of work"), hours, None),
        (totals.shore, _("Shore"), length_words(totals.shore, unit), None),
        (totals.road, _("Road"), length_words(totals.road, unit), None),
        (totals.trail, _("Trail"), length_words(totals.trail, unit), None),
        (totals.square_metres, _("Area"), area_words(totals.square_metres, unit), None),
    )
    return [{"label": label, "figure": figure, "note": note} for number, label, figure, note in rows if number]


def item_rows(counts: dict[str, int], limit: int | None = None) -> list[tuple[str, str, int]]:
    """Things by name and number, the most first, with the number itself for a bar."""
    rows = [(str(ITEMS[key].label), format_decimal(count), count) for key, count in counts.items() if key in ITEMS]
    return rows[:limit]


def _bag_kinds(totals: Totals) -> str | None:
    recycling = _("%(num)s recycling", num=format_decimal(totals.bags_recycling)) if totals.bags_recycling else ""
    green = _("%(num)s green waste", num=format_decimal(totals.bags_green)) if totals.bags_green else ""
    return ", ".join(filter(None, (recycling, green))) or None
