"""The one form that an event is written with."""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    TimeField,
)
from wtforms.validators import URL, DataRequired, InputRequired, Optional

from ..forms import BaseForm, CountField, LineField, LongField
from ..kinds import kind_choices
from ..when import wall_time, which_of_two, zone_names
from .models import HOURS, MEMBERS, PIN, PUBLIC, STREET, UNLISTED, Event
from .reach import ALL, FOLLOWING, ONE
from .weather import backup_wall, decides_wall

YES_NO = [("", _l("Not said")), ("yes", _l("Yes")), ("no", _l("No"))]
# Fields that are kept as they are typed.
PLAIN = (
    "title kind summary description venue meeting_point place_hidden parking transit online_url bring provided dogs"
    " wheelchair families private_note picture_alt capacity largest_party waitlist seats_for_shifts names_hidden"
    " visibility minimum_age weather_dependent"
    " mails_day_before mails_morning mails_thanks"
).split()


class EventForm(BaseForm):
    """Everything about an event. Six fields must be filled; the rest has values or may stay empty."""

    revision = HiddenField()
    title = LineField(_l("Title"), [DataRequired(_l("Give it a title."))], limit=120)
    kind = SelectField(_l("Kind"), choices=kind_choices)
    starts_on = DateField(_l("Day"), [InputRequired(_l("Choose the day."))])
    starts_time = TimeField(_l("Starts at"), [Optional()])
    ends_time = TimeField(_l("Ends at"), [Optional()])
    ends_on = DateField(_l("Last day, if it is another"), [Optional()])
    all_day = BooleanField(_l("All day"))
    later = RadioField(
        _l("Clocks go back that night: which of the two hours?"),
        choices=[("", _l("Not said")), ("0", _l("The first")), ("1", _l("The second"))],
        default="",
    )
    weather_dependent = BooleanField(_l("It depends on the weather"))
    decides_wall = DateTimeLocalField(_l("We decide by"), [Optional()])
    backup_wall = DateTimeLocalField(_l("Backup date, and when it starts then"), [Optional()])
    earlier = SelectField(_l("A place you used before"), [Optional()], default="")
    place = LineField(_l("Address, park, town or ZIP"), [Optional()], limit=200)
    place_choice = RadioField(_l("Which one?"), [Optional()], choices=(), validate_choice=False, default="")
    # A point that an online geocoder gave for the address, as "lat, lon".
    found = RadioField(_l("Is it one of these?"), [Optional()], choices=(), validate_choice=False, default="")
    venue = LineField(_l("Name of the place"), [Optional()], limit=120)
    pin = LineField(_l("Pin: “lat, lon”, or a link from a map"), [Optional()], limit=1000)
    zone = SelectField(_l("Time zone"), default="")
    online = BooleanField(_l("Also, or only, online"))
    online_url = LineField(_l("Online link"), [Optional(), URL(message=_l("This is not a web address."))], limit=500)
    summary = LineField(_l("In one line"), [Optional()], limit=200)
    description = LongField(_l("What it is about"), [Optional()], limit=10_000)
    meeting_point = LineField(_l("Where to meet, in words"), [Optional()], limit=300)
    place_hidden = BooleanField(
        _l("Show the exact place only to those who answer"),
        description=_l("Everyone else sees the town, and a point on the map a few hundred steps off."),
    )
    parking = LineField(_l("Parking"), [Optional()], limit=300)
    parking_pin = LineField(_l("Pin of the parking"), [Optional()], limit=1000)
    transit = LineField(_l("Bus, train and bike"), [Optional()], limit=300)
    bring = LongField(_l("What to bring, one thing a line"), [Optional()], limit=2000)
    provided = LongField(_l("What is provided, one thing a line"), [Optional()], limit=2000)
    schedule = LongField(_l("Schedule, one row a line, like “8:30 Coffee”"), [Optional()], limit=4000)
    languages = LineField(_l("Languages spoken, with commas"), [Optional()], limit=200)
    tags = LineField(_l("Tags, with commas"), [Optional()], limit=200)
    dogs = RadioField(_l("Dogs welcome"), choices=YES_NO, default="")
    wheelchair = RadioField(_l("By wheelchair"), choices=YES_NO, default="")
    families = RadioField(_l("Good for families"), choices=YES_NO, default="")
    minimum_age = CountField(_l("Minimum age"), [Optional()], high=99)
    picture = FileField(_l("Picture"))
    picture_alt = LineField(_l("What the picture shows, for people who can't see it"), [Optional()], limit=300)
    no_picture = BooleanField(_l("Take the picture off"))
    capacity = CountField(_l("Spots, empty for no limit"), [Optional()], low=1, high=100_000)
    largest_party = CountField(_l("Largest party"), [Optional()], low=1, high=99)
    seats_for_shifts = CountField(_l("Of these, spots kept for people with a shift"), [Optional()], high=100_000)
    waitlist = BooleanField(_l("Waitlist when it is full"), default=True)
    answers_open_at = DateTimeLocalField(_l("Answers open"), [Optional()])
    answers_close_at = DateTimeLocalField(_l("Answers close"), [Optional()])
    promotes_until_at = DateTimeLocalField(_l("The waitlist moves until"), [Optional()])
    names_hidden = BooleanField(_l("Hide the names of who comes"))
    mails_day_before = BooleanField(_l("The day before: still coming?"), default=True)
    mails_morning = BooleanField(_l("That morning: where to be, and whom to call"))
    mails_thanks = BooleanField(_l("The day after: thanks, hours, photos, the next date"), default=True)
    visibility = RadioField(
        _l("Who finds it"),
        choices=[
            (PUBLIC, _l("Everyone")),
            (UNLISTED, _l("Whoever has its address")),
            (MEMBERS, _l("Members of the crew")),
        ],
        default=PUBLIC,
    )
    private_note = LongField(_l("Only for those who come"), [Optional()], limit=4000)
    reach = RadioField(
        _l("Change what is new here"),
        choices=[(ONE, _l("On this date")), (FOLLOWING, _l("On this one and all after it")), (ALL, _l("On all dates"))],
        default=ONE,
    )

    def __init__(self, *args, earlier=(), **kwargs) -> None:
        """`earlier` is the group's events whose place can be taken again."""
        super().__init__(*args, **kwargs)
        self.earlier_events = list(earlier)
        self.zone.choices = [
            ("", _l("As the place has it")),
            *((name, name.replace("_", " ")) for name in sorted(zone_names())),
        ]
        self.earlier.choices = [("", _l("None of them")), *((str(event.id), place_line(event)) for event in earlier)]


class ReasonForm(BaseForm):
    """Why an event is off or put off."""

    reason = LineField(_l("Why?"), [Optional()], limit=300)


def place_line(event: Event) -> str:
    """An earlier place in one line."""
    return ", ".join(part for part in (event.venue, event.address, event.place_name) if part)


def as_typed(event: Event, own_zone: str | None) -> dict:
    """An event as its form shows it. `own_zone` is the zone of its place, which need not be chosen."""
    shown = {name: getattr(event, name) for name in PLAIN}
    shown |= {name: _wall(getattr(event, name), event.zone) for name in HOURS}
    if event.starts_wall is not None:
        last = event.ends_wall - timedelta(days=1) if event.all_day else event.ends_wall
        shown |= {
            "starts_on": event.starts_wall.date(),
            "ends_on": last.date() if last.date() != event.starts_wall.date() else None,
            "starts_time": None if event.all_day else event.starts_wall.time(),
            "ends_time": None if event.all_day else event.ends_wall.time(),
            "later": {None: "", False: "0", True: "1"}[which_of_two(event.starts_at, event.zone)],
        }
    return shown | {
        "decides_wall": decides_wall(event),
        "backup_wall": backup_wall(event),
        "revision": str(event.revision),
        "reach": ALL if event.is_umbrella else ONE,
        "all_day": event.all_day,
        "online": event.online,
        "place": event.address or event.place_name,
        "pin": point_text(event.lat, event.lon) if event.precision == PIN else "",
        "found": point_text(event.lat, event.lon) if event.precision == STREET else "",
        "parking_pin": point_text(event.parking_lat, event.parking_lon),
        "zone": "" if own_zone in (None, event.zone) else event.zone,
        "tags": ", ".join(event.tags),
        "languages": ", ".join(event.languages),
        "schedule": "\n".join(f"{row['time']} {row['what']}".strip() for row in event.schedule),
    }


def _wall(instant: datetime | None, zone: str) -> datetime | None:
    return None if instant is None else wall_time(instant, zone)


def point_text(lat: float | None, lon: float | None) -> str:
    """A point as a form's field holds it; "" for none."""
    return "" if lat is None else f"{lat:.6f}, {lon:.6f}"
