"""What was done as a spreadsheet, in the columns that clean-up databases take."""

from collections.abc import Sequence
from functools import lru_cache

from ..csvs import csv_bytes
from ..events.places import public_point
from ..events.words import starts
from ..geo import Place, gazetteer
from ..kinds import kind_label
from ..spoken import speaking
from .items import COLLECTED
from .measures import miles, pounds
from .models import ImpactLog
from .queries import collected

BEFORE = (
    "Cleanup ID",
    "Zone",
    "State",
    "Country",
    "GPS",
    "Cleanup Type",
    "Cleanup Date",
    "Group Name",
    "Adults",
    "Children",
    "People",
    "Pounds",
    "Miles",
    "# of bags",
)
AFTER = ("Total Items Collected",)


def impact_csv(logs: Sequence[ImpactLog]) -> bytes:
    """A row a log; its words are English whatever the reader's language, for other programs to read."""
    with speaking("en"):
        header = (*BEFORE, *(str(item.label) for item in COLLECTED), *AFTER)
        return csv_bytes(header, [_row(log) for log in logs])


def _row(log: ImpactLog) -> tuple:
    event, counts, point = log.event, log.counts, public_point(log.event)
    town = _town(*(round(degrees, 3) for degrees in point)) if point else None
    adults, minors = log.adults or 0, log.minors or 0
    return (
        log.id,
        event.place_name,
        town.admin if town else "",
        town.country if town else "",
        f"{point[0]:.6f},{point[1]:.6f}" if point else "",
        kind_label(event.kind),
        starts(event).date().isoformat(),
        f"{event.group.name}, {log.team}" if log.team else event.group.name,
        adults,
        minors,
        adults + minors,
        pounds(log.grams) if log.grams is not None else "",
        miles(log.metres) if log.metres is not None else "",
        log.bags,
        *(counts.get(item.key, 0) for item in COLLECTED),
        collected(counts),
    )


@lru_cache(4096)
def _town(lat: float, lon: float) -> Place | None:
    return gazetteer().nearest(lat, lon)
