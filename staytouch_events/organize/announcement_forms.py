"""Writing to everyone."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, ValidationError
from wtforms.validators import DataRequired

from ..forms import BaseForm, LineField, LongField
from ..people.models import Person
from ..posts.models import Place
from .audiences import audiences_of, filters_in


class AnnouncementForm(BaseForm):
    """To whom, and what; `asked` are the filters that the list of people came with."""

    audience = SelectField(_l("To"))
    subject = LineField(_l("Subject"), [DataRequired(_l("Say in a few words what it is about."))], limit=150)
    text = LongField(_l("What you write"), [DataRequired(_l("Write something first."))], limit=5000)
    replies = BooleanField(_l("Answers come to my address"))

    def __init__(self, place: Place, asked: dict[str, str], viewer: Person, **kwargs) -> None:
        """Offer the audiences of the place, each with how many it is now."""
        super().__init__(**kwargs)
        self.asked = filters_in(asked)
        found = audiences_of(place, self.asked)
        self.audience.choices = [(key, f"{words} ({len(people)})") for key, (words, people) in found.items()]
        self.empty = {key for key, (_words, people) in found.items() if not people}
        self.replies.description = _("Everybody then sees %(email)s.", email=viewer.email)

    def validate_audience(self, field) -> None:
        """Raise where nobody is in it."""
        if field.data in self.empty:
            raise ValidationError(_("Nobody is there to write to. Choose other people."))

    def fields(self) -> dict[str, Any]:
        """What an announcement keeps."""
        return {
            "audience": self.audience.data,
            "asked": self.asked,
            "subject": self.subject.data,
            "text": self.text.data,
            "replies": bool(self.replies.data),
        }
