"""What letters about logs and recognitions say."""

from datetime import datetime

from flask_babel import gettext as _
from flask_login import AnonymousUserMixin
from sqlalchemy import select

from ..access.events import visible_events
from ..access.rsvps import manage_token
from ..attendance.hours import hours_words, stays_at
from ..db import db
from ..events.models import PUBLISHED, Event
from ..events.queries import coming
from ..events.words import when_words
from ..geo.regions import uses_miles
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from ..rsvps.emails import answer_of, letters_link, manage_link
from ..rsvps.models import DECLINED, Rsvp
from .models import APPROVED, GIVEN, PROPOSED, RETURNED, Award, ImpactLog
from .queries import has_log, logs_of, pairs, totals
from .summary import log_summary
from .words import headline


@letter("impact.proposed")
def _proposed(row: Letter, now: datetime) -> Rendered:
    event = _event(row)
    waiting = [log for log in logs_of(event) if log.state == PROPOSED]
    if not waiting:
        raise Dropped("nothing waits any more")
    said = [(log.proposed_name, log.team, log_summary(log, log.unit)["headline"]) for log in waiting]
    subject = _("What was done, to approve: %(event)s", event=event.title)
    link = site_link("impact_desk.logs", slug=event.slug)
    return Rendered(
        subject, "email/impact/proposed.html", {"title": subject, "event": event, "logs": said, "link": link}
    )


@letter("impact.approved")
def _approved(row: Letter, now: datetime) -> Rendered:
    log = _log(row, APPROVED)
    subject = _("It counts: %(event)s", event=log.event.title)
    return _decided(log, subject, "email/impact/approved.html")


@letter("impact.returned")
def _returned(row: Letter, now: datetime) -> Rendered:
    log = _log(row, RETURNED)
    subject = _("Please look again: %(event)s", event=log.event.title)
    return _decided(log, subject, "email/impact/returned.html")


@letter("impact.nudge")
def _nudge(row: Letter, now: datetime) -> Rendered:
    event = _event(row)
    if has_log(event):
        raise Dropped("somebody put it down meanwhile")
    subject = _("What did you do? %(event)s", event=event.title)
    link = site_link("impact.new", slug=event.slug)
    return Rendered(subject, "email/impact/nudge.html", {"title": subject, "event": event, "link": link})


@letter("impact.recognized")
def _recognized(row: Letter, now: datetime) -> Rendered:
    award = db.session.get(Award, row.facts["award"])
    if award is None or award.state != GIVEN:
        raise Dropped("it was taken back")
    recognition = award.recognition
    subject = _("For you, from %(crew)s: %(what)s", crew=recognition.group.name, what=recognition.name)
    context = {
        "title": subject,
        "award": award,
        "recognition": recognition,
        "crew": recognition.group,
        "link": site_link("hours.mine") if award.person.is_active else None,
    }
    return Rendered(subject, "email/impact/recognized.html", context)


@letter("impact.thanks")
def _thanks(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    event, person = rsvp.event, rsvp.person
    if event.state != PUBLISHED or rsvp.answer == DECLINED:
        raise Dropped("it was off, or they were not there")
    unit = person.unit or ("mi" if uses_miles(event.group.country_code) else "km")
    this = select(Event).where(Event.id == event.id)
    stay = stays_at(rsvp, now)
    subject = _("Thank you: %(title)s", title=event.title)
    context = {
        "title": subject,
        "rsvp": rsvp,
        "event": event,
        "crew": event.group,
        "hours": hours_words(stay.minutes) if stay and stay.minutes else None,
        "did": headline(totals(this), unit),
        "pictured": bool(pairs(this, 1)),
        "did_link": _page_of(rsvp, "impact_pages.event"),
        "met_link": f"{site_link('pages.event', slug=event.slug)}#met" if stay and person.is_active else None,
        "next": _next_date(rsvp, now),
        "choices_link": letters_link(person),
    }
    return Rendered(subject, "email/impact/thanks.html", context)


def _next_date(rsvp: Rsvp, now: datetime) -> dict[str, str] | None:
    """The crew's next event that its reader may find: title, when, and where it is answered."""
    viewer = rsvp.person if rsvp.person.is_active else AnonymousUserMixin()
    ahead = visible_events(viewer).where(Event.group_id == rsvp.event.group_id, Event.state == PUBLISHED)
    for event in coming(ahead, now, 1):
        link = site_link("pages.event", slug=event.slug)
        return {"title": event.title, "when": when_words(event), "link": link}
    return None


def _page_of(rsvp: Rsvp, endpoint: str) -> str:
    """An event's page; a guest of a members-only event has their own page alone."""
    if rsvp.event.is_for_members and not rsvp.person.is_active:
        return manage_link(rsvp)
    return site_link(endpoint, slug=rsvp.event.slug)


def _decided(log: ImpactLog, subject: str, template: str) -> Rendered:
    context = {"title": subject, "event": log.event, "log": log, "said": log_summary(log, log.unit)["headline"]}
    return Rendered(subject, template, context | {"link": _own_link(log), "event_link": _event_link(log)})


def _own_link(log: ImpactLog) -> str:
    """The log's page as its writer reaches it: signed in, or by the link to their answer."""
    if log.proposed_by.is_active:
        return site_link("impact.one", slug=log.event.slug, number=log.id)
    rsvp = db.session.scalar(select(Rsvp).where(Rsvp.event_id == log.event_id, Rsvp.person_id == log.proposed_by_id))
    return site_link("impact_links.one", token=manage_token(rsvp), number=log.id)


def _event_link(log: ImpactLog) -> str:
    """Where it counts now; a guest of a members-only event reads it on their own page alone."""
    if log.event.is_for_members and not log.proposed_by.is_active:
        return _own_link(log)
    return site_link("impact_pages.event", slug=log.event.slug)


def _event(row: Letter) -> Event:
    event = db.session.get(Event, row.facts["event"])
    if event is None or event.state != PUBLISHED:
        raise Dropped("the event is off")
    return event


def _log(row: Letter, state: str) -> ImpactLog:
    log = db.session.get(ImpactLog, row.facts["log"])
    if log is None or log.state != state or log.proposed_by is None:
        raise Dropped("it is not so any more")
    return log
