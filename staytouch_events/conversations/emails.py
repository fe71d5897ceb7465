"""What people are mailed about their messages."""

from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from .. import outbox
from ..access.conversations import inquiry_token, mail_token, side_token
from ..db import db, lock
from ..jobs import job
from ..links import site_link
from ..markdown import html
from ..outbox import Dropped, Rendered, letter, list_headers
from ..outbox.models import Letter
from ..people.models import Person
from ..people.queries import zone_of
from .models import Correspondent, Inquiry, Message, Side
from .queries import new_messages, organizers_to_tell
from .telling import UNREAD, correspondent
from .words import name_across, name_of


@job(UNREAD)
def _tell(facts: dict[str, Any], now: datetime) -> None:
    """What came on this side and was not read: one letter to whoever reads here."""
    side = db.session.get(Side, facts["side"])
    if side is None:
        return
    conversation = lock(side.conversation)
    side.tell_at = None
    after = max(side.read_to, side.told_to)
    if conversation.last_id <= after or side.muted or side.blocked:
        return
    for person in _readers(side):
        outbox.post(
            UNREAD,
            to=person.email,
            name=person.name,
            language=person.language,
            facts={"side": side.id, "person": person.id, "after": after, "until": conversation.last_id},
            now=now,
            zone=zone_of(person),
        )
    side.told_to, side.told_at = conversation.last_id, now


def _readers(side: Side) -> list[Person]:
    """Who reads on a side and wants mail; somebody without an account has no other way."""
    people = organizers_to_tell(side.conversation.group_id) if side.is_crew else [side.person]
    mailed = [person for person in people if person and person.email]
    return [person for person in mailed if not person.is_active or correspondent(person).mailed]


@letter(UNREAD)
def _unread(row: Letter, now: datetime) -> Rendered:
    side, person = db.session.get(Side, row.facts["side"]), db.session.get(Person, row.facts["person"])
    if side is None or person is None or side.muted or side.blocked:
        raise Dropped("not wanted any more")
    messages = new_messages(side, max(row.facts["after"], side.read_to), row.facts["until"])
    if not messages:
        raise Dropped("read or taken back meanwhile")
    request = side.conversation.accepted_at is None
    subject = _subject(side, messages, request)
    context = {
        "title": subject,
        "name": name_across(side),
        "request": request,
        "messages": [] if request else [_quoted(message) for message in messages],
        "link": _link(side, person),
        "has_account": person.is_active,
        "crew": side.conversation.group.name if side.conversation.group_id else None,
    }
    headers = _unsubscribing(person, context) if person.is_active else {}
    host = current_app.config["SETTINGS"].site_host
    return Rendered(
        subject,
        "email/conversations/unread.html",
        context,
        headers=headers,
        references=f"<talk-{side.public_id}@{host}>",
    )


@letter("conversations.confirm")
def _confirm(row: Letter, now: datetime) -> Rendered:
    inquiry = db.session.get(Inquiry, row.facts["inquiry"])
    if inquiry is None or inquiry.side_id is not None:
        raise Dropped("sent on already")
    subject = _("Send your message to %(crew)s?", crew=inquiry.group.name)
    context = {
        "title": subject,
        "crew": inquiry.group.name,
        "event": inquiry.event.title if inquiry.event else None,
        "text": html(inquiry.text),
        "link": site_link("contact.letter", token=inquiry_token(inquiry)),
    }
    return Rendered(subject, "email/conversations/confirm.html", context)


def _subject(side: Side, messages: list[Message], request: bool) -> str:
    name = name_across(side)
    if request:
        return _("%(name)s asks to write with you", name=name)
    if side.is_crew:
        return _("%(name)s wrote to %(crew)s", name=name, crew=side.conversation.group.name)
    return ngettext("%(name)s wrote to you", "%(name)s wrote you %(num)d messages", len(messages), name=name)


def _quoted(message: Message) -> dict[str, Any]:
    return {
        "writer": name_of(message.writer),
        "html": html(message.text),
        "event": message.event.title if message.event else None,
    }


def _link(side: Side, person: Person) -> str:
    if person.is_active:
        return site_link("messages.one", number=side.conversation_id) + "#write"
    return site_link("message_links.one", token=side_token(side)) + "#write"


def _unsubscribing(person: Person, context: dict[str, Any]) -> dict[str, str]:
    """One click ends mail about messages, with no page in between (RFC 8058)."""
    settings: Correspondent = db.session.get(Correspondent, person.id)
    end = site_link("message_mail.unsubscribe", token=mail_token(settings))
    context["end_link"] = end
    return list_headers(f"messages-{settings.public_id}", end)
