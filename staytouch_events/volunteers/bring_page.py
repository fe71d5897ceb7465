"""What pages show of a bring list: the event's, a thing's own, that of one's answer, the organizers'."""

from datetime import datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ..events.models import CANCELLED, DRAFT, Event
from ..refusals import Refused
from ..rsvps.additions import IN_ROSTER, ON_PAGE, adds_to
from ..rsvps.models import Rsvp
from ..text import parse_int
from .actions import check_open_event
from .bring_letters import amount
from .bring_models import BringItem
from .bring_queries import claimed_by_item, claims_of, claims_with, items_of


def bring_context(event: Event, moment: datetime) -> dict[str, Any] | None:
    """The list on an event's page: what is open first, the rest in a sentence; none without things."""
    items = items_of(event) if event.state != CANCELLED and not event.is_past(moment) else []
    if not items:
        return None
    claimed = claimed_by_item(event)
    things = [thing(item, claimed.get(item.id, 0)) for item in items]
    missing = sum(row["left"] for row in things)
    return {
        "title": ngettext("%(num)d thing still to bring", "%(num)d things still to bring", missing)
        if missing
        else _("All of it is brought"),
        "open": [row for row in things if row["left"]],
        "covered": [row for row in things if not row["left"]],
        "closed": why_not(event, moment),
    }


def thing(item: BringItem, claimed: int) -> dict[str, Any]:
    """One thing as anybody may see it."""
    return {
        "id": item.id,
        "name": item.name,
        "note": item.note,
        "claimed": claimed,
        "wanted": item.wanted,
        "left": max(0, item.wanted - claimed),
        "words": _("%(held)d of %(wanted)d", held=claimed, wanted=item.wanted),
        "url": url_for("bring.one", slug=item.event.slug, number=item.id),
    }


def why_not(event: Event, moment: datetime) -> str | None:
    """Why nobody can say now what they bring; None while they can."""
    try:
        check_open_event(event, moment)
    except Refused as why:
        return str(why)
    return None


@adds_to(ON_PAGE)
def answers_things(rsvp: Rsvp, moment: datetime) -> dict[str, Any]:
    """On the page of one's answer: what one brings, what is open, and which of it a letter's link asks for."""
    event = rsvp.event
    if why_not(event, moment):
        return {"bring_list": None, "asked_thing": None}
    mine, claimed = {row.item_id: row.quantity for row in claims_with([rsvp.id])}, claimed_by_item(event)
    rows = [thing(item, claimed.get(item.id, 0)) | {"mine": mine.get(item.id, 0)} for item in items_of(event)]
    asked, wish = parse_int(request.args.get("bring", ""), 1, 2**31 - 1), request.args.get("quantity", "")
    wanted = next((row for row in rows if row["id"] == asked), None)
    return {
        "bring_list": [row for row in rows if row["left"] or row["mine"]],
        "asked_thing": wanted and wanted | _asked(wanted, parse_int(wish, 1, wanted["wanted"]) or 1),
    }


def _asked(row: dict[str, Any], quantity: int) -> dict[str, Any]:
    return {"quantity": quantity, "amount": amount(quantity, row["name"])}


@adds_to(IN_ROSTER)
def things_in_roster(event: Event) -> dict[int, str]:
    """What each person brings, for the organizers."""
    found: dict[int, list[str]] = {}
    for row in claims_of(event):
        found.setdefault(row.rsvp_id, []).append(amount(row.quantity, row.item.name))
    return {number: _("brings %(things)s", things=", ".join(words)) for number, words in found.items()}


def list_board(event: Event) -> dict[str, Any]:
    """The list with who brings what, for the organizers."""
    who: dict[int, list[str]] = {}
    for row in claims_of(event):
        words = row.rsvp.name if row.quantity == 1 else f"{row.rsvp.name} ({row.quantity})"
        who.setdefault(row.item_id, []).append(words)
    claimed = claimed_by_item(event)
    rows = [thing(item, claimed.get(item.id, 0)) | {"people": who.get(item.id, [])} for item in items_of(event)]
    return {"rows": rows, "missing": sum(row["left"] for row in rows), "draft": event.state == DRAFT}
