"""What stands on the page of one's answer: checking in and out, a code to show, one's hours."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_login import current_user

from ..access.attendance import helps, may_check_in
from ..access.rsvps import manage_token
from ..links import new_public_id
from ..refusals import Refused
from ..rsvps.additions import ON_PAGE, adds_to
from ..rsvps.models import DECLINED, Rsvp
from .actions import check_hours
from .briefing import day_context
from .console import moment_words
from .hours import hours_words, stays_at
from .hours_letters import letters_of
from .models import Party, who_is
from .queries import presence_of


@adds_to(ON_PAGE)
def attending(rsvp: Rsvp, moment: datetime) -> dict[str, Any]:
    """The part of attendance/_mine.html."""
    event, token = rsvp.event, manage_token(rsvp)
    checks = current_user.is_authenticated and current_user.id != rsvp.person_id
    stay = stays_at(rsvp, moment)
    return {
        "attending": here_context(rsvp, moment)
        | {
            "url": url_for("here.change", token=token),
            "code_url": None if event.is_past(moment) or rsvp.answer == DECLINED else url_for("here.code", token=token),
            "console_url": url_for("checkin.console_by_link", token=token) if helps(rsvp, moment) else None,
            "helper_url": url_for("checkin.console", slug=event.slug)
            if checks and may_check_in(current_user, event, moment)
            else None,
            "hours": stay and hours_words(stay.minutes),
            "times": stay and stay.times,
            "letter_url": url_for("letters.ask_by_link", token=token),
            "letter": next((row for row in letters_of(rsvp.person) if row.event_id == event.id), None)
            if stay
            else None,
        }
    }


@adds_to(ON_PAGE)
def the_day(rsvp: Rsvp, moment: datetime) -> dict[str, Any]:
    """The part of attendance/_day.html, for all but a no."""
    shown = rsvp.answer != DECLINED and not rsvp.event.is_past(moment)
    return {
        "day": day_context(rsvp.event, rsvp) if shown else None,
        "read_url": url_for("day.read", token=manage_token(rsvp)),
    }


def here_context(party: Party, moment: datetime) -> dict[str, Any]:
    """Where a party stands, and whether it can check in alone now."""
    presence = presence_of(party)
    return {
        "who": who_is(party),
        "name": party.name,
        "since": moment_words(presence.since, party.event) if presence.here else None,
        "left": moment_words(presence.left, party.event) if presence.left else None,
        "open": why_not(party.event, moment) is None,
        "key": new_public_id(),
    }


def why_not(event, moment: datetime) -> str | None:
    """Why nobody checks in alone now; None while they can."""
    try:
        check_hours(event, moment)
    except Refused as why:
        return str(why)
    return None
