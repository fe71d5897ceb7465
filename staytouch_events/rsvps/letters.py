"""Posting letters about answers, and keeping the number of each person's invitation."""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from .. import outbox
from ..access.rsvps import reply_address
from ..db import db
from ..events.actions import is_news
from ..events.host_models import in_its_crews
from ..events.models import CANCELLED, PUBLISHED, Event
from ..groups.models import ORGANIZING, Membership
from ..people.models import Person
from .additions import NEWS_TOLD
from .asking import as_facts
from .digests import plan_digest
from .models import GOING, MAYBE, NONE, SEATED, Rsvp
from .question_queries import Said

CHANGE_WAITS = timedelta(minutes=10)
REQUEST, CANCEL = "REQUEST", "CANCEL"
# What a letter about a change says it was before.
TOLD = ("starts_at", "ends_at", "starts_wall", "ends_wall", "all_day", "zone", "venue", "address", "place_name")
TOLD += ("meeting_point", "online", "online_url", "weather_dependent", "decides_before", "backup_after")
# What an event was before news of its state, as far as a letter has to know.
STATE_BEFORE = {"rsvps.cancelled": PUBLISHED, "rsvps.postponed": PUBLISHED, "rsvps.restored": CANCELLED}
_ORGANIZERS = (
    select(Membership)
    .options(joinedload(Membership.person))
    .where(in_its_crews(bindparam("group"), bindparam("event")))
    .where(Membership.role.in_(ORGANIZING))
    .order_by(Membership.id)
)


def tell_answered(rsvp: Rsvp, now: datetime, typed: bool = False, first: bool = False) -> None:
    """What the answer came to, with the invitation or its end; `first` where there was none before."""
    renew_invitation(rsvp)
    _post("rsvps.answered", rsvp, now, key=f"answered:{rsvp.id}", typed=typed, first=first)


def ask(rsvp: Rsvp, answer: str, party, note: str, name: str, said: Said, now: datetime) -> None:
    """To an address that answered already: what it asked for just now, and one button that does it."""
    asked = {"answer": answer, "adults": party.adults, "minors": party.minors, "note": note, "name": name}
    asked |= {} if party.youngest is None else {"youngest": party.youngest}
    _post("rsvps.asked", rsvp, now, facts={"asked": asked, "said": as_facts(said)}, typed=True)


def send_manage_link(rsvp: Rsvp, now: datetime) -> None:
    """The link to one's answer once more, as somebody typed the address."""
    _post("rsvps.link", rsvp, now, typed=True)


def tell_promoted(rsvp: Rsvp, now: datetime) -> None:
    """A seat, out of the line."""
    renew_invitation(rsvp)
    _post("rsvps.promoted", rsvp, now, key=f"promoted:{rsvp.id}")


def tell_passed(rsvp: Rsvp, now: datetime) -> None:
    """A smaller party went first; the place is kept."""
    _post("rsvps.passed", rsvp, now, key=f"passed:{rsvp.id}")


def tell_removed(rsvp: Rsvp, now: datetime) -> None:
    """An organizer took them off the list."""
    renew_invitation(rsvp)
    _post("rsvps.removed", rsvp, now)


def remind(rsvp: Rsvp, now: datetime) -> None:
    """Tomorrow."""
    zone = rsvp.person.zone or rsvp.event.zone
    _post("rsvps.reminder", rsvp, now, key=f"reminder:{rsvp.id}", until=rsvp.event.starts_at, zone=zone)


def say_good_morning(rsvp: Rsvp, now: datetime) -> None:
    """Today."""
    _post("rsvps.good_morning", rsvp, now, key=f"morning:{rsvp.id}", until=rsvp.event.starts_at)


def tell_hosts(rsvp: Rsvp, now: datetime, first: bool = False) -> None:
    """The answer, to the organizers of its crews: each one, or once a day, as they chose; `first` as above."""
    for membership in _organizers(rsvp.event):
        person = membership.person
        if person.id == rsvp.person_id or person.email is None:
            continue
        if membership.answer_mail == "daily":
            plan_digest(membership, rsvp.event.zone, now)
        elif membership.answer_mail == "each":
            outbox.post(
                "rsvps.host_answer",
                to=person.email,
                name=person.name,
                language=person.language,
                facts={"rsvp": rsvp.id},
                now=now,
                key=f"host:{rsvp.id}:{person.id}",
                first=first,
                zone=person.zone or rsvp.event.zone,
            )


def ask_hosts_about_reply(rsvp: Rsvp, answer: str, now: datetime) -> None:
    """A mail in somebody's name says this and nothing proves that it is theirs: the organizers may ask them."""
    for person in _reachable_hosts(rsvp):
        _post_to_host("rsvps.reply_unproved", person, rsvp, {"answer": answer}, now, key="unproved")


def pass_on_words(rsvp: Rsvp, words: str, now: datetime) -> None:
    """What somebody wrote back to their invitation, to whoever organizes."""
    for person in _reachable_hosts(rsvp):
        _post_to_host("rsvps.wrote", person, rsvp, {"words": words}, now)


def tell_reply_refused(rsvp: Rsvp, answer: str, why: str, now: datetime) -> None:
    """Their mail program said one thing, and it could not be done."""
    _post("rsvps.reply_refused", rsvp, now, facts={"answer": answer, "why": why}, key=f"refused:{rsvp.id}")


def _reachable_hosts(rsvp: Rsvp) -> list[Person]:
    people = (membership.person for membership in _organizers(rsvp.event))
    return [person for person in people if person.email and person.id != rsvp.person_id]


def _post_to_host(
    kind: str, person: Person, rsvp: Rsvp, facts: dict[str, Any], now: datetime, key: str | None = None
) -> None:
    """Whoever knows the address can cause it, so that it counts against the hourly three.

    One that waits under the key is brought up to date.
    """
    how = {"name": person.name, "language": person.language, "typed": True}
    key = key and f"{key}:{rsvp.id}:{person.id}"
    outbox.post(kind, to=person.email, facts={"rsvp": rsvp.id, **facts}, now=now, key=key, **how)


def tell_changed(event: Event, *, before: dict[str, Any], now: datetime, **_news: Any) -> None:
    """A new time or place, to everyone who comes or may; several changes within ten minutes are one.

    Of a new date that everyone is asked about, the letter that asks tells.
    """
    if not is_news(before) or "previous_starts_at" in before:
        return
    was = as_it_was(event, before)
    for rsvp in concerned(event):
        if _told_elsewhere(rsvp, was | {"state": before.get("state", event.state)}, now, CHANGE_WAITS):
            continue
        renew_invitation(rsvp)
        _post("rsvps.changed", rsvp, now, facts={"before": was}, key=f"changed:{rsvp.id}", wait=CHANGE_WAITS)


def as_it_was(event: Event, before: dict[str, Any]) -> dict[str, Any]:
    """Time and place before a change, as a letter keeps them."""
    return {name: _plain(before.get(name, getattr(event, name))) for name in TOLD}


def tell_postponed(event: Event, *, now: datetime, **_news: Any) -> None:
    """The date falls, a new one is to come."""
    tell_at_once("rsvps.postponed", event, now)


def tell_cancelled(event: Event, *, now: datetime, **_news: Any) -> None:
    """It is off, and so is the calendar entry."""
    tell_at_once("rsvps.cancelled", event, now)


def tell_restored(event: Event, *, now: datetime, **_news: Any) -> None:
    """It is on again."""
    tell_at_once("rsvps.restored", event, now)


def tell_goes_ahead(event: Event, *, now: datetime) -> None:
    """The weather allows it: to everyone whose calendar holds it."""
    for rsvp in concerned(event):
        if rsvp.standing == SEATED or rsvp.answer == MAYBE:
            renew_invitation(rsvp)
            _post("rsvps.goes_ahead", rsvp, now, key=f"state:{rsvp.id}:goes-ahead", until=event.starts_at)


def ask_to_confirm(rsvp: Rsvp, now: datetime) -> None:
    """Still coming? The seat goes on at the hour."""
    _post("rsvps.confirm", rsvp, now, key=f"confirm:{rsvp.id}", until=rsvp.confirm_by_at)


def tell_lapsed(rsvp: Rsvp, now: datetime) -> None:
    """The seat was given on, and so is the calendar entry; one button takes them back in."""
    renew_invitation(rsvp)
    _post("rsvps.lapsed", rsvp, now, key=f"lapsed:{rsvp.id}", until=rsvp.event.starts_at)


def concerned(event: Event) -> list[Rsvp]:
    """Answers of people whom news of the event concerns: going, waiting, or maybe."""
    return list(
        db.session.scalars(
            select(Rsvp).where(Rsvp.event_id == event.id, Rsvp.answer.in_((GOING, MAYBE))).order_by(Rsvp.id)
        )
    )


def hosts_of(event: Event) -> list[Person]:
    """The organizers who want to hear of each answer."""
    return [row.person for row in _organizers(event) if row.answer_mail == "each"]


def _organizers(event: Event) -> list[Membership]:
    """The organizers of its crews with their people; whoever organizes several, as in the first of them."""
    rows = db.session.scalars(_ORGANIZERS, {"group": event.group_id, "event": event.id})
    first: dict[int, Membership] = {}
    for row in sorted(rows, key=lambda row: row.group_id != event.group_id):
        first.setdefault(row.person_id, row)
    return list(first.values())


def renew_invitation(rsvp: Rsvp) -> None:
    """Bring a person's invitation up to what they have now (calendar.md, Invitations).

    Its number is its own: max(event's, last sent + 1). ORGANIZER is stored with the first one
    and never changes. Somebody in the line has none until promoted.
    """
    if rsvp.standing == SEATED or rsvp.answer == MAYBE:
        method = CANCEL if rsvp.event.state == CANCELLED else REQUEST
    elif rsvp.standing == NONE:
        method = CANCEL
    else:
        return
    if method == CANCEL and rsvp.invite_method != REQUEST:
        return
    rsvp.invite_method = method
    rsvp.invite_sequence = max(rsvp.event.sequence, (-1 if rsvp.invite_sequence is None else rsvp.invite_sequence) + 1)
    if rsvp.invite_organizer is None:
        rsvp.invite_organizer = reply_address(rsvp) or current_app.config["SETTINGS"].mail_from


def tell_at_once(kind: str, event: Event, now: datetime, **facts: Any) -> None:
    """News that overtake whatever else still waits to go out about an answer."""
    was = kind in STATE_BEFORE and as_it_was(event, {}) | {"state": STATE_BEFORE[kind]}
    for rsvp in concerned(event):
        if was and _told_elsewhere(rsvp, was, now, timedelta(0)):
            continue
        renew_invitation(rsvp)
        for waiting in ("changed", "answered", "promoted", "reminder", "morning", "confirm"):
            outbox.withdraw_letters(f"{waiting}:{rsvp.id}", now, f"overtaken by {kind}")
        _post(kind, rsvp, now, facts=facts, key=f"state:{rsvp.id}:{kind}")


def _told_elsewhere(rsvp: Rsvp, was: dict[str, Any], now: datetime, wait: timedelta) -> bool:
    return rsvp.invite_method is None and any(tell(rsvp, was, now, wait) for tell in NEWS_TOLD)


def _post(kind: str, rsvp: Rsvp, now: datetime, *, facts: dict[str, Any] | None = None, **how: Any) -> None:
    """One letter to the person who gave this answer, if they left an address."""
    person = rsvp.person
    if person.email is None:
        return
    outbox.post(
        kind,
        to=person.email,
        name=rsvp.name,
        language=person.language,
        facts={"rsvp": rsvp.id, **(facts or {})},
        now=now,
        about=f"rsvp:{rsvp.id}",
        **how,
    )


def _plain(value: Any) -> Any:
    """As JSON keeps it."""
    return value.isoformat() if isinstance(value, datetime) else value
