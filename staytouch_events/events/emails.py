"""What organizers are asked and told about their events by mail."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from ..db import db
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from .deciding import KIND
from .host_models import EventHost
from .hosting import ASKED, ENDED, LEFT, NEWS, NO, YES
from .models import Event
from .weather import backup_words, is_undecided
from .words import when_words, where_words


@letter(KIND)
def _decide(row: Letter, now: datetime) -> Rendered:
    event = db.session.get(Event, row.facts["event"])
    if event is None or not is_undecided(event) or event.has_started(now):
        raise Dropped("it is decided, off, or over")
    subject = _("Is it on? %(title)s", title=event.title)
    context = {
        "title": subject,
        "event": event,
        "when": when_words(event),
        "where": where_words(event, exact=True),
        "backup": backup_words(event),
        "link": site_link("weather.decide", slug=event.slug),
        "postpone_link": site_link("weather.postpone", slug=event.slug),
    }
    return Rendered(subject, "email/events/decide.html", context)


@letter(ASKED)
def _host_asked(row: Letter, now: datetime) -> Rendered:
    host = _host(row, now)
    if not host.is_asked:
        raise Dropped("it is answered, or asked no more")
    event = host.event
    subject = _("Host it together? %(title)s", title=event.title)
    context = _host_context(host, subject) | {"link": site_link("hosts.asked", slug=host.group.slug, number=host.id)}
    return Rendered(subject, "email/events/host_asked.html", context)


@letter(NEWS)
def _host_news(row: Letter, now: datetime) -> Rendered:
    host = _host(row, now)
    names = {"crew": host.group.name, "first": host.event.group.name, "title": host.event.title}
    subjects = {
        YES: _("%(crew)s hosts it with you: %(title)s", **names),
        NO: _("%(crew)s does not host it: %(title)s", **names),
        LEFT: _("%(crew)s hosts it no more: %(title)s", **names),
        ENDED: _("%(first)s hosts it without you: %(title)s", **names),
    }
    subject = subjects[row.facts["news"]]
    context = _host_context(host, subject) | {
        "news": row.facts["news"],
        "link": site_link("hosts.manage", slug=host.event.slug) if row.facts["news"] != ENDED else None,
    }
    return Rendered(subject, "email/events/host_news.html", context)


def _host(row: Letter, now: datetime) -> EventHost:
    host = db.session.get(EventHost, row.facts["host"])
    if host is None or host.event.is_past(now):
        raise Dropped("it is over")
    return host


def _host_context(host: EventHost, subject: str) -> dict[str, Any]:
    event = host.event
    return {
        "title": subject,
        "event": event,
        "crew": host.group.name,
        "first": event.group.name,
        "when": when_words(event) if event.starts_at else "",
        "where": where_words(event),
    }
