"""Answers in words."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from ..events.models import Event
from ..refusals import Refused
from .actions import Party, check_open
from .models import GOING, MAYBE, SEATED, WAITING, Rsvp
from .seats import place_in_line


def answer_words(rsvp: Rsvp) -> dict[str, str]:
    """What an answer came to, as a title and a line."""
    if rsvp.standing == SEATED:
        spots = ngettext("%(num)d spot is yours.", "%(num)d spots are yours.", rsvp.party)
        return {"title": _("You're in"), "text": spots}
    if rsvp.standing == WAITING:
        place = place_in_line(rsvp)
        return {
            "title": _("You're in line"),
            "text": _("Number %(place)d. When a spot frees up, we mail you.", place=place),
        }
    if rsvp.answer == MAYBE:
        return {"title": _("You may come"), "text": _("A maybe takes no spot. Say when you know.")}
    return {"title": _("You can't come"), "text": _("Plans change: answer again if yours do.")}


def why_closed(event: Event, now: datetime) -> str | None:
    """Why nobody can answer now; None while they can."""
    try:
        check_open(event, GOING, Party(1), now)
    except Refused as why:
        return str(why)
    return None
