"""What letters about reported places say."""

from datetime import datetime

from flask_babel import gettext as _

from ..access.spots import event_of, watch_token
from ..db import db
from ..events.words import day_words, hours_words
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from .models import CLEANED, CLOSED, PLANNED, SHOWN, Watcher
from .words import reason_words


@letter("spots.confirm")
def _confirm(row: Letter, now: datetime) -> Rendered:
    watcher = _watcher(row)
    if watcher.reported:
        subject = _("Report %(spot)s?", spot=watcher.spot.title)
    else:
        subject = _("Me too: %(spot)s?", spot=watcher.spot.title)
    return _about(watcher, subject, "email/spots/confirm.html")


@letter("spots.planned")
def _planned(row: Letter, now: datetime) -> Rendered:
    watcher = _watcher(row, PLANNED)
    event = event_of(watcher.spot)
    if event is None:
        raise Dropped("the event is off")
    when = f"{day_words(event)}, {hours_words(event)}"
    link = site_link("pages.event", slug=event.slug)
    subject = _("A crew comes: %(spot)s", spot=watcher.spot.title)
    return _about(watcher, subject, "email/spots/planned.html", event=event, when=when, event_link=link)


@letter("spots.cleaned")
def _cleaned(row: Letter, now: datetime) -> Rendered:
    watcher = _watcher(row, CLEANED)
    return _about(watcher, _("Cleaned: %(spot)s", spot=watcher.spot.title), "email/spots/cleaned.html")


@letter("spots.closed")
def _closed(row: Letter, now: datetime) -> Rendered:
    watcher = _watcher(row, CLOSED)
    subject = _("Closed: %(spot)s", spot=watcher.spot.title)
    return _about(watcher, subject, "email/spots/closed.html", reason=reason_words(watcher.spot))


def _about(watcher: Watcher, subject: str, template: str, **more) -> Rendered:
    spot = watcher.spot
    context = {
        "title": subject,
        "spot": spot,
        "reported": watcher.reported,
        "spot_link": site_link("spots.one", slug=spot.slug) if spot.state in SHOWN else None,
        "own_link": site_link("watching.mine", token=watch_token(watcher)),
    }
    return Rendered(subject, template, context | more)


def _watcher(row: Letter, state: str | None = None) -> Watcher:
    """Who is told, while it is still so."""
    watcher = db.session.get(Watcher, row.facts["watcher"])
    if watcher is None:
        raise Dropped("it was forgotten meanwhile")
    if state is not None and (watcher.spot.state != state or watcher.ended_at is not None):
        raise Dropped("it is not so any more, or they do not want to hear of it")
    return watcher
