"""An event's answers in numbers: charts, each with the table of its numbers."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, select

from ..charts import bars, columns
from ..db import db
from ..events.models import PUBLIC, Event
from ..events.words import short_day
from ..links import site_link
from ..rsvps.models import SEATED, Rsvp
from ..rsvps.queries import numbers_of
from ..rsvps.question_models import CHOSEN, NO, YES, YES_NO
from ..rsvps.question_queries import all_questions, said_at
from ..tallies import page_path, views_of
from ..volunteers.hours import name_of
from ..volunteers.queries import held_by_shift, shifts_of
from ..when import in_zone
from .readers import group_readers, knows, reader_words

# A week of days at least, up to six weeks of them, then weeks.
MOST_DAYS, WEEK = 42, 7
# Tags of links that have a bar of their own.
MOST_TAGS = 12


def numbers_context(event: Event, now: datetime) -> dict[str, Any]:
    """All charts that there is anything to draw for."""
    answers = db.session.execute(
        select(Rsvp.created_at, Rsvp.came_from, Rsvp.standing, (Rsvp.adults + Rsvp.minors).label("people"))
        .where(Rsvp.event_id == event.id)
        .order_by(Rsvp.created_at)
    ).all()
    path = page_path(event.slug)
    readers = group_readers([event.group], now)[event.group_id]
    return {
        "tagged_link": site_link("pages.event", slug=event.slug, **{"from": "flyer"}),
        "standing": _standing(event),
        "coverage": _coverage(event),
        "time": _over_time(answers, event.zone) if answers else None,
        "sources": _sources(answers) if answers else None,
        "said": _said(event),
        "views": views_of([path]).get(path, 0),
        "readers": [(reader_words(row, now), knows(row, event.changed_at)) for row in readers],
        "in_calendars": event.visibility == PUBLIC,
    }


def _standing(event: Event) -> dict[str, Any]:
    """How many people come, wait, may come, can't."""
    numbers = numbers_of([event.id])[event.id]
    counted = [
        (_("Coming"), numbers.going),
        (_("In line"), numbers.waiting),
        (_("Maybe"), numbers.maybe),
        (_("Can't"), numbers.declined),
    ]
    return {"chart": bars(_("People"), counted), "rows": counted}


def _coverage(event: Event) -> dict[str, Any] | None:
    """Places taken of each shift."""
    shifts = shifts_of(event)
    held = held_by_shift(shift.id for shift in shifts)
    rows = [(name_of(shift), held.get(shift.id, 0), shift.target) for shift in shifts]
    return {"chart": bars(_("Hands"), [row[:2] for row in rows]), "rows": rows} if rows else None


def _over_time(answers: list[Row], zone: str) -> dict[str, Any]:
    """First answers by the day at the place; by weeks where that is long. The table has those with any."""
    days = Counter(in_zone(row.created_at, zone).date() for row in answers)
    last = max(days)
    first = min(*days, last - timedelta(days=WEEK - 1))
    step = 1 if (last - first).days < MOST_DAYS else WEEK
    spans = [first + timedelta(days=at) for at in range(0, (last - first).days + 1, step)]
    rows = [(short_day(day), _within(days, day, step)) for day in spans]
    title = _("First answers by day") if step == 1 else _("First answers by week")
    chart = columns(title, [words for words, _count in rows], [(count, 0) for _words, count in rows])
    return {"chart": chart, "title": title, "rows": [row for row in rows if row[1]]}


def _within(days: Counter[date], first: date, step: int) -> int:
    return sum(days[first + timedelta(days=at)] for at in range(step))


def _sources(answers: list[Row]) -> dict[str, Any]:
    """Which tagged link the first answer came by, with how many of these people have a spot; rare ones together."""
    counted = Counter(row.came_from for row in answers)
    coming: Counter[str] = Counter()
    for row in answers:
        coming[row.came_from] += row.people if row.standing == SEATED else 0
    tags = [tag for tag, _count in counted.most_common() if tag]
    rows = [(tag, counted[tag], coming[tag]) for tag in tags[:MOST_TAGS]]
    rest = tags[MOST_TAGS:]
    rows += [(_("other tags"), sum(counted[tag] for tag in rest), sum(coming[tag] for tag in rest))] if rest else []
    rows += [(_("no tag"), counted[""], coming[""])] if counted[""] else []
    return {"chart": bars(_("Answers"), [row[:2] for row in rows]), "rows": rows, "tagged": bool(tags)}


def _said(event: Event) -> list[dict[str, Any]]:
    """How often each choice of a question was made."""
    known, found = said_at(event).values(), []
    for question in all_questions(event):
        if question.kind not in (*CHOSEN, YES_NO):
            continue
        counted = Counter(text for said in known for text in said.get(question.id, ()))
        offered = [YES, NO] if question.kind == YES_NO else question.choices
        words = {YES: _("Yes"), NO: _("No")} if question.kind == YES_NO else {}
        rows = [(words.get(text, text), counted[text]) for text in dict.fromkeys([*offered, *counted])]
        found.append({"words": question.words, "chart": bars(question.words, rows), "rows": rows})
    return found
