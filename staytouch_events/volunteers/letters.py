"""Posting letters about sign-ups; each renews the invitation to the event, which says what one's job is."""

from datetime import datetime
from typing import Any

from .. import outbox
from ..rsvps.asking import as_facts
from ..rsvps.letters import CHANGE_WAITS, hosts_of, renew_invitation
from ..rsvps.models import Rsvp
from ..rsvps.question_queries import Said
from .models import ACTIVE, Shift, SignUp

# What happened to a sign-up, beside what it came to (its standing).
PROMOTED, SWAPPED, MOVED, RELEASED = "promoted", "swapped", "moved", "released"
REMOVED, REFUSED, GONE, APPROVED = "removed", "refused", "gone", "approved"


def tell(sign_up: SignUp, news: str, now: datetime, *, typed: bool = False, **facts: Any) -> None:
    """One letter; while it waits, later news about the sign-up takes its place."""
    _post("volunteers.news", sign_up, now, {"news": news, **facts}, key=f"signup:{sign_up.id}", typed=typed)


def tell_standing(sign_up: SignUp, now: datetime, *, typed: bool = False) -> None:
    """What a sign-up came to: a place, a line, a question, a wish."""
    tell(sign_up, sign_up.standing, now, typed=typed)


def tell_changed(sign_up: SignUp, was: dict[str, Any], now: datetime) -> None:
    """Other hours, another place or role, of a shift that somebody has; within ten minutes one letter."""
    if sign_up.standing in ACTIVE:
        key = f"shift-changed:{sign_up.id}"
        _post("volunteers.changed", sign_up, now, {"before": was}, key=key, wait=CHANGE_WAITS)


def ask(shift: Shift, rsvp: Rsvp, said: Said, now: datetime) -> None:
    """To an address that answered already: what it asked for just now, and one button that does it."""
    if rsvp.person.email:
        facts = {"rsvp": rsvp.id, "shift": shift.id, "said": as_facts(said)}
        _send("volunteers.asked", rsvp, facts, now, about=f"rsvp:{rsvp.id}", typed=True)


def ask_hosts(sign_up: SignUp, now: datetime) -> None:
    """Somebody waits for a yes: to the role's lead, else to the organizers who want each answer."""
    lead = sign_up.shift.role.lead
    for person in [lead] if lead else hosts_of(sign_up.shift.event):
        if person.email and person.id != sign_up.rsvp.person_id:
            outbox.post(
                "volunteers.question",
                to=person.email,
                name=person.name,
                language=person.language,
                facts={"signup": sign_up.id},
                now=now,
                key=f"question:{sign_up.id}:{person.id}",
            )


def as_it_is(shift: Shift) -> dict[str, Any]:
    """What a letter about a change says it was before."""
    return {
        "role": shift.role.name,
        "starts": shift.starts_wall.isoformat() if shift.starts_wall else None,
        "ends": shift.ends_wall.isoformat() if shift.ends_wall else None,
        "place": shift.place,
    }


def _post(kind: str, sign_up: SignUp, now: datetime, facts: dict[str, Any], **how: Any) -> None:
    rsvp = sign_up.rsvp
    renew_invitation(rsvp)
    if rsvp.person.email:
        _send(kind, rsvp, {"signup": sign_up.id, **facts}, now, about=f"rsvp:{rsvp.id}", **how)


def _send(kind: str, rsvp: Rsvp, facts: dict[str, Any], now: datetime, **how: Any) -> None:
    person = rsvp.person
    outbox.post(kind, to=person.email, name=rsvp.name, language=person.language, facts=facts, now=now, **how)
