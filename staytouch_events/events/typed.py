"""From what an organizer typed to the fields of an event; what can't be meant is said at its field."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _

from ..geo import gazetteer, geocode
from ..geo.online import kept_answer
from ..geo.pins import ShortLink, parse_pin
from ..geo.place import GUESSES, ZIP_CODE, Place
from ..when import NoSuchTime, TwoSuchTimes, to_utc
from .forms import PLAIN, EventForm, point_text
from .locating import asked_as
from .models import HOURS, PIN, STREET, TOWN, ZIP, Event
from .times import all_day_times, times
from .weather_forms import weather_plan

PLACE = "venue address place_name country_code lat lon precision".split()


def values(form: EventForm, event: Event, earlier: list[Event]) -> dict[str, Any] | None:
    """The event's fields as the form has them, or None with all errors at the form's fields."""
    form.validate()
    found = {name: form[name].data if form[name].data is not None else _empty(name) for name in PLAIN}
    place = place_values(form, event, earlier)
    places_zone = place.pop("zone", None)
    zone = (form.zone.data if not form.zone.errors else None) or places_zone or event.zone
    found |= place | _times(form, zone) | _lists(form) | _parking(form) | _hours(form, zone)
    found |= weather_plan(form, event, found)
    found["online"] = bool(form.online.data or (form.online_url.data and not form.place.data and not form.venue.data))
    return None if form.errors else found


def _empty(name: str) -> Any:
    return None if name in ("capacity", "largest_party", "seats_for_shifts", "minimum_age") else ""


def _times(form: EventForm, zone: str) -> dict[str, Any]:
    """Start and end. An end before the start on one day is past midnight."""
    day = form.starts_on.data
    if day is None:
        return {}
    if form.all_day.data:
        last = form.ends_on.data or day
        if last < day:
            return _wrong(form.ends_on, _("The last day is before the first."))
        return all_day_times(
            datetime.combine(day, time.min), datetime.combine(last + timedelta(days=1), time.min), zone
        )
    if form.starts_time.data is None:
        return _wrong(form.starts_time, _("When does it start?"))
    if form.ends_time.data is None:
        return _wrong(form.ends_time, _("When does it end?"))
    starts = datetime.combine(day, form.starts_time.data)
    ends = datetime.combine(form.ends_on.data or day, form.ends_time.data)
    if form.ends_on.data is None and ends <= starts:
        ends += timedelta(days=1)
    if ends <= starts:
        return _wrong(form.ends_time, _("It ends before it starts."))
    return _with_zone(form, starts, ends, zone)


def _with_zone(form: EventForm, starts: datetime, ends: datetime, zone: str) -> dict[str, Any]:
    later = {"0": False, "1": True}.get(form.later.data or "")
    try:
        return times(starts, ends, zone, later)
    except NoSuchTime:
        return _wrong(form.starts_time, _("Clocks go forward that night: this time does not exist. Choose another."))
    except TwoSuchTimes:
        return _wrong(form.later, _("This time comes twice that night. Choose which one you mean."))


def place_values(form, event: Event, earlier: list[Event]) -> dict[str, Any]:
    """Where it is: a place used before, a pin, a point found online, or what the gazetteer makes of the text.

    With `zone` where that is known; what is wrong is said at the fields of the form.
    """
    again = next((used for used in earlier if str(used.id) == form.earlier.data), None)
    if again is not None:
        return {**{name: getattr(again, name) for name in PLACE}, "zone": again.zone}
    text = form.place_choice.data or form.place.data or ""
    found = geocode(text)
    if form.pin.data:
        return _at_pin(form, text, found)
    if form.found.data and form.found.data in spots_for(event, text):
        return _at_spot(form.found.data, text, found)
    if not text:
        return _nowhere("")
    if not found:
        return _nowhere(text)
    if form.place_choice.data and form.place_choice.data == form.place.data:
        return _nowhere(text)
    if not form.place_choice.data and not found[0].sure and found[0].why in ("namesakes", *GUESSES):
        return _which(form, text, found)
    return _found(text, found[0])


def _which(form: EventForm, text: str, found: list[Place]) -> dict[str, Any]:
    """Several places may be meant: one is chosen, or the words stand without a pin."""
    form.place_choice.choices = [(place.label, place.label) for place in found]
    if found[0].why == "namesakes":
        return _wrong(form.place_choice, _("There are several places of this name. Choose one."))
    form.place_choice.choices.append((text, _("None of them: keep my words, without a pin")))
    return _wrong(form.place_choice, _("No place is called exactly so. Did you mean one of these?"))


def _at_pin(form: EventForm, text: str, found: list[Place]) -> dict[str, Any]:
    try:
        pin = parse_pin(form.pin.data)
    except ShortLink:
        return _wrong(form.pin, _("This short link can't be read. Open it and copy the long address from the browser."))
    if pin is None:
        return _wrong(form.pin, _("There is no point in this. Paste “37.33, -121.88” or a link from a map."))
    town = gazetteer().nearest(pin.lat, pin.lon)
    place = _found(text, found[0]) if found and found[0].sure else {**_nowhere(text)}
    if town is not None:
        place |= {"place_name": town.label, "country_code": town.country_code}
    zone = gazetteer().zone_at(pin.lat, pin.lon)
    if zone is None and not form.zone.data:
        return _wrong(form.zone, _("No town is near this pin. Choose the time zone."))
    return place | {"lat": pin.lat, "lon": pin.lon, "precision": PIN, "zone": zone}


def spots_for(event: Event, text: str) -> dict[str, str]:
    """Points known for an address, as the form writes them, and what they are called: its own, and what was found."""
    known = event.precision == STREET and text == event.address
    own = {point_text(event.lat, event.lon): event.address} if known else {}
    found = kept_answer(asked_as(event, text)) if text else None
    return {point_text(spot.lat, spot.lon): spot.label for spot in found or ()} | own


def _at_spot(point: str, text: str, found: list[Place]) -> dict[str, Any]:
    """A point that somebody chose among those found for the address."""
    pin = parse_pin(point)
    town = gazetteer().nearest(pin.lat, pin.lon) or (found[0] if found else None)
    named = {"place_name": town.label, "country_code": town.country_code} if town else {}
    place = _nowhere(text) | named | {"lat": pin.lat, "lon": pin.lon, "precision": STREET}
    return place | {"zone": gazetteer().zone_at(pin.lat, pin.lon)}


def _found(text: str, place: Place) -> dict[str, Any]:
    """A town or ZIP; a longer text is kept as the address, and the point said to be the town's."""
    whole = place.why in ("exact", "bigger", "alternate", "namesakes", "zip")
    return {
        "address": "" if whole else text,
        "place_name": place.label,
        "country_code": place.country_code,
        "lat": place.lat,
        "lon": place.lon,
        "precision": ZIP if place.kind == ZIP_CODE else TOWN,
        "zone": place.zone,
    }


def _nowhere(text: str) -> dict[str, Any]:
    return {"address": text, "place_name": "", "country_code": "", "lat": None, "lon": None, "precision": None}


def _parking(form: EventForm) -> dict[str, Any]:
    if not form.parking_pin.data:
        return {"parking_lat": None, "parking_lon": None}
    try:
        pin = parse_pin(form.parking_pin.data)
    except ShortLink:
        pin = None
    if pin is None:
        return _wrong(form.parking_pin, _("There is no point in this. Paste “37.33, -121.88” or a link from a map."))
    return {"parking_lat": pin.lat, "parking_lon": pin.lon}


def _lists(form: EventForm) -> dict[str, Any]:
    rows = []
    for line in (form.schedule.data or "").splitlines():
        found = re.match(r"\s*(\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?)\s*[-–:]?\s+(.+)", line, re.I)
        if line.strip():
            rows.append({"time": found[1].strip() if found else "", "what": (found[2] if found else line).strip()})
    return {"tags": _words(form.tags.data), "languages": _words(form.languages.data), "schedule": rows}


def _words(text: str | None) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in (text or "").split(",") if word.strip()))[:20]


def _hours(form: EventForm, zone: str) -> dict[str, Any]:
    """Hours of the answers, as clocks at the place show them."""
    found: dict[str, Any] = {}
    for name in HOURS:
        wall = form[name].data
        try:
            found[name] = None if wall is None else to_utc(wall, zone, later=False)
        except NoSuchTime:
            _wrong(form[name], _("Clocks go forward that night: this time does not exist. Choose another."))
    return found


def _wrong(field, text: str) -> dict[str, Any]:
    field.errors = [*field.errors, text]
    return {}
