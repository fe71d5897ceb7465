"""What everybody sees of an event's shifts: on its page, on a shift's own, on the page of one's answer."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from ..db import db
from ..events.models import CANCELLED, Event
from ..markdown import html
from ..refusals import Refused
from ..rsvps.additions import HELD as ROLES_HELD
from ..rsvps.additions import IN_ROSTER, ON_PAGE, ROLES, adds_to
from ..rsvps.models import Rsvp
from ..text import parse_int
from .actions import check_shift_open
from .hours import hours_of, name_of
from .lines import place_in_shifts_line
from .models import ASKED, HELD, WAITING, WISHED, Shift, SignUp
from .queries import held_by_shift, shifts_of, sign_ups_of, sign_ups_with


def jobs_context(event: Event, moment: datetime) -> dict[str, Any] | None:
    """The jobs part of an event's page: open ones to take, covered ones in a sentence; none without shifts."""
    shifts = shifts_of(event) if event.state != CANCELLED and not event.is_past(moment) else []
    if not shifts:
        return None
    held, offers = held_by_shift(shift.id for shift in shifts), _offers(shifts)
    jobs = [job(shift, held.get(shift.id, 0), moment, offers.get(shift.id, 0)) for shift in shifts]
    open_jobs = [row for row in jobs if row["needs"] or row["offered"]]
    hands = sum(row["needs"] for row in jobs if row["open"])
    return {
        "title": ngettext("%(num)d hand needed", "%(num)d hands needed", hands) if hands else _("Who does what"),
        "open": sorted(open_jobs, key=lambda row: not row["open"]),
        "covered": [row for row in jobs if row not in open_jobs],
    }


def job(shift: Shift, held: int, moment: datetime, offered: int = 0) -> dict[str, Any]:
    """One job as anybody may see it."""
    needs = max(0, shift.target - held)
    return {
        "name": shift.role.name,
        "hours": hours_of(shift),
        "about": shift.role.about,
        "requirements": shift.role.requirements,
        "place": shift.place,
        "notes": shift.notes,
        "held": held,
        "wanted": shift.target,
        "needs": needs,
        "words": _("%(held)d of %(wanted)d", held=held, wanted=shift.target),
        "full": held >= shift.maximum,
        "offered": offered,
        "offered_words": _("Somebody would give up their place.") if offered else None,
        "asks_first": shift.asks_first,
        "open": shift.is_open(moment),
        "closed_words": _closed_words(shift, moment),
        "url": url_for("shifts.one", slug=shift.event.slug, number=shift.id),
    }


@adds_to(ON_PAGE)
def answers_jobs(rsvp: Rsvp, moment: datetime) -> dict[str, Any]:
    """On the page of one's answer: what one has, what is still to take, and which of it a letter's link asks for."""
    event = rsvp.event
    mine = sign_ups_with([rsvp.id])
    offered = jobs_context(event, moment)
    taken = {row.shift_id for row in mine}
    shifts = {shift.id: shift for shift in shifts_of(event)} if offered else {}
    held = held_by_shift(shifts)
    to_take = [
        (number, job(shift, held.get(number, 0), moment))
        for number, shift in shifts.items()
        if number not in taken and shift.is_open(moment)
    ]
    asked = parse_int(request.args.get("shift", ""), 1, 2**31 - 1)
    return {
        "my_jobs": [_mine(row) for row in mine],
        "other_jobs": sorted(to_take, key=lambda row: not row[1]["needs"]),
        "asked_job": next((row for row in to_take if row[0] == asked), None),
        "asked_said": [pair for pair in request.args.items(multi=True) if re.fullmatch(r"q[0-9]+", pair[0])],
    }


@adds_to(IN_ROSTER)
def jobs_in_roster(event: Event) -> dict[int, str]:
    """Each person's shifts, for the organizers."""
    found: dict[int, list[str]] = {}
    for row in sign_ups_of(event):
        words = name_of(row.shift) if row.standing == HELD else f"{name_of(row.shift)} ({_standing(row.standing)})"
        found.setdefault(row.rsvp_id, []).append(words)
    return {number: "; ".join(words) for number, words in found.items()}


@adds_to(ROLES)
def roles_at(event: Event) -> list[tuple[int, str]]:
    """The roles of an event's shifts."""
    return list(dict.fromkeys((shift.role_id, shift.role.name) for shift in shifts_of(event)))


@adds_to(ROLES_HELD)
def roles_with(rsvp: Rsvp) -> set[int]:
    """The roles that somebody has, or asks for."""
    return {row.shift.role_id for row in sign_ups_with([rsvp.id])}


def words_of(rsvps: Iterable[Rsvp]) -> dict[int, str]:
    """The jobs that go with answers, each answer's in one line."""
    found: dict[int, list[str]] = {}
    for row in sign_ups_with(rsvp.id for rsvp in rsvps):
        if row.standing == HELD:
            found.setdefault(row.rsvp_id, []).append(name_of(row.shift))
    return {number: "; ".join(words) for number, words in found.items()}


def _mine(row: SignUp) -> dict[str, Any]:
    shift, held = row.shift, row.standing == HELD
    line = _("Number %(place)d in line", place=place_in_shifts_line(row)) if row.standing == WAITING else ""
    return {
        "shift_id": shift.id,
        "name": shift.role.name,
        "hours": hours_of(shift),
        "place": shift.place,
        "notes": shift.notes,
        "held": held,
        "offered": bool(row.offered_at),
        "standing": line or ("" if held else _standing(row.standing)),
        "contact": shift.role.contact if held else "",
        "instructions_html": html(shift.role.instructions) if held and shift.role.instructions else None,
    }


def _standing(standing: str) -> str:
    return {WAITING: _("in line"), ASKED: _("waits for the crew's yes"), WISHED: _("once there is a spot")}[standing]


def _closed_words(shift: Shift, moment: datetime) -> str | None:
    try:
        check_shift_open(shift, moment)
    except Refused as why:
        return str(why)
    return None


def _offers(shifts: Iterable[Shift]) -> dict[int, int]:
    found: dict[int, int] = {}
    wanted = select(SignUp.shift_id).where(
        SignUp.shift_id.in_([shift.id for shift in shifts]), SignUp.standing == HELD, SignUp.offered_at.is_not(None)
    )
    for number in db.session.scalars(wanted):
        found[number] = found.get(number, 0) + 1
    return found
