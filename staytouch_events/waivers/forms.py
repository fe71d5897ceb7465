"""Forms about waivers, signing, who may come, and what else is asked."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import CheckboxInput

from ..forms import BaseForm, CountField, LineField, LongField
from ..rsvps.forms import JUST_A_NAME
from ..spoken import LANGUAGES
from ..text import parse_int
from .models import ASKED, GROWN_UP, NOT_ASKED, OPTIONAL, EventRules, Waiver, WaiverText

MOST = 2**31 - 1


class WaiverForm(BaseForm):
    """Whose it is; below, added for each language of the site, a title and the words."""

    issuer = LineField(_l("Whose it is"), [DataRequired(_l("Say whose words these are."))], limit=120)

    def words(self) -> dict[str, tuple[str, str]] | None:
        """What was typed, by language; None, with errors at the fields, when it can't be published."""
        valid, found = self.validate(), {}
        for code in LANGUAGES:
            title, text = self[f"title_{code}"], self[f"text_{code}"]
            if title.data and text.data:
                found[code] = (title.data, text.data)
            elif title.data or text.data:
                (text if title.data else title).errors = [_("A text needs both, a title and its words.")]
                valid = False
        if valid and not found:
            self[f"text_{next(iter(LANGUAGES))}"].errors = [_("Type the words in one language at least.")]
            valid = False
        return found if valid else None


# Field names are made of the languages' codes.
for _code in LANGUAGES:
    setattr(WaiverForm, f"title_{_code}", LineField(_l("Title"), [Optional()], limit=120))
    setattr(WaiverForm, f"text_{_code}", LongField(_l("The words"), [Optional()], limit=40_000))


def as_typed(waiver: Waiver, texts: dict[str, WaiverText]) -> dict[str, str]:
    """A waiver as its form shows it."""
    shown = {"issuer": waiver.issuer}
    for code, row in texts.items():
        shown |= {f"title_{code}": row.title, f"text_{code}": row.text}
    return shown


class RulesForm(BaseForm):
    """Who may come to an event, and what is asked of them before."""

    minimum_age = CountField(_l("Minimum age"), [Optional()], high=99)
    accompanied_under = CountField(_l("Only with an adult under"), [Optional()], low=1, high=GROWN_UP)
    minors_per_adult = CountField(_l("Most under 18 for each adult"), [Optional()], low=1, high=99)
    consent_under = CountField(_l("A parent or guardian signs under"), [Optional()], low=1, high=GROWN_UP)
    waivers = SelectMultipleField(_l("Waivers to sign"), coerce=int, option_widget=CheckboxInput())
    emergency = RadioField(
        _l("Whom to call in an emergency"),
        choices=[(NOT_ASKED, _l("Don't ask")), (OPTIONAL, _l("May be told")), (ASKED, _l("Everybody tells"))],
        default=NOT_ASKED,
    )
    photos = BooleanField(_l("Ask whether we may show pictures of them"))

    def __init__(self, *args, offered: Iterable[tuple[int, str]] = (), **kwargs) -> None:
        """`offered` are the crew's waivers: number and title."""
        super().__init__(*args, **kwargs)
        self.waivers.choices = list(offered)

    def rules(self) -> dict[str, Any]:
        """What a row of rules holds."""
        return {name: self[name].data for name in RULED}


RULED = ("consent_under", "accompanied_under", "minors_per_adult", "emergency", "photos")


def rules_as_typed(rules: EventRules) -> dict[str, Any]:
    """Rules as their form shows them."""
    return {name: getattr(rules, name) for name in RULED}


class SigningForm(BaseForm):
    """A tick for each text, by the number of the text that was read."""

    # Whatever was ticked is looked up in the texts that are asked for now.
    agree = SelectMultipleField(_l("I agree"), validate_choice=False)

    def agreed(self) -> list[int]:
        """The texts."""
        return [number for number in (parse_int(one, 1, MOST) for one in self.agree.data or ()) if number]


class AdultForm(SigningForm):
    """An adult signs."""

    name = LineField(
        _l("Your full name, as your signature"), [DataRequired(_l("Type your name.")), JUST_A_NAME], limit=80
    )


class MinorForm(SigningForm):
    """A guardian signs for somebody under 18."""

    minor = LineField(_l("Who comes: full name"), [DataRequired(_l("Type a name.")), JUST_A_NAME], limit=80)
    age = SelectField(_l("Age"), [InputRequired(_l("Choose the age."))])
    guardian = LineField(
        _l("Parent or guardian: your full name, as your signature"), [Optional(), JUST_A_NAME], limit=80
    )
    relation = LineField(_l("What you are to them"), [Optional()], limit=40)

    def __init__(self, *args, bands: Iterable[tuple[int, str]] = (), **kwargs) -> None:
        """`bands` are the age bands that the event tells apart; one alone is not asked."""
        super().__init__(*args, **kwargs)
        bands = list(bands)
        if len(bands) > 1:
            self.age.choices = [("", _("Choose")), *((str(first), words) for first, words in bands)]
        else:
            del self.age

    def age_from(self) -> int | None:
        """The first year of the band."""
        return parse_int(self.age.data or "", 0, GROWN_UP) if "age" in self else None


class EmergencyForm(BaseForm):
    """Whom to call."""

    contact = LineField(_l("Whom to call"), [JUST_A_NAME], limit=80)
    phone = LineField(_l("Their number"), limit=40)

    def __init__(self, *args, required: bool = False, **kwargs) -> None:
        """`required` where the crew asks everybody."""
        super().__init__(*args, **kwargs)
        self.required = required

    def validate_contact(self, field: LineField) -> None:
        """A number alone does not say who answers."""
        if not field.data and (self.required or self.phone.data):
            raise ValidationError(_("Type a name."))

    def validate_phone(self, field: LineField) -> None:
        """Digits enough to call."""
        if (field.data or self.required or self.contact.data) and len(re.findall(r"[0-9]", field.data or "")) < 5:
            raise ValidationError(_("Type a number that one can call."))


class PhotosForm(BaseForm):
    """A yes or a no, neither chosen beforehand."""

    photos = RadioField(
        _l("May the crew show pictures with you in them?"),
        [InputRequired(_l("Choose yes or no."))],
        choices=[("yes", _l("Yes")), ("no", _l("No"))],
    )
