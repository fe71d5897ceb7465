"""Cut the two typefaces down to the axes and letters that the pages use; runs at set-up."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

MODULES = Path("node_modules/@fontsource-variable")
# Earlier files come first: a letter that two files hold is taken from the earlier.
ALPHABETS = ("latin", "vietnamese", "latin-ext")
# Beyond these the latin files hold arrows and marks that no page shows.
LATIN = {
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *range(0x2010, 0x2016),
    *range(0x2018, 0x201F),
    *(0x2009, 0x2020, 0x2022, 0x2026, 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044),
    *(0x0131, 0x0152, 0x0153, 0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2215),
}


@dataclass(frozen=True)
class Typeface:
    """One family: where its files are, how its axes are cut, and what CSS calls the rest."""

    family: str
    files: str
    axes: dict[str, float | tuple[float, float]]
    features: tuple[str, ...]
    css: str

    def source(self, alphabet: str) -> Path:
        """The file of one alphabet below the project's folder."""
        return MODULES / self.files.format(alphabet=alphabet)


TYPEFACES = (
    Typeface(
        "Bricolage",
        "bricolage-grotesque/files/bricolage-grotesque-{alphabet}-standard-normal.woff2",
        {"opsz": 96, "wght": 800, "wdth": (75, 100)},
        ("kern", "mark", "ccmp", "locl"),
        "font-weight:800;font-stretch:75% 100%",
    ),
    Typeface(
        "Inter",
        "inter/files/inter-{alphabet}-wght-normal.woff2",
        {"wght": (400, 700)},
        ("kern", "mark", "ccmp", "locl", "tnum"),
        "font-weight:400 700",
    ),
)


def font_sources(root: Path) -> list[Path]:
    """Every file that the cut fonts are made from."""
    return [root / face.source(alphabet) for face in TYPEFACES for alphabet in ALPHABETS]


def cut_fonts(root: Path, into: Path) -> str:
    """Write the cut .woff2 files into a folder; the @font-face rules that name them."""
    rules = []
    for face in TYPEFACES:
        taken: set[int] = set()
        for alphabet in ALPHABETS:
            font = TTFont(root / face.source(alphabet))
            letters = set(font.getBestCmap()) - taken
            if alphabet == "latin":
                letters &= LATIN
            taken |= letters
            data = _cut(font, face, letters)
            name = f"{face.family.lower()}-{alphabet}-{hashlib.sha256(data).hexdigest()[:10]}.woff2"
            (into / name).write_bytes(data)
            rules.append(
                f"@font-face{{font-family:{face.family};{face.css};font-display:swap;"
                f'src:url({name}) format("woff2");unicode-range:{_ranges(letters)}}}'
            )
    return "\n".join(rules)


def _cut(font: TTFont, face: Typeface, letters: set[int]) -> bytes:
    options = Options(flavor="woff2", layout_features=list(face.features), hinting=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font = instantiateVariableFont(font, face.axes)
    # A fixed date keeps the bytes, and so the name, the same from one set-up to the next.
    font.recalcTimestamp = False
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _ranges(letters: set[int]) -> str:
    """Code points as CSS's unicode-range, neighbours joined."""
    spans: list[list[int]] = []
    for point in sorted(letters):
        if spans and point == spans[-1][1] + 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return ",".join(f"U+{low:X}" if low == high else f"U+{low:X}-{high:X}" for low, high in spans)
