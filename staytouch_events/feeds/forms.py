"""What one types to follow a calendar elsewhere, and chooses of one's own."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from ..forms import BaseForm, LineField
from .models import APPOINTMENTS, DAYS, EVENTS, PEOPLE, SHIFTS


class OutsideForm(BaseForm):
    """An address and what to call it."""

    url = LineField(_l("Address of the calendar"), [InputRequired(_l("Paste the address here."))], limit=1000)
    name = LineField(_l("Call it"), limit=60)


class KindsForm(BaseForm):
    """What stands in one's own calendar."""

    kinds = SelectMultipleField(
        _l("In your calendar"),
        choices=[
            (EVENTS, _l("Events you said yes or maybe to")),
            (SHIFTS, _l("Your shifts")),
            (APPOINTMENTS, _l("Appointments with people")),
            (PEOPLE, _l("Whom to write to, on the day it is time")),
            (DAYS, _l("Birthdays and other days to remember")),
        ],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
