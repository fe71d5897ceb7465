"""What a program asks: the query of the pages, but what can't be read is refused, with its field."""

from collections.abc import Callable
from datetime import date

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from ..discover.params import VOLUNTEERS, WHENS
from ..geo.distance import METRES
from ..kinds import KINDS
from ..text import parse_int

USUAL, MOST = 50, 100
# What these parts may say.
CHOICES = {
    "unit": tuple(METRES),
    "when": WHENS,
    "kind": tuple(KINDS),
    "needs": (VOLUNTEERS,),
    "online": ("1",),
}


class BadField(BadRequest):
    """A parameter that can't be read; `field` is its name."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


def checked_query(reads: Callable[[str], object]) -> MultiDict:
    """The query, once every part that a search knows can be read; `reads` gives None for a bad cursor.

    Raises BadField.
    """
    args = request.args
    for name, choices in CHOICES.items():
        if args.get(name) and args[name] not in choices:
            raise BadField(name, _("%(name)s must be one of %(choices)s.", name=name, choices=", ".join(choices)))
    for name in ("from", "to"):
        if args.get(name) and not _is_day(args[name]):
            raise BadField(name, _("%(name)s must be a day like 2026-11-28.", name=name))
    if args.get("within") and not _is_distance(args["within"]):
        raise BadField("within", _("within must be a number above 0."))
    if args.get("after") and reads(args["after"]) is None:
        raise BadField("after", _("after must be the cursor of an earlier answer."))
    return args


def page_size() -> int:
    """How many to give, 50 unless said. Raises BadField."""
    asked = request.args.get("limit")
    size = USUAL if asked is None else parse_int(asked, 1, MOST)
    if size is None:
        raise BadField("limit", _("limit must be a whole number from 1 to %(most)d.", most=MOST))
    return size


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_distance(text: str) -> bool:
    try:
        return text.isascii() and len(text) < 12 and 0 < float(text) < float("inf")
    except ValueError:
        return False
