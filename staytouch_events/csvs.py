"""The one CSV writer: what a spreadsheet opens without running any of it."""

import csv
import io
from collections.abc import Iterable, Sequence

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """UTF-8 with a mark that spreadsheets look for, CRLF, formulas defused (reliability.md, 14)."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow([_cell(value) for value in header])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + sheet.getvalue().encode()


def _cell(value) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if not isinstance(value, int) and text.lstrip(" \u00a0\u3000").startswith(_RISKY) else text
