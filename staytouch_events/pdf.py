"""Letters on paper: a heading, paragraphs, a table and a foot, in the site's own typefaces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from .assets import BUILT, asset_names
from .config import ROOT

ALPHABETS = ("latin", "latin-ext", "vietnamese")
TEXT, DISPLAY = "inter", "bricolage"


@dataclass(frozen=True)
class Sheet:
    """What stands on it. `columns` are the table's headings with their share of the width."""

    title: str
    language: str
    paragraphs: Sequence[str]
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]
    total: str
    foot: Sequence[str]
    made_at: datetime
    paper: str = "A4"


def letter_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF: the same bytes for the same sheet."""
    pdf = FPDF(format=sheet.paper)
    pdf.set_margin(22)
    pdf.set_auto_page_break(True, 22)
    pdf.set_title(sheet.title)
    pdf.set_lang(sheet.language)
    pdf.set_creation_date(sheet.made_at)
    _add_fonts(pdf)
    pdf.add_page()
    _write(pdf, DISPLAY, 22, [sheet.title], 9)
    pdf.ln(4)
    _write(pdf, TEXT, 11, sheet.paragraphs, 6)
    pdf.ln(3)
    _table(pdf, sheet)
    pdf.ln(2)
    _write(pdf, DISPLAY, 13, [sheet.total], 7)
    pdf.ln(6)
    _write(pdf, TEXT, 10, sheet.foot, 5.5)
    return bytes(pdf.output())


def _add_fonts(pdf: FPDF) -> None:
    """The typefaces as they were cut at set-up; a letter that one file lacks is taken from the next."""
    names = asset_names(ROOT)
    for face in (TEXT, DISPLAY):
        for alphabet in ALPHABETS:
            cut = f"{face}-{alphabet}.woff2"
            pdf.add_font(f"{face}-{alphabet}", fname=ROOT / BUILT / names.get(cut, cut))
    pdf.set_fallback_fonts([f"{face}-{alphabet}" for face in (TEXT, DISPLAY) for alphabet in ALPHABETS], False)


def _write(pdf: FPDF, face: str, size: int, paragraphs: Sequence[str], height: float) -> None:
    pdf.set_font(f"{face}-latin", size=size)
    for text in paragraphs:
        pdf.multi_cell(0, height, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        pdf.ln(height / 3)


def _table(pdf: FPDF, sheet: Sheet) -> None:
    pdf.set_font(f"{TEXT}-latin", size=10)
    widths = tuple(share for _heading, share in sheet.columns)
    with pdf.table(
        col_widths=widths,
        text_align="LEFT",
        line_height=6,
        padding=1,
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=FontFace(family=f"{DISPLAY}-latin"),
    ) as table:
        for cells in ([heading for heading, _share in sheet.columns], *sheet.rows):
            table.row(cells)
