"""The words of a waiver as they are fingerprinted."""

import hashlib

from ..text import clean_line, clean_text


def canonical(language: str, title: str, text: str) -> bytes:
    r"""The bytes that stand for one text, which anybody can make again from a signed copy.

    UTF-8 of the language's code, a newline, the title, two newlines, the text as it was typed in Markdown, a
    newline. Title and text are in Unicode's form NFC, without control characters, trimmed at both ends; the
    title is one line with single blanks, and lines of the text end in \n.
    """
    return f"{language}\n{clean_line(title)}\n\n{clean_text(text)}\n".encode()


def fingerprint(language: str, title: str, text: str) -> str:
    """The SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(language, title, text)).hexdigest()
