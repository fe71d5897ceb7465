"""Following by mail: asked for, confirmed from the mail, changed, ended."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, or_, select, update

from .. import outbox
from ..db import db, lock
from ..events.host_queries import crew_ids
from ..events.index import is_listed
from ..events.models import Event
from ..events.places import public_point
from ..geo.distance import METRES, distance_m
from ..groups.models import Group
from ..jobs.table import cancel_job, schedule
from ..when import in_zone, to_utc
from .models import AT_ONCE, WEEKLY, Follow
from .searches import Search

NEWS, DIGEST = "discover.news", "discover.weekly"
# An event is often touched up right after it was published.
NEWS_WAITS = timedelta(minutes=10)
THURSDAY, HOUR = 3, time(17)
UNCONFIRMED, ENDED = timedelta(days=7), timedelta(days=30)


def ask(email: str, how: str, language: str, now: datetime, *, group: Group | None, asked: Search | None) -> Follow:
    """Somebody typed an address: a letter goes there, and nothing more until its button is pressed."""
    wanted = _wanted(group, asked)
    follow = db.session.scalar(
        select(Follow).where(Follow.email == email, *(getattr(Follow, name) == value for name, value in wanted.items()))
    )
    if follow is None:
        follow = Follow(email=email, created_at=now, **_whole(group, asked), how=how, language=language)
        db.session.add(follow)
        db.session.flush()
    facts = {"follow": follow.id, "how": how}
    outbox.post("discover.confirm", to=email, language=language, facts=facts, now=now, typed=True)
    return follow


def confirm(follow: Follow, how: str, now: datetime) -> None:
    """Begin, or go on in another way. Confirming twice is confirming once."""
    follow = lock(follow)
    if not follow.is_on:
        follow.confirmed_at, follow.told_until, follow.ended_at = now, now, None
    follow.how = how
    if how == WEEKLY:
        cancel_job(NEWS, str(follow.id))
        schedule(DIGEST, str(follow.id), next_digest(follow, now), {"follow": follow.id})
    else:
        cancel_job(DIGEST, str(follow.id))


def end(follow: Follow, now: datetime) -> None:
    """No more letters. Ending twice is ending once."""
    follow = lock(follow)
    if follow.ended_at is None:
        follow.ended_at = now
    for kind in (NEWS, DIGEST):
        cancel_job(kind, str(follow.id))


def next_digest(follow: Follow, now: datetime) -> datetime:
    """The next Thursday afternoon there, in time for the weekend."""
    today = in_zone(now, follow.zone).date()
    days = (THURSDAY - today.weekday()) % 7
    hours = (
        to_utc(datetime.combine(today + timedelta(days=more), HOUR), follow.zone, False) for more in (days, days + 7)
    )
    return next(hour for hour in hours if hour > now)


def tell_followers(event: Event, *, now: datetime, **_news: Any) -> None:
    """A public event was published: whoever wants to hear at once does, of all that is new in one letter."""
    if not is_listed(event):
        return
    for follow in db.session.scalars(_following(event)):
        if event.umbrella_id is None if follow.group_id else _is_around(follow, event):
            schedule(NEWS, str(follow.id), now + NEWS_WAITS, {"follow": follow.id})


def search_of(follow: Follow, since: datetime, until: datetime | None = None) -> Search:
    """What a follow asks for, as a search between two instants."""
    point = None if follow.lat is None else (follow.lat, follow.lon)
    where = {"point": point, "within": follow.within, "unit": follow.unit} if point else {}
    return Search(
        near_text=follow.place_name, group_id=follow.group_id, kind=follow.kind, since=since, until=until, **where
    )


def purge_follows(now: datetime) -> int:
    """Forget addresses that never confirmed, and those that ended it a while ago; how many."""
    dropped = db.session.execute(
        delete(Follow).where(Follow.confirmed_at.is_(None), Follow.created_at < now - UNCONFIRMED)
    ).rowcount
    emptied = update(Follow).where(Follow.ended_at < now - ENDED, Follow.email != "").values(email="")
    return dropped + db.session.execute(emptied).rowcount


def _following(event: Event) -> Select:
    """Follows at once of the crews that host it, or of any place and its kind; distance is looked at one by one."""
    return select(Follow).where(
        Follow.how == AT_ONCE,
        Follow.confirmed_at.is_not(None),
        Follow.ended_at.is_(None),
        or_(Follow.group_id.in_(crew_ids(event)), _of_a_place(event)),
    )


def _of_a_place(event: Event) -> ColumnElement[bool]:
    return Follow.group_id.is_(None) & Follow.kind.in_(("", event.kind))


def _is_around(follow: Follow, event: Event) -> bool:
    point = None if event.is_umbrella else public_point(event)
    reach = follow.within * METRES[follow.unit]
    return point is not None and distance_m(follow.lat, follow.lon, *point) <= reach


def _wanted(group: Group | None, asked: Search | None) -> dict[str, Any]:
    """What makes two follows of an address the same."""
    if group is not None:
        return {"group_id": group.id}
    names = ("lat", "lon", "within", "unit", "kind")
    return {name: value for name, value in _whole(None, asked).items() if name in names}


def _whole(group: Group | None, asked: Search | None) -> dict[str, Any]:
    if group is not None:
        return {"group_id": group.id, "zone": group.zone}
    return {
        "place_name": asked.place.label if asked.place else asked.near_text,
        "lat": asked.point[0],
        "lon": asked.point[1],
        "within": asked.far,
        "unit": asked.unit,
        "kind": asked.kind,
        "zone": asked.zone,
    }
