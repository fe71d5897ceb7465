"""Who may come: the rules of an event as checks of a party, as age bands, and in words."""

from itertools import pairwise

from flask_babel import gettext as _
from flask_babel import ngettext

from ..events.models import Event
from ..refusals import Refused
from ..rsvps.additions import AGES, CHECKS, Party, adds_to
from .models import GROWN_UP, EventRules
from .queries import rules_of


def bands(event: Event, rules: EventRules) -> list[tuple[int, str]]:
    """The age bands of minors that the event's own rules tell apart: (first year, "13 to 17")."""
    said = {event.minimum_age, rules.consent_under, rules.accompanied_under}
    edges = [0, *sorted(age for age in said if age and age < GROWN_UP), GROWN_UP]
    return [(first, _band(first, after - 1)) for first, after in pairwise(edges)]


@adds_to(AGES)
def ages(event: Event) -> list[tuple[int, str]]:
    """The bands that an answer chooses the youngest's from; none where no rule depends on it."""
    rules = rules_of(event)
    asking = (event.minimum_age, rules.accompanied_under)
    grown_up = (event.minimum_age or 0) >= GROWN_UP
    return bands(event, rules) if not grown_up and any(age and age < GROWN_UP for age in asking) else []


@adds_to(CHECKS)
def check_party(event: Event, party: Party) -> None:
    """Raise Refused, at the field that it is about, where the rules keep such a party away."""
    if not party.minors:
        return
    check_old_enough(event, GROWN_UP - 1, "minors")
    if party.youngest is None and ages(event):
        raise Refused(_("Choose how old the youngest of you is."), "youngest")
    youngest, rules = party.youngest or 0, rules_of(event)
    if party.youngest is not None:
        check_old_enough(event, youngest, "youngest")
    alone = not party.adults
    if alone and rules.accompanied_under and youngest < rules.accompanied_under:
        raise Refused(_with_an_adult(rules), "adults")
    # Whoever may come alone needs no adult of their own.
    may_come_alone = alone and rules.accompanied_under
    if rules.minors_per_adult and not may_come_alone and party.minors > rules.minors_per_adult * party.adults:
        raise Refused(_ratio(rules.minors_per_adult), "minors")


def check_old_enough(event: Event, age: int, field: str | None = None) -> None:
    """Raise Refused where somebody of this age is below the event's minimum."""
    if age < (event.minimum_age or 0):
        raise Refused(_("This event is for people of %(age)d and older.", age=event.minimum_age), field)


def rule_words(event: Event, rules: EventRules, signs: bool) -> list[str]:
    """The rules as everybody reads them; `signs` says that the event has a waiver."""
    words = []
    if event.minimum_age:
        words.append(_("For people of %(age)d and older.", age=event.minimum_age))
    if rules.accompanied_under:
        words.append(_with_an_adult(rules))
    if rules.minors_per_adult:
        words.append(_ratio(rules.minors_per_adult))
    if signs and rules.consent_under:
        words.append(_("For whoever is under %(age)d a parent or guardian signs.", age=rules.consent_under))
    return words


def _with_an_adult(rules: EventRules) -> str:
    return _("Whoever is under %(age)d comes with an adult.", age=rules.accompanied_under)


def _ratio(minors: int) -> str:
    return ngettext(
        "One adult comes along for each one under 18.",
        "One adult comes along for up to %(num)d under 18.",
        minors,
    )


def _band(first: int, last: int) -> str:
    if not first:
        return _("under %(age)d", age=last + 1)
    return str(first) if first == last else _("%(first)d to %(last)d", first=first, last=last)
