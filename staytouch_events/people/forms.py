"""Forms about people."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from ..forms import BaseForm, EmailField, LineField, SecretField
from ..when import zone_names
from .passwords import LONGEST


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


class PasswordSignInForm(SignInForm):
    """One's address and password."""

    password = SecretField(_l("Password"), [InputRequired(_l("Type your password.")), Length(max=LONGEST)])


class PasswordForm(BaseForm):
    """A new password; the one so far where nobody signed in just now."""

    current = SecretField(_l("Password so far"), [Length(max=LONGEST)])
    password = SecretField(
        _l("New password"),
        [
            InputRequired(_l("Type the new password.")),
            Length(max=LONGEST, message=_l("This is too long: at most %(max)d characters.")),
        ],
    )
    elsewhere = BooleanField(_l("Sign out on all other devices"))


class AddressForm(BaseForm):
    """Where letters are to go."""

    email = EmailField(
        _l("New email"), [DataRequired(_l("Type your email address.")), Email(_l("This is not an email address."))]
    )


class PhotoForm(BaseForm):
    """A picture of oneself, or none."""

    picture = FileField(_l("Picture of you"))
    no_picture = BooleanField(_l("Take the picture off"))


class SettingsForm(BaseForm):
    """What people say of themselves."""

    name = LineField(_l("Your name"), [DataRequired(_l("Type a name: your crew sees it."))], limit=80)
    pronouns = LineField(_l("Pronouns"), [Optional()], limit=40)
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
