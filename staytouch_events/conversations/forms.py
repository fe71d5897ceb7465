"""What people type in conversations and about them."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Email

from ..forms import BaseForm, CountField, EmailField, LineField, LongField
from .actions import LONGEST

SAY = DataRequired(_l("Write something first."))


class MessageForm(BaseForm):
    """A message."""

    text = LongField(_l("Your message"), [SAY], limit=LONGEST)


class ReadForm(BaseForm):
    """Up to which message a page showed them."""

    up_to = CountField(low=0, high=2**31 - 1)


class ReportForm(BaseForm):
    """Why a message should be looked at."""

    words = LongField(_l("What is wrong with it"), limit=1000)


class MailForm(BaseForm):
    """How messages reach somebody."""

    mailed = BooleanField(_l("Mail me what I haven't read"))
    asks_first = BooleanField(_l("People of my crews and events ask before they write"))


class ContactForm(MessageForm):
    """What somebody writes to a crew's organizers."""

    # Robots fill in what people don't see.
    website = StringField(_l("Leave this empty"))


class StrangerForm(ContactForm):
    """The same from somebody without an account."""

    name = LineField(_l("Your name"), [DataRequired(_l("Type your name."))], limit=80)
    email = EmailField(
        _l("Email"), [DataRequired(_l("Type your email address.")), Email(_l("This is not an email address."))]
    )
