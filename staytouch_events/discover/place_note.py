"""What to know about the place that was typed, where it is not plain."""

from flask_babel import gettext as _

from ..events.words import distance_words
from ..geo import Place
from ..geo.place import GUESSES, INSIDE
from .searches import Search


def place_note(asked: Search) -> str | None:
    """How the place was understood; None where it is certain."""
    if asked.unknown_place:
        return _("No town or ZIP called “%(place)s” is known here, so this is everything.", place=asked.near_text)
    if asked.place and asked.is_area:
        return _area_note(asked, asked.place)
    if asked.place and asked.place.why in GUESSES:
        return _("Showing %(place)s: is that what you meant?", place=asked.place.label)
    if asked.place and asked.place.why in INSIDE:
        return _(
            "“%(text)s” is not known here: this is around %(place)s.", text=asked.near_text, place=asked.place.label
        )
    if asked.others:
        return _("There are several places of this name. This is %(place)s.", place=asked.place.label)
    return None


def _area_note(asked: Search, area: Place) -> str:
    """That an area has no one point, and what is searched in its stead."""
    far = distance_words(asked.radius_m, asked.unit)
    if not area.around:
        words = _("%(area)s is an area: this is what lies within %(distance)s of its middle.")
    else:
        words = _("%(area)s is a wide area: this is what lies within %(distance)s of %(town)s, its biggest town.")
    return words % {"area": area.label, "distance": far, "town": area.around}
