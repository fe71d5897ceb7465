"""A flyer out of the printer: one sheet, and each of its codes leads to the event."""

import io

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from staytouch_events.when import now

from ..cast import a_group, an_event
from .test_guest import next_saturday

POINTS = 72
TITLE = "Walk it off: Coyote Creek from William Street to the confluence, with a bike cart"


@pytest.mark.parametrize(
    ("paper", "codes", "inches"),
    [("letter", 11, (8.5, 11)), ("a4", 11, (8.27, 11.69)), ("half", 14, (11, 8.5)), ("square", 1, (8, 8))],
)
def test_it_fits_one_sheet_and_a_phone_reads_every_strip(app, site, open_page, paper, codes, inches):
    said = {"title": TITLE, "summary": "Loud music, clean banks. " * 3, "bring": "Boots\nWater", "provided": "Gloves"}
    event = an_event(a_group(), now(), starts_wall=next_saturday(), meeting_point="The footbridge", **said)
    page = open_page(1440, scale=3)
    page.goto(f"/events/{event.slug}/flyer?paper={paper}")
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert [float(side) / POINTS for side in (sheet.mediabox.width, sheet.mediabox.height)] == pytest.approx(
        inches, abs=0.02
    )
    page.emulate_media(media="print")
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot(full_page=True))))
    assert [code.text for code in found] == [f"{site.base}/e/{event.code}"] * codes
    assert page.locator(".handbill .in").first.evaluate("box => box.scrollHeight <= box.clientHeight")
