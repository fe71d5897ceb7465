"""What was done, on paper of a phone's width; sending it back, pictures, recognitions."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, RadioField, SelectField
from wtforms.validators import DataRequired, NumberRange, Optional

from ..forms import BaseForm, CountField, LineField, LongField
from ..geo.distance import METRES
from ..rsvps.forms import JUST_A_NAME
from .decimals import DecimalField
from .items import FIRST, GROUP_LABELS, GROUPS, ITEMS
from .measures import (
    ESTIMATE,
    GRAMS,
    KILOMETRES,
    MILES,
    ROAD,
    SCALE,
    SHORE,
    SQUARE_METRES,
    TICKET,
    TRAIL,
    estimated_grams,
    kept,
    shown,
)
from .models import BAGS, ImpactLog

MOST = 100_000
# What they are estimated to weigh still fits into a column of grams.
MOST_BAGS = 20_000
UNITS = [(MILES, _l("Pounds, miles, acres")), (KILOMETRES, _l("Kilos, kilometers, hectares"))]
METHODS = [(SCALE, _l("A scale")), (ESTIMATE, _l("Estimated from the bags")), (TICKET, _l("The hauler's ticket"))]
GROUNDS = [(SHORE, _l("Shore")), (ROAD, _l("Road")), (TRAIL, _l("Trail"))]
# What a text field of the log is kept as.
TEXTS = ("team", "syringe_place", "oddest", "note")


class LogForm(BaseForm):
    """What one team did. Everything may be left out, but not all of it."""

    team = LineField(_l("Team"), [Optional(), JUST_A_NAME], limit=60)
    bags_trash = CountField(_l("Bags of trash"), [Optional()], high=MOST_BAGS)
    bags_recycling = CountField(_l("Bags of recycling"), [Optional()], high=MOST_BAGS)
    bags_green = CountField(_l("Bags of green waste"), [Optional()], high=MOST_BAGS)
    unit = RadioField(_l("I count in"), choices=UNITS)
    weight = DecimalField(_l("Weight"), [Optional()], high=1_000_000)
    method = RadioField(_l("Weighed by"), [Optional()], choices=METHODS)
    length = DecimalField(_l("Length cleaned"), [Optional()], high=10_000)
    ground = RadioField(_l("Along"), [Optional()], choices=GROUNDS)
    area = DecimalField(_l("Area cleaned"), [Optional()], high=100_000)
    adults = CountField(_l("Adults"), [Optional()], high=MOST)
    minors = CountField(_l("Under 18"), [Optional()], high=MOST)
    hours = DecimalField(_l("Hours of all people together"), [Optional()], high=MOST)
    syringe_place = LineField(_l("Where the syringes lay"), [Optional()], limit=200)
    oddest = LineField(_l("Oddest find"), [Optional()], limit=120)
    note = LongField(_l("Note"), [Optional()], limit=1000)

    def __init__(self, *args, **kwargs) -> None:
        """A radio that nobody touched stays empty."""
        super().__init__(*args, **kwargs)
        for field in (self.method, self.ground):
            if field.data in (None, "None"):
                field.data = ""

    def item(self, key: str) -> CountField:
        """The field that counts one thing."""
        return self[f"n_{key}"]

    def groups(self) -> list[tuple[str, list[CountField]]]:
        """The card's groups, each with its fields."""
        return [(str(GROUP_LABELS[name]), [self.item(item.key) for item in GROUPS[name]]) for name in GROUPS]

    def first(self) -> list[CountField]:
        """What is counted before the card."""
        return [self.item(item.key) for item in FIRST]

    def validate(self, *args, **kwargs) -> bool:
        """What is typed belongs together: a weight has a method, a length lies along something."""
        super().validate(*args, **kwargs)
        if self.weight.data and not self.method.data:
            self.method.errors = [_("Say how it was weighed.")]
        if self.method.data in (SCALE, TICKET) and not (self.weight.data or self.weight.errors):
            self.weight.errors = [_("Type the weight, or have it estimated from the bags.")]
        if self.length.data and not self.ground.data:
            self.ground.errors = [_("Say along what.")]
        if not self.errors and self._is_empty():
            self.bags_trash.errors = [_("Nothing is counted yet: a number of bags will do.")]
        return not self.errors

    def fields(self) -> dict[str, Any]:
        """As a log keeps it."""
        unit = self.unit.data
        ground, weighed = self.ground.data or "", self.method.data or ""
        return {
            **{name: self[name].data or "" for name in TEXTS},
            **{name: self[name].data or 0 for name in BAGS},
            "unit": unit,
            "grams": _kept(self.weight.data, unit, GRAMS),
            "method": weighed,
            "metres": _kept(self.length.data, unit, METRES),
            "ground": ground if self.length.data else "",
            "square_metres": _kept(self.area.data, unit, SQUARE_METRES),
            "adults": self.adults.data,
            "minors": self.minors.data,
            "minutes": None if self.hours.data is None else round(60 * self.hours.data),
            "items": {key: self.item(key).data or 0 for key in ITEMS},
        }

    def _is_empty(self) -> bool:
        found = self.fields()
        figures = (*BAGS, "grams", "metres", "square_metres")
        return not (any(found[name] for name in figures) or any(found["items"].values()) or found["note"])


for _key, _item in ITEMS.items():
    setattr(LogForm, f"n_{_key}", CountField(_item.label, [Optional()], high=MOST))


def typed(log: ImpactLog) -> dict[str, Any]:
    """What the form shows of a log: as it was typed."""
    reckoned = log.is_estimated and log.grams == estimated_grams({name: getattr(log, name) for name in BAGS})
    return {
        **{name: getattr(log, name) for name in (*TEXTS, *BAGS, "unit", "method", "ground", "adults", "minors")},
        "weight": None if reckoned else shown(log.grams, log.unit, GRAMS),
        "length": shown(log.metres, log.unit, METRES),
        "area": shown(log.square_metres, log.unit, SQUARE_METRES),
        "hours": None if log.minutes is None else round(log.minutes / 60, 2),
        **{f"n_{key}": count for key, count in log.counts.items()},
    }


def _kept(number: float | None, unit: str, scale: dict[str, float]) -> int | None:
    return kept(number, unit, scale) if number else None


class SendBackForm(BaseForm):
    """Why a log is sent back."""

    reason = LineField(_l("What is not right?"), [DataRequired(_l("Say it in a few words: they read it."))], limit=300)


class PairForm(BaseForm):
    """How it looked before, and after."""

    before = FileField(_l("Before"))
    after = FileField(_l("After"))
    caption = LineField(_l("What it shows"), [Optional()], limit=120)


class RecognitionForm(BaseForm):
    """What a crew gives, and after what."""

    name = LineField(_l("What you give"), [DataRequired(_l("Give it a name."))], limit=60)
    about = LineField(_l("What it is"), [Optional()], limit=200)
    after_events = CountField(_l("After so many events"), [Optional(), NumberRange(min=1)], high=10_000)
    after_hours = CountField(_l("Or after so many hours"), [Optional(), NumberRange(min=1)], high=100_000)

    def fields(self) -> dict[str, Any]:
        """As it is kept."""
        return {name: self[name].data for name in ("name", "after_events", "after_hours")} | {
            "about": self.about.data or ""
        }


class AwardForm(BaseForm):
    """To whom it is given, and why."""

    person = SelectField(_l("To whom"), coerce=int, validate_choice=True)
    words = LineField(_l("Why, in your words"), [Optional()], limit=200)


class DecideForm(BaseForm):
    """Given, or not now, to somebody who reached it."""

    words = LineField(_l("Why, in your words"), [Optional()], limit=200)
