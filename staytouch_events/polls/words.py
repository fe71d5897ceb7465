"""Times, answers and deadlines in words."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ..events.words import clock_range, long_day, short_day
from ..when import in_zone
from .models import IF_NEED, NO, YES, TimeOption, TimePoll
from .queries import Standing

ANSWER_WORDS = {YES: _l("Yes"), IF_NEED: _l("If need be"), NO: _l("No")}


def span_words(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """ "Saturday 28 November, 8:30–11:30 am"."""
    first, last = in_zone(starts_at, zone), in_zone(ends_at, zone)
    return f"{long_day(first.date())}, {clock_range(first, last)}"


def option_words(option: TimeOption, zone: str) -> str:
    """An option's day and hours, as clocks of the poll's zone show them."""
    return span_words(option.starts_at, option.ends_at, zone)


def chosen_words(poll: TimePoll) -> str:
    """The time that was chosen."""
    return span_words(poll.starts_at, poll.ends_at, poll.zone)


def zone_words(zone: str) -> str:
    """ "America/Los Angeles"."""
    return zone.replace("_", " ")


def last_day_words(closes_at: datetime, zone: str) -> str:
    """The last day to vote: "Fri 27 Nov"."""
    return short_day((in_zone(closes_at, zone) - timedelta(seconds=1)).date())


def count_words(found: Standing) -> str:
    """ "4 yes, 1 if need be"."""
    said_yes, said_if = found.rank
    words = _("%(num)d yes", num=said_yes)
    return _("%(yes)s, %(num)d if need be", yes=words, num=said_if) if said_if else words


def votes_words(count: int) -> str:
    """ "5 people voted"."""
    return ngettext("%(num)d person voted", "%(num)d people voted", count)


def took_part_words(count: int) -> str:
    """ "5 took part"."""
    return ngettext("%(num)d took part", "%(num)d took part", count)
