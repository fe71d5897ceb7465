"""Paper stocks: the eight we offer, and which other colours type can be read on."""

import colorsys
import re

INK = "#14161a"
STOCKS = {
    "rose": "#ff9fb8",
    "goldenrod": "#ffc53a",
    "sky": "#93d4ff",
    "mint": "#7fe0b0",
    "tangerine": "#ff9d5c",
    "lilac": "#cdb8ff",
    "butter": "#ffe98a",
    "kraft": "#dcc39a",
}
LEAST_CONTRAST = 7.0


def is_hex(colour: str) -> bool:
    """Whether this is "#rrggbb"."""
    return re.fullmatch(r"#[0-9a-fA-F]{6}", colour) is not None


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2 between two colours, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def is_good_stock(colour: str) -> bool:
    """Whether ink reads on it at 7:1 or better, and nobody takes it for hi-vis."""
    return contrast(colour, INK) >= LEAST_CONTRAST and not _like_hivis(colour)


def good_stock(colour: str) -> str:
    """The colour itself, or the nearest lighter, paler one that passes."""
    hue, light, depth = colorsys.rgb_to_hls(*_parts(colour))
    for step in range(101):
        paler = colorsys.hls_to_rgb(hue, light + (1 - light) * step / 100, depth * (1 - step / 100))
        tried = "#" + "".join(f"{round(part * 255):02x}" for part in paler)
        if is_good_stock(tried):
            return tried
    return "#ffffff"


def _like_hivis(colour: str) -> bool:
    """Yellow-green, 60 to 95 degrees, at high chroma."""
    red, green, blue = _parts(colour)
    hue = colorsys.rgb_to_hls(red, green, blue)[0] * 360
    return 60 <= hue <= 95 and max(red, green, blue) - min(red, green, blue) > 0.4


def _parts(colour: str) -> tuple[float, float, float]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
