"""The kinds of what crews do, in words."""

from flask_babel import gettext as _

KINDS = (
    "creek",
    "street",
    "beach",
    "park",
    "e-waste",
    "market",
    "planting",
    "assembly",
    "social",
    "meetup",
    "training",
    "other",
)


def kind_label(kind: str) -> str:
    """A kind as a page says it."""
    return {
        "creek": _("Creek"),
        "street": _("Street"),
        "beach": _("Beach"),
        "park": _("Park"),
        "e-waste": _("E-waste"),
        "market": _("Free market"),
        "planting": _("Planting"),
        "assembly": _("Assembly"),
        "social": _("Social"),
        "meetup": _("Meetup"),
        "training": _("Training"),
        "other": _("Other"),
    }[kind]


def kind_choices() -> list[tuple[str, str]]:
    """All kinds for a select."""
    return [(kind, kind_label(kind)) for kind in KINDS]
