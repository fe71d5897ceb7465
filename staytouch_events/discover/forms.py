"""The search form: a GET, so that every search has an address."""

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, Form, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Email

from ..forms import BaseForm, EmailField
from ..kinds import kind_choices
from .models import AT_ONCE, WEEKLY
from .params import RADII
from .searches import Search


class SearchForm(Form):
    """What base searches ask; it changes nothing, so it carries no token."""

    near = StringField(_l("Near"))
    within = SelectField(_l("Within"))
    when = RadioField(
        _l("When"),
        choices=[
            ("today", _l("Today")),
            ("tomorrow", _l("Tomorrow")),
            ("weekend", _l("Weekend")),
            ("week", _l("Week")),
            ("month", _l("Month")),
        ],
    )
    kind = SelectField(_l("Kind"))
    q = StringField(_l("Words"))
    from_on = DateField(_l("From"), name="from")
    to_on = DateField(_l("Until"), name="to")
    needs = BooleanField(_l("Hands needed"), false_values=())
    online = BooleanField(_l("Online"))
    unit = HiddenField()


class HowForm(BaseForm):
    """How often somebody wants to hear."""

    how = RadioField(_l("How often"), choices=[(WEEKLY, _l("Once a week")), (AT_ONCE, _l("At once"))], default=WEEKLY)


class FollowForm(HowForm):
    """An address that wants to hear of a crew or of a place; the search goes along unseen."""

    email = EmailField(
        _l("Email"), [DataRequired(_l("Type your email address.")), Email(_l("This is not an email address."))]
    )
    group = HiddenField()
    near = HiddenField()
    within = HiddenField()
    unit = HiddenField()
    kind = HiddenField()
    # Robots fill in what people don't see.
    website = StringField(_l("Leave this empty"))


def follow_form(asked: Search | None = None, group: str = "") -> FollowForm:
    """The form beside a search, or on a crew's page."""
    wanted = (
        {"near": asked.near_text, "within": f"{asked.within:g}", "unit": asked.unit, "kind": asked.kind}
        if asked
        else {}
    )
    return FollowForm(formdata=None, data={"group": group, "how": WEEKLY, **wanted})


def search_form(asked: Search) -> SearchForm:
    """The form as the address filled it."""
    form = SearchForm(
        data={
            "near": asked.near_text,
            "within": f"{asked.within:g}",
            "when": asked.when,
            "kind": asked.kind,
            "q": asked.words,
            "from_on": asked.from_on,
            "to_on": asked.to_on,
            "needs": asked.needs_at is not None,
            "online": asked.online,
            "unit": asked.unit,
        }
    )
    form.within.choices = [(f"{radius:g}", _radius(radius, asked.unit)) for radius in sorted({*RADII, asked.within})]
    form.kind.choices = [("", _("Every kind")), *kind_choices()]
    return form


def _radius(radius: float, unit: str) -> str:
    number = format_decimal(radius)
    return _("%(number)s mi", number=number) if unit == "mi" else _("%(number)s km", number=number)
