"""What happens to a reported place: reported, confirmed, "me too", cleaned, closed, opened again."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from .. import outbox
from ..access.spots import event_of
from ..db import db, lock
from ..geo import gazetteer
from ..geo.distance import unit_vector
from ..impact.models import APPROVED, ImpactLog
from ..impact.queries import logs_of
from ..people.guests import person_with
from ..people.models import Person
from ..pictures import copy_picture, drop_picture
from ..refusals import Refused
from ..text import random_slug, slugify
from ..versions import LISTS, raise_version
from .letters import tell, withdraw
from .models import A_PERSON, CLEANED, CLOSED, NEEDING, OPEN, PLANNED, WAITING, Spot, SpotEvent, Watcher
from .queries import watcher_of

UNCONFIRMED = timedelta(days=7)


def report(person: Person, fields: dict[str, Any], now: datetime) -> Spot:
    """Somebody signed in reports a place: it is there at once."""
    watcher = _report(person, fields, now)
    confirm(watcher, now)
    return watcher.spot


def report_as_guest(email: str, name: str, language: str, fields: dict[str, Any], now: datetime) -> Spot:
    """Somebody typed an address: the report is shown nowhere until the button of the mail is pressed."""
    watcher = _report(person_with(email, name, language, now), fields, now)
    _ask(watcher, language, now)
    return watcher.spot


def me_too(spot: Spot, person: Person, now: datetime) -> Watcher:
    """One more who says so; saying it twice is saying it once."""
    watcher = _watcher(spot, person, now)
    confirm(watcher, now)
    return watcher


def me_too_as_guest(spot: Spot, email: str, language: str, now: datetime) -> Watcher:
    """Somebody typed an address: it counts once the button of the mail is pressed."""
    watcher = _watcher(spot, person_with(email, "", language, now), now)
    _ask(watcher, language, now)
    return watcher


def confirm(watcher: Watcher, now: datetime) -> None:
    """The report is shown, or the "me too" counts, and news goes out. Confirming twice is confirming once."""
    spot = lock(watcher.spot)
    watcher.confirmed_at = watcher.confirmed_at or now
    watcher.ended_at = None
    if watcher.reported and spot.state == WAITING:
        spot.state = OPEN
    _raise(spot)


def end(watcher: Watcher, now: datetime) -> None:
    """No more mail of this place. Ending twice is ending once."""
    watcher.ended_at = watcher.ended_at or now


def mark_cleaned(spot: Spot, picture: str | None, now: datetime) -> None:
    """It is clean: whoever reported it, or said so too, is told. Raises Refused."""
    spot = _needing(spot)
    spot.state, spot.cleaned_at, spot.after_picture = CLEANED, now, picture
    _renewed(spot, CLEANED, now)


def note_impact(log: ImpactLog, *, now: datetime) -> None:
    """What an event did was approved: the place that it was made of is clean."""
    spot = _spot_of(log)
    if spot is not None and spot.state in NEEDING:
        mark_cleaned(spot, None, now)
        note_pictures(log, now=now)


def note_pictures(log: ImpactLog, *, now: datetime) -> None:
    """An approved log shows how a clean place looks, and looked before.

    The pictures are copies: a log's own can be taken out again.
    """
    spot = _spot_of(log)
    if spot is None or spot.state != CLEANED:
        return
    before, after = log.before_and_after
    spot.picture = spot.picture or copy_picture(before)
    spot.after_picture = spot.after_picture or copy_picture(after)
    _raise(spot)


def note_taken_back(log: ImpactLog, *, approved_at: datetime, now: datetime) -> None:
    """A log counts no more: a place that is clean by its approval alone needs hands again."""
    spot = _spot_of(log)
    if spot is None or spot.state != CLEANED or spot.cleaned_at != approved_at:
        return
    if not any(other.state == APPROVED for other in logs_of(log.event)):
        reopen(spot, now)


def close(spot: Spot, closed_as: str, reason: str, now: datetime) -> None:
    """It was no report for here: it is shown no more, and whoever reported it is told why. Raises Refused."""
    spot = _needing(spot)
    spot.state, spot.closed_at, spot.closed_as, spot.reason = CLOSED, now, closed_as, reason
    _renewed(spot, CLOSED, now)


def reopen(spot: Spot, now: datetime) -> None:
    """It was marked cleaned, or closed, by mistake, or needs hands again. Raises Refused."""
    spot = lock(spot)
    if spot.state not in (CLEANED, CLOSED):
        raise Refused(_("This place is open already."))
    for news in (CLEANED, CLOSED):
        withdraw(spot, news, now)
    spot.state = OPEN if event_of(spot) is None else PLANNED
    spot.cleaned_at = spot.closed_at = spot.after_picture = None
    spot.closed_as = spot.reason = ""
    _raise(spot)


def follow_event(event, *, now: datetime, **_news: Any) -> None:
    """An event made of a place was published, changed, called off or taken up again: the place goes with it."""
    made = db.session.get(SpotEvent, event.id)
    if made is None:
        return
    spot = lock(made.spot)
    standing = event_of(spot)
    if spot.state == OPEN and standing is not None:
        spot.state = PLANNED
        tell(spot, PLANNED, now)
    elif spot.state == PLANNED and standing is None:
        spot.state = OPEN
        withdraw(spot, PLANNED, now)
    _raise(spot)


def purge_spots(now: datetime) -> int:
    """Forget what was never confirmed, with its photo, and photos of reports about people; how many reports."""
    old = now - UNCONFIRMED
    waiting = db.session.scalars(select(Spot).where(Spot.state == WAITING, Spot.created_at < old)).all()
    for spot in waiting:
        drop_picture(spot.picture)
        db.session.delete(spot)
    about_people = select(Spot).where(Spot.closed_as == A_PERSON, Spot.closed_at < old, Spot.picture.is_not(None))
    for spot in db.session.scalars(about_people):
        drop_picture(spot.picture)
        spot.picture = None
    db.session.flush()
    db.session.execute(delete(Watcher).where(Watcher.confirmed_at.is_(None), Watcher.created_at < old))
    return len(waiting)


def _report(person: Person, fields: dict[str, Any], now: datetime) -> Watcher:
    """A report that waits."""
    x, y, z = unit_vector(fields["lat"], fields["lon"])
    town = gazetteer().nearest(fields["lat"], fields["lon"])
    spot = Spot(
        slug="-".join(filter(None, (slugify(fields["title"])[:60].strip("-"), random_slug(6)))),
        place_name=town.label if town else "",
        country_code=town.country_code if town else "",
        x=x,
        y=y,
        z=z,
        created_at=now,
        **fields,
    )
    watcher = Watcher(spot=spot, person=person, reported=True, created_at=now)
    db.session.add_all((spot, watcher))
    db.session.flush()
    return watcher


def _watcher(spot: Spot, person: Person, now: datetime) -> Watcher:
    """Somebody's own line at a place that needs hands, a new one where there is none. Raises Refused."""
    spot = _needing(spot)
    watcher = watcher_of(spot, person)
    if watcher is None:
        watcher = Watcher(spot=spot, person=person, created_at=now)
        db.session.add(watcher)
        db.session.flush()
    return watcher


def _ask(watcher: Watcher, language: str, now: datetime) -> None:
    """The letter with the button; the same for an address that pressed it before."""
    facts = {"watcher": watcher.id}
    to = watcher.person.email
    outbox.post("spots.confirm", to=to, language=language, facts=facts, now=now, typed=True, until=now + UNCONFIRMED)


def _needing(spot: Spot) -> Spot:
    """The place, locked, while it needs hands. Raises Refused."""
    spot = lock(spot)
    if spot.state not in NEEDING:
        raise Refused(_("This place needs no hands any more."))
    return spot


def _spot_of(log: ImpactLog) -> Spot | None:
    """The place that a log's event was made of, locked."""
    made = db.session.get(SpotEvent, log.event_id)
    return made and lock(made.spot)


def _renewed(spot: Spot, news: str, now: datetime) -> None:
    withdraw(spot, PLANNED, now)
    tell(spot, news, now)
    _raise(spot)


def _raise(spot: Spot) -> None:
    """Lists show it, and so do the pages of its events."""
    made = db.session.scalars(select(SpotEvent.event_id).where(SpotEvent.spot_id == spot.id))
    raise_version(LISTS, *(f"event:{event_id}" for event_id in made))
