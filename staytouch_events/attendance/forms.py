"""Forms about who was there."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, ValidationError
from wtforms.validators import URL, DataRequired, Email, InputRequired, Optional, Regexp

from ..forms import BaseForm, CountField, EmailField, LineField, LongField
from ..rsvps.forms import JUST_A_NAME, PartyForm

NO_ADDRESS = _l("This is not a web address.")


class WalkUpForm(PartyForm):
    """A party that had not answered."""

    name = LineField(_l("Name"), [DataRequired(_l("Type a name.")), JUST_A_NAME], limit=80)


class WalkInForm(PartyForm):
    """The same, by whoever it is."""

    # Robots fill in what people don't see.
    website = StringField(_l("Leave this empty"))


class HereForm(BaseForm):
    """The address that answered."""

    email = EmailField(
        _l("Email"), [DataRequired(_l("Type your email address.")), Email(_l("This is not an email address."))]
    )


class DayForm(BaseForm):
    """What whoever comes should know on the day itself."""

    brief = LongField(_l("Safety brief"), [Optional()], limit=10_000)
    end_signal = LineField(_l("How people know that it ends"), [Optional()], limit=200)
    lead = LineField(_l("Name"), [Optional()], limit=80)
    lead_phone = LineField(
        _l("Phone"),
        [Optional(), Regexp(r"\+?[0-9][0-9 ().-]{3,}$", message=_l("Type a phone number, like 408 555 0100."))],
        limit=30,
    )
    hospital = LineField(_l("Its name"), [Optional()], limit=120)
    hospital_address = LineField(_l("Its address"), [Optional()], limit=200)
    hospital_url = LineField(
        _l("Link to the way there"),
        [Optional(), URL(message=NO_ADDRESS), Regexp(r"https?://", message=NO_ADDRESS)],
        limit=500,
    )


class HoursForm(BaseForm):
    """What somebody's time was, and why it is not what the marks say."""

    hours = CountField(_l("Hours"), [InputRequired(_l("How many?"))], high=24, default=0)
    minutes = CountField(_l("Minutes"), [Optional()], high=59, default=0)
    why = LineField(_l("Why"), [DataRequired(_l("Say why in a few words."))], limit=200)

    def total(self) -> int:
        """All of it in minutes."""
        return 60 * self.hours.data + (self.minutes.data or 0)


class TermForm(BaseForm):
    """The days that a letter is about, and the crew that it comes from."""

    group = SelectField(_l("Crew"), [DataRequired(_l("Choose a crew."))], validate_choice=False)
    first_on = DateField(_l("From"), [InputRequired(_l("Choose the day."))])
    last_on = DateField(_l("Until"), [InputRequired(_l("Choose the day."))])

    def validate_last_on(self, field: DateField) -> None:
        """Not before the first."""
        if self.first_on.data and field.data and field.data < self.first_on.data:
            raise ValidationError(_("This is before the first day."))
