"""What somebody follows, in words of the current language."""

from flask_babel import format_decimal
from flask_babel import gettext as _

from ..kinds import kind_label
from .models import Follow


def follow_words(follow: Follow) -> str:
    """ "Trash Punx", "events within 10 mi of San Jose, CA"."""
    if follow.group_id:
        return follow.group.name
    number = format_decimal(follow.within)
    far = _("%(number)s mi", number=number) if follow.unit == "mi" else _("%(number)s km", number=number)
    where = _("events within %(distance)s of %(place)s", distance=far, place=follow.place_name)
    return f"{where} ({kind_label(follow.kind)})" if follow.kind else where
