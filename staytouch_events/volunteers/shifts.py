"""What organizers and role leads do with an event's shifts; how shifts follow their event."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete

from ..db import db, lock
from ..events.actions import is_news
from ..events.models import CANCELLED, Event
from ..groups.models import Group
from ..refusals import Refused
from . import letters
from .hours import renew_instants
from .lines import let_go, note, renew_entry, settle_places
from .models import PLAN, Shift, SignUp, TemplateShift
from .queries import shifts_of, sign_ups_of, template_of

# A change of these is news to whoever has the shift.
NEWS = ("role_id", "starts_after", "lasts", "later", "place")


def add_shift(event: Event, fields: dict[str, Any], now: datetime) -> Shift:
    """One more shift."""
    event = lock(event)
    _check_changeable(event)
    shift = Shift(event=event, changed_at=now, **fields)
    db.session.add(shift)
    renew_instants(shift)
    note(event)
    db.session.flush()
    return shift


def save_shift(shift: Shift, fields: dict[str, Any], now: datetime) -> None:
    """Change a shift; whoever has it hears of another hour, place or role. Nobody loses a place."""
    event, shift = lock_shift(shift)
    _check_changeable(event)
    changed = {name for name, value in fields.items() if getattr(shift, name) != value}
    if not changed:
        return
    was = letters.as_it_is(shift)
    for name in changed:
        setattr(shift, name, fields[name])
    shift.changed_at = now
    db.session.flush()
    db.session.expire(shift, ["role"])
    renew_instants(shift)
    for sign_up in _of(shift) if changed & set(NEWS) else ():
        renew_entry(sign_up, now)
        letters.tell_changed(sign_up, was, now)
    settle_places(event, now)


def remove_shift(shift: Shift, now: datetime, *, tell: bool) -> None:
    """Take a shift off; those who have it keep their seats and are told, or not."""
    event, shift = lock_shift(shift)
    for sign_up in _of(shift):
        let_go(sign_up, now)
        if tell:
            letters.tell(sign_up, letters.GONE, now)
    shift.removed_at = shift.changed_at = now
    db.session.flush()
    settle_places(event, now)


def copy_shifts(event: Event, source: Event, now: datetime) -> int:
    """Take over an earlier event's shifts, those it has not yet; how many."""
    return _bring(event, (shift for shift in shifts_of(source) if shift.role.retired_at is None), now)


def use_template(event: Event, now: datetime) -> int:
    """Take over the group's usual shifts, those it has not yet; how many."""
    return _bring(event, template_of(event.group), now)


def save_template(event: Event) -> None:
    """Make these the group's usual shifts."""
    group: Group = event.group
    db.session.execute(delete(TemplateShift).where(TemplateShift.group_id == group.id))
    db.session.add_all(TemplateShift(group_id=group.id, **_plan(shift)) for shift in shifts_of(event))


def bring_along(event: Event, *, source: Event, now: datetime) -> None:
    """An event was made from another: its shifts come along."""
    copy_shifts(event, source, now)


def follow_event(event: Event, *, now: datetime, before: dict[str, Any] | None = None, **_news: Any) -> None:
    """The event was published, moved, put off, called off or taken up again: its shifts go with it.

    They move by the same hours on the clock of the place, as their plan counts from the event's start.
    """
    shifts = shifts_of(event)
    for shift in shifts:
        renew_instants(shift)
    if shifts and (before is None or is_news(before)):
        for sign_up in sign_ups_of(event):
            renew_entry(sign_up, now)


def lock_shift(shift: Shift) -> tuple[Event, Shift]:
    """The event, then the shift, locked in this order (reliability.md, 1). Raises Refused when it was taken off."""
    event = lock(shift.event)
    shift = lock(shift)
    if shift.removed_at is not None:
        raise Refused(_("This shift was taken off meanwhile."))
    return event, shift


def _bring(event: Event, plans: Iterable, now: datetime) -> int:
    known = {(shift.role_id, shift.starts_after, shift.lasts) for shift in shifts_of(event)}
    new = [plan for plan in plans if (plan.role_id, plan.starts_after, plan.lasts) not in known]
    for plan in new:
        add_shift(event, _plan(plan), now)
    return len(new)


def _plan(row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PLAN}


def _of(shift: Shift) -> list[SignUp]:
    return [row for row in sign_ups_of(shift.event) if row.shift_id == shift.id]


def _check_changeable(event: Event) -> None:
    if event.state == CANCELLED:
        raise Refused(_("This event was cancelled."))
