"""What the pages of conversations show."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from ..access.writing import ASKING, FREELY, WAITING, is_stopped, may_write_on
from ..events.words import short_day, starts
from ..forms import ButtonForm
from ..markdown import html
from ..people.models import Person
from ..people.queries import zone_of
from .actions import LONGEST_REQUEST, may_take_back
from .forms import MessageForm
from .meeting_models import Proposal
from .meeting_page import meeting_context, proposal_context
from .meeting_queries import meetings_in, proposals_in
from .models import Message, Side
from .queries import messages_of, people_met, the_rest, unread
from .words import first_line, moment_words, name_across, name_of


def list_context(viewer, put_away: bool, before: int | None, now: datetime) -> dict[str, Any]:
    """The viewer's conversations: what waits first, or what was put away."""
    first = before is None and not put_away
    waiting = unread(viewer) if first else []
    rest, older = the_rest(viewer, put_away, before)
    none = not (waiting or rest)
    return {
        "waiting": [_row(side, viewer, now) for side in waiting],
        "rest": [_row(side, viewer, now) for side in rest],
        "put_away": put_away,
        "older_url": url_for("messages.listing", before=older, away=int(put_away) or None) if older else None,
        "met": [_met(person, event) for person, event in people_met(viewer)] if first and none else [],
        "first": first,
    }


def thread_context(
    side: Side, viewer: Person, before: int | None, now: datetime, link: str | None, **typed: Any
) -> dict[str, Any]:
    """One conversation as one side sees it; `link` is the token by which somebody without an account came."""
    messages, older = messages_of(side.conversation, before)
    how = may_write_on(side, viewer)
    asked, pair = _is_asked(side), side.conversation.group_id is None
    proposals = proposals_in(message.id for message in messages) if pair else {}
    return {
        "name": name_across(side),
        "side": side,
        "link": link,
        "crew": side.conversation.group if side.is_crew else None,
        "messages": [_message(message, side, viewer, proposals.get(message.id), now) for message in messages],
        "meetings": [meeting_context(meeting, viewer) for meeting in meetings_in(side.conversation, now)],
        "propose_url": url_for("meetings.new", number=side.conversation_id) if pair and how == FREELY else None,
        "older": older,
        "newest": before is None,
        "asked": asked,
        "how": how,
        "why_not": _why_not(side, viewer, how),
        "form": MessageForm(formdata=None),
        "limit": LONGEST_REQUEST if how == ASKING else None,
        "up_to": side.conversation.last_id,
        "button": ButtonForm(formdata=None),
        "to": url(side, "write", link),
        "url": lambda door, **values: url(side, door, link, **values),
        **typed,
    }


def first_context(viewer: Person, person: Person, how: str, form: MessageForm) -> dict[str, Any]:
    """The page on which somebody writes to another for the first time."""
    return {
        "name": name_of(person),
        "person": person,
        "how": how,
        "form": form,
        "limit": LONGEST_REQUEST if how == ASKING else None,
        "to": url_for("messages.begin", public_id=person.public_id),
        "why_not": _stopped_words() if is_stopped(viewer) else _("They can't be written to just now."),
    }


def face(name: str, person: Person, writes: bool) -> dict[str, Any]:
    """Somebody as ui/bits.html's faces show them, with the way to write to them for whoever may."""
    may = writes and person.is_active and current_user.is_authenticated and person.id != current_user.id
    write_url = url_for("messages.first", public_id=person.public_id) if may else None
    return {"initial": name[:1].upper(), "name": name, "write_url": write_url}


def url(side: Side, door: str, link: str | None, **values: Any) -> str:
    """Where a conversation's page, or a button on it, leads: by its link where there is one."""
    if link:
        return url_for(f"message_links.{door}", token=link, **values)
    return url_for(f"messages.{door}", number=side.conversation_id, **values)


def _row(side: Side, viewer: Person, now: datetime) -> dict[str, Any]:
    """A conversation in the list."""
    last = side.conversation.last
    return {
        "url": url_for("messages.one", number=side.conversation_id, _anchor="write"),
        "name": name_across(side),
        "crew": side.conversation.group.name if side.is_crew else None,
        "line": first_line(last),
        "mine": last.side_id == side.id,
        "when": moment_words(last.sent_at, zone_of(viewer), now),
        "iso": last.sent_at.isoformat(),
        "zone": zone_of(viewer),
        "tag": _tag(side),
    }


def _tag(side: Side) -> tuple[str, str] | None:
    """How a conversation stands, where that is news."""
    if side.blocked:
        return "plain", _("Blocked")
    if side.declined:
        return "plain", _("Declined")
    if _is_asked(side):
        return "need", _("Asks to write with you")
    if side.has_unread:
        return ("need", _("Nobody has answered")) if side.is_crew else ("plain", _("New"))
    return ("plain", _("No mail")) if side.muted else None


def _is_asked(side: Side) -> bool:
    """Whether the other side's request waits for a word here."""
    conversation = side.conversation
    return bool(conversation.accepted_at is None and conversation.last_id and conversation.last.side_id != side.id)


def _message(message: Message, side: Side, viewer: Person, proposal: Proposal | None, now: datetime) -> dict[str, Any]:
    mine, zone = message.side_id == side.id, zone_of(viewer)
    return {
        "row": message,
        "mine": mine,
        "name": _("You") if message.writer_id == viewer.id else _writer(message, side),
        "html": html(message.text),
        "when": moment_words(message.sent_at, zone, now),
        "iso": message.sent_at.isoformat(),
        "zone": zone,
        "new": not mine and message.id > side.read_to,
        "event": _about(message),
        "proposal": proposal_context(proposal, mine, viewer, now) if proposal else None,
        "undo": mine and may_take_back(message, viewer, now) and not (proposal and proposal.closed_at),
    }


def _writer(message: Message, side: Side) -> str:
    """Who wrote it; one of a crew's organizers with the crew."""
    crew = side.conversation.group
    if message.side.is_crew and message.writer is None:
        return crew.name
    name = name_of(message.writer)
    return _("%(name)s, %(crew)s", name=name, crew=crew.name) if message.side.is_crew and not side.is_crew else name


def _about(message: Message) -> dict[str, str] | None:
    event = message.event
    if event is None:
        return None
    return {"title": event.title, "url": url_for("pages.event", slug=event.slug)}


def _met(person: Person, event) -> dict[str, str]:
    return {
        "name": name_of(person),
        "url": url_for("messages.first", public_id=person.public_id),
        "where": _("%(event)s, %(day)s", event=event.title, day=short_day(starts(event).date())),
    }


def _why_not(side: Side, viewer: Person, how: str) -> str | None:
    """Why nothing can be written here just now; None where something can."""
    if how in (FREELY, ASKING):
        return None
    if is_stopped(viewer):
        return _stopped_words()
    if side.blocked:
        return _("You blocked %(name)s: neither of you can write here.", name=name_across(side))
    if how == WAITING:
        return _("Your request is with %(name)s. You can write on once they accept it.", name=name_across(side))
    return _("%(name)s can't be written to just now.", name=name_across(side))


def _stopped_words() -> str:
    return _("An admin of this site ended your writing. What was written stays here to read.")
