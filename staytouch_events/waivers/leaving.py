"""What was signed, when whoever signed it is gone: the crew keeps its proof that somebody did, and of which text."""

from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from ..db import db
from ..people.leaving import SAYS, adds_to
from ..people.models import Person
from ..rsvps.models import Rsvp
from .models import EmergencyContact, Signature


@adds_to(SAYS)
def what_happens(person: Person, _now: datetime) -> Iterator[str]:
    """What stays of signatures."""
    signed = select(Signature.id).join(Rsvp, Rsvp.id == Signature.rsvp_id).where(Rsvp.person_id == person.id)
    if db.session.scalar(signed.limit(1)) is not None:
        yield _("What you signed stays as the crew's proof that somebody signed this text on that day, without names.")


def unname_signatures(rsvp: Rsvp, *, was: str, now: datetime) -> None:
    """Nobody of the party has a name any more, and there is nobody to call."""
    unname_party(rsvp.name, rsvp_id=rsvp.id)
    db.session.execute(delete(EmergencyContact).where(EmergencyContact.rsvp_id == rsvp.id))


def unname_party(instead: str, **party: int) -> None:
    """The same for any party, by its answer or walk-up: text, day and kind stay."""
    gone = {"name": instead, "signed_by": instead, "relation": ""}
    db.session.execute(update(Signature).filter_by(**party).values(**gone))
