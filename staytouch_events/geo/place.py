"""A place as the gazetteer knows it."""

from dataclasses import dataclass
from sqlite3 import Row

TOWN, ZIP_CODE, AREA = "town", "zip", "area"

# Why a place may be quite another than the one meant.
GUESSES = ("spelling", "begins", "elsewhere")
# Why only the town is known of a longer text.
INSIDE = ("town-of", "zip-of")


@dataclass(frozen=True)
class Place:
    """A town, the area of a ZIP code, or an area: a state, a country, an island, a lake."""

    name: str
    admin: str
    country_code: str
    country: str
    lat: float
    lon: float
    zone: str
    people: int
    kind: str
    slug: str | None = None
    sure: bool = True
    # Why it is this one: "exact", "bigger", "namesakes", "alternate", "spelling", "begins", "elsewhere" (not
    # where it was said to be), "town-of", "zip-of", "zip", "area".
    why: str = "exact"
    # Of an area: metres from its point that hold nearly all of it, and the town that the point is, if it is one.
    reach: float = 0.0
    around: str = ""

    @property
    def label(self) -> str:
        """ "San José, CA" at home in the US, else with the country: "Berlin, Germany"."""
        if self.country_code == "US" and self.kind != AREA:
            return f"{self.name}, {self.admin}"
        parts = [self.name, self.admin, self.country if self.country != self.name else ""]
        return ", ".join(part for part in parts if part)


def town(row: Row) -> Place:
    """A row of the file's `towns`."""
    return Place(
        name=row["name"],
        admin=row["short"],
        country_code=row["country"],
        country=row["country_name"],
        lat=row["lat"],
        lon=row["lon"],
        zone=row["zone"],
        people=row["people"],
        kind=TOWN,
        slug=row["slug"],
    )
