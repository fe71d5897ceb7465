"""What an hours letter says, in words: the same on its public page and on paper."""

from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _

from ..events.words import clock_range
from ..links import site_link
from .hours import hours_words
from .models import HoursLetter


def said(letter: HoursLetter) -> dict[str, Any]:
    """The words of an issued letter."""
    facts = letter.facts
    return {
        "title": _("Volunteer hours of %(name)s", name=facts["name"]),
        "text": _("%(name)s gave these hours as a volunteer of %(crew)s.", name=facts["name"], crew=facts["crew"]),
        "facts": [
            (_("Name"), facts["name"]),
            (_("Organization"), ", ".join(part for part in (facts["crew"], facts["place"]) if part)),
            (_("Contact"), facts["contact"]),
        ],
        "columns": [_("Activity"), _("Date"), _("Times"), _("Hours")],
        "rows": [_row(row) for row in facts["rows"]],
        "total": _("Total: %(hours)s", hours=hours_words(facts["minutes"])),
        "signed": _("%(name)s, organizer of %(crew)s", name=facts["supervisor"], crew=facts["crew"]),
        "issued": _("Issued %(day)s", day=_long(date.fromisoformat(facts["issued_on"]))),
        "code": letter.code,
        "link": site_link("letters.verify", code=letter.code),
    }


def pdf_of(letter: HoursLetter) -> bytes:
    """The letter on paper."""
    # Loaded for the first letter: typefaces and pictures weigh as much as half the site.
    from ..pdf import Sheet, letter_pdf

    words = said(letter)
    check = _("Whoever wants to check this letter finds what it says at %(link)s", link=words["link"])
    return letter_pdf(
        Sheet(
            title=words["title"],
            language=str(get_locale()),
            paragraphs=[words["text"], *(f"{label}: {text}" for label, text in words["facts"])],
            columns=list(zip(words["columns"], (46, 30, 26, 14), strict=True)),
            rows=words["rows"],
            total=words["total"],
            foot=[words["issued"], words["signed"], "_" * 36, _("Code: %(code)s", code=words["code"]), check],
            made_at=letter.issued_at,
            paper="letter" if letter.group.country_code in ("US", "CA", "MX") else "A4",
        )
    )


def _row(row: dict[str, Any]) -> list[str]:
    starts, ends = datetime.fromisoformat(row["starts"]), datetime.fromisoformat(row["ends"])
    times = _("as corrected") if row["corrected"] else clock_range(starts, ends)
    return [row["activity"], _long(starts.date()), times, hours_words(row["minutes"])]


def _long(day: date) -> str:
    return format_date(day, _("d MMM y"), get_locale())
