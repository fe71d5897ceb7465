"""A series in words of the current language."""

from collections.abc import Collection
from typing import Any

from babel.dates import get_day_names
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..events.words import long_day
from .facts import PICTURE, PLACE, WEATHER, WHEN
from .models import Series
from .rules import Rule

OF_THE_MONTH = {
    1: _l("The first %(day)s of the month"),
    2: _l("The second %(day)s of the month"),
    3: _l("The third %(day)s of the month"),
    4: _l("The fourth %(day)s of the month"),
    -1: _l("The last %(day)s of the month"),
}
OWN = {WHEN: _l("time"), PLACE: _l("place"), "title": _l("title"), "description": _l("description")}
OWN |= {PICTURE: _l("picture"), "capacity": _l("spots"), WEATHER: _l("weather")}


def rule_words(rule: Rule) -> str:
    """ "Every Saturday"."""
    if "day" in rule:
        return _("Day %(num)d of each month", num=rule["day"])
    day = get_day_names("wide", locale=get_locale())[rule["weekday"]]
    if "nth" in rule:
        return str(OF_THE_MONTH[rule["nth"]]) % {"day": day}
    if rule["every"] == 1:
        return _("Every %(day)s", day=day)
    return _("Every %(num)d weeks on %(day)s", num=rule["every"], day=day)


def rules_words(rules: list[Any]) -> str:
    """Several at once: "The first Tuesday of the month + the third Saturday of the month"."""
    first, *more = (rule_words(rule) for rule in rules)
    return " + ".join([first, *(words[0].lower() + words[1:] for words in more)])


def series_words(series: Series) -> str:
    """The rules, and until when, or how often, since they are counted."""
    words = rules_words(series.rules)
    if series.until_on:
        return _("%(rules)s, until %(day)s", rules=words, day=long_day(series.until_on))
    if series.most:
        times = ngettext("%(num)d time", "%(num)d times", series.most)
        if series.counted_from and series.counted_from > series.first_on:
            return _("%(rules)s, %(times)s from %(day)s", rules=words, times=times, day=long_day(series.counted_from))
        return f"{words}, {times}"
    return words


def own_words(groups: Collection[str]) -> str:
    """What a date keeps for itself: "time, place"; "" for nothing."""
    named = [str(words) for group, words in OWN.items() if group in groups]
    return ", ".join(named + ([_("details")] if set(groups) - set(OWN) else []))
