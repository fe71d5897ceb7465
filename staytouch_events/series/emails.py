"""What whoever comes to all dates is written: once for all of them."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from ..db import db
from ..events.words import hours_words, short_day, starts, where_words
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from ..people.models import Person
from ..rsvps.actions import answer_of
from ..rsvps.emails import manage_link
from ..rsvps.models import DECLINED
from ..rsvps.words import answer_words
from .models import Series
from .queries import coming, regular_in
from .words import series_words


@letter("series.regular")
def _regular(row: Letter, now: datetime) -> Rendered:
    series, person = _facts(row)
    if regular_in(series, person.id) is None:
        raise Dropped("they come no more")
    answers = [(each.event, answer_of(each.event, person)) for each in coming(series, now)]
    lines = [_line(event, rsvp) for event, rsvp in answers if rsvp is not None and rsvp.answer != DECLINED]
    if not lines:
        raise Dropped("no date is left to tell of")
    subject = _("All your dates: %(title)s", title=answers[0][0].title)
    return Rendered(
        subject,
        "email/series/regular.html",
        {"title": subject, "name": row.to_name, "lines": lines, "words": series_words(series)},
    )


@letter("series.left")
def _left(row: Letter, now: datetime) -> Rendered:
    series, person = _facts(row)
    if regular_in(series, person.id) is not None:
        raise Dropped("they come again")
    subject = _("You're off all dates of %(crew)s", crew=series.group.name)
    context = {"title": subject, "name": row.to_name, "words": series_words(series)}
    return Rendered(subject, "email/series/left.html", context)


def _facts(row: Letter) -> tuple[Series, Person]:
    series, person = db.session.get(Series, row.facts["series"]), db.session.get(Person, row.facts["person"])
    if series is None or person is None:
        raise Dropped("the series is gone")
    return series, person


def _line(event, rsvp) -> dict[str, Any]:
    return {
        "when": f"{short_day(starts(event).date())}, {hours_words(event)}",
        "where": where_words(event),
        "standing": answer_words(rsvp)["title"],
        "url": manage_link(rsvp),
    }
