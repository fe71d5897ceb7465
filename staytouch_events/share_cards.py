"""The picture that stands for an event where its address is shared: a small flyer, drawn from words and a paper."""

import io
from dataclasses import astuple, dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from .assets import BUILT, asset_names
from .colour import INK
from .config import ROOT

WIDTH, HEIGHT = 1200, 630
# Raised when the drawing changes, so that pictures are drawn anew.
DRAWING = "1"
VEST, ON_VEST, THREAD, ALERT = "#1f3b63", "#fbf8f1", "#e0a23c", "#b5301a"
EDGE, BAND = 56, 92
ALPHABETS = ("latin", "latin-ext", "vietnamese")


@dataclass(frozen=True)
class ShareCard:
    """The words on it; `news` is "Cancelled" or the like, or empty."""

    weekday: str
    day: str
    month: str
    title: str
    when: str
    where: str
    crew: str
    site: str
    stock: str
    news: str = ""

    @property
    def mark(self) -> str:
        """Names this very picture: other words, other mark."""
        return sha256("\n".join((DRAWING, *astuple(self))).encode()).hexdigest()[:16]


def draw_share_card(card: ShareCard) -> bytes:
    """A PNG of 1200 by 630 pixels."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), card.stock)
    pen = ImageDraw.Draw(picture)
    left = _date(pen, card)
    _words(pen, card, left + EDGE)
    _band(pen, card)
    out = io.BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _date(pen: ImageDraw.ImageDraw, card: ShareCard) -> int:
    """Weekday over month, then the day, huge; where it ends."""
    small, large = _Face("bricolage", 118, 75), _Face("bricolage", 300, 75)
    side = max(small.width(card.weekday.upper()), small.width(card.month.upper()))
    for text, top in ((card.weekday, 150), (card.month, 262)):
        small.draw(pen, EDGE, top, text.upper())
    large.draw(pen, EDGE + side + 24, 262, card.day)
    return EDGE + side + 24 + large.width(card.day)


def _words(pen: ImageDraw.ImageDraw, card: ShareCard, left: int) -> None:
    """Title, hours and place to the right of the date, the crew below it."""
    wide = WIDTH - EDGE - left
    size, lines = _fitted(card.title, wide)
    top = 60 + size
    for line in lines:
        _Face("bricolage", size, 100).draw(pen, left, top, line)
        top += round(size * 1.06)
    text = _Face("inter", 34, 600)
    for line in (card.when, card.where):
        text.draw(pen, left, top + 16, text.cut(line, wide))
        top += 48
    crew = _Face("bricolage", 60, 75)
    crew.draw(pen, EDGE, HEIGHT - BAND - 64, crew.cut(card.crew, WIDTH - 2 * EDGE))
    if card.news:
        news = _Face("bricolage", 56, 75)
        box = (EDGE, 318, EDGE + news.width(card.news) + 32, 394)
        pen.rectangle(box, fill=ALERT)
        news.draw(pen, EDGE + 16, 378, card.news, ON_VEST)


def _band(pen: ImageDraw.ImageDraw, card: ShareCard) -> None:
    """The waistband: denim, sewn, with the site's name."""
    top = HEIGHT - BAND
    pen.rectangle((0, top, WIDTH, HEIGHT), fill=VEST)
    for start in range(0, WIDTH, 22):
        for line in (top + 10, top + 18):
            pen.line((start, line, start + 12, line), fill=THREAD, width=3)
    face = _Face("bricolage", 40, 100)
    face.draw(pen, EDGE, HEIGHT - 24, face.cut(card.site, WIDTH - 2 * EDGE), ON_VEST)


def _fitted(title: str, wide: int) -> tuple[int, list[str]]:
    """The largest size in which the title takes three lines, or the smallest, cut."""
    for size in (84, 72, 62, 54, 46):
        lines = _Face("bricolage", size, 100).lines(title, wide)
        if len(lines) <= 3:
            return size, lines
    face = _Face("bricolage", 46, 100)
    return 46, [*lines[:2], face.cut(" ".join(lines[2:]), wide)]


class _Face:
    """A typeface in a size; a letter that one file lacks is taken from the next."""

    def __init__(self, name: str, size: int, axis: int) -> None:
        self.fonts = [_font(f"{name}-{alphabet}.woff2", size, axis) for alphabet in ALPHABETS]

    def draw(self, pen: ImageDraw.ImageDraw, left: float, base: float, text: str, fill: str = INK) -> None:
        """Write on a baseline."""
        for run, font in self._runs(text):
            pen.text((left, base), run, font=font, fill=fill, anchor="ls")
            left += font.getlength(run)

    def width(self, text: str) -> int:
        """Pixels that the text takes."""
        return round(sum(font.getlength(run) for run, font in self._runs(text)))

    def lines(self, text: str, wide: int) -> list[str]:
        """The text broken at blanks; a word that is too long is cut."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if self.width(longer) <= wide:
                lines[-1] = longer
            else:
                lines.append(self.cut(word, wide))
        return [line for line in lines if line]

    def cut(self, text: str, wide: int) -> str:
        """The text, or as much of it as fits and an ellipsis."""
        if self.width(text) <= wide:
            return text
        while text and self.width(text + "…") > wide:
            text = text[:-1]
        return text.rstrip() + "…"

    def _runs(self, text: str):
        """Neighbouring letters of one file; what no file has is left out."""
        run, current = "", None
        for letter in text:
            font = next((font for font in self.fonts if ord(letter) in _letters(font.path)), None)
            if font is None:
                continue
            if run and font is not current:
                yield run, current
                run = ""
            run, current = run + letter, font
        if run:
            yield run, current


@lru_cache(maxsize=64)
def _font(name: str, size: int, axis: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(_built(name)), size)
    font.set_variation_by_axes([axis])
    return font


@lru_cache(maxsize=8)
def _letters(path: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(path, lazy=True).getBestCmap())


def _built(name: str) -> Path:
    return ROOT / BUILT / asset_names(ROOT).get(name, name)
