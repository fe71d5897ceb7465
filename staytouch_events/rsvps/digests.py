"""The day's answers in one letter, for organizers who chose that."""

from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from .. import outbox
from ..db import db
from ..events.models import Event
from ..groups.models import Group, Membership
from ..jobs import job
from ..jobs.models import Job
from ..jobs.table import schedule
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from ..when import in_zone, to_utc
from .models import DECLINED, GOING, MAYBE, WAITING, Rsvp

KIND = "rsvps.digest"
HOUR = time(18)


def plan_digest(membership: Membership, zone: str, now: datetime) -> None:
    """Have the next six o'clock's letter tell of this answer too."""
    key = str(membership.id)
    if db.session.scalar(select(Job.id).where(Job.kind == KIND, Job.key == key)) is None:
        schedule(KIND, key, _next_hour(zone, now), {"membership": membership.id, "since": now.isoformat()})


def _next_hour(zone: str, now: datetime) -> datetime:
    today = in_zone(now, zone).date()
    hours = (to_utc(datetime.combine(today + timedelta(days=days), HOUR), zone, later=False) for days in (0, 1))
    return next(hour for hour in hours if hour > now)


@job(KIND)
def _send_digest(facts: dict[str, Any], now: datetime) -> None:
    membership = db.session.get(Membership, facts["membership"])
    if membership is None or membership.answer_mail != "daily":
        return
    person = membership.person
    outbox.post(
        KIND,
        to=person.email,
        name=person.name,
        language=person.language,
        facts={"group": membership.group_id, "since": facts["since"]},
        now=now,
    )


@letter(KIND)
def _digest(row: Letter, now: datetime) -> Rendered:
    group = db.session.get(Group, row.facts["group"])
    since = datetime.fromisoformat(row.facts["since"])
    answers = db.session.scalars(
        select(Rsvp)
        .join(Event, Event.id == Rsvp.event_id)
        .where(Event.group_id == group.id, Rsvp.answered_at >= since)
        .order_by(Event.starts_at, Event.id, Rsvp.answered_at)
    ).all()
    if not answers:
        raise Dropped("no answers left to tell of")
    by_event: dict[Event, list[str]] = {}
    for answer in answers:
        by_event.setdefault(answer.event, []).append(_line(answer))
    events = [(event, lines, site_link("roster.people", slug=event.slug)) for event, lines in by_event.items()]
    subject = _("Today's answers to %(crew)s", crew=group.name)
    return Rendered(subject, "email/rsvps/digest.html", {"title": subject, "events": events, "group": group})


def _line(answer: Rsvp) -> str:
    words = {GOING: _("is going"), MAYBE: _("may come"), DECLINED: _("can't come")}[answer.answer]
    if answer.standing == WAITING:
        words = _("waits in line")
    size = f" ({answer.party})" if answer.party > 1 and answer.answer == GOING else ""
    return f"{answer.name} {words}{size}" + (f": {answer.note}" if answer.note else "")
