"""Every visible word is there in Spanish, with the same blanks to fill."""

import re

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from staytouch_events.config import ROOT

KEYWORDS = {"_": None, "gettext": None, "_l": None, "lazy_gettext": None, "ngettext": (1, 2)}
METHODS = [("staytouch_events/**.py", "python"), ("templates/**.html", "jinja2")]
BLANK = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def said() -> set:
    """Every message of the sources; one with a plural is a pair."""
    found = extract_from_dir(str(ROOT), METHODS, keywords=KEYWORDS, directory_filter=_ours)
    return {message for _file, _line, message, _comments, _context in found if message}


def _ours(folder: str) -> bool:
    return not any(part in folder for part in ("node_modules", ".venv", "/static", "/tests", "/var"))


def spanish() -> dict:
    """The Spanish catalog."""
    with (ROOT / "translations" / "es" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return {message.id: message for message in read_po(file, locale="es") if message.id}


def test_every_message_is_translated_and_none_is_left_over():
    catalog = spanish()
    assert said() == set(catalog)
    for message in catalog.values():
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings) and not message.fuzzy, message.id


def test_a_translation_has_the_blanks_of_its_original():
    for message in spanish().values():
        original = message.id[1] if isinstance(message.id, tuple) else message.id
        translated = message.string[1] if isinstance(message.string, tuple) else message.string
        assert set(BLANK.findall(original)) == set(BLANK.findall(translated)), message.id
