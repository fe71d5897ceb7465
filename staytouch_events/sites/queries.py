"""When what is said of a day's sites changes by itself."""

from datetime import datetime

from ..events.models import HOURS, Event
from ..events.queries import day_of_site, sites_of


def next_turn(event: Event, now: datetime) -> datetime | None:
    """The next instant at which a site of the day, which the event is or belongs to, opens, closes, starts or ends."""
    day = event if event.is_umbrella else day_of_site(event)
    sites = [] if day is None else sites_of(day)
    hours = (getattr(site, name) for site in sites for name in (*HOURS, "starts_at", "ends_at"))
    return min((hour for hour in hours if hour and hour > now), default=None)
