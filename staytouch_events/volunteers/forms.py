"""Forms about shifts and sign-ups."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField, DateField, DateTimeLocalField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import DataRequired, Email, InputRequired, Optional

from ..events.models import Event
from ..forms import BaseForm, CountField, EmailField, LineField, LongField
from ..rsvps.asking import to_ask_for
from ..rsvps.forms import JUST_A_NAME
from ..rsvps.models import Rsvp
from ..rsvps.question_forms import AskingForm, given, with_questions
from ..rsvps.question_queries import said_by
from ..when import which_of_two
from .hours import gate_wall
from .models import Role, Shift

MOST = 500


class ShiftForm(BaseForm):
    """One shift, as clocks at the place show its hours."""

    role_id = SelectField(_l("Role"), [DataRequired(_l("Choose a role."))])
    day = DateField(_l("Day"), [InputRequired(_l("Choose the day."))])
    starts_time = TimeField(_l("From"), [InputRequired(_l("When does it start?"))])
    ends_time = TimeField(_l("Until"), [InputRequired(_l("When does it end?"))])
    later = RadioField(
        _l("Clocks go back that night: which of the two hours?"),
        choices=[("", _l("Not said")), ("0", _l("The first")), ("1", _l("The second"))],
        default="",
    )
    target = CountField(_l("Hands needed"), [InputRequired(_l("How many?"))], low=1, high=MOST, default=1)
    minimum = CountField(_l("At least"), [Optional()], high=MOST)
    maximum = CountField(_l("At most"), [Optional()], low=1, high=MOST)
    place = LineField(_l("Where, if it is elsewhere"), [Optional()], limit=200)
    approval = BooleanField(_l("Each sign-up waits for our yes"))
    opens_at = DateTimeLocalField(_l("Sign-up opens"), [Optional()])
    locks_at = DateTimeLocalField(_l("Sign-up locks"), [Optional()])
    notes = LongField(_l("Notes for everyone"), [Optional()], limit=1000)

    def __init__(self, *args, roles: list[Role] = (), **kwargs) -> None:
        """`roles` are those to choose from."""
        super().__init__(*args, **kwargs)
        self.role_id.choices = [(str(role.id), role.name) for role in roles]


class ClaimForm(BaseForm):
    """Taking a shift, by somebody who is signed in."""

    name = LineField(_l("Your name"), [DataRequired(_l("Type your name.")), JUST_A_NAME], limit=80)


class GuestClaimForm(ClaimForm):
    """Taking a shift on the public page, by whoever has the address."""

    email = EmailField(
        _l("Email"), [DataRequired(_l("Type your email address.")), Email(_l("This is not an email address."))]
    )
    # Robots fill in what people don't see.
    website = StringField(_l("Leave this empty"))


class PlaceForm(BaseForm):
    """Somebody whom an organizer puts into a shift: one who comes, or anybody by name."""

    who = SelectField(_l("Somebody who answered"), [Optional()], default="", validate_choice=False)
    name = LineField(_l("Or a new name"), [Optional(), JUST_A_NAME], limit=80)
    email = EmailField(_l("Email, if you have it"), [Optional(), Email(_l("This is not an email address."))])
    tell = BooleanField(_l("Mail them"))

    def __init__(self, *args, answers=(), **kwargs) -> None:
        """`answers` are the event's."""
        super().__init__(*args, **kwargs)
        self.who.choices = [("", _("Nobody of these")), *((str(row.id), row.name) for row in answers)]

    def validate(self, *args, **kwargs) -> bool:
        """One of the two."""
        fine = super().validate(*args, **kwargs)
        if fine and not self.who.data and not self.name.data:
            self.name.errors = [*self.name.errors, _("Choose somebody, or type a name.")]
            return False
        return fine


def claim_form(shift: Shift, mine: Rsvp | None = None, data: dict | None = None, **how) -> ClaimForm:
    """The form for this viewer, with the questions that go with the shift; `mine` is their answer."""
    form = ClaimForm if current_user.is_authenticated else GuestClaimForm
    return _asking(form, shift, mine, data, **how)


def take_form(shift: Shift, mine: Rsvp, **how) -> AskingForm:
    """The questions alone, to whoever's answer we know."""
    return _asking(AskingForm, shift, mine, None, **how)


def _asking(form: type[BaseForm], shift: Shift, mine: Rsvp | None, data: dict | None, **how) -> AskingForm:
    asked, said = to_ask_for(shift.role_id, shift.event, mine), said_by(mine) if mine else {}
    return with_questions(form, asked, said)(data=given(asked, said) | (data or {}), **how)


def new_shift(event: Event, roles: list[Role]) -> ShiftForm:
    """The form of one more shift: as long as the event."""
    given = {"day": event.starts_wall.date()} if event.starts_wall else {}
    if event.starts_wall and not event.all_day:
        given |= {"starts_time": event.starts_wall.time(), "ends_time": event.ends_wall.time()}
    return ShiftForm(formdata=None, data=given, roles=roles)


def as_typed(shift: Shift) -> dict:
    """A shift as its form shows it."""
    plain = ("place", "target", "minimum", "maximum", "approval", "notes")
    shown = {name: getattr(shift, name) for name in plain} | {
        "role_id": str(shift.role_id),
        "opens_at": gate_wall(shift, shift.opens_after),
        "locks_at": gate_wall(shift, shift.locks_after),
    }
    if shift.starts_wall is None:
        return shown
    return shown | {
        "day": shift.starts_wall.date(),
        "starts_time": shift.starts_wall.time(),
        "ends_time": shift.ends_wall.time(),
        "later": {None: "", False: "0", True: "1"}[which_of_two(shift.starts_at, shift.event.zone)],
    }
