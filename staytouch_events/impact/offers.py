"""What check-in knows of people and hours, offered where somebody would else count by heart."""

from dataclasses import dataclass
from datetime import datetime

from ..attendance.hours import stays_of
from ..attendance.queries import attendees
from ..events.models import Event
from .models import RETURNED, ImpactLog
from .queries import logs_of


@dataclass(frozen=True)
class Offer:
    """Adults, minors and minutes: by check-in, and what of them no other team's log has yet."""

    adults: int
    minors: int
    minutes: int
    left_adults: int
    left_minors: int
    left_minutes: int

    def typed(self) -> dict[str, int | float | None]:
        """For the fields of a new log: what is left, and nothing where check-in knows nothing."""
        if not (self.adults or self.minors):
            return {}
        hours = round(self.left_minutes / 60, 1) if self.minutes else None
        return {"adults": self.left_adults, "minors": self.left_minors, "hours": hours}


def offer(event: Event, now: datetime, besides: ImpactLog | None = None) -> Offer:
    """What to offer to a log of this event."""
    came = [row.presence for row in attendees(event) if row.presence.came]
    known = {
        "adults": sum(row.adults for row in came),
        "minors": sum(row.minors for row in came),
        "minutes": sum(stay.people_minutes for stay in stays_of(event, now)),
    }
    others = [log for log in logs_of(event) if log is not besides and log.state != RETURNED]
    left = {
        f"left_{name}": max(0, number - sum(getattr(log, name) or 0 for log in others))
        for name, number in known.items()
    }
    return Offer(**known, **left)
