"""Reporting a place, saying "me too", marking it cleaned, closing it."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import FileField, RadioField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ..forms import BaseForm, EmailField, LineField, LongField
from ..geo.pins import ShortLink, parse_pin
from ..rsvps.forms import JUST_A_NAME
from .models import OTHER
from .words import HAZARDS, KINDS, REASONS, SIZES

EMAIL = (DataRequired(_l("Type your email address.")), Email(_l("This is not an email address.")))


class PictureForm(BaseForm):
    """A photo, as pictures.take_new_upload reads it."""

    picture = FileField(_l("Photo"))


class ReportForm(PictureForm):
    """A place that needs hands, by somebody who is signed in."""

    title = LineField(_l("What is it, in one line?"), [DataRequired(_l("Say what it is."))], limit=80)
    kind = RadioField(_l("Kind"), [InputRequired(_l("Choose a kind."))], choices=list(KINDS.items()))
    size = RadioField(_l("How much is it?"), [InputRequired(_l("Choose a size."))], choices=list(SIZES.items()))
    hazards = SelectMultipleField(
        _l("What should helpers look out for?"),
        [Optional()],
        choices=list(HAZARDS.items()),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    pin = LineField(
        _l("Where: “lat, lon”, or a link from a map"),
        [DataRequired(_l("Set the pin: a town alone does not lead anybody there."))],
        limit=1000,
    )
    note = LongField(_l("What else helps to know"), [Optional()], limit=1000)

    def fields(self) -> dict[str, Any] | None:
        """The report's fields without its photo, or None with all errors at the form's."""
        self.validate()
        point = self._point()
        if self.errors:
            return None
        plain = {name: self[name].data for name in ("title", "kind", "size")}
        return plain | {"hazards": list(self.hazards.data or ()), "note": self.note.data or "", "picture": None} | point

    def _point(self) -> dict[str, float]:
        try:
            pin = parse_pin(self.pin.data or "")
        except ShortLink:
            long = _("This short link can't be read. Open it and copy the long address from the browser.")
            self.pin.errors = [*self.pin.errors, long]
            return {}
        if pin is None and not self.pin.errors:
            self.pin.errors = [_("There is no point in this. Paste “37.33, -121.88” or a link from a map.")]
        return {"lat": pin.lat, "lon": pin.lon} if pin else {}


class GuestReportForm(ReportForm):
    """A place that needs hands, by whoever has an address."""

    name = LineField(_l("Your name"), [Optional(), JUST_A_NAME], limit=80)
    email = EmailField(_l("Email"), EMAIL)
    # Robots fill in what people don't see.
    website = StringField(_l("Leave this empty"))


class MeTooForm(BaseForm):
    """One tap, for somebody who is signed in."""


class GuestMeTooForm(MeTooForm):
    """An address that says "me too"."""

    email = EmailField(_l("Email"), EMAIL)
    website = StringField(_l("Leave this empty"))


class CleanedForm(PictureForm):
    """How it looks now."""


class CloseForm(BaseForm):
    """Why a report is closed."""

    closed_as = RadioField(_l("Why?"), [InputRequired(_l("Choose why."))], choices=list(REASONS.items()))
    reason = LineField(_l("In a few words"), [Optional()], limit=200)

    def validate(self, *args, **kwargs) -> bool:
        """Another reason needs its words."""
        fine = super().validate(*args, **kwargs)
        if fine and self.closed_as.data == OTHER and not self.reason.data:
            self.reason.errors = [*self.reason.errors, _("Say it in a few words: whoever reported it reads them.")]
            return False
        return fine


def report_form(**given) -> ReportForm:
    """The form for this viewer."""
    return ReportForm(**given) if current_user.is_authenticated else GuestReportForm(**given)


def me_too_form(**given) -> MeTooForm:
    """The button for this viewer."""
    return MeTooForm(**given) if current_user.is_authenticated else GuestMeTooForm(**given)


def choose_again(form: PictureForm) -> None:
    """A form with a mistake elsewhere keeps no file: say so at the photo."""
    upload = request.files.get("picture")
    if upload and upload.filename and not form.picture.errors:
        form.picture.errors = [_("Choose the photo again: a form with a mistake can't keep it.")]
