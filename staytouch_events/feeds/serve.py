"""Answering a calendar program that polls: known before reading whether anything changed (calendar.md)."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, time

import brotli
from flask import Response, current_app, request
from werkzeug.http import http_date, is_resource_modified

from ..ics import WRITER_VERSION

KEPT = 200
CALENDAR, ATOM = "text/calendar", "application/atom+xml"
_packed: OrderedDict[str, bytes] = OrderedDict()


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
    encoding = None if private else _encoding()
    said = repr((kind, depends_on, day.isoformat(), WRITER_VERSION, current_app.config["SETTINGS"].site_url, encoding))
    etag = hashlib.sha256(said.encode()).hexdigest()[:32]
    modified = max(changed_at or day, day).replace(microsecond=0)
    if is_resource_modified(request.environ, etag, last_modified=modified):
        body = _pack(etag, encoding, build)
        answer = Response(body, content_type=f"{kind}; charset=utf-8")
        if encoding:
            answer.headers["Content-Encoding"] = encoding
    else:
        answer = Response(status=304)
    answer.set_etag(etag)
    answer.headers["Last-Modified"] = http_date(modified)
    answer.headers["Cache-Control"] = "private, no-cache" if private else "no-cache"
    if private:
        answer.headers["X-Robots-Tag"] = "noindex"
    else:
        answer.vary.add("Accept-Encoding")
    return answer


def _encoding() -> str | None:
    """The one the reader likes best of those we have."""
    asked = request.accept_encodings
    best = max(("br", "gzip"), key=lambda name: asked.quality(name)) if asked else None
    return best if best and asked.quality(best) > 0 else None


def _pack(etag: str, encoding: str | None, build: Callable[[], bytes]) -> bytes:
    """The compressed bytes, kept in this process: compressing costs more than joining."""
    if encoding is None:
        return build()
    if etag not in _packed:
        body = build()
        _packed[etag] = brotli.compress(body, quality=5) if encoding == "br" else gzip.compress(body, 6, mtime=0)
        while len(_packed) > KEPT:
            _packed.popitem(last=False)
    return _packed[etag]
