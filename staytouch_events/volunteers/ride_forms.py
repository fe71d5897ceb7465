"""Forms about rides."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TimeField
from wtforms.validators import DataRequired, InputRequired, Optional

from ..events.models import Event
from ..forms import BaseForm, CountField, LineField
from ..geo import geocode
from .ride_models import BACK, BOTH, THERE, Ride

MOST = 20
FAR = timedelta(hours=12)
WAYS = [(BOTH, _l("There and back")), (THERE, _l("Only there")), (BACK, _l("Only back"))]


class RideForm(BaseForm):
    """Free seats in somebody's car."""

    way = RadioField(_l("Which way?"), [DataRequired(_l("Choose which way."))], choices=WAYS, default=BOTH)
    start = LineField(_l("From where, or back to where"), [DataRequired(_l("Say where people get in."))], limit=100)
    town = LineField(_l("Town or ZIP"), [Optional()], limit=120)
    leaves = TimeField(_l("Leaves at"), [InputRequired(_l("When does it leave?"))])
    seats = CountField(_l("Free seats"), [InputRequired(_l("How many seats?"))], low=1, high=MOST, default=3)
    contact = LineField(_l("How people reach you"), [DataRequired(_l("Say how people reach you."))], limit=120)
    note = LineField(_l("Note"), [Optional()], limit=200)

    def fields(self, event: Event) -> dict[str, Any] | None:
        """The ride's fields, or None with all errors at the form's."""
        self.validate()
        plain = {name: self[name].data for name in ("way", "start", "seats", "contact")}
        found = plain | {"note": self.note.data or "", "town": self._town(), "leaves_after": self._leaves(event)}
        return None if self.errors else found

    def _town(self) -> str:
        found = geocode(self.town.data or "")
        if self.town.data and not found:
            self.town.errors = [_("No town or ZIP of this name is known here. Try the next bigger town.")]
        return found[0].label if found else ""

    def _leaves(self, event: Event) -> int:
        """Minutes from the event's start; an hour on the far side of midnight is the day before, or after."""
        if self.leaves.errors or self.way.errors or event.starts_wall is None:
            return 0
        back, starts, ends = self.way.data == BACK, event.starts_wall, event.ends_wall
        if event.all_day:
            ends -= timedelta(days=1)
        leaves = datetime.combine((ends if back else starts).date(), self.leaves.data)
        if back and leaves < starts:
            leaves += timedelta(days=1)
        elif not back and leaves > starts and not event.all_day:
            leaves -= timedelta(days=1)
        if not event.all_day and (leaves - ends > FAR if back else starts - leaves > FAR):
            late = _("That is long after the event.") if back else _("That is after the event has started.")
            self.leaves.errors = [late]
        return (leaves - starts) // timedelta(minutes=1)


class SeatsForm(BaseForm):
    """A party that asks for seats."""

    seats = CountField(_l("Seats"), [InputRequired(_l("How many seats?"))], low=1, high=MOST, default=1)
    contact = LineField(
        _l("How the driver reaches you"), [DataRequired(_l("Say how the driver reaches you."))], limit=120
    )


def new_ride(event: Event) -> RideForm:
    """The form of a ride that comes half an hour early."""
    given = {} if event.all_day else {"leaves": (event.starts_wall - timedelta(minutes=30)).time()}
    return RideForm(formdata=None, data=given)


def as_typed(ride: Ride) -> RideForm:
    """A ride as its form shows it."""
    names = ("way", "start", "town", "seats", "contact", "note")
    return RideForm(
        formdata=None, data={name: getattr(ride, name) for name in names} | {"leaves": ride.leaves_wall.time()}
    )
