"""What pages show of proposed times and appointments."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ..access.busy import Plan
from ..people.models import Person
from ..people.queries import zone_of
from .meeting_models import Meeting, Proposal
from .meeting_queries import Span, at_once, meetings_to_come
from .meeting_words import both_words, meeting_title
from .meetings import is_open


def proposal_context(proposal: Proposal, mine: bool, viewer: Person, now: datetime) -> dict[str, Any]:
    """The times of one message, with what the viewer has on then, which nobody else sees."""
    waits = is_open(proposal, now)
    taken = at_once(viewer, proposal.spans, proposal.meeting) if waits else []
    return {
        "row": proposal,
        "what": proposal.what,
        "place": proposal.place,
        "moves": proposal.meeting_id is not None and proposal.taken is None,
        "open": waits,
        "mine": mine,
        "times": [
            {
                "number": number,
                "words": both_words(*span, proposal.zone, zone_of(viewer)),
                "clash": _clash(span, taken),
                "passed": span[0] <= now,
                "taken": proposal.taken == number,
            }
            for number, span in enumerate(proposal.spans)
        ],
        "state": None if waits else _state(proposal),
    }


def meeting_context(meeting: Meeting, viewer: Person) -> dict[str, Any]:
    """An appointment to come."""
    span = (meeting.starts_at, meeting.ends_at)
    return {
        "row": meeting,
        "title": meeting_title(meeting, viewer),
        "when": both_words(*span, meeting.zone, zone_of(viewer)),
        "place": meeting.place,
        "clash": _clash(span, at_once(viewer, [span], meeting)),
        "url": url_for("messages.one", number=meeting.conversation_id),
    }


def appointments(person: Person, now: datetime) -> list[dict[str, Any]]:
    """All of somebody's appointments to come, for their agenda (conversations/_agenda.html)."""
    return [meeting_context(meeting, person) for meeting in meetings_to_come(person, now)]


def _clash(span: Span, taken: list[Plan]) -> str | None:
    titles = [plan.what for plan in taken if plan.meets(*span)]
    return _("You have %(what)s then", what=", ".join(titles)) if titles else None


def _state(proposal: Proposal) -> str:
    """What became of it."""
    if proposal.taken is not None:
        return _("It's a date.") if proposal.meeting.cancelled_at is None else _("It was called off.")
    return _("Withdrawn, or none of them fit.") if proposal.closed_at else _("All of these times have passed.")
