"""Proposing times, taking one, moving and calling off the appointment that came of it."""

import uuid
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from .. import outbox
from ..access.writing import FREELY, may_write_on
from ..db import db, lock
from ..people.models import Person
from ..refusals import Refused
from .actions import send
from .meeting_models import Meeting, Proposal
from .meeting_queries import open_proposals
from .models import Side

MADE, MOVED, OFF = "made", "moved", "off"


def propose(
    side: Side, writer: Person, fields: dict[str, Any], text: str, now: datetime, meeting: Meeting | None = None
) -> Proposal:
    """Propose up to three times, for a new appointment or another time for one there is. Raises Refused."""
    lock(side.conversation)
    if side.conversation.group_id or may_write_on(side, writer) != FREELY:
        raise Refused(_("Times can be proposed once both of you write to each other."))
    if meeting is not None and (meeting.cancelled_at or meeting.ends_at <= now):
        raise Refused(_("This appointment is over or off. Propose a new one."))
    for earlier in open_proposals(meeting) if meeting else ():
        earlier.closed_at = now
    message = send(side, writer, text or _("How about one of these?"), now)
    proposal = Proposal(message=message, meeting=meeting, **fields)
    db.session.add(proposal)
    db.session.flush()
    return proposal


def take(proposal: Proposal, number: int, side: Side, now: datetime) -> Meeting:
    """One of the times fits: it is an appointment, and both have it in their calendars. Raises Refused."""
    _check_open(proposal, side, now, number)
    starts, ends = proposal.spans[number]
    meeting = proposal.meeting
    news = MADE if meeting is None else MOVED
    if meeting is None:
        organizer = current_app.config["SETTINGS"].mail_from
        meeting = Meeting(conversation=side.conversation, uid=f"{uuid.uuid4()}@staytouch", organizer=organizer)
        meeting.created_at, meeting.sequence = now, 0
    else:
        meeting.sequence += 1
    for name in ("what", "place", "zone"):
        setattr(meeting, name, getattr(proposal, name))
    meeting.starts_at, meeting.ends_at, meeting.changed_at = starts, ends, now
    db.session.add(meeting)
    proposal.meeting, proposal.taken, proposal.closed_at = meeting, number, now
    db.session.flush()
    _tell(meeting, news, now)
    return meeting


def take_none(proposal: Proposal, side: Side, person: Person, now: datetime) -> None:
    """None of them fits, which the other side reads as a message. Raises Refused."""
    _check_open(proposal, side, now)
    proposal.closed_at = now
    send(side, person, _("None of these times works for me."), now)


def call_off(meeting: Meeting, now: datetime, besides: Person | None = None) -> None:
    """It is off: both calendars are told, but for somebody who leaves. Called off twice, it is off once."""
    lock(meeting.conversation)
    if meeting.cancelled_at is not None or meeting.ends_at <= now:
        return
    meeting.cancelled_at = meeting.changed_at = now
    meeting.sequence += 1
    for proposal in open_proposals(meeting):
        proposal.closed_at = now
    _tell(meeting, OFF, now, besides)


def is_open(proposal: Proposal, now: datetime) -> bool:
    """Whether one of its times can still be taken."""
    return proposal.closed_at is None and any(start > now for start, _end in proposal.spans)


def _check_open(proposal: Proposal, side: Side, now: datetime, number: int | None = None) -> None:
    lock(side.conversation)
    if proposal.message.side_id == side.id:
        raise Refused(_("You proposed this: the other one chooses."))
    if proposal.closed_at is not None:
        raise Refused(_("This was answered or withdrawn already."))
    if number is not None and not (0 <= number < len(proposal.times) and proposal.spans[number][0] > now):
        raise Refused(_("This time has passed. Propose another."))
    if side.blocked or side.across.blocked:
        raise Refused(_("They can't be written to just now."))


def _tell(meeting: Meeting, news: str, now: datetime, besides: Person | None = None) -> None:
    """A letter to each of the two, with the invitation; what still waits about it is overtaken."""
    conversation = meeting.conversation
    for person in (conversation.person, conversation.other):
        if person is None or person is besides or person.email is None:
            continue
        outbox.post(
            "conversations.meeting",
            to=person.email,
            name=person.name,
            language=person.language,
            facts={"meeting": meeting.id, "person": person.id, "news": news},
            now=now,
            key=f"meeting:{meeting.id}:{person.id}",
        )
