"""What one can do now with a crew, in this order: answer its next event, take a job, answer a question, vote."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ..events.models import PUBLISHED, Event
from ..events.words import hours_words, short_day, starts
from ..forms import ButtonForm
from ..rsvps.actions import answer_of
from ..rsvps.additions import ages_of
from ..rsvps.models import DECLINED, GOING
from ..rsvps.queries import seat_marks
from ..rsvps.words import answer_words, why_closed
from ..volunteers.queries import Need, needs_of


def lead_context(
    events: Sequence[Event], talk: dict[str, Any] | None, polls: Sequence[dict[str, Any]], moment: datetime
) -> list[dict[str, Any]]:
    """The rows of pages/_lead.html; `events` are those to come, soonest first, `polls` the cards of open ones."""
    ahead = [event for event in events if event.state == PUBLISHED and not event.has_started(moment)]
    needs = needs_of([event.id for event in ahead], moment)
    wanting = next((event for event in ahead if event.id in needs and needs[event.id].hands), None)
    rows = (
        _next(ahead[0], moment) if ahead else None,
        _hands(wanting, needs[wanting.id]) if wanting else None,
        _question(talk["questions"][0]) if talk and not talk["closed"] and talk["questions"] else None,
        next((_poll(poll) for poll in polls if poll["takes"] and not poll["answered"]), None),
    )
    return [row for row in rows if row]


def next_start(events: Sequence[Event], moment: datetime) -> datetime | None:
    """When the next of them begins, and is no longer to be answered."""
    return min((event.starts_at for event in events if event.starts_at > moment), default=None)


def _next(event: Event, moment: datetime) -> dict[str, Any]:
    """The next event: one's answer to it, or the tap that says yes."""
    mine = answer_of(event, current_user) if current_user.is_authenticated else None
    full = (mark := seat_marks([event])[event.id]) is not None and mark.word == "full"
    row = {
        "label": _("Next out"),
        "title": event.title,
        "text": f"{short_day(starts(event).date())}, {hours_words(event)}",
        "url": url_for("pages.event", slug=event.slug),
        "button": _("Join the line") if full else _("I'm going"),
        "button_url": url_for("pages.event", slug=event.slug, _anchor="rsvp"),
        "form": None,
        "said": None,
    }
    if mine is not None and mine.answer != DECLINED:
        return row | {"button": None, "said": answer_words(mine)["title"]}
    if current_user.is_authenticated and why_closed(event, moment):
        return row | {"button": None}
    if current_user.is_authenticated and current_user.name and not ages_of(event):
        row["form"] = {"url": url_for("rsvps.respond", slug=event.slug), "form": ButtonForm(formdata=None)}
        row["form"]["fields"] = {"answer": GOING, "adults": 1, "minors": 0, "name": current_user.name}
    return row


def _hands(event: Event, need: Need) -> dict[str, Any]:
    """The soonest event that needs hands."""
    return {
        "label": ngettext("%(num)d hand needed", "%(num)d hands needed", need.hands),
        "need": True,
        "title": ", ".join(f"{name} ({missing})" for name, missing in need.jobs),
        "text": f"{event.title}, {short_day(starts(event).date())}",
        "url": url_for("pages.event", slug=event.slug, _anchor="jobs"),
        "button": _("Take a job"),
        "button_url": url_for("pages.event", slug=event.slug, _anchor="jobs"),
    }


def _question(question: dict[str, Any]) -> dict[str, Any]:
    """The question that waits longest."""
    return {
        "label": _("%(name)s asks", name=question["author"]),
        "title": question["words"],
        "text": "",
        "url": question["url"],
        "button": _("Answer this"),
        "button_url": f"#q{question['id']}",
    }


def _poll(poll: dict[str, Any]) -> dict[str, Any]:
    """The one that closes first of those in which the viewer said nothing yet."""
    return {
        "label": poll["state"],
        "title": poll["title"],
        "text": "",
        "url": poll["url"],
        "button": _("Vote"),
        "button_url": poll["url"],
    }
