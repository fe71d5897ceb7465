"""One log as pages show it."""

from typing import Any

from flask_babel import gettext as _

from .measures import ESTIMATE, SCALE, TICKET
from .models import RETURNED, ImpactLog
from .queries import Totals
from .words import figures, headline, item_rows


def totals_of(log: ImpactLog) -> Totals:
    """A log alone, as totals."""
    grams = log.grams or 0
    return Totals(
        events=1,
        bags=log.bags,
        bags_recycling=log.bags_recycling,
        bags_green=log.bags_green,
        grams=grams,
        estimated=grams if log.method == ESTIMATE else 0,
        **({log.ground: log.metres or 0} if log.ground else {}),
        square_metres=log.square_metres or 0,
        adults=log.adults or 0,
        minors=log.minors or 0,
        minutes=log.minutes or 0,
    )


def method_words(method: str) -> str | None:
    """How something was weighed; an estimate is called one beside its figure."""
    return {SCALE: _("on a scale"), TICKET: _("by the hauler's ticket")}.get(method)


def log_summary(log: ImpactLog, unit: str, private: bool = False) -> dict[str, Any]:
    """What a log says; where the syringes lay, who wrote it and why it was sent back are for few."""
    said = totals_of(log)
    shown = {
        "id": log.id,
        "team": log.team,
        "state": log.state,
        "headline": headline(said, unit) or _("Without bags or weight"),
        "figures": figures(said, unit),
        "method": method_words(log.method),
        "things": item_rows(dict(sorted(log.counts.items(), key=lambda row: (-row[1], row[0])))),
        "oddest": log.oddest,
        "note": log.note,
        "photos": log.photos,
    }
    if private:
        shown |= {
            "by": log.proposed_name,
            "decided_by": log.decided_by.name if log.decided_by else None,
            "syringe_place": log.syringe_place,
            "reason": log.reason if log.state == RETURNED else "",
        }
    return shown
