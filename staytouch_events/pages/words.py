"""Words that several pages say."""

from flask_babel import gettext as _

from ..events.models import CANCELLED, DRAFT, POSTPONED


def state_words(state: str) -> str | None:
    """The banner of an event's state, where it has one."""
    return {CANCELLED: _("Cancelled"), POSTPONED: _("Postponed"), DRAFT: _("Draft"), "past": _("This was")}.get(state)
