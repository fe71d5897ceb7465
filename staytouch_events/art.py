"""Everything drawn: the icons, the pattern of a kind and a name, and which seat tabs are torn."""

from functools import lru_cache
from random import Random

from markupsafe import Markup

from .drawings import DRAWINGS

KIND_ICONS = {
    "creek": "M2 7c3.3-3 6.7-3 10 0s6.7 3 10 0M2 13c3.3-3 6.7-3 10 0s6.7 3 10 0M2 19c3.3-3 6.7-3 10 0s6.7 3 10 0",
    "street": "M8 2 3 22M16 2l5 20M12 3v3M12 10v4M12 18v4",
    "beach": "M7 14a5 5 0 0 1 10 0M12 3v2.5M3.5 7.5l2 1.5M20.5 7.5l-2 1.5M2 18c3.3-2 6.7-2 10 0s6.7 2 10 0",
    "park": "M12 22v-8M12 2 5.5 11H9l-4 5.5h14L15 11h3.5z",
    "e-waste": "M9 2v6M15 2v6M6 8h12v4a6 6 0 0 1-12 0zM12 18v4",
    "market": "M3 9 5 3h14l2 6M3 9h18v3H3zM5 12v9h14v-9M10 21v-5h4v5",
    "planting": "M12 22V10M12 14C6 14 4 10 4 5c6 0 8 4 8 9zM12 11c0-5 3-8 8-8 0 6-3 8-8 8z",
    "assembly": "M3 9v6h4l9 5V4L7 9zM20 9v6",
    "social": "M5 3h10v8a5 5 0 0 1-10 0zM15 5h4v4a3 3 0 0 1-4 2.8M4 21h12",
    "meetup": "M3 4h18v12H10l-5 5v-5H3z",
    "training": "M2 9l10-5 10 5-10 5zM6 11.5V17c3.5 3 8.5 3 12 0v-5.5M22 9v6",
    "other": "M12 3v18M4.2 7.5l15.6 9M19.8 7.5l-15.6 9",
}
SIGNS = {
    "calendar": "M4 5h16v16H4zM4 10h16M8 2v5M16 2v5",
    "check": "M4 12.5 10 18 20 6",
    "warn": "M12 3 2 21h20zM12 10v5M12 18v.5",
    "info": "M12 3a9 9 0 1 0 .01 0zM12 11v6M12 7v.5",
    "plus": "M12 4v16M4 12h16",
    "minus": "M4 12h16",
    "cross": "M5 5l14 14M19 5 5 19",
    "search": "M10.5 4a6.5 6.5 0 1 0 .01 0zM15.5 15.5 21 21",
    "pin": "M12 22s7-7 7-12a7 7 0 0 0-14 0c0 5 7 12 7 12zM12 8v4M10 10h4",
    "mail": "M3 5h18v14H3zM3 6l9 7 9-7",
    "phone": "M5 3h4l2 5-2.5 2a12 12 0 0 0 5.5 5.5L16 13l5 2v4a2 2 0 0 1-2 2C10 21 3 14 3 5a2 2 0 0 1 2-2z",
    "message": "M3 5h18v13H9l-5 4v-4H3z",
    "copy": "M9 9h11v12H9zM5 15H4V3h11v1",
    "link": "M10 14a4 4 0 0 0 6 0l4-4a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-4 4a4 4 0 0 0 6 6l1-1",
    "clock": "M12 3a9 9 0 1 0 .01 0zM12 7v5l3.5 2",
    "person": "M12 12a4.5 4.5 0 1 0-.01 0zM4 21c0-4 4-6 8-6s8 2 8 6",
    "edit": "M4 20l1-5L16 4l4 4L9 19zM13 7l4 4",
    "arrow": "M4 12h16M14 6l6 6-6 6",
    "qr": "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2M20 14v2h-2M14 20h2M20 20h-.5",
    "back": "M20 12H4M10 6l-6 6 6 6",
}
# Tabs are drawn for small numbers one by one, never more than fit a phone.
MOST_TABS = 40


def icon_path(name: str) -> str:
    """Path data of an icon or of a kind's own one: 24 by 24, to be stroked 2.4 wide. Raises KeyError."""
    return KIND_ICONS.get(name) or SIGNS[name]


@lru_cache(maxsize=256)
def art_svg(kind: str, name: str, width: int, height: int) -> str:
    """The pattern of a kind, the same for the same name, as inline SVG in the colour of its text."""
    draw = DRAWINGS.get(kind, DRAWINGS["other"])
    drawn = draw(Random(f"{kind} {name}"), width, height)
    return (
        f'<svg class="art" viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice" fill="none" '
        f'stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" '
        f'xmlns="http://www.w3.org/2000/svg">{drawn}</svg>'
    )


@lru_cache(maxsize=512)
def torn_tabs(torn: int, total: int) -> tuple[bool, ...]:
    """Which tabs of a row are torn off: always the same, and one more seat tears only one more."""
    order = list(range(total))
    Random(total).shuffle(order)
    gone = set(order[:torn])
    return tuple(place in gone for place in range(total))


@lru_cache(maxsize=512)
def tabs_html(torn: int, total: int) -> Markup:
    """The row itself; every card of a list has one."""
    return Markup("").join(
        Markup('<i class="off"></i>') if off else Markup("<i></i>") for off in torn_tabs(torn, total)
    )


def pull_tabs(taken: int, capacity: int) -> tuple[bool, ...]:
    """The row under a flyer: a tab a seat up to forty, then in proportion; one stays while a seat is left."""
    total = min(capacity, MOST_TABS)
    if total == 0:
        return ()
    torn = min(total, max(0, round(total * taken / capacity)))
    if taken < capacity:
        torn = min(torn, total - 1)
    return torn_tabs(torn, total)
