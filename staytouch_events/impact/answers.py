"""What stands on the page of one's answer: putting down what was done, and what one was given."""

from datetime import datetime
from typing import Any

from flask import url_for

from ..access.impact import may_propose
from ..access.rsvps import manage_token
from ..attendance.additions import ON_HOURS
from ..events.words import short_day
from ..people.models import Person
from ..rsvps.additions import ON_PAGE, adds_to
from ..rsvps.models import Rsvp
from ..when import in_zone
from .page import usual_unit
from .queries import logs_of
from .recognitions import awards_of
from .summary import log_summary


@adds_to(ON_PAGE)
def counting(rsvp: Rsvp, moment: datetime) -> dict[str, Any]:
    """The part of impact/_mine.html."""
    if not may_propose(rsvp.person, rsvp.event, moment):
        return {}
    token, unit = manage_token(rsvp), usual_unit(rsvp.person, rsvp.event)
    mine = [log for log in logs_of(rsvp.event) if log.proposed_by_id == rsvp.person_id]
    return {
        "counting": {
            "url": url_for("impact_links.new", token=token),
            "logs": [
                log_summary(log, unit) | {"url": url_for("impact_links.one", token=token, number=log.id)}
                for log in mine
            ],
        }
    }


@adds_to(ON_HOURS)
def recognized(person: Person, _moment: datetime) -> dict[str, Any]:
    """The part of impact/_given.html."""
    return {
        "recognized": [
            {
                "name": award.recognition.name,
                "about": award.recognition.about,
                "crew": award.recognition.group.name,
                "day": short_day(in_zone(award.decided_at, award.recognition.group.zone).date()),
                "words": award.words,
            }
            for award in awards_of(person)
        ]
    }
