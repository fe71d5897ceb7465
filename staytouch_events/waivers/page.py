"""What the pages on which people sign have in common: one's own, and a helper's phone."""

from flask import request

from ..people.models import Person
from ..refusals import Refused
from ..spoken import LANGUAGES, language
from ..when import now
from .forms import AdultForm, MinorForm
from .queries import rules_of
from .rules import bands
from .signing import Signers, sign_adult, sign_minor


def signing_form(signers: Signers) -> AdultForm | MinorForm:
    """The form that was sent."""
    if request.form.get("do") == "minor":
        return MinorForm(bands=bands(signers.event, rules_of(signers.event)))
    return AdultForm()


def sign_with(form: AdultForm | MinorForm, signers: Signers, held_by: Person | None = None) -> None:
    """Do what the form says. Raises Refused."""
    if isinstance(form, AdultForm):
        sign_adult(signers, form.name.data, form.agreed(), now(), held_by)
        return
    said = (form.minor.data, form.guardian.data, form.relation.data, form.age_from())
    sign_minor(signers, *said, form.agreed(), now(), held_by)


def at_field(form: AdultForm | MinorForm, refusal: Refused) -> AdultForm | MinorForm:
    """The form with the refusal at the field that it is about, else at the ticks."""
    form[refusal.field if refusal.field in form else "agree"].errors = [str(refusal)]
    return form


def read_language() -> str:
    """The language that the texts are shown in: the one asked for, else the page's."""
    chosen = request.values.get("read", "")
    return chosen if chosen in LANGUAGES else language()


def forms_of(form: AdultForm | MinorForm) -> dict:
    """The form that was sent, by the name that the page knows it by."""
    return {"adult" if isinstance(form, AdultForm) else "minor": form}
