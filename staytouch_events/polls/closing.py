"""A time is chosen: an event is made of it, and whoever said yes is invited."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from ..db import db, lock
from ..events.actions import new_event, publish
from ..events.models import DRAFT, TOWN, ZIP, Event
from ..events.times import times
from ..geo import geocode
from ..geo.place import ZIP_CODE
from ..groups.models import Group
from ..jobs import cancel_job
from ..refusals import Refused
from ..rsvps.actions import answer_of, respond
from ..rsvps.additions import Party
from ..rsvps.models import GOING, Rsvp
from ..when import which_of_two
from . import letters
from .finding import DUE
from .models import CHOSEN, OPEN, TimeBallot, TimeOption, TimePoll
from .queries import option_in


def choose(option: TimeOption, group: Group | None, shown: bool, now: datetime) -> Event | None:
    """This is the time. With a crew it is an event of it, published at once where `shown`, else a draft.

    Two who choose at once make one event: the second is refused. Raises Refused.
    """
    number, poll = option.id, lock(option.poll)
    if poll.state != OPEN:
        raise Refused(_("Somebody settled this meanwhile. Look at it again."))
    option = option_in(poll, number)
    if option is None:
        raise Refused(_("This time is not offered any more."))
    if option.starts_at <= now:
        raise Refused(_("This time has passed. Choose another, or add one."))
    poll.state, poll.ended_at = CHOSEN, now
    poll.starts_wall, poll.starts_at, poll.ends_at = option.starts_wall, option.starts_at, option.ends_at
    cancel_job(DUE, str(poll.id))
    letters.withdraw_news(poll, now)
    if group is None:
        letters.tell_chosen(poll, now, wait=letters.WAITS)
        return None
    event = new_event(group, now, **_fields(poll, option))
    poll.event_id = event.id
    db.session.flush()
    if shown:
        publish(event, now)
    return event


def follow_event(event: Event, *, now: datetime, **_news: Any) -> None:
    """The event is published: now it can be answered. One that came from another site was published there."""
    if event.published_at != now:
        return
    poll = db.session.scalar(select(TimePoll).where(TimePoll.event_id == event.id))
    if poll is not None and poll.state == CHOSEN:
        letters.tell_chosen(poll, now)


def say_going(ballot: TimeBallot, now: datetime) -> Rsvp:
    """The button of the letter: they come, with nobody else for now. Raises Refused."""
    event = ballot.poll.event
    if event is None or event.state == DRAFT or ballot.person is None:
        raise Refused(_("There is nothing to answer yet."))
    known = answer_of(event, ballot.person)
    if known is not None and known.answer == GOING and not known.has_lapsed:
        return known
    return respond(event, ballot.person, ballot.name, GOING, Party(1), "", now).rsvp


def _fields(poll: TimePoll, option: TimeOption) -> dict[str, Any]:
    """What the poll knows of the event."""
    later = which_of_two(option.starts_at, poll.zone)
    when = times(option.starts_wall, option.ends_wall, poll.zone, later)
    return {"title": poll.title, "description": poll.about, **_place(poll.place), **when}


def _place(text: str) -> dict[str, Any]:
    """Where it is, in the poll's words; with a point where they surely name a town."""
    found = geocode(text) if text else []
    if not found or not found[0].sure:
        return {"venue": text}
    town = found[0]
    return {
        "venue": "" if text == town.label else text,
        "place_name": town.label,
        "country_code": town.country_code,
        "lat": town.lat,
        "lon": town.lon,
        "precision": ZIP if town.kind == ZIP_CODE else TOWN,
    }
