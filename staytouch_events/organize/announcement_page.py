"""What the pages of writing to everyone show: the form, the letter before it goes, and what became of each one."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ..events.words import when_words, where_words
from ..markdown import html
from ..outbox.models import BOUNCED, DEAD, SENT, WAITING, Letter
from ..outbox.queries import letters_about
from ..posts.models import Place
from ..posts.words import moment_words
from .announcement_forms import AnnouncementForm
from .announcement_models import Announcement
from .announcement_queries import announcements_of
from .audiences import SHIFT, audiences_of


def form_context(place: Place, form: AnnouncementForm, row: Announcement | None = None) -> dict[str, Any]:
    """The form, for a new announcement or a draft's, and what was written before."""
    at = {"noun": place.noun, "slug": place.slug}
    new = url_for("announcements.draft", **at, **form.asked)
    return {
        **_place_context(place),
        "form": form,
        "form_url": url_for("announcements.save", **at, number=row.id) if row else new,
        "list_url": url_for("roster.people", slug=place.slug, **form.asked) if form.asked else None,
        "earlier": [] if row else _earlier(place),
    }


def one_context(row: Announcement) -> dict[str, Any]:
    """A draft as it will go, or a posted one with what became of each letter."""
    place = row.place
    context = {**_place_context(place), "row": row, "words": html(row.text), "to": audience_words(row)}
    if place.event is not None and place.event.starts_at is not None:
        context |= {"when": when_words(place.event), "where": where_words(place.event)}
    if row.posted_at is None:
        people = audiences_of(place, row.asked).get(row.audience, ("", []))[1]
        return context | {"count": len(people), "names": [one.name for one in people[:12]]}
    letters = letters_about(row.about)
    return context | {
        "posted": moment_words(row.posted_at, place),
        "letters": [_shown(letter, place) for letter in letters],
        "numbers": _numbers(letters),
        "leaving": any(letter.state != WAITING or letter.tries or letter.lease_until for letter in letters),
    }


def audience_words(row: Announcement) -> str:
    """For whom it is, as the form called it."""
    found = audiences_of(row.place, row.asked).get(row.audience)
    if found is not None:
        return found[0]
    return _("Who had a shift that is no more") if row.audience.startswith(SHIFT) else _("Nobody any more")


def _place_context(place: Place) -> dict[str, Any]:
    noun, slug = place.noun, place.slug
    page = "pages.event" if place.event else "pages.group"
    return {"place": place, "place_url": url_for(page, slug=slug), "at": {"noun": noun, "slug": slug}}


def _earlier(place: Place) -> list[dict[str, Any]]:
    return [
        {"id": row.id, "subject": row.subject, "posted": row.posted_at and moment_words(row.posted_at, place)}
        for row in announcements_of(place)
    ]


def _numbers(letters: list[Letter]) -> dict[str, int]:
    """How many wait, were sent, came back, and were not sent as nobody wanted them any more."""
    found = {"waiting": 0, "sent": 0, "failed": 0, "dropped": 0}
    for letter in letters:
        found[{WAITING: "waiting", SENT: "sent", DEAD: "failed", BOUNCED: "failed"}.get(letter.state, "dropped")] += 1
    return found


def _shown(letter: Letter, place: Place) -> dict[str, Any]:
    words = {
        WAITING: _("tried once, and again soon") if letter.tries else _("waits to be sent"),
        SENT: _("sent"),
        DEAD: _("came back"),
        BOUNCED: _("came back"),
    }.get(letter.state, _("not sent: not wanted any more"))
    return {
        "name": letter.to_name or letter.to_email,
        "email": letter.to_email,
        "failed": letter.state in (DEAD, BOUNCED),
        "words": words,
        "when": moment_words(letter.ended_at, place) if letter.ended_at else "",
        # What the other mail server said.
        "why": letter.last_error if letter.state in (DEAD, BOUNCED, WAITING) else None,
    }
