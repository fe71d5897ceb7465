"""An event's day, hours and place in words of the current language, the same on pages, in mail and calendars."""

from datetime import date, datetime, timedelta

from babel.dates import format_date, format_time
from flask_babel import format_decimal, get_locale, ngettext
from flask_babel import gettext as _

from ..geo.distance import METRES
from ..spoken import once_a_language
from ..when import in_zone
from .models import Event


def starts(event: Event) -> datetime:
    """The start as clocks at the place show it."""
    return event.starts_wall if event.all_day else in_zone(event.starts_at, event.zone)


def last_day(event: Event) -> date:
    """The last day at the place; all-day events end at the midnight after it."""
    if event.all_day:
        return (event.ends_wall - timedelta(days=1)).date()
    return in_zone(event.ends_at, event.zone).date()


def long_day(day: date) -> str:
    """ "Saturday 28 November"."""
    return format_date(day, _("EEEE d MMMM"), get_locale())


def short_day(day: date) -> str:
    """ "Sat 28 Nov"."""
    return format_date(day, _("EEE d MMM"), get_locale())


def day_and_clock(moment: datetime) -> str:
    """ "Sat 28 Nov, 9 am", of what a clock shows."""
    return f"{short_day(moment.date())}, {clock(moment)}"


def day_words(event: Event) -> str:
    """The day, or the first and the last: "Saturday 28 November 2026"."""
    first, last = starts(event).date(), last_day(event)
    pattern = _("EEEE d MMMM y")
    if first == last or (not event.all_day and last - first <= timedelta(days=1)):
        return format_date(first, pattern, get_locale())
    return f"{format_date(first, pattern, get_locale())} – {format_date(last, pattern, get_locale())}"


def hours_words(event: Event) -> str:
    """ "8:30–11:30 am", or "All day"."""
    if event.all_day:
        return _("All day")
    first, last = in_zone(event.starts_at, event.zone), in_zone(event.ends_at, event.zone)
    if first.date() != last.date() and last - first > timedelta(hours=18):
        return f"{clock(first)} – {short_day(last.date())}, {clock(last)}"
    return clock_range(first, last)


def clock_range(first: datetime, last: datetime) -> str:
    """Two times of day, saying am or pm once where it is the same."""
    begin, end = clock(first), clock(last)
    begin_time, _space, begin_half = begin.partition("\u00a0")
    if begin_half and end.endswith("\u00a0" + begin_half):
        begin = begin_time
    return f"{begin}–{end}"


def clock(moment: datetime) -> str:
    """A time of day: "8:30 am", "9 am", "12:05 pm"; 24 hours where the language counts so."""
    pattern = _("h:mm a")
    if moment.minute == 0:
        pattern = pattern.replace(":mm", "") if "a" in pattern else pattern
    said = format_time(moment.time(), pattern, locale=get_locale())
    return said.replace("AM", "am").replace("PM", "pm").replace("\u202f", "\u00a0").replace(" ", "\u00a0")


def when_words(event: Event) -> str:
    """Day, hours and zone in one line, as the place counts them."""
    words = f"{day_words(event)}, {hours_words(event)}"
    return words if event.all_day else f"{words} ({event.zone.replace('_', ' ')})"


def where_words(event: Event, exact: bool = False) -> str:
    """Venue, address and town in one line, each once; "Online" where there is no place.

    Of a hidden place only the town, unless `exact`.
    """
    said: list[str] = []
    hidden = not exact and event.place_hidden
    for part in (event.place_name,) if hidden else (event.venue, event.address, event.place_name):
        if part and not any(part in other for other in said):
            said.append(part)
    if event.online:
        said.append(_("Online"))
    return ", ".join(said)


def distance_words(metres: float, unit: str) -> str:
    """ "1.2 mi", "14 km"."""
    number = metres / METRES[unit]
    return far_words(round(number, 1) if number < 10 else round(number), unit)


@once_a_language
def far_words(number: float, unit: str) -> str:
    """So many miles or kilometres."""
    said = format_decimal(number)
    return _("%(number)s mi", number=said) if unit == "mi" else _("%(number)s km", number=said)


def sites_words(number: int) -> str:
    """ "5 sites", of a day that has several."""
    return ngettext("%(num)d site", "%(num)d sites", number) if number else _("Several sites")
