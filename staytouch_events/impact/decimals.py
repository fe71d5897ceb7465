"""A number with a point or a comma, as people type it."""

import re

from flask_babel import format_decimal
from flask_babel import gettext as _
from wtforms import Field
from wtforms.widgets import TextInput

_NUMBER = re.compile(r"[0-9]{1,9}([.,][0-9]{1,6})?")
_THOUSANDS = re.compile(r"[0-9]{1,3}([.,][0-9]{3})+")


class DecimalField(Field):
    """A number from 0 to `high`, kept to two places; what was typed stays when it is none."""

    widget = TextInput()

    def __init__(self, label=None, validators=(), high: int = 1_000_000, **kwargs) -> None:
        """An empty field is None."""
        super().__init__(label, validators, **kwargs)
        self.high, self.typed = high, None

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return "" if self.data is None else f"{self.data:.2f}".rstrip("0").rstrip(".")

    def process_formdata(self, valuelist) -> None:
        """Read it. Raises ValueError in words; a comma before three digits may mean two things."""
        self.typed = valuelist[0].strip()[:30] if valuelist else ""
        self.data = None
        if not self.typed:
            return
        if _THOUSANDS.fullmatch(self.typed) and "," in self.typed:
            raise ValueError(_("Type it without a comma between thousands."))
        if not _NUMBER.fullmatch(self.typed) or float(self.typed.replace(",", ".")) > self.high:
            raise ValueError(_("Type a number up to %(high)s, like 12.5.", high=format_decimal(self.high)))
        self.data = round(float(self.typed.replace(",", ".")), 2)
