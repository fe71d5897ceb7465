"""Answers in words."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from ..access.rsvps import manage_token
from ..events.models import PUBLISHED, Event
from ..events.words import day_and_clock, when_words
from ..refusals import Refused
from ..when import in_zone
from .actions import Party, check_open
from .models import GOING, MAYBE, SEATED, WAITING, Rsvp
from .reminders import is_asked
from .seats import place_in_line


def answer_words(rsvp: Rsvp) -> dict[str, str]:
    """What an answer came to, as a title and a line."""
    if rsvp.standing == SEATED:
        spots = ngettext("%(num)d spot is yours.", "%(num)d spots are yours.", rsvp.party)
        sure = _("You said again that you come.") if rsvp.sure_at else ""
        return {"title": _("You're in"), "text": f"{spots} {sure}".strip()}
    if rsvp.standing == WAITING:
        place = place_in_line(rsvp)
        return {
            "title": _("You're in line"),
            "text": _("Number %(place)d. When a spot frees up, we mail you.", place=place),
        }
    if rsvp.has_lapsed:
        text = _("You did not say in time that you still come, so your spot went on.")
        return {"title": _("Your spot is gone"), "text": text}
    if rsvp.answer == MAYBE:
        return {"title": _("You may come"), "text": _("A maybe takes no spot. Say when you know.")}
    return {"title": _("You can't come"), "text": _("Plans change: answer again if yours do.")}


def question_words(rsvp: Rsvp, now: datetime) -> dict[str, str] | None:
    """What rsvps/_question.html asks of a new date, or the day before; None where nothing is asked."""
    if rsvp.event.state != PUBLISHED or rsvp.event.is_past(now):
        return None
    if is_asked(rsvp, now):
        title, text = _("Still coming?"), _("Say yes, and the crew can count on you.")
    elif rsvp.confirm_by_at is None and not rsvp.has_lapsed:
        return None
    elif rsvp.has_lapsed:
        title, text = _("Still coming?"), _("Say so, and you get a spot if one is free; else a place in the line.")
    else:
        title, text = _("Still coming on the new date?"), f"{when_words(rsvp.event)}. {_until(rsvp)}"
    yes = _("Still maybe") if rsvp.answer == MAYBE else _("Still coming")
    return {"title": title, "text": text, "yes": yes, "token": manage_token(rsvp)}


def _until(rsvp: Rsvp) -> str:
    hour = confirm_hour(rsvp)
    if rsvp.standing == SEATED:
        return _("Say so by %(hour)s. After that your spot goes to the line.", hour=hour)
    return _("Say so by %(hour)s.", hour=hour)


def confirm_hour(rsvp: Rsvp) -> str:
    """By when, as clocks at the place show it: "Sat 28 Nov, 9 am"."""
    return day_and_clock(in_zone(rsvp.confirm_by_at, rsvp.event.zone))


def why_closed(event: Event, now: datetime) -> str | None:
    """Why nobody can answer now; None while they can."""
    try:
        check_open(event, GOING, Party(1), now)
    except Refused as why:
        return str(why)
    return None
