"""What letters about rain and new dates say to whoever answered."""

from datetime import datetime

from flask_babel import gettext as _

from ..events.models import PUBLISHED
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from .emails import answer_of, as_it_was, differences, letter_about, manage_link, while_it_is
from .models import DECLINED
from .words import confirm_hour


@letter("rsvps.goes_ahead")
def _goes_ahead(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    while_it_is(rsvp.event, PUBLISHED)
    if rsvp.answer == DECLINED or rsvp.event.weather_decided_at is None:
        raise Dropped("no longer of use")
    subject = _("It's on: %(title)s", title=rsvp.event.title)
    return letter_about(row, rsvp, subject, "email/rsvps/goes_ahead.html", calendar=True)


@letter("rsvps.moved")
def _moved(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    while_it_is(rsvp.event, PUBLISHED)
    if rsvp.answer == DECLINED:
        raise Dropped("overtaken by a later letter")
    subject, was = _("New date: %(title)s", title=rsvp.event.title), as_it_was(row.facts["before"])
    changes = differences(was, rsvp.event)
    return letter_about(row, rsvp, subject, "email/rsvps/moved.html", calendar=True, changes=changes, **_question(rsvp))


@letter("rsvps.confirm")
def _confirm(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    while_it_is(rsvp.event, PUBLISHED)
    if rsvp.confirm_by_at is None:
        raise Dropped("answered meanwhile")
    subject = _("Still coming? %(title)s", title=rsvp.event.title)
    return letter_about(row, rsvp, subject, "email/rsvps/confirm.html", **_question(rsvp))


@letter("rsvps.lapsed")
def _lapsed(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    while_it_is(rsvp.event, PUBLISHED)
    if not rsvp.has_lapsed:
        raise Dropped("came back meanwhile")
    subject = _("Your spot went on: %(title)s", title=rsvp.event.title)
    return letter_about(row, rsvp, subject, "email/rsvps/lapsed.html", calendar=True, **_question(rsvp))


def _question(rsvp) -> dict[str, str | None]:
    """By when they are asked to confirm, if they are, and the page where one press does it."""
    hour = confirm_hour(rsvp) if rsvp.confirm_by_at else None
    return {"hour": hour, "question_link": manage_link(rsvp)}
