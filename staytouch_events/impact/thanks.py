"""Thanks on the day after: to whoever was there, with their hours, what it came to, and when the crew is out next."""

from datetime import datetime, time, timedelta

from .. import outbox
from ..attendance.queries import presences
from ..events.models import Event
from ..events.words import last_day
from ..rsvps.letters import concerned
from ..rsvps.models import SEATED, Rsvp
from ..rsvps.sequence import THANKS, add_step, wants
from ..when import to_utc

TEN = time(10)
# When it is no news any more.
STALE = timedelta(days=3)


def thanks_at(event: Event) -> datetime:
    """10:00 at the place on the day after its last."""
    return to_utc(datetime.combine(last_day(event) + timedelta(days=1), TEN), event.zone, later=False)


@add_step(THANKS, thanks_at)
def thank(event: Event, now: datetime) -> None:
    """To everyone who was checked in; where nobody was, to everyone who had a seat."""
    if now >= thanks_at(event) + STALE:
        return
    for rsvp in who_was_there(event):
        person = rsvp.person
        if person.email is not None and wants(person, THANKS):
            outbox.post(
                "impact.thanks",
                to=person.email,
                name=rsvp.name,
                language=person.language,
                facts={"rsvp": rsvp.id},
                now=now,
                key=f"thanks:{rsvp.id}",
                about=f"rsvp:{rsvp.id}",
                until=thanks_at(event) + STALE,
                zone=person.zone or event.zone,
            )


def who_was_there(event: Event) -> list[Rsvp]:
    """The answers of those who came, as far as anybody knows."""
    came = {who for (_event, who), presence in presences([event.id]).items() if presence.came}
    answers = concerned(event)
    return [rsvp for rsvp in answers if (f"r{rsvp.id}" in came if came else rsvp.standing == SEATED)]
