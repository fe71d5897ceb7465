"""How a place's name is written: one key for all ways that mean the same letters, and what lies a slip away."""

import re
import unicodedata
import zlib
from collections.abc import Iterator
from os.path import commonprefix

from ..text import fold

APOSTROPHES = "'’ʼ`´‘ʻʹ′"
_INITIALS = re.compile(r"\b([a-z])\.(?=[a-z]\b)")
_MARKS = '-‐‑–—.,;:/\\()[]{}"“”„«»+*!?|_=＝・'
_PLAIN = str.maketrans(dict.fromkeys(_MARKS, " ") | dict.fromkeys(APOSTROPHES) | {"&": " and "})
_WORDS = {"st": "saint", "sankt": "saint", "sint": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_SHORT = frozenset(_WORDS)
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_SPLIT = frozenset(APOSTROPHES + "/")
# Letters from the left by which the index knows a name.
_LETTERS = 7


def key(text: str) -> str:
    """By what names are compared: "St. John’s" and "saint johns" are one, so are "U.K." and "uk"."""
    bare = text.lower() if text.isascii() else fold(text)
    if "." in bare:
        bare = _INITIALS.sub(r"\1", bare)
    words = bare.translate(_PLAIN).split()
    return " ".join(words if _SHORT.isdisjoint(words) else [_WORDS.get(word, word) for word in words])


def keys(name: str) -> Iterator[str]:
    """Every key of a name: as it is, umlauts written out, apostrophes as blanks, either side of a slash."""
    ways = [name] if name.isascii() else [name, unicodedata.normalize("NFC", name).casefold().translate(_WRITTEN_OUT)]
    if not _SPLIT.isdisjoint(name):
        ways += [re.sub(f"[{APOSTROPHES}]", " ", name), *name.split("/")]
    yield from dict.fromkeys(found for way in ways if (found := key(way)))


def allowed(name: str) -> int:
    """How many wrong letters a name may have and still be understood."""
    return 0 if len(name) < 3 or not name.isascii() else 1 if len(name) < 7 else 2


def deletions(name: str, most: int) -> set[int]:
    """Numbers of what is left of a name's beginning without up to so many letters; near names share one."""
    left = found = {name[:_LETTERS]}
    for _ in range(most):
        left = {word[:at] + word[at + 1 :] for word in left for at in range(len(word))}
        found = found | left
    return {zlib.crc32(word.encode()) & 0x7FFFFFFF for word in found}


def edits(one: str, other: str, most: int) -> int:
    """Letters wrong, missing, too many or swapped with the next; more than `most` is `most + 1`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    one, other = _apart(one, other)
    before, row = [], list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        older, before, row = before, row, [at]
        for place, other_letter in enumerate(other, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != other_letter))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == other_letter:
                cost = min(cost, older[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _apart(one: str, other: str) -> tuple[str, str]:
    """What is left of two names without the letters that they begin and end with alike."""
    start = len(commonprefix((one, other)))
    one, other = one[start:], other[start:]
    end = len(commonprefix((one[::-1], other[::-1])))
    return one[: len(one) - end], other[: len(other) - end]
