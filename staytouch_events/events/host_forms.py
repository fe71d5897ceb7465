"""Naming the crew that is asked to host an event."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select
from wtforms import ValidationError
from wtforms.validators import DataRequired

from ..forms import BaseForm, LineField
from ..groups.models import Group
from .host_queries import crews_called
from .hosting import why_not
from .models import Event


class HostForm(BaseForm):
    """A crew by its name or address; `group` is the one that was found."""

    crew = LineField(
        _l("Another crew"),
        [DataRequired(_l("Which crew? Its name, or the address of its page."))],
        limit=200,
        render_kw={"list": "crews", "autocomplete": "off"},
    )

    def __init__(self, event: Event, groups: Select, now: datetime, **kwargs):
        super().__init__(**kwargs)
        self.event, self.groups, self.now = event, groups, now
        self.group: Group | None = None

    def validate_crew(self, field) -> None:
        """One crew, that can host it."""
        found = crews_called(self.groups, field.data)
        if not found:
            raise ValidationError(_("No crew here has this name. The address of its page works, too."))
        if len(found) > 1:
            raise ValidationError(_("Several crews have this name. Paste the address of the one's page."))
        words = why_not(self.event, found[0], self.now)
        if words is not None:
            raise ValidationError(words)
        self.group = found[0]
