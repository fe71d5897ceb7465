"""Everyone who answered an event, narrowed and sorted as an organizer asks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..attendance.queries import Presence, presences
from ..events.models import Event
from ..outbox.stops import stopped_among
from ..rsvps.models import ANSWERS, NONE, SEATED, WAITING, Rsvp
from ..rsvps.queries import roster
from ..rsvps.question_queries import said_at
from ..text import clean_line, fold, parse_int
from ..volunteers.queries import sign_ups_of
from ..waivers.queries import signed_by_answer

STANDINGS, UNCONFIRMED = (SEATED, WAITING, NONE), "unconfirmed"
SURE, UNSURE = "sure", "unsure"
ANY_SHIFT, NO_SHIFT, CAME, NOT_CAME = "any", "none", "yes", "no"
BY_NAME, NEWEST, LARGEST = "name", "newest", "largest"


@dataclass(frozen=True)
class Filters:
    """What narrows a list of answers; what is empty narrows nothing."""

    # In the name or the address.
    search: str = ""
    answer: str = ""
    # One of STANDINGS, or UNCONFIRMED, SURE or UNSURE.
    standing: str = ""
    # A shift's number, ANY_SHIFT or NO_SHIFT.
    shift: str = ""
    unsigned: bool = False
    # Only those whose mail came back.
    bounced: bool = False
    # Whether they were checked in: CAME or NOT_CAME.
    came: str = ""
    # A question's number and one thing that was said to it.
    said: tuple[int, str] | None = None
    # Seats and line as they stand, or one of BY_NAME, NEWEST, LARGEST.
    sort: str = ""


def read_filters(args: Mapping[str, str]) -> Filters:
    """The filters that an address holds; what makes no sense is left out."""
    question, _colon, text = clean_line(args.get("said", "")).partition(":")
    number, shift = parse_int(question, 1, 2**31 - 1), args.get("shift", "")
    return Filters(
        search=clean_line(args.get("q", ""))[:200],
        answer=_one_of(ANSWERS, args.get("answer")),
        standing=_one_of((*STANDINGS, UNCONFIRMED, SURE, UNSURE), args.get("standing")),
        shift=shift if shift in (ANY_SHIFT, NO_SHIFT) or parse_int(shift, 1, 2**31 - 1) else "",
        unsigned="unsigned" in args,
        bounced="bounced" in args,
        came=_one_of((CAME, NOT_CAME), args.get("came")),
        said=(number, text) if number and text else None,
        sort=_one_of((BY_NAME, NEWEST, LARGEST), args.get("sort")),
    )


def console_query(event: Event, filters: Filters) -> list[Rsvp]:
    """The answers to an event that fit, with their people, in a number of queries that their number does not change."""
    found = roster(event, filters.search)
    for fits in _conditions(event, found, filters):
        found = [rsvp for rsvp in found if fits(rsvp)]
    order = {
        BY_NAME: lambda rsvp: (fold(rsvp.name), rsvp.id),
        NEWEST: lambda rsvp: (-rsvp.answered_at.timestamp(), rsvp.id),
        LARGEST: lambda rsvp: (-rsvp.party, fold(rsvp.name), rsvp.id),
    }.get(filters.sort)
    return sorted(found, key=order) if order else found


def presence_by_answer(event: Event) -> dict[int, Presence]:
    """Where each party that was checked in stands, by the number of its answer."""
    return {int(who[1:]): presence for (_event, who), presence in presences([event.id]).items() if who[0] == "r"}


def _conditions(event: Event, found: list[Rsvp], filters: Filters) -> Iterator[Callable[[Rsvp], bool]]:
    if filters.answer:
        yield lambda rsvp: rsvp.answer == filters.answer
    if filters.standing == UNCONFIRMED:
        yield lambda rsvp: rsvp.confirm_by_at is not None
    elif filters.standing in (SURE, UNSURE):
        yield lambda rsvp: rsvp.standing == SEATED and bool(rsvp.sure_at) == (filters.standing == SURE)
    elif filters.standing:
        yield lambda rsvp: rsvp.standing == filters.standing
    if filters.shift:
        yield _in_shift(event, filters.shift)
    if filters.unsigned:
        missing = {number for number, state in signed_by_answer(event).items() if not state.complete}
        yield lambda rsvp: rsvp.id in missing
    if filters.bounced:
        stopped = stopped_among(rsvp.person.email for rsvp in found)
        yield lambda rsvp: rsvp.person.email in stopped
    if filters.came:
        came = {number for number, presence in presence_by_answer(event).items() if presence.came}
        yield lambda rsvp: (rsvp.id in came) == (filters.came == CAME)
    if filters.said:
        question, text = filters.said
        known = said_at(event)
        yield lambda rsvp: text in known.get(rsvp.id, {}).get(question, ())


def _in_shift(event: Event, shift: str) -> Callable[[Rsvp], bool]:
    rows = sign_ups_of(event)
    if shift in (ANY_SHIFT, NO_SHIFT):
        helping = {row.rsvp_id for row in rows}
        return lambda rsvp: (rsvp.id in helping) == (shift == ANY_SHIFT)
    chosen = {row.rsvp_id for row in rows if row.shift_id == int(shift)}
    return lambda rsvp: rsvp.id in chosen


def _one_of(known: tuple[str, ...], text: str | None) -> str:
    return text if text in known else ""
