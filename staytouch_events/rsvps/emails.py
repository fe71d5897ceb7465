"""What letters about answers say; rendered by the worker from the event as it then stands."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from .. import ics
from ..access.announcements import letters_token
from ..access.events import tells_place
from ..access.rsvps import manage_token, reply_address
from ..db import db
from ..events.entries import entry, entry_title
from ..events.models import CANCELLED, POSTPONED, PUBLISHED, Event
from ..events.places import whereabouts
from ..events.weather import is_undecided, weather_words
from ..events.words import when_words, where_words
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from ..people.models import Person
from .additions import lines_about, lines_for_tomorrow, lines_in_line
from .asking import from_facts, said_words
from .letters import CANCEL, TOLD
from .models import ANSWERS, DECLINED, GOING, MAYBE, SEATED, WAITING, Rsvp
from .question_models import field_name
from .question_queries import said_by
from .reminders import is_asked
from .seats import place_in_line

PARTSTAT = {GOING: "ACCEPTED", MAYBE: "TENTATIVE", DECLINED: "DECLINED"}


def manage_link(rsvp: Rsvp, **asked: Any) -> str:
    """The address of one answer's page, with what was asked already in its form."""
    return site_link("rsvps.manage", token=manage_token(rsvp), **asked)


def letters_link(person: Person) -> str:
    """Where somebody, with an account or without one, chooses what is mailed to them."""
    return site_link("mail.choices", token=letters_token(person))


def invitation(rsvp: Rsvp, stamped_at: datetime) -> tuple[bytes, str] | None:
    """This person's invitation or its end, as of now, and its method; None where they have none."""
    if rsvp.invite_method is None:
        return None
    personal = personal_fields(rsvp, stamped_at)
    if rsvp.invite_method == CANCEL:
        personal |= {"status": "CANCELLED", "summary": _("Cancelled: %(title)s", title=rsvp.event.title)}
    return ics.invitation(entry(rsvp.event, **personal), rsvp.invite_method), rsvp.invite_method


def personal_fields(rsvp: Rsvp, stamped_at: datetime) -> dict[str, Any]:
    """What makes an event's entry somebody's own: number, attendee, link, and the words for those who come."""
    settings, public = current_app.config["SETTINGS"], entry(rsvp.event, exact=tells_place(rsvp))
    said = [rsvp.event.private_note] if rsvp.standing == SEATED else []
    said += [f"{line.label}\n{line.text}".strip() for line in lines_about(rsvp)]
    attendee = rsvp.person.email and ics.Attendee(rsvp.name, rsvp.person.email, PARTSTAT[rsvp.answer])
    return {
        "sequence": rsvp.event.sequence if rsvp.invite_sequence is None else rsvp.invite_sequence,
        "dtstamp": stamped_at,
        "transparent": False,
        "location": public.location,
        "geo": public.geo,
        "description": "\n\n".join(part for part in (public.description, *said, manage_link(rsvp)) if part),
        "url": manage_link(rsvp),
        "organizer": (settings.site_name, rsvp.invite_organizer or settings.mail_from) if attendee else None,
        "attendee": attendee or None,
    }


@letter("rsvps.answered")
def _answered(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    title = rsvp.event.title
    if rsvp.answer == DECLINED:
        subject = _("You're not coming: %(title)s", title=title)
    elif rsvp.answer == MAYBE:
        subject = _("Maybe: %(title)s", title=title)
    elif rsvp.standing == WAITING:
        subject = _("You're in line: %(title)s", title=title)
    else:
        subject = _("You're in: %(title)s", title=title)
    beside = [*lines_in_line(rsvp, now), *lines_about(rsvp)]
    return _about(row, rsvp, subject, "answered", calendar=True, additions=beside)


@letter("rsvps.asked")
def _asked(row: Letter, now: datetime) -> Rendered:
    rsvp, asked = answer_of(row), row.facts["asked"]
    while_it_matters(rsvp.event, now)
    subject = _("Change your answer? %(title)s", title=rsvp.event.title)
    words = {GOING: _("I'm going"), MAYBE: _("Maybe"), DECLINED: _("I can't")}
    more = {"asked": asked, "answer_words": words, **offered_words(row, rsvp)}
    link = manage_link(rsvp, **asked, **offered(row))
    return letter_about(row, rsvp, subject, "email/rsvps/asked.html", link=link, **more)


@letter("rsvps.link")
def _link(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    return _about(row, rsvp, _("Your answer: %(title)s", title=rsvp.event.title), "link")


@letter("rsvps.promoted")
def _promoted(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    while_it_matters(rsvp.event, now)
    if rsvp.standing != SEATED:
        raise Dropped("the seat was given up meanwhile")
    return letter_about(
        row, rsvp, _("A spot for you: %(title)s", title=rsvp.event.title), "email/rsvps/promoted.html", calendar=True
    )


@letter("rsvps.passed")
def _passed(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    while_it_matters(rsvp.event, now)
    if rsvp.line_at is None:
        raise Dropped("not in the line any more")
    subject = _("Still in line: %(title)s", title=rsvp.event.title)
    return _about(row, rsvp, subject, "passed")


@letter("rsvps.changed")
def _changed(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    event, was = rsvp.event, as_it_was(row.facts["before"])
    if event.state != PUBLISHED or rsvp.answer == DECLINED:
        raise Dropped("overtaken by a later letter")
    changes = differences(was, event)
    if not changes:
        raise Dropped("changed back before anybody was told")
    return letter_about(
        row,
        rsvp,
        _("Changed: %(title)s", title=event.title),
        "email/rsvps/changed.html",
        calendar=True,
        changes=changes,
    )


@letter("rsvps.postponed")
def _postponed(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    while_it_is(rsvp.event, POSTPONED)
    return _about(row, rsvp, entry_title(rsvp.event), "postponed", calendar=True)


@letter("rsvps.cancelled")
def _cancelled(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    while_it_is(rsvp.event, CANCELLED)
    return _about(row, rsvp, entry_title(rsvp.event), "cancelled", calendar=True)


@letter("rsvps.restored")
def _restored(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    while_it_is(rsvp.event, PUBLISHED)
    return letter_about(
        row, rsvp, _("It's on again: %(title)s", title=rsvp.event.title), "email/rsvps/restored.html", calendar=True
    )


@letter("rsvps.removed")
def _removed(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    subject = _("You're off the list: %(title)s", title=rsvp.event.title)
    return _about(row, rsvp, subject, "removed", calendar=True)


@letter("rsvps.reminder")
def _reminder(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    while_it_is(rsvp.event, PUBLISHED)
    if rsvp.event.has_started(now) or rsvp.answer == DECLINED:
        raise Dropped("no longer of use")
    subject = _("Tomorrow: %(title)s", title=rsvp.event.title)
    asked = {"asked": is_asked(rsvp, now), "sure_link": manage_link(rsvp)}
    return _about(row, rsvp, subject, "reminder", tomorrow=lines_for_tomorrow(rsvp), **asked)


@letter("rsvps.good_morning")
def _good_morning(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    while_it_is(rsvp.event, PUBLISHED)
    if rsvp.event.has_started(now) or rsvp.standing != SEATED:
        raise Dropped("no longer of use")
    subject = _("Today: %(title)s", title=rsvp.event.title)
    return _about(row, rsvp, subject, "good_morning", tomorrow=lines_for_tomorrow(rsvp))


@letter("rsvps.host_answer")
def _host_answer(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    words = {GOING: _("is going"), MAYBE: _("may come"), DECLINED: _("can't come")}[rsvp.answer]
    subject = _("%(name)s %(answer)s: %(title)s", name=rsvp.name, answer=words, title=rsvp.event.title)
    more = {"answer_words": words, "said": tuple(said_words(rsvp.event, said_by(rsvp)))}
    link = site_link("roster.people", slug=rsvp.event.slug)
    return letter_about(
        row, rsvp, subject, "email/rsvps/host_answer.html", link=link, reply_to=rsvp.person.email, **more
    )


def offered(row: Letter) -> dict[str, list[str]]:
    """The answers to questions that a letter asks to confirm, as its link holds them."""
    return {field_name(number): texts for number, texts in from_facts(row.facts).items()}


def offered_words(row: Letter, rsvp: Rsvp) -> dict[str, tuple[tuple[str, str], ...]]:
    """The same answers in words."""
    return {"said": tuple(said_words(rsvp.event, from_facts(row.facts)))}


def differences(was: SimpleNamespace, event: Event) -> list[tuple[str, str, str]]:
    """What changed in time and place: what it is called, before, after."""
    found = (
        (_("When"), when_words(was), when_words(event)),
        (_("Where"), where_words(was, exact=True), where_words(event, exact=True)),
        (_("Meet"), was.meeting_point, event.meeting_point),
        (_("Online"), was.online_url, event.online_url),
        (_("If it rains"), weather_words(was), weather_words(event)),
    )
    return [(label, before, after) for label, before, after in found if before != after]


def _about(row: Letter, rsvp: Rsvp, subject: str, name: str, **context: Any) -> Rendered:
    return letter_about(row, rsvp, subject, f"email/rsvps/{name}.html", **context)


def letter_about(
    row: Letter, rsvp: Rsvp, subject: str, template: str, calendar: bool = False, **context: Any
) -> Rendered:
    """A letter about an answer: what every one of them knows, and what this one adds; renewing the invitation."""
    event, exact = rsvp.event, tells_place(rsvp)
    theirs = row.to_email == rsvp.person.email
    reply_to = context.pop("reply_to", None) or (reply_address(rsvp) if theirs else None)
    base = {
        "rsvp": rsvp,
        "event": event,
        "title": subject,
        "when": when_words(event),
        "where": where_words(event, exact),
        "place": whereabouts(event, exact),
        "weather": weather_words(event) if is_undecided(event) else "",
        "event_link": site_link("pages.event", slug=event.slug),
        "manage_link": manage_link(rsvp),
        "choices_link": letters_link(rsvp.person),
        "additions": lines_about(rsvp),
        "place_in_line": place_in_line(rsvp) if rsvp.line_at else None,
        **{f"{answer}_link": manage_link(rsvp, answer=answer) for answer in ANSWERS},
    }
    return Rendered(
        subject=subject,
        template=template,
        context={**base, **context},
        calendar=invitation(rsvp, row.queued_at) if calendar else None,
        reply_to=reply_to,
        references=f"<rsvp-{rsvp.public_id}@{current_app.config['SETTINGS'].site_host}>",
    )


def answer_of(row: Letter) -> Rsvp:
    """The answer that a letter is about."""
    rsvp = db.session.get(Rsvp, row.facts["rsvp"])
    if rsvp is None:
        raise Dropped("the answer is gone")
    return rsvp


def while_it_is(event: Event, state: str) -> None:
    """Drop the letter once the event is in another state."""
    if event.state != state:
        raise Dropped(f"the event is {event.state} now")


def while_it_matters(event: Event, now: datetime) -> None:
    """Drop the letter once the event is over or off."""
    if event.state == CANCELLED or event.is_past(now):
        raise Dropped("the event is over or off")


def as_it_was(before: dict[str, Any]) -> SimpleNamespace:
    """An event's time and place from a letter's facts, in the shape that words are made of."""
    dates = {"starts_at", "ends_at", "starts_wall", "ends_wall"}
    told = {name: before.get(name) for name in TOLD}
    return SimpleNamespace(
        **{name: datetime.fromisoformat(value) if name in dates and value else value for name, value in told.items()}
    )
