"""QR codes as pictures."""

import base64
import io

import segno

from .colour import INK


def qr_svg(text: str, error: str = "m") -> bytes:
    """An SVG of the code that holds this text, ink on white with its quiet zone, as large as its place.

    `error` is how much of it may be torn: "m" for paper, "l" for a screen, whose code is coarser and read from afar.
    """
    out = io.BytesIO()
    code = segno.make(text, error=error, micro=False)
    code.save(out, kind="svg", border=4, dark=INK, light="#fff", omitsize=True, xmldecl=False, nl=False)
    return out.getvalue()


def qr_address(text: str) -> str:
    """The code of a screen as the address of a picture that needs no request, so that it shows offline too."""
    return "data:image/svg+xml;base64," + base64.b64encode(qr_svg(text, "l")).decode()
