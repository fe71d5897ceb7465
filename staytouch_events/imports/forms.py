"""Which calendar to bring in."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField
from wtforms.validators import Optional

from ..forms import BaseForm, LineField


class CalendarForm(BaseForm):
    """A file, or an address."""

    file = FileField(_l("A calendar file (.ics)"))
    url = LineField(_l("Or its address"), [Optional()], limit=1000)


class MakeForm(BaseForm):
    """Whether an address is followed from now on."""

    follows = BooleanField(_l("Keep following it: what changes there changes here"))
