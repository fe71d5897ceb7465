"""A site as an organizer types it."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TimeField
from wtforms.validators import DataRequired, Optional

from ..events.forms import place_line
from ..events.models import Event
from ..events.queries import earlier_places
from ..events.typed import place_values
from ..forms import BaseForm, CountField, LineField
from ..groups.queries import members_of
from .actions import NewSite


class SiteForm(BaseForm):
    """A name and a place are enough; the day has the rest."""

    name = LineField(_l("Name of the site"), [DataRequired(_l("Give it a name."))], limit=80)
    earlier = SelectField(_l("A place you used before"), [Optional()], default="")
    place = LineField(_l("Address, park, town or ZIP"), [Optional()], limit=200)
    place_choice = RadioField(_l("Which one?"), [Optional()], choices=(), validate_choice=False, default="")
    pin = LineField(_l("Pin: “lat, lon”, or a link from a map"), [Optional()], limit=1000)
    meeting_point = LineField(_l("Where to meet, in words"), [Optional()], limit=300)
    capacity = CountField(_l("Spots, empty for no limit"), [Optional()], low=1, high=100_000)
    lead = SelectField(_l("Who leads there"), [Optional()], default="")
    lead_phone = LineField(_l("Their phone, for those who come"), [Optional()], limit=40)
    starts_time = TimeField(_l("Starts at"), [Optional()])
    ends_time = TimeField(_l("Ends at"), [Optional()])
    # What an event's form asks beside: a site's zone is its place's.
    found = HiddenField(default="")
    zone = HiddenField(default="")

    def site(self, day: Event) -> NewSite | None:
        """What was typed, or None with all errors at the form's fields."""
        self.validate()
        earlier = earlier_places(day.group, day)
        place = place_values(self, day, earlier)
        hours = self._hours(day)
        if not (place.get("lat") or place.get("address") or self.errors):
            self.place.errors = [*self.place.errors, _("Say where it is: a place, or a pin.")]
        if {name for name in self.errors if name != "csrf_token"} or self.errors:
            return None
        return NewSite(
            name=self.name.data,
            place=place,
            meeting_point=self.meeting_point.data or "",
            capacity=self.capacity.data,
            hours=hours,
            lead=dict(self.lead.choices).get(self.lead.data, "") if self.lead.data else "",
            lead_phone=self.lead_phone.data or "",
        )

    def _hours(self, day: Event) -> tuple[datetime, datetime] | None:
        begins, ends = self.starts_time.data, self.ends_time.data
        if begins is None and ends is None:
            return None
        if begins is None or ends is None:
            missing = self.starts_time if begins is None else self.ends_time
            missing.errors = [*missing.errors, _("Give both hours, or none for those of the day.")]
            return None
        on = day.starts_wall.date()
        starts_wall, ends_wall = datetime.combine(on, begins), datetime.combine(on, ends)
        return starts_wall, ends_wall if ends_wall > starts_wall else ends_wall + timedelta(days=1)


def site_form(day: Event, sent: Any = None, **how: Any) -> SiteForm:
    """The form, with the crew's places and people to choose from."""
    form = SiteForm(sent, **how) if sent is not None else SiteForm(**how)
    places = ((str(event.id), place_line(event)) for event in earlier_places(day.group, day))
    form.earlier.choices = [("", _("None of them")), *places]
    people = [(str(row.person_id), row.person.name) for row in members_of(day.group)]
    form.lead.choices = [("", _("Nobody yet")), *people]
    return form
