"""The letters that bring an appointment into two calendars, move it there, and take it out."""

from datetime import datetime

from flask import current_app
from flask_babel import gettext as _

from .. import ics
from ..db import db
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from ..people.models import Person
from ..people.queries import zone_of
from .meeting_models import Meeting
from .meeting_words import both_words, meeting_entry, meeting_title, partner
from .meetings import MADE, OFF
from .words import name_of


@letter("conversations.meeting")
def _meeting(row: Letter, now: datetime) -> Rendered:
    meeting, person = db.session.get(Meeting, row.facts["meeting"]), db.session.get(Person, row.facts["person"])
    if meeting is None or person is None:
        raise Dropped("the appointment is gone")
    news = OFF if meeting.cancelled_at else row.facts["news"]
    title = meeting_title(meeting, person)
    subject = {MADE: title, OFF: _("Cancelled: %(title)s", title=title)}.get(news, _("Moved: %(title)s", title=title))
    entry = meeting_entry(meeting, person, row.queued_at)
    method = "CANCEL" if news == OFF else "REQUEST"
    context = {
        "title": subject,
        "news": news,
        "name": name_of(partner(meeting, person)),
        "when": both_words(meeting.starts_at, meeting.ends_at, meeting.zone, zone_of(person)),
        "what": meeting.what,
        "place": meeting.place,
        "link": site_link("messages.one", number=meeting.conversation_id),
    }
    return Rendered(
        subject,
        "email/conversations/meeting.html",
        context,
        calendar=(ics.invitation(entry, method), method),
        references=f"<meeting-{meeting.uid.partition('@')[0]}@{current_app.config['SETTINGS'].site_host}>",
    )
