"""Forms about answers."""

from collections.abc import Iterable

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Optional, Regexp

from ..events.models import Event
from ..forms import BaseForm, CountField, EmailField, LineField, LongField
from ..text import parse_int
from .additions import Party, ages_of
from .asking import to_ask
from .models import DECLINED, GOING, MAYBE, Rsvp
from .question_forms import given, said_in, with_questions
from .question_queries import said_by

MOST = 99
# A name goes into letters to whatever address was typed: it carries no advertisement.
JUST_A_NAME = Regexp(r"(?i)(?!.*(://|www\.))", message=_l("Just a name, please, without a web address."))
CHOICES = [(GOING, _l("I'm going")), (MAYBE, _l("Maybe")), (DECLINED, _l("I can't"))]


class PartyForm(BaseForm):
    """A name and how many come."""

    name = LineField(_l("Your name"), [DataRequired(_l("Type your name.")), JUST_A_NAME], limit=80)
    adults = CountField(_l("Adults"), [InputRequired(_l("How many adults?"))], high=MOST, default=1)
    minors = CountField(_l("Under 18"), [Optional()], high=MOST, default=0)

    def party(self) -> Party:
        """The people."""
        return Party(self.adults.data or 0, self.minors.data or 0)


class AnswerForm(PartyForm):
    """An answer by somebody whom we know: signed in, or by the link to their answer."""

    answer = RadioField(_l("Your answer"), [DataRequired(_l("Choose an answer."))], choices=CHOICES, default=GOING)
    youngest = SelectField(_l("Age of the youngest, if somebody is under 18"), [Optional()], default="")
    note = LongField(_l("Note to the crew"), [Optional()], limit=500)

    def __init__(self, *args, ages: Iterable[tuple[int, str]] = (), **kwargs) -> None:
        """`ages` are the age bands that the event asks for; with none the field is not shown."""
        super().__init__(*args, **kwargs)
        self.asks_age = bool(ages)
        self.youngest.choices = [("", _("Choose")), *((str(first), words) for first, words in ages)]

    def party(self) -> Party:
        """The people, with the youngest's age band where it was asked."""
        size = super().party()
        return Party(size.adults, size.minors, parse_int(self.youngest.data or "", 0, 17))


class GuestAnswerForm(AnswerForm):
    """An answer on the public page, by whoever has the address."""

    email = EmailField(
        _l("Email"), [DataRequired(_l("Type your email address.")), Email(_l("This is not an email address."))]
    )
    # Robots fill in what people don't see.
    website = StringField(_l("Leave this empty"))


class LinkForm(BaseForm):
    """The address that answered, to have the link mailed again."""

    email = EmailField(
        _l("Email"), [DataRequired(_l("Type your email address.")), Email(_l("This is not an email address."))]
    )


class HostPartyForm(PartyForm):
    """A party that an organizer adds or corrects."""

    name = LineField(_l("Name"), [DataRequired(_l("Type a name.")), JUST_A_NAME], limit=80)
    email = EmailField(_l("Email, if you have it"), [Optional(), Email(_l("This is not an email address."))])
    more_room = BooleanField(_l("Raise the number of spots if it is full"))
    tell = BooleanField(_l("Mail them"))


def answer_form(event: Event, mine: Rsvp | None = None, data: dict | None = None, **how) -> AnswerForm:
    """The form for this viewer, with the event's questions; `mine` is their answer."""
    return _asking(AnswerForm if current_user.is_authenticated else GuestAnswerForm, event, mine, data, **how)


def own_form(rsvp: Rsvp, data: dict | None = None, **how) -> AnswerForm:
    """The form of one answer, for whoever gave it; opened by a letter's link, with what that says to questions."""
    return _asking(AnswerForm, rsvp.event, rsvp, data, request.args, **how)


def host_form(rsvp: Rsvp, data: dict | None = None, **how) -> HostPartyForm:
    """A party's form for organizers, with its answers to questions, none of which they have to know."""
    asked, said = to_ask(rsvp.event, rsvp), said_by(rsvp)
    return with_questions(HostPartyForm, asked, said, needed=False)(data=given(asked, said) | (data or {}), **how)


def _asking(
    form, event: Event, mine: Rsvp | None, data: dict | None, link: MultiDict | None = None, **how
) -> AnswerForm:
    asked = to_ask(event, mine)
    known = said_by(mine) if mine and asked else {}
    known |= said_in(link, asked, known) if link else {}
    made = with_questions(form, asked, known)
    return made(ages=ages_of(event), data=given(asked, known) | (data or {}), **how)
