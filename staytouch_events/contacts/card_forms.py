"""Forms about cards."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField, ValidationError
from wtforms.validators import DataRequired, Email, Optional, Regexp

from ..forms import BaseForm, EmailField, LineField, LongField
from .card_models import CREW
from .card_queries import details_of
from .words import version_words

MOST_LINKS = 10
NOTHING = ""
PHONE = Regexp(r"\+?[0-9(][0-9 ().-]{3,}$", message=_l("Type a phone number, like 408 555 0100."))


class DetailsForm(BaseForm):
    """What one's cards can say beside what the settings say."""

    phone = LineField(_l("Phone"), [Optional(), PHONE], limit=30)
    company = LineField(_l("Company or school"), [Optional()], limit=120)
    languages = LineField(_l("Languages you speak, with commas"), [Optional()], limit=200)
    skills = LineField(_l("What you're good at, with commas"), [Optional()], limit=300)
    links = LongField(_l("Links, one a line"), [Optional()], limit=2000)
    note = LongField(_l("A line about you"), [Optional()], limit=500)
    found_by_others = BooleanField(_l("After an event, show my first name to the others who were checked in"))
    asked_by_mail = BooleanField(_l("Mail me when somebody asks to exchange cards"))

    def validate_links(self, field: LongField) -> None:
        """Each of them leads somewhere."""
        links = _lines(field.data)
        if len(links) > MOST_LINKS:
            raise ValidationError(_("At most %(max)d links.", max=MOST_LINKS))
        wrong = next((link for link in links if not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", link)), None)
        if wrong:
            raise ValidationError(_("“%(link)s” is no web address. Begin with https://.", link=wrong))

    def fields(self) -> dict[str, Any] | None:
        """The details, or None with all errors at the form's."""
        if not self.validate():
            return None
        plain = {name: self[name].data or "" for name in ("phone", "company", "note")}
        lists = {name: _words(self[name].data) for name in ("languages", "skills")} | {"links": _lines(self.links.data)}
        return plain | lists | {name: bool(self[name].data) for name in ("found_by_others", "asked_by_mail")}


class KeepForm(BaseForm):
    """Keep somebody's card, and which of one's own goes back."""

    back = RadioField(_l("Give back"), default=CREW)

    def __init__(self, *args, versions=(), nothing: bool = True, **kwargs) -> None:
        """`versions` are those that may be given; `nothing` whether none may be."""
        super().__init__(*args, **kwargs)
        self.back.choices = [(name, version_words(name)) for name in versions]
        self.back.choices += [(NOTHING, _("Nothing"))] if nothing else []


class LeaveForm(BaseForm):
    """Details left by somebody without an account."""

    name = LineField(_l("Your name"), [DataRequired(_l("Type your name."))], limit=80)
    email = EmailField(_l("Email"), [Optional(), Email(_l("This is not an email address."))])
    phone = LineField(_l("Phone"), [Optional(), PHONE], limit=30)
    word = LineField(_l("A word, so that they know who you are"), [Optional()], limit=200)
    # Robots fill in what people don't see.
    website = StringField(_l("Leave this empty"))

    def validate(self, **kwargs) -> bool:
        """One way to be reached at least."""
        valid = super().validate(**kwargs)
        if valid and not self.phone.data and not self.email.data:
            self.email.errors = [_("Leave an email address or a phone number.")]
        return not self.errors


def details_form(person, **kwargs) -> DetailsForm:
    """The form with what is known."""
    details = details_of(person)
    known = {name: getattr(details, name) for name in ("phone", "company", "note")}
    known |= {name: ", ".join(getattr(details, name)) for name in ("languages", "skills")}
    known |= {"found_by_others": details.found_by_others, "asked_by_mail": details.asked_by_mail is not False}
    return DetailsForm(data=known | {"links": "\n".join(details.links)}, **kwargs)


def _words(text: str | None) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in (text or "").split(",") if word.strip()))[:20]


def _lines(text: str | None) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))
