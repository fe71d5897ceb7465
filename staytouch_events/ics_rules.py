"""Which rules of other people's calendars are worked out: the parsed rule is looked at, not its text."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from time import monotonic

from icalendar import Component

# Days from one step of a rule to the next, at least.
STEPS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
TOO_OFTEN, TOO_LONG, UNREADABLE = "too-often", "too-long", "unreadable-rule"
WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
# One rule that never comes true takes seconds, and longer the more days it lists; more of either is nobody's calendar.
MOST_RULES, MOST_LISTED = 3, 100


class NotWorkedOut(ValueError):
    """A rule that is left alone; its text is the reason's code."""


@dataclass
class Effort:
    """How many steps of rules may still be walked, over a whole calendar, and until when; None for no bound.

    A rule that never comes true is walked to the last year there is, which takes seconds, whatever its steps: hence
    the clock.
    """

    left: int | None
    ends: float | None = None

    def spend(self, steps: int) -> None:
        """Walk so many. Raises NotWorkedOut."""
        if self.ends is not None and monotonic() >= self.ends:
            raise NotWorkedOut(TOO_LONG)
        if self.left is not None:
            if steps > self.left:
                raise NotWorkedOut(TOO_LONG)
            self.left -= steps


def check_rules(series: list[Component], until: datetime, effort: Effort) -> None:
    """Raise NotWorkedOut for a rule that repeats within a day, can't be read or takes too long to walk.

    A rule without an end gets one at `until`, so that one that never comes true ends there as well.
    """
    if sum(len(_rules(part)) for part in series) > MOST_RULES:
        raise NotWorkedOut(TOO_LONG)
    for part in series:
        for rule in _rules(part):
            _refuse_endless(rule)
            steps = STEPS.get(_word(rule, "FREQ"))
            if steps is None:
                raise NotWorkedOut(TOO_OFTEN if _word(rule, "FREQ") else UNREADABLE)
            if any(len(rule.get(name, [])) > 1 for name in WITHIN_A_DAY):
                raise NotWorkedOut(TOO_OFTEN)
            effort.spend(max(0, (until.date() - _day(part["DTSTART"].dt)).days) // steps)
            _end_at(rule, part["DTSTART"].dt, until)


def _refuse_endless(rule) -> None:
    """A rule that stays where it is would be walked for ever, and one with long lists for minutes."""
    if any(not isinstance(every, int) or every < 1 for every in rule.get("INTERVAL", [])):
        raise NotWorkedOut(UNREADABLE)
    if sum(len(listed) for name, listed in rule.items() if name.startswith("BY")) > MOST_LISTED:
        raise NotWorkedOut(TOO_LONG)


def _rules(part: Component) -> list:
    rules = part.get("RRULE", [])
    return rules if isinstance(rules, list) else [rules]


def _word(rule, name: str) -> str:
    return str(next(iter(rule.get(name, [])), "")).upper()


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _end_at(rule, start: date, until: datetime) -> None:
    """A rule without end or count ends with the window, in the kind of value that its start has."""
    if "COUNT" in rule or "UNTIL" in rule:
        return
    if not isinstance(start, datetime):
        rule["UNTIL"] = [until.date()]
    else:
        rule["UNTIL"] = [until.replace(tzinfo=None) if start.tzinfo is None else until.astimezone(UTC)]
