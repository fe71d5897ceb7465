"""The form of all that somebody may choose of the site's mail."""

from collections.abc import Iterable

from wtforms import BooleanField, SelectField

from ..forms import BaseForm
from .choosing import Choice


def choices_form(choices: Iterable[Choice], **given) -> BaseForm:
    """A field for each choice, with what is chosen now; `given` as for any form."""

    class ChoicesForm(BaseForm):
        """Made for one person."""

    for choice in choices:
        made = SelectField(choice.label, choices=choice.ways) if choice.ways else BooleanField(choice.label)
        setattr(ChoicesForm, choice.name, made)
    return ChoicesForm(data={choice.name: choice.now for choice in choices}, **given)
