"""Kinds, sizes, hazards and reasons in words."""

from flask_babel import lazy_gettext as _l

from .models import A_PERSON, DOUBLE, NO_PLACE, OTHER

KINDS = {
    "litter": _l("Litter"),
    "dumping": _l("Dumped things"),
    "overgrown": _l("Overgrown"),
    "graffiti": _l("Graffiti"),
    "e-waste": _l("E-waste"),
    "other": _l("Something else"),
}
SIZES = {"bag": _l("A bag or two"), "carload": _l("A carload"), "truckload": _l("A truckload")}
HAZARDS = {
    "sharps": _l("Needles or blades"),
    "glass": _l("Broken glass"),
    "traffic": _l("Traffic close by"),
    "water": _l("Deep or fast water"),
    "chemicals": _l("Chemicals, paint or oil"),
}
REASONS = {
    A_PERSON: _l("It is about people, or their camp"),
    NO_PLACE: _l("There is nothing at this place"),
    DOUBLE: _l("It was reported before"),
    OTHER: _l("Another reason"),
}
# The icon of a spot's kind, and the kind of the event that is made of it.
ICONS = {
    "litter": "street",
    "dumping": "market",
    "overgrown": "planting",
    "graffiti": "edit",
    "e-waste": "e-waste",
    "other": "other",
}
EVENT_KINDS = {"overgrown": "park", "e-waste": "e-waste", "other": "other"}


def reason_words(spot) -> str:
    """Why a report was closed: the reason that was chosen, and what was written to it."""
    return ": ".join(str(part) for part in (REASONS[spot.closed_as], spot.reason) if part)


def hazard_words(spot) -> list[str]:
    """What to look out for, in words, in one order."""
    return [str(words) for hazard, words in HAZARDS.items() if hazard in spot.hazards]
