"""Answering a calendar program that polls: known before reading whether anything changed (calendar.md)."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from flask import Response, current_app, request
from werkzeug.http import http_date, is_resource_modified

from ..ics import WRITER_VERSION

CALENDAR, ATOM = "text/calendar", "application/atom+xml"
A_DAY = timedelta(days=1)


def utc_day(now: datetime) -> datetime:
    """The first instant of the UTC day, at which every feed's window is cut."""
    return datetime.combine(now.astimezone(UTC).date(), time.min, UTC)


def serve_feed(
    depends_on: tuple,
    changed_at: datetime | None,
    day: datetime,
    build: Callable[[], bytes],
    *,
    kind: str = CALENDAR,
    private: bool = False,
) -> Response:
    """304 where the reader has these bytes, else the bytes; `build` is called only then.

    `depends_on` is all that the bytes are a function of, the day, the writer and SITE_URL apart;
    with the instant of the last change in it, since a restored backup counts on from an older number.
    """
    said = repr((kind, depends_on, day.isoformat(), WRITER_VERSION, current_app.config["SETTINGS"].site_url))
    etag = hashlib.sha256(said.encode()).hexdigest()[:32]
    modified = max(changed_at or day, day).replace(microsecond=0)
    if is_resource_modified(request.environ, etag, last_modified=modified):
        answer = Response(build(), content_type=f"{kind}; charset=utf-8")
    else:
        answer = Response(status=304)
    answer.set_etag(etag)
    answer.headers["Last-Modified"] = http_date(modified)
    answer.headers["Cache-Control"] = "private, no-cache" if private else "no-cache"
    if private:
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer
