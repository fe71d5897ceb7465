"""A new lead for a group that nobody looks after: asked for by a member, given by a site admin."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from ..db import db, lock
from ..people.models import Person
from ..refusals import Refused
from .actions import members_changed
from .lead_models import LeadAsk
from .lead_queries import ask_of, is_open, is_silent
from .log import note
from .models import ORGANIZER, OWNER, Group, Membership
from .queries import membership_of, organizers_of
from .telling import tell


def ask(group: Group, person: Person, words: str, now: datetime) -> None:
    """Offer to lead it; its organizers are written to. Asking twice is asking once. Raises Refused."""
    group = lock(group)
    if membership_of(group, person.id) is None:
        raise Refused(_("Only members ask for a new lead."))
    mine = ask_of(group, person.id)
    if mine is not None and is_open(mine):
        return
    if not is_silent(group, now):
        raise Refused(_("Somebody looks after this crew."))
    if mine is not None:
        db.session.delete(mine)
        db.session.flush()
    db.session.add(LeadAsk(group_id=group.id, person_id=person.id, words=words, asked_at=now))
    note(group, "lead_asked", now, about=person)
    for organizer in organizers_of(group):
        tell("groups.lead_asked", group, organizer, now, key=f"groups.lead_asked:{group.id}:{organizer.id}")


def give(ask: LeadAsk, by: Person, now: datetime) -> None:
    """Make whoever asks the owner; owners so far go on as organizers, and all concerned read it. Raises Refused."""
    group, person = lock(ask.group), ask.person
    membership = membership_of(group, person.id)
    if membership is None:
        raise Refused(_("They have left the crew."))
    if not is_open(ask):
        raise Refused(_("An organizer was here since. It is theirs to hand over."))
    owners = select(Membership).where(Membership.group_id == group.id, Membership.role == OWNER)
    for owner in db.session.scalars(owners).all():
        owner.role = ORGANIZER
        tell("groups.lead_given", group, owner.person, now)
    membership.role = OWNER
    note(group, "lead_given", now, by=by, about=person)
    tell("groups.handed_over", group, person, now)
    db.session.delete(ask)
    members_changed(group)


def refuse(ask: LeadAsk, by: Person, now: datetime) -> None:
    """Leave it as it is; whoever asked reads it."""
    note(ask.group, "lead_refused", now, by=by, about=ask.person)
    tell("groups.lead_refused", ask.group, ask.person, now)
    db.session.delete(ask)
