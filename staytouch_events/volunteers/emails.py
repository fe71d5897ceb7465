"""What letters about sign-ups say, and what every letter and calendar entry about an answer says of its shifts."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from .. import ics, markdown
from ..db import db
from ..events.entries import entry
from ..events.models import PUBLISHED
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from ..rsvps.additions import ABOUT, Line, adds_to
from ..rsvps.emails import letter_about, manage_link, offered, offered_words, personal_fields
from ..rsvps.models import Rsvp
from . import letters
from .hours import hours_of, name_of, span_words
from .lines import place_in_shifts_line
from .models import ACTIVE, ASKED, HELD, WAITING, WISHED, Shift, SignUp
from .queries import sign_ups_with

# News that say what a sign-up is, and lose their point when it is something else.
STANDINGS = {letters.PROMOTED: HELD, letters.MOVED: HELD} | {name: name for name in ACTIVE}


@adds_to(ABOUT)
def job_lines(rsvp: Rsvp) -> list[Line]:
    """One's jobs with hours, place and instructions, and those one waits for."""
    return [Line(_label(row), "\n".join(_told(row.shift, row.standing == HELD))) for row in sign_ups_with([rsvp.id])]


def job_entry(sign_up: SignUp) -> ics.Entry:
    """A held shift as an entry of its own, beside that of the event."""
    shift, event = sign_up.shift, sign_up.shift.event
    words = "\n".join(_told(shift, True))
    stamped_at = max(sign_up.changed_at, shift.changed_at, shift.role.changed_at, event.changed_at)
    personal = personal_fields(sign_up.rsvp, stamped_at) | {
        "uid": sign_up.uid,
        "sequence": sign_up.sequence,
        "last_modified": stamped_at,
        "created": sign_up.created_at,
        "summary": f"{shift.role.name}: {entry(event).summary}",
        "description": f"{words}\n\n{manage_link(sign_up.rsvp)}",
        "all_day": False,
        "starts": shift.starts_at,
        "ends": shift.ends_at,
        "organizer": None,
        "attendee": None,
    }
    return entry(event, **personal)


@letter("volunteers.news")
def _news(row: Letter, now: datetime) -> Rendered:
    sign_up, news = _sign_up(row), row.facts["news"]
    if news in STANDINGS and STANDINGS[news] != sign_up.standing:
        raise Dropped(f"it is {sign_up.standing} now")
    return _about(row, sign_up, _subject(sign_up, news), news=news, was=_was(row.facts.get("was"), sign_up.shift))


@letter("volunteers.changed")
def _changed(row: Letter, now: datetime) -> Rendered:
    sign_up = _sign_up(row)
    if sign_up.standing not in ACTIVE or sign_up.shift.event.state != PUBLISHED:
        raise Dropped("overtaken by a later letter")
    if letters.as_it_is(sign_up.shift) == row.facts["before"]:
        raise Dropped("changed back before anybody was told")
    subject = _("Changed: %(job)s", job=name_of(sign_up.shift))
    return _about(row, sign_up, subject, news="changed", was=_was(row.facts["before"], sign_up.shift))


@letter("volunteers.asked")
def _asked(row: Letter, now: datetime) -> Rendered:
    rsvp, shift = db.session.get(Rsvp, row.facts["rsvp"]), db.session.get(Shift, row.facts["shift"])
    if rsvp is None or shift is None or not shift.is_open(now):
        raise Dropped("nobody can sign up any more")
    subject = _("Take this job? %(job)s", job=name_of(shift))
    more = {"job": name_of(shift), "shift": shift, **offered_words(row, rsvp)}
    link = manage_link(rsvp, shift=shift.id, **offered(row))
    return letter_about(row, rsvp, subject, "email/volunteers/asked.html", link=link, **more)


@letter("volunteers.question")
def _question(row: Letter, now: datetime) -> Rendered:
    sign_up = _sign_up(row)
    if sign_up.standing != ASKED:
        raise Dropped("somebody answered it")
    event, job = sign_up.shift.event, name_of(sign_up.shift)
    subject = _("%(name)s asks for a job: %(job)s", name=sign_up.rsvp.name, job=job)
    link = site_link("staff.one", slug=event.slug, number=sign_up.shift_id)
    context = {"title": subject, "event": event, "job": job, "sign_up": sign_up, "link": link}
    return Rendered(subject, "email/volunteers/question.html", context)


def _about(row: Letter, sign_up: SignUp, subject: str, **context: Any) -> Rendered:
    place = place_in_shifts_line(sign_up) if sign_up.standing == WAITING else None
    more = {"sign_up": sign_up, "job": name_of(sign_up.shift), "line_place": place, **context}
    return letter_about(row, sign_up.rsvp, subject, "email/volunteers/news.html", calendar=True, **more)


def _subject(sign_up: SignUp, news: str) -> str:
    job = name_of(sign_up.shift)
    subjects = {
        HELD: _("Yours: %(job)s", job=job),
        letters.PROMOTED: _("A place for you: %(job)s", job=job),
        WAITING: _("In line: %(job)s", job=job),
        ASKED: _("We ask the crew: %(job)s", job=job),
        WISHED: _("In line for a spot: %(job)s", job=job),
        letters.SWAPPED: _("Somebody took your place: %(job)s", job=job),
        letters.MOVED: _("Your job is now: %(job)s", job=job),
        letters.RELEASED: _("Given up: %(job)s", job=job),
        letters.REMOVED: _("Off the shift: %(job)s", job=job),
        letters.REFUSED: _("Not this time: %(job)s", job=job),
        letters.GONE: _("This shift is off: %(job)s", job=job),
    }
    return subjects[news]


def _label(sign_up: SignUp) -> str:
    role = sign_up.shift.role.name
    return {
        HELD: _("Your job: %(role)s", role=role),
        WAITING: _("In line for: %(role)s", role=role),
        ASKED: _("Asked for: %(role)s", role=role),
        WISHED: _("With a spot, your job: %(role)s", role=role),
    }[sign_up.standing]


def _told(shift: Shift, held: bool) -> list[str]:
    """What to know of a shift; instructions and whom to call are for whoever has it."""
    parts = [hours_of(shift), shift.place, shift.notes]
    if held:
        contact = _("Call: %(contact)s", contact=shift.role.contact) if shift.role.contact else ""
        parts += [markdown.plain(shift.role.instructions), contact]
    return [part for part in parts if part]


def _was(before: dict[str, Any] | None, shift: Shift) -> str | None:
    """A shift as it was, from a letter's facts, in words."""
    if not before or not before["starts"]:
        return None
    first, last = (datetime.fromisoformat(before[name]) for name in ("starts", "ends"))
    hours = span_words(first, last, shift.event.starts_wall)
    return ", ".join(part for part in (before["role"], hours, before["place"]) if part)


def _sign_up(row: Letter) -> SignUp:
    sign_up = db.session.get(SignUp, row.facts["signup"])
    if sign_up is None:
        raise Dropped("the sign-up is gone")
    return sign_up
