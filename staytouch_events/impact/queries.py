"""Logs and their totals. All but a log's own page start from the events that somebody may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, case, extract, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ..db import db
from ..events.host_models import hosted_by
from ..events.models import PUBLISHED, Event, EventPlace
from ..geo.distance import least_dot, tiles_within, unit_vector
from .items import COLLECTED
from .measures import ESTIMATE, ROAD, SHORE, TRAIL
from .models import APPROVED, PROPOSED, ImpactChange, ImpactItem, ImpactLog, ImpactPhoto

BAGS_OF_A_LOG = ImpactLog.bags_trash + ImpactLog.bags_recycling + ImpactLog.bags_green


@dataclass(frozen=True)
class Totals:
    """All that some logs come to. `estimated` are the grams that nobody weighed."""

    events: int = 0
    bags: int = 0
    bags_recycling: int = 0
    bags_green: int = 0
    grams: int = 0
    estimated: int = 0
    shore: int = 0
    road: int = 0
    trail: int = 0
    square_metres: int = 0
    adults: int = 0
    minors: int = 0
    minutes: int = 0

    @property
    def people(self) -> int:
        """Adults and minors alike."""
        return self.adults + self.minors


def _sum(column) -> object:
    return func.coalesce(func.sum(column), 0)


def _estimated() -> object:
    return _sum(case((ImpactLog.method == ESTIMATE, ImpactLog.grams), else_=0))


def _along(ground: str) -> object:
    return _sum(case((ImpactLog.ground == ground, ImpactLog.metres), else_=0))


def _counting(events: Select) -> tuple:
    """The conditions under which a log counts: approved, of one of these events, which took place."""
    ids = events.with_only_columns(Event.id).where(Event.state == PUBLISHED)
    return ImpactLog.state == APPROVED, ImpactLog.event_id.in_(ids)


def around(events: Select, point: tuple[float, float], radius_m: float) -> Select:
    """Of these events, those whose public point lies within a circle."""
    column, tiles = tiles_within(*point, radius_m)
    x, y, z = unit_vector(*point)
    dot = EventPlace.x * x + EventPlace.y * y + EventPlace.z * z
    inside = getattr(EventPlace, column).in_(tiles), dot >= least_dot(radius_m)
    return events.where(Event.id.in_(select(EventPlace.event_id).where(*inside)))


def totals(events: Select) -> Totals:
    """What the approved logs of these events come to."""
    row = db.session.execute(
        select(
            func.count(ImpactLog.event_id.distinct()),
            _sum(BAGS_OF_A_LOG),
            _sum(ImpactLog.bags_recycling),
            _sum(ImpactLog.bags_green),
            _sum(ImpactLog.grams),
            _estimated(),
            *(_along(ground) for ground in (SHORE, ROAD, TRAIL)),
            *(_sum(getattr(ImpactLog, name)) for name in ("square_metres", "adults", "minors", "minutes")),
        ).where(*_counting(events))
    ).one()
    return Totals(*(int(number) for number in row))


def months(events: Select) -> Sequence[Row]:
    """Year, month, events, bags, grams, estimated grams and minutes of each month that has any, the earliest first."""
    year, month = extract("year", Event.starts_wall), extract("month", Event.starts_wall)
    return db.session.execute(
        select(
            year.label("year"),
            month.label("month"),
            func.count(ImpactLog.event_id.distinct()).label("events"),
            _sum(BAGS_OF_A_LOG).label("bags"),
            _sum(ImpactLog.grams).label("grams"),
            _estimated().label("estimated"),
            _sum(ImpactLog.minutes).label("minutes"),
        )
        .join_from(ImpactLog, Event, Event.id == ImpactLog.event_id)
        .where(*_counting(events))
        .group_by(year, month)
        .order_by(year, month)
    ).all()


def counted_items(events: Select) -> dict[str, int]:
    """How many of each thing, the most first."""
    number = func.sum(ImpactItem.count)
    rows = db.session.execute(
        select(ImpactItem.item, number)
        .join(ImpactLog, ImpactLog.id == ImpactItem.log_id)
        .where(*_counting(events))
        .group_by(ImpactItem.item)
        .order_by(number.desc(), ImpactItem.item)
    )
    return {item: int(count) for item, count in rows}


def collected(counts: dict[str, int]) -> int:
    """How many things were carried away, without what was only done."""
    return sum(counts.get(item.key, 0) for item in COLLECTED)


def pairs(events: Select, limit: int) -> Sequence[Row]:
    """The latest pictures, with their event."""
    return db.session.execute(
        select(ImpactPhoto.before, ImpactPhoto.after, ImpactPhoto.caption, Event.title, Event.slug)
        .join(ImpactLog, ImpactLog.id == ImpactPhoto.log_id)
        .join(Event, Event.id == ImpactLog.event_id)
        .where(*_counting(events))
        .order_by(Event.starts_at.desc(), ImpactPhoto.id)
        .limit(limit)
    ).all()


def done(events: Select, after: tuple | None, limit: int) -> list[Row]:
    """Events with their bags, grams and estimated grams, the latest first, from the cursor (instant, number) on."""
    sums = (
        select(
            ImpactLog.event_id,
            _sum(BAGS_OF_A_LOG).label("bags"),
            _sum(ImpactLog.grams).label("grams"),
            _estimated().label("estimated"),
        )
        .where(*_counting(events))
        .group_by(ImpactLog.event_id)
        .subquery()
    )
    wanted = (
        select(Event, sums.c.bags, sums.c.grams, sums.c.estimated)
        .join(sums, sums.c.event_id == Event.id)
        .options(joinedload(Event.group))
    )
    if after is not None:
        instant, number = after
        wanted = wanted.where(or_(Event.starts_at < instant, (Event.starts_at == instant) & (Event.id < number)))
    return list(db.session.execute(wanted.order_by(Event.starts_at.desc(), Event.id.desc()).limit(limit)))


def sheet_of(events: Select, limit: int) -> Sequence[ImpactLog]:
    """The logs themselves with all that a spreadsheet says, by day."""
    return db.session.scalars(
        select(ImpactLog)
        .options(selectinload(ImpactLog.items), joinedload(ImpactLog.event).joinedload(Event.group))
        .join(Event, Event.id == ImpactLog.event_id)
        .where(*_counting(events))
        .order_by(Event.starts_at, ImpactLog.id)
        .limit(limit)
    ).all()


def logs_of(event: Event) -> Sequence[ImpactLog]:
    """All logs of an event with what they count and show, the earliest first."""
    return db.session.scalars(
        select(ImpactLog)
        .options(
            selectinload(ImpactLog.items),
            selectinload(ImpactLog.photos),
            joinedload(ImpactLog.proposed_by),
            joinedload(ImpactLog.decided_by),
            joinedload(ImpactLog.event),
        )
        .where(ImpactLog.event_id == event.id)
        .order_by(ImpactLog.id)
    ).all()


def has_log(event: Event) -> bool:
    """Whether anybody put down anything."""
    return db.session.scalar(select(ImpactLog.id).where(ImpactLog.event_id == event.id).limit(1)) is not None


def changes_of(log: ImpactLog) -> Sequence[ImpactChange]:
    """What was changed in a log, the latest first."""
    return db.session.scalars(
        select(ImpactChange)
        .options(joinedload(ImpactChange.made_by))
        .where(ImpactChange.log_id == log.id)
        .order_by(ImpactChange.id.desc())
    ).all()


def waiting_in(group_ids: list[int]) -> list[tuple[Event, int, int]]:
    """Events that these groups host with logs to approve: how many logs, how many bags; the earliest first."""
    waiting = (
        select(ImpactLog.event_id, func.count().label("logs"), _sum(BAGS_OF_A_LOG).label("bags"))
        .where(ImpactLog.state == PROPOSED)
        .group_by(ImpactLog.event_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Event, waiting.c.logs, waiting.c.bags)
        .join(waiting, waiting.c.event_id == Event.id)
        .where(hosted_by(group_ids))
        .order_by(Event.starts_at, Event.id)
    )
    return [(event, int(logs), int(bags)) for event, logs, bags in rows]
