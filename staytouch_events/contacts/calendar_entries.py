"""What a calendar holds of one's people: whom to write to, and the days to remember. Never what was written of them."""

from datetime import date, datetime

from flask_babel import gettext as _

from .. import ics
from ..links import site_link
from .date_queries import Day
from .reach_words import last_words, source_words
from .rhythm_queries import Standing
from .words import date_words


def reach_entry(on: date, row: Standing) -> ics.Entry:
    """The day on which it is time to write to somebody; it moves with the next contact."""
    link = site_link("due.listing")
    said = (last_words(row), source_words(row.wish, row.contact.kind), link)
    at = row.last.at if row.last else row.contact.created_at
    return _entry(
        f"reach-{row.contact.public_id}@staytouch", on, at, reach_title(row), "\n".join(filter(None, said)), link
    )


def reach_title(row: Standing) -> str:
    """ "Write to Ana Luz"."""
    return _("Write to %(name)s", name=row.contact.name)


def date_title(day: Day) -> str:
    """ "Ana Luz: birthday"."""
    return _("%(name)s: %(what)s", name=day.contact.name, what=date_words(day.row)[0])


def date_entry(day: Day) -> ics.Entry:
    """One year's turn of a day to remember."""
    link = site_link("person.one", public_id=day.contact.public_id)
    uid = f"date-{day.contact.public_id}-{day.row.id}-{day.on.year}@staytouch"
    return _entry(uid, day.on, day.contact.created_at, date_title(day), link, link)


def _entry(uid: str, on: date, at: datetime, summary: str, description: str, link: str) -> ics.Entry:
    """A whole day that keeps nobody busy; `at` is the last word about it, in UTC."""
    return ics.Entry(
        uid=uid,
        sequence=0,
        dtstamp=at,
        last_modified=at,
        created=at,
        status="CONFIRMED",
        summary=summary,
        starts=on,
        ends=on,
        all_day=True,
        description=description,
        url=link,
    )
