"""What later features add to the page of one's own hours."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ..people.models import Person

# Context for a part that the page includes; registered by rsvps.additions.adds_to.
ON_HOURS: list[Callable[[Person, datetime], dict[str, Any]]] = []


def hours_context(person: Person, now: datetime) -> dict[str, Any]:
    """All that the page shows beside the hours."""
    return {name: value for show in ON_HOURS for name, value in show(person, now).items()}
