"""A point that somebody pastes: numbers, or a link from a map, which is read and never fetched."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

NUMBER = r"[-+]?\d{1,3}(?:\.\d+)?"
PAIR = re.compile(rf"^\s*({NUMBER})\s*[,;\s]\s*({NUMBER})\s*$")
COMMA_PAIR = re.compile(r"^\s*([-+]?\d{1,3},\d+)\s*[;\s]\s*([-+]?\d{1,3},\d+)\s*$")
HALF = re.compile(
    r"""(\d{1,3}(?:\.\d+)?)\s*°?\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*["″]\s*)?([NSEWO])""",
    re.I,
)
SHORT_HOSTS = ("maps.app.goo.gl", "goo.gl", "g.co", "osm.org", "maps.apple")
QUERY_KEYS = ("ll", "coordinate", "sll", "q", "query", "destination", "daddr", "center", "address")


class ShortLink(ValueError):
    """A shortened link, which says nothing unless it is fetched; ask for the long one."""


@dataclass(frozen=True)
class Pin:
    """A point, in degrees."""

    lat: float
    lon: float


def parse_pin(text: str) -> Pin | None:
    """The point in "37.33, -121.88", in degrees and minutes, in a geo: address or a map's link.

    None where there is none; raises ShortLink for a shortened link.
    """
    said = text.strip()
    if said.startswith("geo:"):
        return _pair(said[4:].split(";")[0].split("?")[0])
    if said.startswith(("http://", "https://")):
        return _from_link(said)
    return _pair(said) or _from_halves(said)


def _pair(text: str) -> Pin | None:
    found = PAIR.match(text) or COMMA_PAIR.match(text)
    return _checked(*(float(part.replace(",", ".")) for part in found.groups())) if found else None


def _from_halves(text: str) -> Pin | None:
    """37°20'06"N 121°53'10"W, and its like."""
    halves = HALF.findall(text)
    if len(halves) != 2:
        return None
    points = {}
    for degrees, minutes, seconds, side in halves:
        size = float(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
        points["lat" if side in "NSns" else "lon"] = -size if side in "SWOswo" else size
    return _checked(points["lat"], points["lon"]) if len(points) == 2 else None


def _from_link(link: str) -> Pin | None:
    parts = urlsplit(link)
    query = parse_qs(parts.query)
    if "mlat" in query and "mlon" in query:
        return _pair(f"{query['mlat'][0]},{query['mlon'][0]}")
    exact = re.search(rf"!3d({NUMBER})!4d({NUMBER})", link)
    if exact:
        return _checked(float(exact[1]), float(exact[2]))
    for key in QUERY_KEYS:
        for value in query.get(key, []):
            pin = _pair(value.removeprefix("loc:"))
            if pin:
                return pin
    anywhere = (
        re.search(rf"/(?:place|search|dir/[^/]*)/({NUMBER}),\+?({NUMBER})", unquote(parts.path))
        or re.search(rf"@({NUMBER}),({NUMBER})", link)
        or re.search(rf"map=\d+(?:\.\d+)?/({NUMBER})/({NUMBER})", link)
    )
    if anywhere:
        return _checked(float(anywhere[1]), float(anywhere[2]))
    if parts.hostname and parts.hostname.removeprefix("www.") in SHORT_HOSTS:
        raise ShortLink(link)
    return None


def _checked(lat: float, lon: float) -> Pin | None:
    return Pin(round(lat, 6), round(lon, 6)) if -90 <= lat <= 90 and -180 <= lon <= 180 else None
