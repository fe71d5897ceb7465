"""What the search's form offers, and the form by which somebody follows it."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import DataRequired, Email

from ..events.words import far_words
from ..forms import BaseForm, EmailField
from ..kinds import kind_choices
from ..spoken import once_a_language
from .models import AT_ONCE, WEEKLY
from .params import RADII, WHENS
from .searches import Search


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

    @classmethod
    def blank(cls) -> "FollowForm":
        """What everybody finds who has not typed anything."""
        return cls(formdata=None, data={"how": WEEKLY})

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not (self.email.data or self.errors)


def follow_form(asked: Search | None = None, group: str = "") -> FollowForm:
    """The form beside a search, or on a crew's page."""
    wanted = (
        {"near": asked.near_text, "within": f"{asked.within:g}", "unit": asked.unit, "kind": asked.kind}
        if asked
        else {}
    )
    return FollowForm(formdata=None, data={"group": group, "how": WEEKLY, **wanted})


def search_choices(asked: Search) -> dict[str, Sequence[tuple[str, str]]]:
    """What the search's form offers; the radius that its address asks for, too."""
    return {
        "within": [(f"{radius:g}", far_words(radius, asked.unit)) for radius in sorted({*RADII, asked.within})],
        "when": _whens(),
        "kind": [("", _("Every kind")), *kind_choices()],
    }


@once_a_language
def _whens() -> tuple[tuple[str, str], ...]:
    words = (_("Today"), _("Tomorrow"), _("Weekend"), _("Week"), _("Month"))
    return tuple(zip(WHENS, words, strict=True))
