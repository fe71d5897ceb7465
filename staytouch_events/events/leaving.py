"""Events and drafts, when the last person of a crew deletes their account."""

from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, or_, select

from ..db import db
from ..groups.actions import changed
from ..groups.models import Group
from ..groups.queries import owned_alone
from ..people.leaving import SAYS, adds_to
from ..people.models import Person
from ..pictures import drop_when_committed
from ..spoken import speaking
from .actions import cancel, discard
from .models import DRAFT, POSTPONED, PUBLISHED, Event


@adds_to(SAYS)
def what_happens(person: Person, _now: datetime) -> Iterator[str]:
    """What becomes of crews of which nobody else is a member."""
    for group in _lonely(person):
        if _was_shown(group):
            yield _(
                "Nobody else is in %(crew)s: its coming events are called off, and whoever answered is told. Its page "
                "and what it did stay, without an owner.",
                crew=group.name,
            )
        else:
            yield _("%(crew)s goes with you: nobody else is in it, and it never published anything.", crew=group.name)


def close_crews(person: Person, *, now: datetime) -> None:
    """Call off what nobody is left to hold; a crew that never showed anything goes whole."""
    for group in _lonely(person):
        for event in _of(group, or_(Event.state == POSTPONED, (Event.state == PUBLISHED) & (Event.starts_at > now))):
            with speaking(group.language):
                reason = _("The crew has nobody left who could hold it.")
            cancel(event, reason, now)
        for event in _of(group, Event.state == DRAFT):
            drop_when_committed(event.picture)
            discard(event)
        db.session.flush()
        changed(group)
        if not _was_shown(group):
            drop_when_committed(group.picture)
            db.session.execute(delete(Group).where(Group.id == group.id))


def _lonely(person: Person) -> list[Group]:
    return [group for group, others in owned_alone(person.id) if not others]


def _was_shown(group: Group) -> bool:
    shown = select(Event.id).where(Event.group_id == group.id, Event.state != DRAFT)
    return db.session.scalar(shown.limit(1)) is not None


def _of(group: Group, condition) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.group_id == group.id, condition).order_by(Event.id)))
