"""A vCard in one plain form, whichever of 2.1, 3.0 and 4.0 it came as.

`vcard_lines` and `vcard_reader` read it, `vcard_writer` writes.
"""

import re
from dataclasses import dataclass

# Name and value of each, the name in capitals.
Params = tuple[tuple[str, str], ...]

NO_NAME = ("", "", "", "", "")
# How Apple writes the labels that it translates itself.
_APPLE = re.compile(r"_\$!<(.*)>!\$_")
_BIRTHDAY = re.compile(r"(\d{4}|-)-?(\d\d)-?(\d\d)(?:[T ].*)?")


@dataclass(frozen=True)
class Line:
    """A property that means nothing to us, kept to be written again; its value is still escaped as in 3.0 and 4.0."""

    name: str
    value: str
    params: Params = ()
    group: str = ""

    @property
    def key(self) -> str:
        """The name in capitals, to know the property by."""
        return self.name.upper()


@dataclass(frozen=True)
class Way:
    """A way to reach somebody: a phone number, an address, a link."""

    value: str
    # In small letters, "pref" among them: home, work, cell …
    kinds: tuple[str, ...] = ()
    label: str = ""
    params: Params = ()

    @property
    def words(self) -> str:
        """What its owner called it, without Apple's brackets."""
        return _APPLE.sub(r"\1", self.label)


@dataclass(frozen=True)
class VCard:
    """What one card says. `parts` are family, given and further names, what stands before and after."""

    name: str
    parts: tuple[str, str, str, str, str] = NO_NAME
    phones: tuple[Way, ...] = ()
    emails: tuple[Way, ...] = ()
    links: tuple[Way, ...] = ()
    # The company, then its departments.
    org: tuple[str, ...] = ()
    title: str = ""
    note: str = ""
    # "1990-07-04", or "--07-04" where the year is nobody's business.
    birthday: str = ""
    photo: bytes = b""
    tags: tuple[str, ...] = ()
    uid: str = ""
    revised: str = ""
    # What stood beside the properties that there is one of: (("N", (("LANGUAGE", "en"),)), …).
    params: tuple[tuple[str, Params], ...] = ()
    rest: tuple[Line, ...] = ()

    @property
    def town(self) -> str:
        """The town of the first postal address, which stands in the rest."""
        addresses = (components(line.value) for line in self.rest if line.key == "ADR")
        return next((parts[3] for parts in addresses if len(parts) > 3 and parts[3]), "")


def split_name(name: str) -> tuple[str, str, str, str, str]:
    """A name typed in one field: its last word is the family's."""
    given, _blank, family = name.rpartition(" ")
    return (family, given, "", "", "") if given else ("", name, "", "", "")


def plain_birthday(text: str, without_year: bool = False) -> str:
    """A date as vCards write it, with or without a year; empty for what is no whole day."""
    found = _BIRTHDAY.fullmatch(text.strip())
    if not found or not ("01" <= found[2] <= "12" and "01" <= found[3] <= "31"):
        return ""
    year = "-" if without_year else found[1]
    return f"{year}-{found[2]}-{found[3]}"


def escape(text: str) -> str:
    """A text as a value (RFC 2426, 4 and RFC 6350, 3.4)."""
    for letter, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(letter, written)
    return text


def unescape(value: str) -> str:
    """The text of a value, whatever was escaped in it."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value, flags=re.DOTALL)


def components(value: str, at: str = ";") -> tuple[str, ...]:
    """The texts between the separators that are not escaped."""
    return tuple(unescape(part) for part in split(value, at))


def split(value: str, at: str) -> list[str]:
    """The values between the separators that are not escaped, still escaped."""
    return re.findall(rf"(?:^|{at})((?:\\.|[^\\{at}]|\\$)*)", value, flags=re.DOTALL)
