"""QR codes as pictures."""

import io

import segno

from .colour import INK


def qr_svg(text: str) -> bytes:
    """An SVG of the code that holds this text, ink on white with its quiet zone, as large as its place."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(out, kind="svg", border=4, dark=INK, light="#fff", omitsize=True, xmldecl=False, nl=False)
    return out.getvalue()
