"""The one CSV writer: what a spreadsheet opens without running any of it. And reading what spreadsheets write."""

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


def read_rows(raw: bytes) -> list[list[str]]:
    """The cells of a table as spreadsheets save it: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252.

    Raises UnicodeDecodeError and csv.Error for what is no such text.
    """
    text = _decoded(raw)
    first = text.split("\n", 1)[0]
    delimiter = max("\t;,", key=lambda mark: (first.count(mark), text.count(mark)))
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def _cell(value) -> str:
    text = "" if value is None else str(value)
    risky = text.lstrip(" \u00a0\u3000").startswith(_RISKY) and not _NUMBERS.fullmatch(text)
    return f"'{text}" if risky else text
