"""What the pages of what was done show: of the site, of a place, of a crew, of an event."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask import request, url_for
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import Select, and_, or_, select

from ..access.events import may_host
from ..access.impact import may_propose
from ..discover.searches import Cursor, read_cursor, write_cursor
from ..events.cards import card
from ..events.models import PUBLIC, Event
from ..events.places import public_point
from ..events.words import long_day, starts
from ..geo.distance import METRES
from ..geo.regions import uses_miles
from ..impact.charts import charts, spans, table
from ..impact.items import WORK
from ..impact.models import APPROVED
from ..impact.queries import collected, counted_items, done, logs_of, months, pairs, totals
from ..impact.summary import log_summary
from ..impact.words import bags_words, estimated_words, figures, headline, item_rows, weight_words
from ..maps import site_tiles

SHOWN, TOP, PAIRS, MOST_POINTS = 12, 12, 6, 1000


def read_unit(country_code: str) -> str:
    """What a reader counts in: as the address says, else as they chose, else as people count there."""
    asked = request.args.get("unit", "")
    if asked in METRES:
        return asked
    if current_user.is_authenticated and current_user.unit:
        return current_user.unit
    return "mi" if uses_miles(country_code) else "km"


def impact_context(events: Select, unit: str, page: str, **where: Any) -> dict[str, Any]:
    """All that a page shows of the logs of these events; `page` is its endpoint and `where` what its address holds."""
    found, counts, rows = totals(events), counted_items(events), spans(months(events))
    after = read_cursor(request.args.get("after", ""))
    listed = done(events, after and (datetime.fromtimestamp(after.starts_at, UTC), after.event_id), SHOWN + 1)
    other = "km" if unit == "mi" else "mi"
    kept = {"unit": request.args["unit"]} if request.args.get("unit") in METRES else {}
    work = {item.key for item in WORK}
    last = listed[SHOWN - 1].Event if len(listed) > SHOWN else None
    older = last and write_cursor(Cursor(int(last.starts_at.timestamp()), last.id))
    return {
        "any": bool(found.events),
        "headline": headline(found, unit),
        "events_words": format_decimal(found.events),
        "figures": figures(found, unit),
        "charts": charts(rows, unit) if len(rows) > 1 else [],
        "spans": table(rows, unit),
        "things": item_rows({key: number for key, number in counts.items() if key not in work}, TOP),
        "things_words": format_decimal(collected(counts)),
        "work": item_rows({key: number for key, number in counts.items() if key in work}),
        "pairs": pairs(events, PAIRS),
        "done": [_done(row, unit) for row in listed[:SHOWN]],
        "newer_url": url_for(page, **where, **kept) if after else None,
        "older_url": url_for(page, **where, **kept, after=older) if older else None,
        "other_unit": {
            "url": url_for(page, **where, unit=other),
            "words": _("In kilos and kilometers") if other == "km" else _("In pounds and miles"),
        },
        "sheet_url": url_for(f"{page}_sheet", **where),
        "unit": unit,
        "tiles": site_tiles(),
    }


def event_context(event: Event, unit: str) -> dict[str, Any]:
    """The same of one event, with what each team did."""
    logs = [log_summary(log, unit) for log in logs_of(event) if log.state == APPROVED]
    return impact_context(with_sites(event), unit, "impact_pages.event", slug=event.slug) | {
        "event": event,
        "logs": logs,
    }


def event_part(event: Event, moment: datetime) -> dict[str, Any] | None:
    """The part of an event's page, once it has started: what was done, and who may put it down."""
    if not event.has_started(moment) or not event.is_shown:
        return None
    unit = read_unit(event.country_code or event.group.country_code)
    only = with_sites(event)
    found = totals(only)
    return {
        "headline": headline(found, unit) or (_("Things counted") if found.events else None),
        "note": estimated_words(found.grams, found.estimated, unit),
        # The heading says the bags and the weight.
        "figures": figures(replace(found, bags=0, grams=0), unit)[:4],
        "pairs": pairs(only, 1),
        "url": url_for("impact_pages.event", slug=event.slug),
        "log_url": url_for("impact.new", slug=event.slug) if may_propose(current_user, event, moment) else None,
        "desk_url": url_for("impact_desk.logs", slug=event.slug) if may_host(current_user, event) else None,
    }


def with_sites(event: Event) -> Select:
    """The event, and the sites of a day that whoever sees it finds: theirs adds up to the day's."""
    sites = and_(Event.umbrella_id == event.id, Event.visibility.in_((PUBLIC, event.visibility)))
    return select(Event).where(or_(Event.id == event.id, sites) if event.is_umbrella else Event.id == event.id)


def group_part(events: Select, group) -> dict[str, Any] | None:
    """The part of a crew's page; nothing where nothing is counted yet."""
    unit = read_unit(group.country_code)
    found = totals(events)
    if not found.events:
        return None
    return {"figures": figures(found, unit)[:4], "url": url_for("impact_pages.group", slug=group.slug)}


def map_points(events: Select, unit: str) -> list[dict[str, Any]]:
    """Where it was, as static/js/map.js reads it: by the public point of each."""
    return [_point(row, point, unit) for row in done(events, None, MOST_POINTS) if (point := public_point(row.Event))]


def _point(row, point: tuple[float, float], unit: str) -> dict[str, Any]:
    event = row.Event
    return {
        "id": event.id,
        "lat": point[0],
        "lon": point[1],
        "url": url_for("impact_pages.event", slug=event.slug),
        "title": event.title,
        "words": f"{long_day(starts(event).date())}: {_done_words(row, unit)}",
        "crew": event.group_id,
        "day": card(event, "", None).day,
        "gone": False,
    }


def _done(row, unit: str) -> dict[str, Any]:
    event = row.Event
    return {
        "url": url_for("impact_pages.event", slug=event.slug),
        "title": event.title,
        "crew": event.group.name,
        "day": long_day(starts(event).date()),
        "year": starts(event).year,
        "words": _done_words(row, unit),
    }


def _done_words(row, unit: str) -> str:
    weight = weight_words(row.grams, unit) if row.grams else ""
    if row.estimated:
        weight = _("about %(weight)s", weight=weight)
    return ", ".join(filter(None, (bags_words(row.bags) if row.bags else "", weight))) or _("things counted")
