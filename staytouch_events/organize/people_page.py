"""What the organizers' list of people shows: filters with their choices, and a row for each answer."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ..attendance.queries import Presence
from ..events.models import Event
from ..events.words import clock, clock_range
from ..outbox.stops import stopped_among
from ..rsvps.additions import roster_words, signed_words
from ..rsvps.models import DECLINED, GOING, MAYBE, NONE, SEATED, WAITING, Rsvp
from ..rsvps.queries import numbers_of
from ..rsvps.question_models import CHOSEN, NO, YES, YES_NO, Question
from ..rsvps.question_queries import Said, all_questions, said_at
from ..volunteers.hours import name_of
from ..volunteers.queries import shifts_of
from ..waivers.queries import waivers_asked
from ..when import in_zone
from .people_queries import (
    ANY_SHIFT,
    BY_NAME,
    CAME,
    LARGEST,
    NEWEST,
    NO_SHIFT,
    NOT_CAME,
    SURE,
    UNCONFIRMED,
    UNSURE,
    Filters,
    presence_by_answer,
)

# Answers on a page.
MOST = 100


def people_context(event: Event, found: list[Rsvp], after: int | None) -> dict[str, Any]:
    """One page of these answers, the rows after the answer of this number, with all that stands beside each."""
    numbers = [rsvp.id for rsvp in found]
    first = numbers.index(after) + 1 if after in numbers else 0
    shown = found[first : first + MOST]
    questions, said = all_questions(event), said_at(event)
    return {
        "numbers": numbers_of([event.id])[event.id],
        "silent": sum(rsvp.party for rsvp in found if rsvp.confirm_by_at and rsvp.standing == SEATED),
        "sure": sum(rsvp.party for rsvp in found if rsvp.sure_at),
        "found": len(found),
        "first": first + 1,
        "rows": _rows(event, shown, questions, said),
        "next": shown[-1].id if first + MOST < len(found) else None,
    }


def filter_selects(event: Event, filters: Filters) -> list[dict[str, Any]]:
    """The selects above the list: name, label, groups of (words, choices), what is chosen; none without a choice."""
    shifts = [(str(shift.id), name_of(shift)) for shift in shifts_of(event)]
    helping = [(ANY_SHIFT, _("with a shift")), (NO_SHIFT, _("without a shift")), *shifts]
    answers = [(GOING, _("going")), (MAYBE, _("maybe")), (DECLINED, _("can't"))]
    standings = [(SEATED, _("has a spot")), (WAITING, _("in line")), (NONE, _("neither"))]
    standings += [(UNCONFIRMED, _("not confirmed yet"))]
    standings += [(SURE, _("said again: still coming")), (UNSURE, _("did not say it again"))]
    came = [(CAME, _("checked in")), (NOT_CAME, _("not checked in"))]
    orders = [(BY_NAME, _("by name")), (NEWEST, _("newest answer first")), (LARGEST, _("largest party first"))]
    chosen = f"{filters.said[0]}:{filters.said[1]}" if filters.said else ""
    selects = [
        _select("answer", _("Answer"), filters.answer, answers),
        _select("standing", _("Spot"), filters.standing, standings),
        _select("shift", _("Shift"), filters.shift, helping if shifts else []),
        _select("came", _("Check-in"), filters.came, came),
        {"name": "said", "label": _("Said"), "chosen": chosen, "groups": _said_groups(event)},
        _select("sort", _("Order"), filters.sort, orders, _("spots, then the line")),
    ]
    return [select for select in selects if select["groups"]]


def asks_for_waivers(event: Event) -> bool:
    """Whether anything is to be signed."""
    return bool(waivers_asked(event))


def sheet_rows(event: Event, found: Iterable[Rsvp]) -> tuple[list[str], list[list[Any]]]:
    """The same list for a spreadsheet: its head and its rows, with a column for each question."""
    head = [_("Name"), _("Email"), _("Answer"), _("Standing"), _("Adults"), _("Under 18"), _("Note"), _("Answered")]
    head += [_("Jobs"), _("Signed"), _("Check-in"), _("Came by")]
    questions, said = all_questions(event), said_at(event)
    jobs, signed, came = roster_words(event), signed_words(event), presence_by_answer(event)
    rows = []
    for rsvp in found:
        at = in_zone(rsvp.answered_at, event.zone).strftime("%Y-%m-%d %H:%M")
        row = [rsvp.name, rsvp.person.email, rsvp.answer, rsvp.standing, rsvp.adults, rsvp.minors, rsvp.note, at]
        row += [jobs.get(rsvp.id, ""), signed.get(rsvp.id, ""), _came_words(event, came.get(rsvp.id)), rsvp.came_from]
        rows.append(row + [", ".join(_texts(question, said.get(rsvp.id, {}))) for question in questions])
    return head + [question.words for question in questions], rows


def standing_words(rsvp: Rsvp) -> str:
    """Where somebody stands, in a word or two."""
    if rsvp.standing == SEATED:
        return _("going")
    if rsvp.standing == WAITING:
        return _("in line")
    return {MAYBE: _("maybe"), DECLINED: _("can't")}.get(rsvp.answer, _("no spot any more"))


def _rows(event: Event, shown: list[Rsvp], questions: Iterable[Question], said: dict[int, Said]) -> list[dict]:
    jobs, signed, came = roster_words(event), signed_words(event), presence_by_answer(event)
    stopped = stopped_among(rsvp.person.email for rsvp in shown)
    return [
        {
            "rsvp": rsvp,
            "url": url_for("roster.one", slug=event.slug, number=rsvp.id),
            "standing": standing_words(rsvp),
            "bounced": rsvp.person.email in stopped,
            "party": ngettext("%(num)d person", "%(num)d people", rsvp.party),
            "jobs": jobs.get(rsvp.id, ""),
            "signed": signed.get(rsvp.id, ""),
            "came": _came_words(event, came.get(rsvp.id)),
            "said": [
                (question.words, ", ".join(texts))
                for question in questions
                if (texts := _texts(question, said.get(rsvp.id, {})))
            ],
        }
        for rsvp in shown
    ]


def _texts(question: Question, said: Said) -> list[str]:
    """What one answer says to a question, in words."""
    texts = said.get(question.id, [])
    return [{YES: _("Yes"), NO: _("No")}.get(text, text) for text in texts] if question.kind == YES_NO else texts


def _came_words(event: Event, presence: Presence | None) -> str:
    """Since when they are there, or were."""
    if presence is None or not presence.came:
        return ""
    since = clock(in_zone(presence.since, event.zone))
    if presence.here:
        return _("here since %(clock)s", clock=since)
    return clock_range(in_zone(presence.since, event.zone), in_zone(presence.left, event.zone))


def _select(name: str, label: str, chosen: str, choices: list[tuple[str, str]], none: str = "") -> dict[str, Any]:
    groups = [("", choices)] if choices else []
    return {"name": name, "label": label, "chosen": chosen, "groups": groups, "none": none}


def _said_groups(event: Event) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each question with choices, and what may be said to it or was."""
    groups, known = [], said_at(event).values()
    for question in all_questions(event):
        offered = [YES, NO] if question.kind == YES_NO else list(question.choices)
        if question.kind in (*CHOSEN, YES_NO):
            texts = dict.fromkeys([*offered, *(text for said in known for text in said.get(question.id, ()))])
            words = [(f"{question.id}:{text}", *_texts(question, {question.id: [text]})) for text in texts]
            groups.append((question.words, words))
    return groups
