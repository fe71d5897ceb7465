"""What one types to follow a calendar elsewhere."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from ..forms import BaseForm, LineField


class OutsideForm(BaseForm):
    """An address and what to call it."""

    url = LineField(_l("Address of the calendar"), [InputRequired(_l("Paste the address here."))], limit=1000)
    name = LineField(_l("Call it"), limit=60)
