"""A search, understood, and the cursor of its pages."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from math import ceil

from ..geo import AREA, Place
from ..geo.distance import METRES
from ..text import parse_int

USUAL_RADIUS = 25.0
# Seconds before and after 1970 that a date can hold.
EARLIEST, LATEST = 60_000_000_000, 250_000_000_000


@dataclass(frozen=True)
class Cursor:
    """Where a page ended: seconds since 1970, the event's number, and in a search for hands how full it was."""

    starts_at: int
    event_id: int
    filled: int = 0


@dataclass(frozen=True)
class Search:
    """One search, understood. `since` and `until` are UTC instants, `radius_m` metres."""

    near_text: str = ""
    # The name in the address of a place's own page, /near/<slug>; the place is then not asked for in the query.
    slug: str = ""
    place: Place | None = None
    point: tuple[float, float] | None = None
    others: tuple[Place, ...] = ()
    within: float = USUAL_RADIUS
    unit: str = "mi"
    # The unit of whoever does not choose one.
    usual_unit: str = "mi"
    when: str = ""
    from_on: date | None = None
    to_on: date | None = None
    since: datetime | None = None
    until: datetime | None = None
    kind: str = ""
    tags: tuple[str, ...] = ()
    words: str = ""
    online: bool = False
    # Only what needs hands at this instant.
    needs_at: datetime | None = None
    # One crew's events alone, for whoever follows it.
    group_id: int | None = None
    after: Cursor | None = None
    zone: str = "UTC"

    @property
    def is_area(self) -> bool:
        """Whether the place is a state, an island or a lake, of which the point is but the middle."""
        return self.place is not None and self.place.kind == AREA

    @property
    def far(self) -> float:
        """How far from the point, in its unit: as asked, or as far as a whole area reaches."""
        return max(self.within, float(ceil(self.place.reach / METRES[self.unit]))) if self.is_area else self.within

    @property
    def radius_m(self) -> float:
        """The same in metres."""
        return self.far * METRES[self.unit]

    @property
    def unknown_place(self) -> bool:
        """Whether a place was asked for that nobody knows here."""
        return bool(self.near_text) and self.point is None

    def query(self, **changes) -> dict:
        """The search as parts of an address, without the defaults."""
        changed = replace(self, **changes)
        parts: dict = {}
        if changed.slug:
            parts |= {"within": f"{changed.within:g}"} if changed.within != USUAL_RADIUS else {}
            parts |= {"unit": changed.unit} if changed.unit != changed.usual_unit else {}
        elif changed.near_text:
            parts |= {"near": changed.near_text, "within": f"{changed.within:g}", "unit": changed.unit}
        parts |= {"when": changed.when} if changed.when else {}
        parts |= {"from": changed.from_on.isoformat()} if changed.from_on else {}
        parts |= {"to": changed.to_on.isoformat()} if changed.to_on else {}
        parts |= {"kind": changed.kind} if changed.kind else {}
        parts |= {"tag": list(changed.tags)} if changed.tags else {}
        parts |= {"q": changed.words} if changed.words else {}
        parts |= {"needs": "volunteers"} if changed.needs_at else {}
        parts |= {"online": "1"} if changed.online else {}
        return parts


def write_cursor(cursor: Cursor) -> str:
    """As an address holds it."""
    filled = f".{cursor.filled}" if cursor.filled else ""
    return f"{cursor.starts_at}.{cursor.event_id}{filled}"


def read_cursor(text: str) -> Cursor | None:
    """The cursor in an address; nonsense is the first page."""
    parts = text.split(".", 3)
    if len(parts) not in (2, 3):
        return None
    starts_at, event_id = parse_int(parts[0], -EARLIEST, LATEST), parse_int(parts[1], 0, 2**62)
    filled = parse_int(parts[2], 0, 1000) if len(parts) == 3 else 0
    known = starts_at is not None and event_id is not None and filled is not None
    return Cursor(starts_at, event_id, filled) if known else None
