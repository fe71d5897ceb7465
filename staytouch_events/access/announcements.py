"""Who writes to an event's people or a crew's, and whose letters a link chooses."""

from flask import abort
from sqlalchemy import select

from ..db import db
from ..events.models import Event
from ..groups.models import Group, Membership
from ..organize.announcement_models import Announcement
from ..people.models import Person
from ..posts.models import Place
from ..rsvps.models import Rsvp
from .events import hosted_event
from .groups import organized_group
from .tokens import row_by_token, token_of

MAIL = "mail"


def announcing_place(viewer, noun: str, slug: str) -> Place:
    """The event or crew whose people the viewer may write to: 404 unseen, 403 seen but not theirs."""
    if noun == "groups":
        return Place(organized_group(viewer, slug))
    event = hosted_event(viewer, slug)
    return Place(event.group, event)


def announcement_in(place: Place, number: int) -> Announcement:
    """One announcement of this place; else 404."""
    row = db.session.scalar(
        select(Announcement).where(
            Announcement.id == number,
            Announcement.group_id == place.group.id,
            Announcement.event_id == (place.event and place.event.id),
        )
    )
    return row or abort(404)


def draft_in(place: Place, number: int) -> Announcement:
    """One that was not posted yet; else 404."""
    row = announcement_in(place, number)
    return row if row.posted_at is None else abort(404)


def letters_token(person: Person) -> str:
    """The standing token by which a person, with an account or without, chooses what is mailed to them."""
    return token_of(MAIL, person)


def person_by_letters_token(text: str) -> Person:
    """Whose link it is; 404 for an unknown or revoked token."""
    return row_by_token(Person, MAIL, text)


def reached_by(person: Person, noun: str, number: int) -> Rsvp | Membership:
    """The answer or membership by which announcements of an event or a crew reach somebody; else 404."""
    found = (
        select(Rsvp).where(Rsvp.event_id == number)
        if noun == "events"
        else select(Membership).where(Membership.group_id == number)
    )
    model = Rsvp if noun == "events" else Membership
    return db.session.scalar(found.where(model.person_id == person.id)) or abort(404)


def place_of(row: Rsvp | Membership) -> Event | Group:
    """What an answer is to, or a membership in."""
    return row.event if isinstance(row, Rsvp) else row.group
