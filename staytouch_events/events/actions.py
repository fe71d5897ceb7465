"""What organizers do with events. Every way of changing one ends in `changed`."""

import uuid
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy import event as hooks
from sqlalchemy.orm import Session

from .. import happenings
from ..db import db, lock
from ..groups.models import Group
from ..ics import vevent
from ..people.models import Person
from ..refusals import Refused
from ..text import random_slug, slugify
from ..versions import LISTS, raise_version
from .entries import entry
from .host_queries import counters_of, crew_ids
from .index import renew_index, search_words
from .models import CANCELLED, DRAFT, POSTPONED, PUBLISHED, SHOWN, UNLISTED, Draft, Event, EventSlug
from .public_points import draw_public_point

# A change of these is news to people who come: SEQUENCE goes up and letters go out.
NEWS = ("starts_at", "ends_at", "all_day", "zone", "venue", "address", "lat", "lon", "meeting_point", "online_url")
NEWS += ("weather_dependent", "decides_before", "backup_after")
# A change of these asks the weather anew.
WEATHER = ("starts_at", "weather_dependent", "decides_before")
# What an event takes over from the one it is copied from.
COPIED = (
    "title kind summary description tags zone all_day venue address place_name country_code lat lon precision"
    " meeting_point parking parking_lat parking_lon transit place_hidden public_lat public_lon drawn_lat"
    " drawn_lon online online_url bring provided schedule languages"
    " dogs wheelchair families minimum_age picture picture_alt capacity largest_party seats_for_shifts waitlist"
    " private_note names_hidden visibility weather_dependent decides_before backup_after"
    " mails_day_before mails_morning mails_thanks"
).split()


def new_event(group: Group, now: datetime, copy_of: Event | None = None, **fields: Any) -> Event:
    """A draft of the group, taking over from `copy_of` what stays from one time to the next."""
    taken = {name: getattr(copy_of, name) for name in COPIED} if copy_of else {"zone": group.zone}
    event = Event(
        slug=random_slug(10),
        group=group,
        uid=f"{uuid.uuid4()}@staytouch",
        created_at=now,
        changed_at=now,
        **{**taken, **fields},
    )
    db.session.add(event)
    _renewing(event)
    db.session.flush()
    changed(event, now)
    if copy_of is not None:
        happenings.event_copied.send(event, source=copy_of, now=now)
    return event


def put_back(group: Group, fields: dict[str, Any], old_slugs: list[str]) -> Event:
    """An event as an archive has it: with its UID, its addresses, its code, and when it last changed."""
    event = Event(group=group, **fields)
    event.revision -= 1
    db.session.add(event)
    _renewing(event)
    db.session.flush()
    db.session.add_all(EventSlug(slug=slug, event_id=event.id) for slug in old_slugs)
    changed(event, fields["changed_at"])
    return event


def save(
    event: Event,
    fields: dict[str, Any],
    now: datetime,
    confirm_by: datetime | None = None,
    by: Person | None = None,
) -> dict[str, Any]:
    """Set these fields; gives back what they were, for those that differ. `by` is whoever did it, where a person did.

    SEQUENCE goes up once when time, place or status of a shown event changes. A new date for a
    postponed event confirms it again. Then, and with `confirm_by`, whoever comes is asked again.
    """
    event = lock(event)
    before = {name: getattr(event, name) for name, value in fields.items() if getattr(event, name) != value}
    if not before:
        return {}
    for name in before:
        setattr(event, name, fields[name])
    put_off = "starts_at" in before and (event.state == POSTPONED or confirm_by is not None)
    if put_off:
        before["previous_starts_at"], event.previous_starts_at = event.previous_starts_at, before["starts_at"]
        if event.state == POSTPONED:
            before["state"], event.state, event.reason = POSTPONED, PUBLISHED, fields.get("reason", "")
    if any(name in before for name in WEATHER):
        event.weather_decided_at = None
    if event.state in SHOWN:
        if is_news(before):
            event.sequence += 1
        if event.visibility == UNLISTED and "visibility" in before:
            db.session.add(EventSlug(slug=event.slug, event_id=event.id))
            event.slug = _address(event, UNLISTED)
    changed(event, now)
    if event.state in SHOWN:
        happenings.event_changed.send(event, before=before, now=now, by=by)
        if put_off:
            happenings.event_moved.send(event, before=before, confirm_by=confirm_by, now=now)
    return before


def is_news(before: dict[str, Any]) -> bool:
    """Whether a change of these fields concerns everyone who comes."""
    return "state" in before or any(name in before for name in NEWS)


def publish(event: Event, now: datetime, by: Person | None = None) -> None:
    """Show a draft. Raises Refused while it lacks what people need to come."""
    event = lock(event)
    if event.state != DRAFT:
        raise Refused(_("This event is published already."))
    if not event.title or event.starts_at is None or event.ends_at is None:
        raise Refused(_("An event needs a title, a start and an end before it can be published."))
    event.slug = _address(event, event.visibility)
    event.state, event.published_at = PUBLISHED, now
    changed(event, now)
    happenings.event_published.send(event, now=now, by=by)


def postpone(event: Event, reason: str, now: datetime, by: Person | None = None) -> None:
    """Say that the date falls and a new one is to come; answers are kept."""
    event = lock_shown(event, (PUBLISHED,), now)
    _change_state(event, POSTPONED, reason, now)
    happenings.event_postponed.send(event, now=now, by=by)


def cancel(event: Event, reason: str, now: datetime, by: Person | None = None) -> None:
    """Call it off, for everyone who answered. Raises Refused once it is over."""
    event = lock_shown(event, (PUBLISHED, POSTPONED), now)
    event.cancelled_at = now
    _change_state(event, CANCELLED, reason, now)
    happenings.event_cancelled.send(event, now=now, by=by)


def restore(event: Event, now: datetime, by: Person | None = None) -> None:
    """Take a cancellation or postponement back: same UID, CONFIRMED. Until its start."""
    event = lock_shown(event, (CANCELLED, POSTPONED), now)
    if event.starts_at <= now:
        raise Refused(_("Its date has passed. Give it a new date, or copy it."))
    was_off_at, event.cancelled_at = event.cancelled_at, None
    _change_state(event, PUBLISHED, "", now)
    happenings.event_restored.send(event, was_off_at=was_off_at, now=now, by=by)


def discard(event: Event) -> None:
    """Delete a draft; sites it had are events of their own. What was ever published is cancelled instead."""
    if event.state != DRAFT:
        raise Refused(_("A published event is cancelled, not deleted: people have it in their calendars."))
    db.session.execute(delete(Draft).where(Draft.event_id == event.id))
    db.session.execute(update(Event).where(Event.umbrella_id == event.id).values(umbrella_id=None))
    db.session.delete(event)


def keep_draft(event: Event, person_id: int, typed: dict[str, Any], revision: int, now: datetime) -> Draft:
    """Keep what a person has typed so far, valid or not."""
    draft = db.session.scalar(select(Draft).where(Draft.event_id == event.id, Draft.person_id == person_id))
    if draft is None:
        draft = Draft(event_id=event.id, person_id=person_id)
        db.session.add(draft)
    draft.typed, draft.revision, draft.saved_at = typed, revision, now
    return draft


def drop_draft(event: Event, person_id: int) -> None:
    """Forget what a person typed, once it is saved or given up."""
    db.session.execute(delete(Draft).where(Draft.event_id == event.id, Draft.person_id == person_id))


def changed(event: Event, now: datetime) -> None:
    """Renew what is derived from an event: its words, its calendar entry, its index lines, its versions.

    A flush of a changed event that did not come through here raises.
    """
    with db.session.no_autoflush:
        _renewing(event)
        event.changed_at = now
        event.revision += 1
        draw_public_point(event)
        event.words = search_words(event)
        renew_entry(event)
    db.session.flush()
    renew_index(event)
    raise_version(*event.counters, *counters_of(crew_ids(event)), LISTS)


def renew_entry(event: Event) -> None:
    """Write the stored calendar entry anew; nothing else about the event changes."""
    written = vevent(entry(event)) if event.state in SHOWN else None
    _renewing(event)
    event.vevent = written


def _renewing(event: Event) -> None:
    """Let the next flush write this event."""
    db.session.info.setdefault("renewed_events", set()).add(event)


def lock_shown(event: Event, states: tuple[str, ...], now: datetime) -> Event:
    """The event, locked, in one of these states and not over. Raises Refused."""
    event = lock(event)
    if event.state not in states:
        raise Refused(_("Somebody changed this event meanwhile. Look at it again."))
    if event.is_past(now):
        raise Refused(_("This event is over."))
    return event


def _change_state(event: Event, state: str, reason: str, now: datetime) -> None:
    event.state, event.reason = state, reason
    event.sequence += 1
    changed(event, now)


def _address(event: Event, visibility: str) -> str:
    """An address one can read for an event; an unlisted one's ends in ten random letters."""
    readable = slugify(event.title)[:60].strip("-") or event.kind
    if visibility == UNLISTED:
        return f"{readable}-{random_slug(10)}"
    dated = f"{readable}-{event.starts_wall:%Y-%m-%d}"
    return next(slug for slug in (readable, dated, f"{dated}-{random_slug(4)}") if _is_free(slug))


def _is_free(slug: str) -> bool:
    taken = select(Event.id).where(Event.slug == slug).exists()
    kept = select(EventSlug.slug).where(EventSlug.slug == slug).exists()
    return not db.session.scalar(select(taken | kept))


@hooks.listens_for(Session, "before_flush")
def _refuse_unrenewed(session: Session, _context, _instances) -> None:
    renewed = session.info.get("renewed_events", set())
    for row in (*session.new, *session.dirty):
        if isinstance(row, Event) and session.is_modified(row) and row not in renewed:
            raise RuntimeError(f"event {row.id} was changed without events.actions.changed")


@hooks.listens_for(Session, "after_flush")
def _forget_renewed(session: Session, _context) -> None:
    session.info.pop("renewed_events", None)
