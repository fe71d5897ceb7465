"""How a crew's name fills its flyer: on one line or two, and as wide as so many average letters."""

import unicodedata
from dataclasses import dataclass

# Widths in the condensed cut of the display face, in the average letter that the stylesheet counts with.
WIDTHS = {
    letter: width
    for width, letters in (
        (0.5, "'.,:;!|ijlI-()1"),
        (0.75, "ftrJF/"),
        (0.95, "zEZLcsT7 "),
        (1.2, "xADGKOQRVXYN469"),
        (1.7, "mM&"),
        (1.85, "wW@"),
    )
    for letter in letters
}
USUAL = 1.1
FEWEST, ONE_LINE, MOST = 8, 16, 24


@dataclass(frozen=True)
class Lettering:
    """The lines of a name, and the class that sizes the widest of them."""

    lines: tuple[str, ...]
    css: str


def crew_lettering(name: str) -> Lettering:
    """Lay out a name: one line up to sixteen letters wide, else two, broken where they come out most even."""
    words = name.split()
    lines = (" ".join(words),)
    if _width(lines[0]) > ONE_LINE and len(words) > 1:
        breaks = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
        lines = min(breaks, key=lambda pair: max(map(_width, pair)))
    widest = max(map(_width, lines))
    return Lettering(lines, f"chars-{min(MOST, max(FEWEST, -int(-widest // 1)))}")


def _width(line: str) -> float:
    plain = (letter for letter in unicodedata.normalize("NFD", line) if not unicodedata.combining(letter))
    return sum(WIDTHS.get(letter, USUAL) for letter in plain)
