"""What to know on the day, in words: the same on pages, on paper and in mail."""

from flask_babel import gettext as _

from .. import markdown
from ..rsvps.additions import Line
from .models import DayInfo


def day_lines(info: DayInfo, *, phone: bool, brief: bool = False, link: bool = False) -> list[Line]:
    """Each thing that was written, with its label; the brief and the link where they have no place of their own."""
    hospital = [info.hospital, info.hospital_address, info.hospital_url if link else ""]
    lead = [info.lead, info.lead_phone if phone else ""]
    lines = (
        Line(_("Safety brief"), markdown.plain(info.brief) if brief else ""),
        Line(_("The end"), info.end_signal),
        Line(_("Who leads"), ", ".join(part for part in lead if part)),
        Line(_("Nearest hospital"), "\n".join(part for part in hospital if part)),
    )
    return [line for line in lines if line.text]
