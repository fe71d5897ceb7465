"""A group's log in words."""

from datetime import datetime
from typing import Any

from babel.dates import format_datetime
from flask import url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..when import in_zone
from .log_models import LogLine
from .log_queries import log_page
from .models import Group

# A line of a kind that is not here is not shown.
WORDS = {
    "started": _l("%(by)s started the crew"),
    "joined": _l("%(by)s joined"),
    "joined_by_link": _l("%(by)s joined by a link"),
    "organizes": _l("%(by)s said yes to organizing"),
    "invited": _l("%(by)s asked somebody to organize"),
    "invited_many": _l("%(by)s invited people from a list"),
    "left": _l("%(by)s left"),
    "let_in": _l("%(by)s let %(about)s in"),
    "turned_down": _l("%(by)s said no to %(about)s"),
    "made_member": _l("%(by)s made %(about)s a member"),
    "made_organizer": _l("%(by)s made %(about)s an organizer"),
    "made_owner": _l("%(by)s made %(about)s an owner"),
    "taken_out": _l("%(by)s took %(about)s out"),
    "banned": _l("%(by)s took %(about)s out for good"),
    "ban_lifted": _l("%(by)s lets %(about)s come back"),
    "link_made": _l("%(by)s made a link that lets people in"),
    "link_ended": _l("%(by)s ended a link that let people in"),
    "made_public": _l("%(by)s made the crew public"),
    "made_unlisted": _l("%(by)s made the crew unlisted"),
    "made_private": _l("%(by)s made the crew private"),
    "lead_asked": _l("%(about)s offered to lead the crew"),
    "lead_given": _l("%(by)s, who runs the site, made %(about)s the owner"),
    "lead_refused": _l("%(by)s, who runs the site, said no to %(about)s as the owner"),
    "event_published": _l("%(by)s published “%(title)s”"),
    "event_moved": _l("%(by)s gave “%(title)s” another date or hour"),
    "event_postponed": _l("%(by)s postponed “%(title)s”"),
    "event_cancelled": _l("%(by)s cancelled “%(title)s”"),
    "event_restored": _l("%(by)s put “%(title)s” on again"),
    "event_repeats": _l("%(by)s had “%(title)s” repeat"),
    "event_rule_changed": _l("%(by)s changed how “%(title)s” repeats"),
    "host_asked": _l("%(by)s asked another crew to host “%(title)s”"),
    "host_yes": _l("%(by)s said yes to hosting “%(title)s” together"),
    "host_no": _l("%(by)s said no to hosting “%(title)s” together"),
    "host_left": _l("%(by)s said that their crew hosts “%(title)s” no more"),
    "host_ended": _l("%(by)s ended hosting “%(title)s” together"),
    "announced": _l("%(by)s wrote to many: “%(title)s”"),
    "announcement_taken_back": _l("%(by)s took “%(title)s” back before it left"),
}


def log_context(group: Group, before: int | None) -> dict[str, Any]:
    """A page of the log, and where older lines are."""
    rows, older = log_page(group, before)
    return {
        "group": group,
        "lines": [_line(row, group.zone) for row in rows if row.kind in WORDS],
        "older_url": url_for("group_log.listing", slug=group.slug, before=older) if older else None,
        "is_first": before is None,
    }


def _line(row: LogLine, zone: str) -> dict[str, Any]:
    return {"at": row.at, "when_words": _moment(row.at, zone), "words": _words(row)}


def _words(row: LogLine) -> str:
    names = {"by": _name(row.by), "about": _name(row.about), "title": row.facts.get("title", "")}
    return str(WORDS[row.kind]) % names


def _name(person) -> str:
    return person.name or person.email or _("Somebody") if person else _("Somebody")


def _moment(at: datetime, zone: str) -> str:
    return format_datetime(in_zone(at, zone), "short", locale=get_locale())
