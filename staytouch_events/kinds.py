"""The kinds of what crews do, in words."""

from flask_babel import lazy_gettext as _l

from .spoken import once_a_language

LABELS = {
    "creek": _l("Creek"),
    "street": _l("Street"),
    "beach": _l("Beach"),
    "park": _l("Park"),
    "e-waste": _l("E-waste"),
    "market": _l("Free market"),
    "planting": _l("Planting"),
    "assembly": _l("Assembly"),
    "social": _l("Social"),
    "meetup": _l("Meetup"),
    "training": _l("Training"),
    "other": _l("Other"),
}
KINDS = tuple(LABELS)


@once_a_language
def kind_label(kind: str) -> str:
    """A kind as a page says it."""
    return str(LABELS[kind])


@once_a_language
def kind_choices() -> tuple[tuple[str, str], ...]:
    """All kinds for a select."""
    return tuple((kind, kind_label(kind)) for kind in KINDS)
