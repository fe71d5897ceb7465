"""What letters about hours say by mail."""

from datetime import datetime

from flask_babel import gettext as _

from ..db import db
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from .models import HoursLetter


@letter("attendance.letter_ready")
def _letter_ready(row: Letter, now: datetime) -> Rendered:
    found = db.session.get(HoursLetter, row.facts["letter"])
    if found is None or not found.is_valid:
        raise Dropped("the letter was revoked")
    subject = _("Your hours letter from %(crew)s", crew=found.group.name)
    link = site_link("letters.verify", code=found.code)
    return Rendered(subject, "email/attendance/letter_ready.html", {"title": subject, "letter": found, "link": link})
