"""What organizers are asked about their event by mail."""

from datetime import datetime

from flask_babel import gettext as _

from ..db import db
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from .deciding import KIND
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
