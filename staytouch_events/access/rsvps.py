"""Whose answer is whose: by standing link, by account, or as the event's host."""

from datetime import datetime, timedelta

from flask import abort, current_app
from sqlalchemy import select

from ..db import db
from ..events.models import POSTPONED
from ..rsvps.models import Rsvp
from ..rsvps.question_models import Question
from .events import hosted_event
from .tokens import row_by_token, row_named, stands_for, token_of

MANAGE, REPLY = "rsvps.manage", "rsvps.reply"
LASTS = timedelta(days=90)


def manage_token(rsvp: Rsvp) -> str:
    """The standing token of one answer's page."""
    return token_of(MANAGE, rsvp)


def reply_address(rsvp: Rsvp) -> str | None:
    """The address that answers of this person's mail program come to; None where the site receives no mail."""
    settings = current_app.config["SETTINGS"]
    local, _at, domain = settings.reply_address.rpartition("@")
    return f"{local}+{token_of(REPLY, rsvp)}@{domain}" if settings.receives_mail else None


def answer_by_reply(token: str) -> Rsvp | None:
    """The answer whose reply address bears this token; None for any other."""
    rsvp = row_named(Rsvp, token)
    return rsvp if rsvp is not None and stands_for(token, REPLY, rsvp) else None


def answer_by_token(text: str, now: datetime) -> Rsvp:
    """The answer that a link stands for, until 90 days after the event; else 404."""
    rsvp = row_by_token(Rsvp, MANAGE, text)
    if rsvp.event.state != POSTPONED and rsvp.event.ends_at + LASTS < now:
        abort(404)
    return rsvp


def hosted_question(viewer, slug: str, number: int) -> Question:
    """One question of an event that the viewer hosts, asked still or not."""
    event = hosted_event(viewer, slug)
    question = db.session.scalar(select(Question).where(Question.id == number, Question.event_id == event.id))
    if question is None:
        abort(404)
    return question


def hosted_answer(viewer, slug: str, number: int) -> Rsvp:
    """One answer to an event that the viewer hosts."""
    event = hosted_event(viewer, slug)
    rsvp = db.session.scalar(select(Rsvp).where(Rsvp.id == number, Rsvp.event_id == event.id))
    if rsvp is None:
        abort(404)
    return rsvp
