"""Forms about people."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired, Email, Optional

from ..forms import BaseForm, EmailField, LineField
from ..when import zone_names


class SignInForm(BaseForm):
    """One's address."""

    email = EmailField(
        _l("Email"), [DataRequired(_l("Type your email address.")), Email(_l("This is not an email address."))]
    )
    next = HiddenField()


class CodeForm(BaseForm):
    """The code in the letter, with the address it went to."""

    email = EmailField(_l("Email"), [DataRequired(_l("Type your email address."))])
    code = LineField(_l("Code from the mail"), [DataRequired(_l("Type the code from the mail."))], limit=20)


class SettingsForm(BaseForm):
    """What people say of themselves."""

    name = LineField(_l("Your name"), [DataRequired(_l("Type a name: your crew sees it."))], limit=80)
    home_place = LineField(_l("Home town or ZIP"), [Optional()], limit=120)
    zone = SelectField(_l("Time zone"), [Optional()])
    language = RadioField(_l("Language"), choices=[("en", "English"), ("es", "Español")])
    unit = RadioField(
        _l("Distances in"), choices=[("", _l("As usual there")), ("mi", _l("miles")), ("km", _l("kilometres"))]
    )

    def __init__(self, *args, **kwargs) -> None:
        """With the zones of the day; whoever never chose a unit has the usual one."""
        super().__init__(*args, **kwargs)
        self.unit.data = self.unit.data or ""
        self.zone.choices = [
            ("", _l("The place's own")),
            *((name, name.replace("_", " ")) for name in sorted(zone_names())),
        ]
