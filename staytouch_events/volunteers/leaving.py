"""What goes with an answer, when whoever gave it is gone."""

from datetime import datetime

from sqlalchemy import delete, select

from ..db import db
from ..outbox.models import Letter
from ..rsvps.models import Rsvp
from .bring_models import BringClaim
from .ride_models import Ride, RideSeat


def drop_claims(rsvp: Rsvp, *, was: str, now: datetime) -> None:
    """Rides, seats and promises hold words and phones, and go; a sign-up is a number like its answer, and stays."""
    for model in (Ride, RideSeat, BringClaim):
        db.session.execute(delete(model).where(model.rsvp_id == rsvp.id))
    for letter in db.session.scalars(select(Letter).where(Letter.kind == "volunteers.ride", Letter.key.is_not(None))):
        _, _, of = letter.key.partition(":")
        if str(rsvp.id) in of.split(":"):
            _unname(letter, was, rsvp.name)


def _unname(letter: Letter, was: str, instead: str) -> None:
    """Others were told of this person's car or seat."""
    letter.subject = letter.subject and letter.subject.replace(was, instead)
    if letter.facts.get("name") == was:
        letter.facts = {**letter.facts, "name": instead}
