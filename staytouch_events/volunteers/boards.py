"""What organizers and role leads see of an event's shifts."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_login import current_user

from ..access.events import may_host
from ..access.groups import may_organize
from ..access.shifts import may_edit_shift
from ..events.models import Event
from ..events.words import short_day
from .hours import hours_of
from .models import ASKED, HELD, WAITING, WISHED, Role, Shift, SignUp
from .queries import events_with_shifts, held_by_shift, shifts_of, sign_ups_of, template_of


def board(event: Event) -> dict[str, Any]:
    """The shifts that the viewer may edit, by role and time, with who is in each."""
    shifts = [shift for shift in shifts_of(event) if may_edit_shift(current_user, shift)]
    by_shift: dict[int, list[SignUp]] = {}
    for row in sign_ups_of(event):
        by_shift.setdefault(row.shift_id, []).append(row)
    held = held_by_shift(shift.id for shift in shifts)
    by_role: dict[Role, list[dict]] = {}
    for shift in shifts:
        by_role.setdefault(shift.role, []).append(shift_row(shift, held.get(shift.id, 0), by_shift.get(shift.id, ())))
    missing = sum(max(0, shift.target - held.get(shift.id, 0)) for shift in shifts)
    return {"roles": list(by_role.items()), "missing": missing, "shifts": len(shifts)}


def around(event: Event) -> dict[str, Any]:
    """What a host can take shifts over from."""
    if not may_host(current_user, event):
        return {"earlier": [], "usual": 0, "hosts": False, "own_crew": False}
    earlier = [
        (row.id, f"{row.title}, {short_day(row.starts_wall.date())}") for row in events_with_shifts(event.group, event)
    ]
    return {
        "earlier": earlier,
        "usual": len(template_of(event.group)),
        "hosts": True,
        "own_crew": may_organize(current_user, event.group),
    }


def shift_row(shift: Shift, held: int, sign_ups: Iterable[SignUp]) -> dict[str, Any]:
    """One shift with its numbers and people."""
    return {
        "shift": shift,
        "hours": hours_of(shift),
        "held": held,
        "words": _("%(held)d of %(wanted)d", held=held, wanted=shift.target),
        "short": held < shift.minimum,
        "people": [_person(row) for row in sign_ups if row.standing in (HELD, WISHED)],
        "line": [_person(row) for row in sign_ups if row.standing == WAITING],
        "asking": [_person(row) for row in sign_ups if row.standing == ASKED],
    }


def _person(row: SignUp) -> dict[str, Any]:
    note = ""
    if row.standing == WISHED:
        note = _("waits for a spot at the event")
    elif row.offered_at:
        note = _("would give it up")
    hosts = may_host(current_user, row.shift.event)
    return {"id": row.id, "name": row.rsvp.name, "note": note, "email": row.rsvp.person.email if hosts else None}
