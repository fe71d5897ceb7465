"""What whoever comes to all dates is written: once for all of them."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ..db import db
from ..events.models import CANCELLED, POSTPONED, PUBLISHED, Event
from ..events.words import hours_words, short_day, starts, where_words
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from ..people.models import Person
from ..rsvps.actions import answer_of
from ..rsvps.emails import as_it_was, differences, manage_link
from ..rsvps.models import DECLINED, Rsvp
from ..rsvps.words import answer_words
from .models import Series
from .queries import coming, regular_in
from .words import series_words

STATES = {CANCELLED: _l("Cancelled"), POSTPONED: _l("Postponed: a new date is to come"), PUBLISHED: _l("On again")}


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


@letter("series.news")
def _news(row: Letter, now: datetime) -> Rendered:
    series, person = _facts(row)
    events = [db.session.get(Event, int(number)) for number in row.facts["was"]]
    coming_still = sorted((event for event in events if not event.is_past(now)), key=lambda event: event.starts_at)
    lines = [line for event in coming_still if (line := _news_line(event, person, row.facts["was"][str(event.id)]))]
    if not lines:
        raise Dropped("nothing is other than they know it")
    title = coming_still[0].title
    counted = ngettext("%(num)d date is other than it was", "%(num)d dates are other than they were", len(lines))
    subject = f"{title}: {counted}"
    return Rendered(subject, "email/series/news.html", {"title": subject, "name": row.to_name, "lines": lines})


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


def _news_line(event: Event, person: Person, was: dict[str, Any]) -> dict[str, Any] | None:
    """What is other on one date than somebody knows it; None where nothing is, or they don't come."""
    rsvp = answer_of(event, person)
    changes = differences(as_it_was(was), event) if event.state == PUBLISHED else []
    if rsvp is None or rsvp.answer == DECLINED or (event.state == was["state"] and not changes):
        return None
    state = "" if event.state == was["state"] else str(STATES[event.state])
    told = {"state": state, "reason": event.reason, "changes": changes}
    return _line(event, rsvp) | told


def _line(event: Event, rsvp: Rsvp) -> dict[str, Any]:
    return {
        "when": f"{short_day(starts(event).date())}, {hours_words(event)}",
        "where": where_words(event),
        "standing": answer_words(rsvp)["title"],
        "url": manage_link(rsvp),
    }
