"""One layer between what people type and what is kept: clean, bounded, comparable."""

import re
import secrets
import string
import unicodedata

# Everything that shows nothing or turns the direction of what follows, tab and newline apart.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_UNFOLDED = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)


class BadText(Exception):
    """Bytes that no keyboard sends: NUL, or half of a surrogate pair."""


def check_text(text: str) -> None:
    """Raise BadText for NUL and lone surrogates (reliability.md, 12)."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise BadText("NUL or a lone surrogate")


def clean_line(text: str) -> str:
    """One line: NFC, no control characters, runs of blanks as one, trimmed."""
    check_text(text)
    spaced = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))
    return _CONTROL.sub("", spaced).strip()


def clean_text(text: str) -> str:
    """Several lines: NFC, newlines as \\n, no control characters, trimmed at the ends."""
    check_text(text)
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", lines).strip()


def fold(text: str) -> str:
    """For comparing and searching: lower case, no accents, no apostrophes, single blanks."""
    lowered = text.casefold().translate(_UNFOLDED)
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", re.sub(r"['’ʼ`´]", "", bare)).strip()


def slugify(text: str) -> str:
    """For an address: "San José!" is "san-jose"; nothing is left of text without Latin letters."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def random_slug(length: int) -> str:
    """So many lower-case letters that nobody guesses."""
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(length))


def parse_int(text: str, low: int, high: int) -> int | None:
    """A whole number in ASCII digits within the range, else None (reliability.md, 13)."""
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        return None
    number = int(text)
    return number if low <= number <= high else None


def mask_email(email: str) -> str:
    """ "g…@example.org", to show somebody their own address without telling others."""
    local, _at, domain = email.partition("@")
    return f"{local[:1]}…@{domain}"
