"""What goes with an answer, when whoever gave it is gone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select

from ..db import db
from ..outbox.models import Letter
from ..rsvps.models import Rsvp
from .bring_models import BringClaim
from .ride_models import Ride, RideSeat


def drop_claims(rsvp: Rsvp, *, was: str, now: datetime) -> None:
    """Rides, seats and promises hold words and phones, and go; a sign-up is a number like its answer, and stays."""
    for model in (Ride, RideSeat, BringClaim):
        db.session.execute(delete(model).where(model.rsvp_id == rsvp.id))
    for letter in _told_to_others(rsvp):
        letter.subject = letter.subject and letter.subject.replace(was, rsvp.name)
        if letter.facts.get("name") == was:
            letter.facts = {**letter.facts, "name": rsvp.name}


def _told_to_others(rsvp: Rsvp) -> Sequence[Letter]:
    """Letters to whoever shared a car with this party: their keys name both answers, and each has a twin here."""
    about_rides = Letter.kind == "volunteers.ride"
    own = select(Letter.id).where(Letter.about == f"rsvp:{rsvp.id}", about_rides).limit(1)
    if db.session.scalar(own) is None:
        return ()
    both = or_(Letter.key.like(f"ride-%:{rsvp.id}:%"), Letter.key.like(f"ride-%:{rsvp.id}"))
    return db.session.scalars(select(Letter).where(about_rides, both)).all()
