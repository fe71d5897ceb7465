"""What organizers write to everyone, as each person gets it."""

from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from ..access.announcements import letters_token
from ..access.events import tells_place
from ..db import db
from ..events.models import Event
from ..events.words import when_words, where_words
from ..groups.models import Group, Membership
from ..links import site_link
from ..markdown import html
from ..outbox import Dropped, Rendered, letter, list_headers
from ..outbox.models import Letter
from ..rsvps.emails import manage_link
from ..rsvps.models import Rsvp
from .announcement_models import Announcement
from .announcing import NEWS, TEST


@letter(NEWS)
def _news(row: Letter, now: datetime) -> Rendered:
    words = _announcement(row)
    model, number = (Rsvp, row.facts["rsvp"]) if "rsvp" in row.facts else (Membership, row.facts["membership"])
    reached = db.session.get(model, number)
    if reached is None or not reached.announced:
        raise Dropped("not wanted any more")
    rsvp = reached if isinstance(reached, Rsvp) else None
    end = end_link(reached)
    context = {**_context(words, rsvp), "title": words.subject, "rsvp": rsvp, "end_link": end}
    return _rendered(words, context, _thread(words, rsvp), list_headers(_list_name(words), end))


@letter(TEST)
def _test(row: Letter, now: datetime) -> Rendered:
    words = _announcement(row)
    subject = _("Test: %(subject)s", subject=words.subject)
    context = {**_context(words, None), "title": subject, "rsvp": None, "end_link": None}
    return _rendered(words, context, _thread(words, None), {})


def end_link(row: Rsvp | Membership) -> str:
    """Where one ends these letters, by a button or in one click."""
    noun, number = ("events", row.event_id) if isinstance(row, Rsvp) else ("groups", row.group_id)
    return site_link("mail.unsubscribe", token=letters_token(row.person), noun=noun, number=number)


def _announcement(row: Letter) -> Announcement:
    words = db.session.get(Announcement, row.facts["announcement"])
    if words is None:
        raise Dropped("the announcement is gone")
    return words


def _rendered(words: Announcement, context: dict[str, Any], thread: str, headers: dict[str, str]) -> Rendered:
    return Rendered(
        subject=context["title"],
        template="email/organize/announcement.html",
        context=context,
        reply_to=words.by.email if words.replies and words.by else None,
        references=thread,
        headers=headers,
    )


def _context(words: Announcement, rsvp: Rsvp | None) -> dict[str, Any]:
    event = words.event
    shown = {
        "words": html(words.text),
        "crew": words.group.name,
        "event": event,
        "answerable": words.replies and words.by is not None and words.by.email is not None,
        "contact_link": _contact_link(words.group, event),
    }
    if event is not None and event.starts_at is not None:
        shown |= {"when": when_words(event), "where": where_words(event, rsvp is None or tells_place(rsvp))}
    if event is not None:
        shown["link"] = manage_link(rsvp) if rsvp else site_link("pages.event", slug=event.slug)
    else:
        shown["link"] = site_link("pages.group", slug=words.group.slug)
    return shown


def _contact_link(group: Group, event: Event | None) -> str:
    """The page from which to write to the organizers; an event of members alone has none for guests."""
    if event is None or event.is_for_members:
        return site_link("contact.group", slug=group.slug)
    return site_link("contact.event", slug=event.slug)


def _thread(words: Announcement, rsvp: Rsvp | None) -> str:
    """What mail programs put together: all letters about one answer, else all to an event's people or a crew."""
    host = current_app.config["SETTINGS"].site_host
    if rsvp is not None:
        return f"<rsvp-{rsvp.public_id}@{host}>"
    return f"<{_list_name(words)}@{host}>"


def _list_name(words: Announcement) -> str:
    return f"event-{words.event_id}" if words.event_id else f"crew-{words.group_id}"
