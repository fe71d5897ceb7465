"""Whole public pages kept in each process, in front of Flask, and never an old one (performance.md).

A view that shows the same to everybody says what its answer depends on (web.keep). From the second time
that a path is asked for, its counters are read first, then the answer made. What is asked for a second time is
kept, and served again while the counters stand still and until the instant at which it changes by itself:
searches that nobody repeats push nothing out. Whoever has a session passes by.
"""

import gzip
import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

import brotli
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from werkzeug.datastructures import Headers, LanguageAccept
from werkzeug.http import is_resource_modified, parse_accept_header

from .when import now

log = logging.getLogger("staytouch.pages")
KEEPABLE = "staytouch.keepable"
# The counters' numbers as they were read before the answer is made.
COUNTERS = "staytouch.counters"
MOST_BYTES, MOST_PATHS = 64 * 1024 * 1024, 20_000
LONGEST_QUERY = 2000
# Made anew for each answer, or by this layer.
OWN_HEADERS = ("X-Request-ID", "Content-Length", "Content-Encoding", "ETag")


@dataclass(frozen=True)
class Keepable:
    """What a view says of an answer: the counters it was made from, the parameters it reads, and its last instant."""

    depends_on: tuple[str, ...]
    params: frozenset[str]
    until: datetime | None


@dataclass
class Page:
    """An answer, ready in the encodings that were asked for so far."""

    headers: Headers
    body: bytes
    etag: str
    until: datetime | None
    versions: tuple | None = None
    packed: dict[str, bytes] = field(default_factory=dict)

    def in_encoding(self, encoding: str) -> bytes:
        """The body as it goes out; compressing costs more than making it, so it is done once."""
        if encoding and encoding not in self.packed:
            # Most pages are compressed to be sent once: harder takes three times as long for an eighth less.
            data = brotli.compress(self.body, quality=2) if encoding == "br" else gzip.compress(self.body, 3, mtime=0)
            self.packed[encoding] = data
        return self.packed[encoding] if encoding else self.body


class PageCache:
    """A WSGI layer over the site."""

    def __init__(self, app: Callable, database_url: str, cookie: str, languages: Iterable[str]) -> None:
        """Over `app`; whoever sends `cookie` passes by. The database is opened when first needed."""
        self.app, self.cookie = app, cookie
        self.languages = tuple(languages)
        self.versions = Versions(database_url)
        self.recipes: OrderedDict[str, Keepable] = OrderedDict()
        self.asked: OrderedDict[int, None] = OrderedDict()
        self.pages: OrderedDict[tuple, Page] = OrderedDict()
        self.bytes = 0
        self.lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        """Answer from memory where that is what the site would say now."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or self._has_session(environ):
            return self.app(environ, start_response)
        recipe = self.recipes.get(environ["PATH_INFO"])
        if recipe is None or len(environ.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return self._made(environ, start_response, None, None)
        key = self._settle(environ, recipe)
        versions = self.versions.read(recipe.depends_on)
        if versions is not None:
            environ[COUNTERS] = dict.fromkeys(recipe.depends_on, 0) | {name: number for name, number, _at in versions}
        page = self.pages.get(key)
        if page and versions is not None and page.versions == versions and (page.until is None or now() < page.until):
            self._touch(key)
            return _serve(page, environ, start_response)
        return self._made(environ, start_response, key if versions is not None else None, versions)

    def _has_session(self, environ: dict[str, Any]) -> bool:
        cookies = environ.get("HTTP_COOKIE", "")
        if self.cookie not in cookies:
            return False
        try:
            return self.cookie in SimpleCookie(cookies)
        except CookieError:
            return True

    def _settle(self, environ: dict[str, Any], recipe: Keepable) -> tuple:
        """Leave in the request only what the page may depend on, and give the key of just that."""
        pairs = parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)
        query = urlencode(sorted((pair for pair in pairs if pair[0] in recipe.params), key=lambda pair: pair[0]))
        language = _language(environ.get("HTTP_ACCEPT_LANGUAGE", ""), self.languages)
        environ["QUERY_STRING"], environ["HTTP_ACCEPT_LANGUAGE"] = query, language
        environ.pop("HTTP_COOKIE", None)
        return environ["PATH_INFO"], query, language

    def _made(self, environ: dict[str, Any], start_response: Callable, key: tuple | None, versions: tuple | None):
        """Have the site answer; keep it under the key where it depends on what was read before it was made."""
        path = environ["PATH_INFO"]
        recipe = self.recipes.get(path)
        status, headers, answer, said = self._ask(environ, conditional=recipe is None)
        if said is None or not status.startswith("200 ") or "Set-Cookie" in headers:
            if said is None:
                self.recipes.pop(path, None)
            start_response(status, headers.to_wsgi_list())
            return _closed(answer) if environ["REQUEST_METHOD"] == "HEAD" else answer
        body = b"".join(answer)
        _closed(answer)
        page = Page(headers, body, headers.get("ETag", "").strip('"') or sha256(body).hexdigest()[:32], said.until)
        if key is None:
            key = self._settle(environ, said)
        elif said.depends_on == recipe.depends_on and hash(key) in self.asked:
            page.versions = versions
            self._keep(key, page)
        self._learn(path, said, key)
        return _serve(page, environ, start_response)

    def _ask(self, environ: dict[str, Any], conditional: bool) -> tuple[str, Headers, Iterable[bytes], Keepable | None]:
        """What the site says to a GET, whole unless `conditional`, and whether it may be kept."""
        asked = environ if conditional else {n: value for n, value in environ.items() if not n.startswith("HTTP_IF_")}
        asked = {**asked, "REQUEST_METHOD": "GET"}
        got: list = []
        answer = self.app(asked, lambda status, headers, _wrong=None: got.extend((status, headers)))
        return got[0], Headers(got[1]), answer, asked.get(KEEPABLE)

    def _learn(self, path: str, said: Keepable, key: tuple) -> None:
        with self.lock:
            self.recipes[path], self.asked[hash(key)] = said, None
            for known in (self.recipes, self.asked):
                while len(known) > MOST_PATHS:
                    known.popitem(last=False)

    def _keep(self, key: tuple, page: Page) -> None:
        with self.lock:
            old = self.pages.pop(key, None)
            self.pages[key] = page
            # Room for the compressed forms, which are made later, is counted at once.
            self.bytes += 2 * len(page.body) - (2 * len(old.body) if old else 0)
            while self.bytes > MOST_BYTES and self.pages:
                _key, oldest = self.pages.popitem(last=False)
                self.bytes -= 2 * len(oldest.body)

    def _touch(self, key: tuple) -> None:
        with self.lock:
            if key in self.pages:
                self.pages.move_to_end(key)


class Versions:
    """The counters, read over a connection of this layer's own that never sees an open transaction."""

    def __init__(self, database_url: str) -> None:
        """Nothing is opened yet: processes are forked after the site is made."""
        self.engine = create_engine(database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self.mark = "?" if self.engine.dialect.paramstyle == "qmark" else "%s"
        self.local = threading.local()

    def read(self, keys: tuple[str, ...]) -> tuple | None:
        """Key, number and last change of each counter that was ever raised; None while the store fails."""
        if not keys:
            return ()
        marks = ",".join([self.mark] * len(keys))
        query = f"SELECT key, number, changed_at FROM versions WHERE key IN ({marks}) ORDER BY key"
        try:
            return tuple(map(tuple, self._connection().execute(query, keys)))
        except (DBAPIError, self.engine.dialect.dbapi.Error) as why:
            log.warning("the counters could not be read: %s", why)
            self.local.__dict__.clear()
            return None

    def _connection(self):
        if not hasattr(self.local, "raw"):
            self.local.raw = self.engine.raw_connection()
        return self.local.raw.driver_connection


def _serve(page: Page, environ: dict[str, Any], start_response: Callable) -> list[bytes]:
    """The page, or 304 where the reader has it, in the encoding the reader likes best."""
    encoding = _encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    headers = Headers([(name, value) for name, value in page.headers if name not in OWN_HEADERS])
    etag = f"{page.etag}-{encoding}" if encoding else page.etag
    headers["ETag"] = f'"{etag}"'
    headers["X-Request-ID"] = secrets.token_hex(8)
    headers["Vary"] = ", ".join(filter(None, (headers.get("Vary"), "Accept-Encoding")))
    if not is_resource_modified(environ, etag, last_modified=headers.get("Last-Modified")):
        headers.pop("Content-Type", None)
        start_response("304 NOT MODIFIED", headers.to_wsgi_list())
        return []
    body = page.in_encoding(encoding)
    if encoding:
        headers["Content-Encoding"] = encoding
    headers["Content-Length"] = str(len(body))
    start_response("200 OK", headers.to_wsgi_list())
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _closed(answer: Iterable[bytes]) -> list[bytes]:
    """Nothing, once the site was told that its answer is done with (PEP 3333)."""
    if hasattr(answer, "close"):
        answer.close()
    return []


@lru_cache(maxsize=500)
def _language(header: str, languages: tuple[str, ...]) -> str:
    return parse_accept_header(header, LanguageAccept).best_match(languages) or languages[0]


@lru_cache(maxsize=500)
def _encoding(header: str) -> str:
    asked = parse_accept_header(header)
    best = max(("br", "gzip"), key=asked.quality)
    return best if header and asked.quality(best) > 0 else ""
