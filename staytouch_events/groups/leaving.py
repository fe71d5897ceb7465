"""Crews, when somebody's account is deleted: a sole owner hands over first, everybody else just leaves."""

from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, select

from ..db import db, lock
from ..outbox.models import DEAD, WAITING, Letter
from ..people.leaving import HOLDS, SAYS, Hold, adds_to
from ..people.models import Person
from ..refusals import Refused
from ..versions import LISTS, raise_version
from .join_models import JoinLink
from .models import ORGANIZER, ORGANIZING, GroupInvitation, Membership
from .queries import owned_alone


@adds_to(HOLDS)
def hand_overs(person: Person) -> Iterator[Hold]:
    """A crew of several people needs another owner."""
    for group, others in owned_alone(person.id):
        if others:
            yield Hold(
                words=_("%(crew)s needs an owner when you go.", crew=group.name),
                label=_("New owner of %(crew)s", crew=group.name),
                button=_("Hand it over"),
                endpoint="owners.hand_over",
                values={"slug": group.slug},
                choices=[(row.id, _named(row)) for row in others],
            )


@adds_to(SAYS)
def what_happens(person: Person, _now: datetime) -> Iterator[str]:
    """Which crews are left."""
    memberships = db.session.scalars(select(Membership).where(Membership.person_id == person.id)).all()
    if any(row.role in ORGANIZING for row in memberships):
        yield _("What your crews wrote about themselves stays theirs: where it names you, change it first.")
    if memberships:
        yield _("You leave %(crews)s.", crews=", ".join(sorted(row.group.name for row in memberships)))


def leave_crews(person: Person, *, now: datetime) -> None:
    """Belong to none; invitations to this address go, and those that this person sent come from nobody."""
    memberships = db.session.scalars(select(Membership).where(Membership.person_id == person.id)).all()
    for row in memberships:
        # Two owners may go in the same second: the second one waits here, and is the only one by then.
        group = lock(row.group)
        if any(alone.id == group.id and others for alone, others in owned_alone(person.id)):
            raise Refused(_("%(crew)s needs an owner when you go.", crew=group.name))
        raise_version(f"group:{group.id}", LISTS)
        db.session.delete(row)
    if person.email:
        for model in (GroupInvitation, JoinLink):
            db.session.execute(delete(model).where(model.email == person.email))
    waiting = select(Letter).where(Letter.kind == "groups.invitation", Letter.state.in_((WAITING, DEAD)))
    for letter in db.session.scalars(waiting):
        if letter.facts.get("inviter") == person.name:
            letter.facts = {**letter.facts, "inviter": ""}


def _named(membership: Membership) -> str:
    name = membership.person.name or membership.person.email
    return _("%(name)s, organizer", name=name) if membership.role == ORGANIZER else name
