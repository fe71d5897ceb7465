"""The one CSV writer: what a spreadsheet opens without running any of it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# A number, or a point in degrees: nothing to run.
_NUMBERS = re.compile(r"-?\d+(\.\d+)?(, ?-?\d+(\.\d+)?)?", re.ASCII)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """UTF-8 with a mark that spreadsheets look for, CRLF, formulas defused (reliability.md, 14)."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow([_cell(value) for value in header])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + sheet.getvalue().encode()


def _cell(value) -> str:
    text = "" if value is None else str(value)
    risky = text.lstrip(" \u00a0\u3000").startswith(_RISKY) and not _NUMBERS.fullmatch(text)
    return f"'{text}" if risky else text
