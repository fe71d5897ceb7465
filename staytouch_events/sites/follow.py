"""The sites go with their day: published, cancelled, put off and on again together; a change asks how far it goes."""

from datetime import datetime, timedelta
from typing import Any

from ..events.actions import COPIED, cancel, postpone, publish, restore, save
from ..events.deciding import go_ahead
from ..events.models import CANCELLED, DRAFT, HOURS, POSTPONED, PUBLISHED, Event
from ..events.queries import sites_of
from ..events.reach import TOGETHER, Together
from ..events.times import moved_times
from ..events.weather import is_undecided
from ..series.facts import MEMBERS, PLACE, TIMES, group_of
from .names import site_title

# What each site has for itself.
OWN = {*MEMBERS[PLACE], "title", "meeting_point", "parking", "parking_lat", "parking_lon", "transit", "place_hidden"}
OWN |= {"online", "online_url", "capacity", "seats_for_shifts"}
SHARED = {*COPIED, *HOURS} - OWN - set(TIMES)


def publish_sites(day: Event, *, now: datetime, **_news: Any) -> None:
    """The day was published: so are its sites."""
    for site in _sites(day, DRAFT):
        publish(site, now)


def cancel_sites(day: Event, *, now: datetime, **_news: Any) -> None:
    """The day is off: so are its sites, for the same reason."""
    for site in _sites(day, PUBLISHED, POSTPONED):
        if not site.is_past(now):
            cancel(site, day.reason, now)


def postpone_sites(day: Event, *, now: datetime, **_news: Any) -> None:
    """The day waits for a new date, and its sites with it."""
    for site in _sites(day, PUBLISHED):
        if not site.is_past(now):
            postpone(site, day.reason, now)


def restore_sites(day: Event, *, was_off_at: datetime | None, now: datetime, **_news: Any) -> None:
    """The day is on again: so are the sites that went off with it, and no other."""
    for site in _sites(day, CANCELLED, POSTPONED):
        if site.starts_at > now and site.cancelled_at == was_off_at:
            restore(site, now)


def move_sites(day: Event, *, before: dict[str, Any], confirm_by: datetime | None, now: datetime, **_news: Any) -> None:
    """The day was put off to another: the sites move along, and whoever comes there is asked again."""
    for site in _sites(day, PUBLISHED, POSTPONED):
        if not site.is_past(now):
            save(site, _changed_fields(day, site, before) | {"reason": day.reason}, now, confirm_by=confirm_by)


def let_sites_go_ahead(day: Event, *, now: datetime, **_news: Any) -> None:
    """The weather allows it, everywhere."""
    for site in _sites(day, PUBLISHED):
        if is_undecided(site) and not site.is_past(now):
            go_ahead(site, now)


def hold(_day: Event) -> None:
    """The day itself is what its sites are locked after."""


def others(day: Event, _reach: str, now: datetime) -> list[Event]:
    """The sites that a change of the day may reach."""
    return [site for site in _sites(day, DRAFT, PUBLISHED, POSTPONED) if not site.is_past(now)]


def spread(day: Event, before: dict[str, Any], reach: str, now: datetime) -> None:
    """Change the sites as the day was changed; what a site has of its own stays."""
    for site in others(day, reach, now):
        save(site, _changed_fields(day, site, before), now)


def _sites(day: Event, *states: str) -> list[Event]:
    return [site for site in sites_of(day) if site.state in states] if day.is_umbrella else []


def _changed_fields(day: Event, site: Event, before: dict[str, Any]) -> dict[str, Any]:
    groups: dict[str, list[str]] = {}
    for name in SHARED & before.keys():
        groups.setdefault(group_of(name), []).append(name)
    followed = (names for names in groups.values() if all(getattr(site, name) == before[name] for name in names))
    fields = {name: getattr(day, name) for names in followed for name in names}
    if "title" in before:
        was = f"{before['title']}: "
        if site.title.startswith(was):
            fields["title"] = site_title(day, site.title.removeprefix(was))
    return fields | (_times(day, site, before) if before.keys() & set(TIMES) else {})


def _times(day: Event, site: Event, before: dict[str, Any]) -> dict[str, Any]:
    """The day's hours, where the site had them; hours of its own on the new day, where it had the old one."""
    was = {name: before.get(name, getattr(day, name)) for name in ("starts_wall", "ends_wall", "all_day")}
    if all(getattr(site, name) == value for name, value in was.items()):
        return moved_times(day.starts_wall, day.ends_wall, site.zone, day.all_day)
    days = timedelta(days=(day.starts_wall.date() - was["starts_wall"].date()).days)
    if days and site.starts_wall.date() == was["starts_wall"].date():
        return moved_times(site.starts_wall + days, site.ends_wall + days, site.zone, site.all_day)
    return {}


def own_hours(day: Event, site: Event) -> bool:
    """Whether a site has hours of its own."""
    return (site.starts_wall, site.ends_wall, site.all_day) != (day.starts_wall, day.ends_wall, day.all_day)


TOGETHER.append(Together(hold, others, spread))
