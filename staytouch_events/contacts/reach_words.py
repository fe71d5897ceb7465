"""Kinds, rhythms and how long ago something was, in words of the current language."""

from datetime import date

from babel.dates import format_date
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from .models import CALL, MEETING, WROTE, ContactKind
from .rhythm_queries import DUE, OVERDUE, Standing, Wish
from .together import touch_words
from .touch_queries import EVENT, MET, Touch

# Days of each unit, the longest first: what divides both sides of a rhythm is what it is said in.
UNITS = {"months": 30, "weeks": 7, "days": 1}


def kind_words(kind: ContactKind) -> str:
    """What a kind is called: its owner's word, else the site's."""
    usual = {
        "friend": _("Friend"),
        "crew": _("Crew"),
        "neighbour": _("Neighbour"),
        "client": _("Client"),
        "official": _("Official"),
        "donor": _("Donor"),
    }
    return kind.name or usual.get(kind.key, kind.key)


def unit_of(*days: int | None) -> str:
    """The longest unit that says these exactly."""
    return next(unit for unit, length in UNITS.items() if all(number % length == 0 for number in days if number))


def span_words(days: int, unit: str) -> str:
    """ "11 weeks": as many whole units as there are; fewer than one are days."""
    number = days // UNITS[unit]
    if number == 0 or unit == "days":
        return ngettext("%(num)d day", "%(num)d days", days)
    if unit == "weeks":
        return ngettext("%(num)d week", "%(num)d weeks", number)
    return ngettext("%(num)d month", "%(num)d months", number)


def wish_words(wish: Wish) -> str:
    """ "8 weeks": what one wished for."""
    return span_words(wish.ideal, unit_of(wish.ideal))


def why_words(row: Standing) -> str:
    """ "11 weeks since Coyote Creek; you wanted 8 weeks"."""
    ago = span_words(row.days, unit_of(row.wish.ideal))
    return _(
        "%(ago)s since %(what)s; you wanted %(wish)s", ago=ago, what=what_words(row.last), wish=wish_words(row.wish)
    )


def what_words(touch: Touch | None) -> str:
    """The last contact, as it stands in the middle of a sentence."""
    if touch is None:
        return _("they came into your list")
    if touch.event is not None:
        return touch.event[1]
    return {
        CALL: _("you talked"),
        MEETING: _("you met"),
        WROTE: _("you wrote"),
        MET: _("you exchanged cards"),
        EVENT: _("an event"),
    }[touch.what]


def last_words(row: Standing) -> str:
    """ "Last: Coyote Creek clean-up, 22 Apr 2026"; empty where there was nothing yet."""
    if row.last is None:
        return ""
    if row.last.event is not None:
        what = row.last.event[1]
    else:
        what = _("Cards exchanged") if row.last.what == MET else touch_words(row.last.what)
    return _("Last: %(what)s, %(day)s", what=what, day=day_words(row.since))


def state_words(row: Standing) -> tuple[str, str] | None:
    """A tag (tone, words) for whom it is time; None for all others."""
    if row.state == OVERDUE:
        return "bad", _("Overdue")
    if row.state == DUE:
        return "need", _("Time to write")
    return None


def soon_words(day: date, today: date) -> str:
    """ "Today", "Tomorrow", else the weekday."""
    away = (day - today).days
    return {0: _("Today"), 1: _("Tomorrow")}.get(away) or format_date(day, "EEEE", get_locale()).capitalize()


def day_words(day: date) -> str:
    """ "22 Apr 2026"."""
    return format_date(day, _("d MMM y"), get_locale())


def source_words(wish: Wish | None, kind: ContactKind | None) -> str:
    """Whose rhythm it is: "every 8 weeks, as for friends"."""
    if wish is None:
        return _("No reminders")
    every = _("Every %(wish)s", wish=wish_words(wish))
    if wish.by == "tag":
        return _("%(every)s, by the tag %(tag)s", every=every, tag=wish.word)
    if wish.by == "kind" and kind is not None:
        return _("%(every)s, by the kind %(kind)s", every=every, kind=kind_words(kind))
    return every
