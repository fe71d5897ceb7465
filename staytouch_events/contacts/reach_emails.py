"""The week's letter: whom to write to, and why."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from ..access.reach_outs import reach_token
from ..db import db
from ..links import site_link
from ..outbox import Dropped, Rendered, letter, list_headers
from ..outbox.models import Letter
from ..people.models import Person
from .date_queries import dates_soon
from .digests import DIGEST
from .invite_queries import invitable
from .reach_words import soon_words, why_words
from .rhythm_queries import due, settings_of
from .words import date_words

# Nobody writes to more in a week; the list on the site has them all.
MOST = 12


@letter(DIGEST)
def _digest(row: Letter, now: datetime) -> Rendered:
    person = db.session.get(Person, row.facts["person"])
    chosen = person and settings_of(person)
    if not chosen or not (chosen.is_on and chosen.by_mail):
        raise Dropped("reminders were switched off")
    people, days = due(person, now), dates_soon(person, now)
    if not people and not days:
        raise Dropped("nobody is due any more")
    token = reach_token(person)
    events = invitable(person, (standing.contact for standing in people[:MOST]), now)
    end = site_link("reach.letters", token=token)
    shown = [
        {
            "name": standing.contact.name,
            "why": why_words(standing),
            "event": events[standing.contact.id].title if standing.contact.id in events else None,
            "url": site_link("reach.one", token=token, public_id=standing.contact.public_id),
        }
        for standing in people[:MOST]
    ]
    subject = _subject([one["name"] for one in shown] or [day.contact.name for day in days])
    context = {
        "title": subject,
        "people": shown,
        "more": _more(len(people) - len(shown)),
        "days": [_day(day) for day in days],
        "change_link": site_link("rhythms.mine") + "#reminders",
        "end_link": end,
    }
    headers = list_headers(f"reach-out-{person.public_id}", end)
    return Rendered(subject, "email/contacts/digest.html", context, headers=headers)


def _subject(names: list[str]) -> str:
    if len(names) == 1:
        return _("Stay in touch with %(name)s", name=names[0])
    return _("Stay in touch: %(names)s", names=", ".join(name.split(" ")[0] for name in names[:3]))


def _more(number: int) -> str:
    return ngettext("%(num)d more stands on the site.", "%(num)d more stand on the site.", number) if number else ""


def _day(day) -> dict[str, str]:
    what, on = date_words(day.row)
    return {"name": day.contact.name, "what": what, "on": on, "when": soon_words(day.on, day.today)}
