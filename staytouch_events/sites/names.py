"""What a site is called: in lists of events with its day, on the day's own page without."""

from ..events.models import Event

LONGEST = 120


def site_title(day: Event, name: str) -> str:
    """As an event among others: "Earth Day: Coyote Creek"."""
    return f"{day.title}: {name}"


def site_name(day: Event, site: Event) -> str:
    """As one of the day's sites: "Coyote Creek", or its whole title where that was changed."""
    return site.title.removeprefix(f"{day.title}: ") or site.title


def longest_name(day: Event) -> int:
    """Letters that a site's name may have, so that its title is an event's."""
    return LONGEST - len(site_title(day, ""))
