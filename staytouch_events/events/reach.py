"""How far a change of an event reaches: the event alone, or others that were made with it.

Whoever makes events together registers them here (series/spread.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .models import Event

ONE, FOLLOWING, ALL = "one", "following", "all"


@dataclass(frozen=True)
class Together:
    """Events that are made together: holding them, which others a change may reach, and taking a change to them."""

    hold: Callable[[Event], None]
    others: Callable[[Event, str, datetime], list[Event]]
    spread: Callable[[Event, dict[str, Any], str, datetime], None]


TOGETHER: list[Together] = []


def hold(event: Event, reach: str) -> None:
    """Lock what makes them before any of them is changed, where a change reaches several."""
    if reach != ONE:
        for made in TOGETHER:
            made.hold(event)


def others(event: Event, reach: str, now: datetime) -> list[Event]:
    """The other events that a change of this one would reach."""
    return [] if reach == ONE else [other for made in TOGETHER for other in made.others(event, reach, now)]


def spread(event: Event, before: dict[str, Any], reach: str, now: datetime) -> None:
    """Change the others as this event was changed; `before` is what its changed fields were."""
    if reach != ONE and before:
        for made in TOGETHER:
            made.spread(event, before, reach, now)
