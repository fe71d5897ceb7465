"""What a crew's archive holds beside people, events and answers: each of PARTS is a list of a table's rows.

Where a row names another, the archive has the other's place in its list. Whom to call, contacts and what the links of
feeds are made of are in none; whoever is no member and answered nothing has no place to be named by. Rides are in none
either: how to reach a driver or a passenger is for the two of them, and the archive is the organizers'.

No anonymous poll names anybody, nor tells by comparing two archives what somebody chose in between: of one that is
closed there are its numbers and how many took part, of one that is open nothing but the question.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, select
from sqlalchemy.orm import aliased

from ..attendance.models import BriefRead, DayInfo, HourCorrection, HoursLetter, Mark, WalkUp
from ..db import db
from ..impact.models import ImpactItem, ImpactLog, ImpactPhoto
from ..polls.crew_models import Poll, PollBallot, PollChoice, PollOption, PollWatcher
from ..polls.models import TimeBallot, TimeOption, TimePoll, TimeVote
from ..posts.models import Mention, Post, Reaction
from ..rsvps.question_models import Question, QuestionAnswer
from ..series.models import Regular, Series, SeriesDate
from ..volunteers.bring_models import BringClaim, BringItem
from ..volunteers.models import Role, Shift, SignUp, TemplateShift
from ..waivers.models import EventRules, EventWaiver, Signature, Waiver, WaiverText

_PARENT = aliased(Post)


@dataclass(frozen=True)
class Part:
    """The rows of a table, by the column that says whose they are, of a table before it; not all, where `only` says."""

    model: Any
    by: str
    only: ColumnElement[bool] | None = None
    # What the archive says instead of some of a row's columns.
    says: Callable[[Any], dict[str, Any]] = lambda _row: {}

    @property
    def table(self) -> Table:
        """Its table, whose name is that of the list."""
        return self.model.__table__


def _counted(option: PollOption) -> dict[str, Any]:
    """An anonymous poll that was opened again begins anew: nobody could tell there who chose before."""
    poll = db.session.get(Poll, option.poll_id)
    return {"counted": 0} if poll.anonymous and poll.closed_at is None else {}


PARTS = (
    Part(Role, "group_id"),
    Part(TemplateShift, "group_id"),
    Part(Shift, "event_id"),
    Part(SignUp, "shift_id"),
    Part(BringItem, "event_id"),
    Part(BringClaim, "item_id"),
    Part(Question, "event_id"),
    Part(QuestionAnswer, "rsvp_id"),
    Part(Series, "group_id"),
    Part(SeriesDate, "series_id"),
    Part(Regular, "series_id"),
    Part(Waiver, "group_id"),
    Part(WaiverText, "waiver_id"),
    Part(EventWaiver, "event_id"),
    Part(EventRules, "event_id"),
    Part(DayInfo, "event_id"),
    Part(WalkUp, "event_id"),
    Part(Mark, "event_id"),
    Part(HourCorrection, "event_id"),
    Part(BriefRead, "event_id"),
    Part(HoursLetter, "group_id"),
    Part(Signature, "event_id"),
    Part(ImpactLog, "event_id"),
    Part(ImpactItem, "log_id"),
    Part(ImpactPhoto, "log_id"),
    # What was taken away stays away, with what answered it.
    Part(
        Post,
        "group_id",
        Post.deleted_at.is_(None)
        & (Post.parent_id.is_(None) | Post.parent_id.in_(select(_PARENT.id).where(_PARENT.deleted_at.is_(None)))),
    ),
    Part(Reaction, "post_id"),
    Part(Mention, "post_id"),
    Part(TimePoll, "group_id"),
    Part(TimeOption, "poll_id"),
    # An address that somebody typed is nobody's yet.
    Part(TimeBallot, "poll_id", says=lambda _ballot: {"email": None}),
    Part(TimeVote, "ballot_id"),
    Part(Poll, "group_id"),
    Part(PollOption, "poll_id", says=_counted),
    Part(
        PollBallot,
        "poll_id",
        PollBallot.poll_id.in_(select(Poll.id).where(Poll.anonymous.is_(False) | Poll.closed_at.is_not(None))),
        says=lambda _ballot: {"mark": None},
    ),
    Part(PollChoice, "ballot_id"),
    Part(PollWatcher, "poll_id"),
)
PICTURES = ("picture", "before", "after")
# By table, the place of each row in its list.
Places = dict[str, dict[int, int]]


def parts_told(places: Places) -> dict[str, list[dict[str, Any]]]:
    """The lists, by the name of their table; `places` of groups, people, events and answers grow by theirs."""
    told = {}
    for part in PARTS:
        rows = [row for row in _rows(part, places) if _is_whole(part, row, places)]
        if "id" in part.table.columns:
            places[part.table.name] = {row.id: place for place, row in enumerate(rows)}
        told[part.table.name] = [_told(part, row, places) for row in rows]
    return told


def named_by(column: Column) -> str | None:
    """The table that a column names a row of."""
    return next((key.column.table.name for key in column.foreign_keys), None)


def pictures_in(told: dict[str, Any]) -> set[str]:
    """The names of all pictures in an archive."""
    lists = ([told["group"]], told["events"], *(told.get(part.table.name, []) for part in PARTS))
    return {row[name] for rows in lists for row in rows for name in PICTURES if row.get(name)}


def _rows(part: Part, places: Places) -> Sequence[Any]:
    by = part.table.columns[part.by]
    rows = select(part.model).where(by.in_(places[named_by(by)])).order_by(*part.table.primary_key)
    return db.session.scalars(rows if part.only is None else rows.where(part.only)).all()


def _is_whole(part: Part, row: Any, places: Places) -> bool:
    """Whether all is in the archive that it can't be without."""
    needed = [column for column in part.table.columns if column.foreign_keys and not column.nullable]
    return all(getattr(row, column.name) in places[named_by(column)] for column in needed)


def _told(part: Part, row: Any, places: Places) -> dict[str, Any]:
    told = {}
    for column in part.table.columns:
        value, table = getattr(row, column.name), named_by(column)
        if table is not None:
            told[column.name] = places.get(table, {}).get(value)
        elif column.name != "id":
            told[column.name] = value.isoformat() if isinstance(value, date) else value
    return told | part.says(row)
