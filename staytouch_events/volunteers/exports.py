"""What a person does at events: shifts, things brought, rides."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import Event
from ..people.exports import Row, holds
from ..people.models import Person
from ..rsvps.exports import about
from ..rsvps.models import Rsvp
from .bring_models import BringClaim
from .models import Role, Shift, SignUp
from .ride_models import Ride, RideSeat


@holds("shifts")
def _shifts(person: Person) -> Iterable[Row]:
    for row in db.session.scalars(_of(person, SignUp).options(joinedload(SignUp.shift).joinedload(Shift.role))):
        shift = row.shift
        told = {"role": shift.role.name, "shift_starts_at": shift.starts_at, "shift_ends_at": shift.ends_at}
        yield about(row.rsvp.event) | told | {"standing": row.standing, "signed_up_at": row.created_at}


@holds("brought")
def _brought(person: Person) -> Iterable[Row]:
    for row in db.session.scalars(_of(person, BringClaim).options(joinedload(BringClaim.item))):
        yield about(row.rsvp.event) | {"thing": row.item.name, "quantity": row.quantity, "said_at": row.claimed_at}


@holds("rides_offered")
def _rides(person: Person) -> Iterable[Row]:
    said = ("way", "start", "town", "seats", "note", "contact", "created_at")
    for row in db.session.scalars(_of(person, Ride)):
        yield about(row.rsvp.event) | {name: getattr(row, name) for name in said}


@holds("rides_taken")
def _seats(person: Person) -> Iterable[Row]:
    """How to reach the driver is the driver's."""
    for row in db.session.scalars(_of(person, RideSeat)):
        yield about(row.rsvp.event) | {"seats": row.seats, "contact": row.contact, "taken_at": row.created_at}


@holds("roles_led")
def _roles(person: Person) -> Iterable[Row]:
    for role in db.session.scalars(select(Role).options(joinedload(Role.group)).where(Role.lead_id == person.id)):
        yield {"crew": role.group.name, "role": role.name}


def _of(person: Person, model) -> Select:
    """What goes with a person's answers."""
    related = joinedload(model.rsvp).joinedload(Rsvp.event).joinedload(Event.group)
    mine = select(model).join(Rsvp, Rsvp.id == model.rsvp_id).options(related)
    return mine.where(Rsvp.person_id == person.id).order_by(model.id)
