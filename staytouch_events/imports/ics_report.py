"""What an import of a calendar did, in words."""

from collections import Counter
from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from ..ics_rules import TOO_LONG, TOO_OFTEN, UNREADABLE
from .ics_actions import CANCELLED_THERE, IcsReport
from .ics_dates import FLOATING, NO_END, UNKNOWN_ZONE
from .ics_reader import BROKEN, NO_START, NO_TITLE, OF_A_RULE, PRIVATE, TENTATIVE, TOO_MANY, TWICE

WHY = {
    NO_START: _l("its start can't be read"),
    NO_TITLE: _l("it has no title"),
    PRIVATE: _l("it is marked as private"),
    TWICE: _l("it stands in the calendar twice"),
    BROKEN: _l("it can't be read"),
    TOO_MANY: _l("there are too many dates for one import"),
    OF_A_RULE: _l("its rule makes more than a thousand dates"),
    TOO_OFTEN: _l("it repeats within a day"),
    TOO_LONG: _l("its rule takes too long to work out"),
    UNREADABLE: _l("its rule can't be read"),
    CANCELLED_THERE: _l("it is cancelled there"),
}
NOTES = {
    FLOATING: _l("no time zone is given, so the calendar's or the crew's was taken"),
    UNKNOWN_ZONE: _l("its time zone is not known, so the calendar's or the crew's was taken"),
    NO_END: _l("no end is given, so an hour was taken"),
    TENTATIVE: _l("it is tentative there"),
}
PARTS = {
    "title": _l("title"),
    "description": _l("description"),
    "time": _l("time"),
    "place": _l("place"),
    "tags": _l("tags"),
}


def ics_report_lines(report: IcsReport) -> Iterator[str]:
    """The numbers; what was left out and why; what was taken for granted; what each place text became."""
    yield (
        f"{report.made} made, {report.changed} changed, {report.cancelled} cancelled, {report.same} as before, "
        f"{len(report.left)} left out. Times without a zone are in {report.reading.zone}."
    )
    for left in report.left:
        yield f"  left out: {' '.join(filter(None, (left.when, left.title or '(no title)')))}: {WHY[left.why]}"
    for title, parts in report.ours:
        yield f"  kept as changed here: {title}: {', '.join(str(PARTS[part]) for part in parts)}"
    for note, count in Counter(note for found in report.reading.dates for note in found.notes).items():
        yield f"  {count} dates: {NOTES[note]}"
    yield f"{len(report.places.found)} places:"
    for text, place in sorted(report.places.found.items()):
        yield f"  {text} -> {place.label if place else 'no town named for certain, its words are kept'}"
