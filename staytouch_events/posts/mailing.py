"""Who hears of a post, and when: at once, in a digest, or not at all."""

from datetime import datetime, time, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from .. import outbox
from ..access.posts import may_read
from ..db import db
from ..groups.models import ORGANIZING, Group, Membership
from ..jobs.models import Job
from ..jobs.table import cancel_job, schedule
from ..people.models import Person
from ..when import in_zone, to_utc
from .mail_models import AT_ONCE, DAILY, NEVER, USUAL, WEEKLY, Mute, TalkMail
from .models import Mention, Post

SPREAD, DIGEST, NEWS = "posts.spread", "posts.digest", "posts.news"
# A post is often touched up right after it was written, or taken away.
WAITS = timedelta(minutes=5)
WEDNESDAY, HOUR = 2, time(18)
# Why somebody is written to at once.
NAMED, ANSWERED, ASKED, WANTED = "named", "answered", "asked", "wanted"


def plan_spread(post: Post, now: datetime) -> None:
    """Have whoever wants to hear of it told, in a while."""
    schedule(SPREAD, str(post.id), now + WAITS, {"post": post.id})


def tell_named(post: Post, people: list[Person], now: datetime) -> None:
    """Tell whom a change of its words has named; while the post itself is not told of, that does it."""
    if db.session.scalar(select(Job.id).where(Job.kind == SPREAD, Job.key == str(post.id))) is None:
        for person in people:
            if not _refuses(person, post):
                _write_to(person, post, NAMED, now)


def spread(post: Post, now: datetime) -> None:
    """Write to those who want to hear at once or are meant, and have the digests of the others tell of it."""
    named = set(db.session.scalars(select(Mention.person_id).where(Mention.post_id == post.id)))
    asker = post.parent.author_id if post.parent else None
    muted = set(db.session.scalars(select(Mute.person_id).where(Mute.post_id == post.root_id)))
    ways = chosen_ways(post.group_id)
    later: list[tuple[Person, str]] = []
    for person, role in _audience(post, {*named, asker} - {None}):
        how = ways.get(person.id, USUAL)
        why = _why(person, role, how, post, named, asker)
        if person.id in {post.author_id, *muted} or how == NEVER or not may_read(person, post.place):
            continue
        if why:
            _write_to(person, post, why, now)
        elif role:
            later.append((person, how))
    _plan_digests(post, later, now)


def how_of(person: Person, group: Group) -> str:
    """How somebody hears of a crew's talk."""
    return db.session.scalar(_row(person, group).with_only_columns(TalkMail.how)) or USUAL


def chosen_ways(group_id: int) -> dict[int, str]:
    """What people chose, by person."""
    rows = db.session.execute(select(TalkMail.person_id, TalkMail.how).where(TalkMail.group_id == group_id))
    return dict(rows.all())


def choose(person: Person, group: Group, how: str, now: datetime) -> None:
    """Hear of it this way from now on; a digest that is planned comes at the new hour, or not at all."""
    row = db.session.scalar(_row(person, group))
    if row is None:
        db.session.add(TalkMail(person_id=person.id, group_id=group.id, how=how))
    else:
        row.how = how
    key = digest_key(person, group)
    planned = db.session.scalar(select(Job).where(Job.kind == DIGEST, Job.key == key))
    if planned is not None and how in (DAILY, WEEKLY):
        schedule(DIGEST, key, next_digest(how, person.zone or group.zone, now), planned.facts)
    elif planned is not None:
        cancel_job(DIGEST, key)


def mute(person: Person, root: Post, on: bool) -> None:
    """Hear nothing of one thread any more, or again."""
    db.session.execute(delete(Mute).where(Mute.post_id == root.id, Mute.person_id == person.id))
    if on:
        db.session.add(Mute(post_id=root.id, person_id=person.id))


def is_muted(person: Person, root: Post) -> bool:
    """Whether somebody wants to hear nothing of it."""
    return db.session.scalar(select(Mute.id).where(Mute.post_id == root.id, Mute.person_id == person.id)) is not None


def digest_key(person: Person, group: Group) -> str:
    """Names somebody's digest of a crew."""
    return f"{group.id}:{person.id}"


def next_digest(how: str, zone: str, now: datetime) -> datetime:
    """The next six o'clock there; of a weekly one the next Wednesday's, while there is time before the weekend."""
    today = in_zone(now, zone).date()
    first, step = ((WEDNESDAY - today.weekday()) % 7, 7) if how == WEEKLY else (0, 1)
    days = (today + timedelta(days=ahead) for ahead in (first, first + step))
    hours = (to_utc(datetime.combine(day, HOUR), zone, later=False) for day in days)
    return next(hour for hour in hours if hour > now)


def _audience(post: Post, meant: set[int]) -> list[tuple[Person, str | None]]:
    """The crew with their roles, and those beside it who are meant."""
    rows = db.session.scalars(
        select(Membership)
        .options(joinedload(Membership.person))
        .where(Membership.group_id == post.group_id)
        .order_by(Membership.id)
    )
    crew = {row.person_id: (row.person, row.role) for row in rows}
    others = db.session.scalars(select(Person).where(Person.id.in_(meant - crew.keys())).order_by(Person.id))
    found = [*crew.values(), *((person, None) for person in others)]
    return [(person, role) for person, role in found if person.email and person.is_active]


def _why(person: Person, role: str | None, how: str, post: Post, named: set[int], asker: int | None) -> str | None:
    """Why somebody hears of it at once; None when they do not."""
    if person.id in named:
        return NAMED
    if person.id == asker:
        return ANSWERED
    if post.is_open and role in ORGANIZING:
        return ASKED
    return WANTED if role and how == AT_ONCE else None


def _refuses(person: Person, post: Post) -> bool:
    root = post.parent or post
    unwanted = how_of(person, post.group) == NEVER or is_muted(person, root)
    return unwanted or not person.email or not may_read(person, post.place)


def _write_to(person: Person, post: Post, why: str, now: datetime) -> None:
    outbox.post(
        NEWS,
        to=person.email,
        name=person.name,
        language=person.language,
        facts={"post": post.id, "person": person.id, "why": why},
        now=now,
        key=f"post:{post.id}:{person.id}",
        zone=person.zone or post.group.zone,
    )


def _plan_digests(post: Post, people: list[tuple[Person, str]], now: datetime) -> None:
    """Those who have no digest ahead get one; it tells of all since this post."""
    wanted = {digest_key(person, post.group): (person, how) for person, how in people}
    planned = select(Job.key).where(Job.kind == DIGEST, Job.key.in_(wanted))
    for key in wanted.keys() - set(db.session.scalars(planned)):
        person, how = wanted[key]
        facts = {"person": person.id, "group": post.group_id, "since": post.created_at.isoformat()}
        schedule(DIGEST, key, next_digest(how, person.zone or post.group.zone, now), facts)


def _row(person: Person, group: Group):
    return select(TalkMail).where(TalkMail.person_id == person.id, TalkMail.group_id == group.id)
