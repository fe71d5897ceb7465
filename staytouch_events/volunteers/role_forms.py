"""Forms about roles."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired, Optional

from ..forms import BaseForm, LineField, LongField
from ..groups.models import Membership
from .models import Role

PLAIN = ("name", "about", "requirements", "approval", "checks_in", "instructions", "contact")


class RoleForm(BaseForm):
    """What a role is, and what those who take it are told."""

    name = LineField(_l("Name of the role"), [DataRequired(_l("Give it a name."))], limit=60)
    about = LineField(_l("What it is, in one line"), [Optional()], limit=200)
    requirements = LineField(_l("What it takes: age, licence, training"), [Optional()], limit=200)
    approval = BooleanField(_l("Each sign-up waits for our yes"))
    checks_in = BooleanField(_l("Checks people in on the day"))
    lead_id = SelectField(_l("Who leads it"), default="", description=_l("Leads edit the shifts of their role."))
    instructions = LongField(_l("For those who sign up: how it is done"), [Optional()], limit=5000)
    contact = LineField(_l("For those who sign up: whom to call"), [Optional()], limit=200)

    def __init__(self, *args, members: list[Membership] = (), **kwargs) -> None:
        """`members` are the people of the group, who may lead it."""
        super().__init__(*args, **kwargs)
        named = ((str(row.person_id), row.person.name or row.person.email or "?") for row in members)
        self.lead_id.choices = [("", _("Nobody yet")), *named]

    def fields(self) -> dict[str, Any] | None:
        """The role's fields, or None with all errors at the form's."""
        if not self.validate():
            return None
        lead = self.lead_id.data
        return {name: self[name].data or self._empty(name) for name in PLAIN} | {"lead_id": int(lead) if lead else None}

    def _empty(self, name: str) -> bool | str:
        return False if isinstance(self[name], BooleanField) else ""


def as_typed(role: Role) -> dict[str, Any]:
    """A role as its form shows it."""
    return {name: getattr(role, name) for name in PLAIN} | {"lead_id": str(role.lead_id or "")}
