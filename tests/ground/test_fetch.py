"""Fetching what somebody typed: public hosts alone, so much and no more, one text for every refusal."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from staytouch_events import fetch as fetching
from staytouch_events.fetch import MOST_BYTES, Known, NotFetched, fetch, is_public

INSIDE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.9",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "2001:0:a00:1::f5ff:fffe",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
)


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_behind_a_wall_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_what_is_on_the_internet_is(address):
    assert is_public(address)


@pytest.fixture
def host():
    """A host on this machine: `pages` by path (status, headers, body), `asked` paths and conditions."""
    state = SimpleNamespace(pages={}, asked=[], done=threading.Event())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            state.asked.append((self.path, self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")))
            status, headers, body = state.pages.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            if self.path == "/drip":
                state.done.wait(10)

        def log_message(self, *_words) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield state
    state.done.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def let_in(host, monkeypatch):
    """This machine's host, for once taken for one on the internet."""
    monkeypatch.setitem(fetching.PORTS, "http", host.port)
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    return host


def of(host, path: str = "/", name: str = "calendar.example") -> str:
    """The address of a page of the host."""
    return f"http://{name}:{host.port}{path}"


def here(_host: str, _port: int) -> list[str]:
    """A resolver by which every name is this machine."""
    return ["127.0.0.1"]


def test_a_host_of_ones_own_is_never_asked(host, monkeypatch):
    monkeypatch.setitem(fetching.PORTS, "http", host.port)
    host.pages["/"] = (200, {}, b"secret")
    for name in ("calendar.example", "localhost", "127.0.0.1", "[::ffff:127.0.0.1]"):
        with pytest.raises(NotFetched):
            fetch(of(host, name=name), resolve=here)
    assert host.asked == []


def test_a_host_with_one_address_inside_is_not_asked_at_the_other(let_in):
    with pytest.raises(NotFetched):
        fetch(of(let_in), resolve=lambda host, port: ["127.0.0.1", "10.0.0.1"])
    assert let_in.asked == []


NO_ADDRESS = (
    "ftp://calendar.example/",
    "http://calendar.example:22/",
    "http://a:b@calendar.example/",
    "/x",
    "http://",
    "http://x:y/",
)


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_what_is_no_such_address_is_not_fetched(url):
    with pytest.raises(NotFetched):
        fetch(url, resolve=lambda host, port: pytest.fail("it was looked up"))


@pytest.mark.parametrize(
    ("named", "known"),
    [
        ({"ETag": '"1"'}, Known('"1"')),
        ({"Last-Modified": "Tue, 24 Nov 2026 18:00:00 GMT"}, Known("", "Tue, 24 Nov 2026 18:00:00 GMT")),
        (
            {"ETag": '"1"', "Last-Modified": "Tue, 24 Nov 2026 18:00:00 GMT"},
            Known('"1"', "Tue, 24 Nov 2026 18:00:00 GMT"),
        ),
    ],
)
def test_the_bytes_come_and_are_not_sent_twice(let_in, named, known):
    let_in.pages["/a?b=c"] = (200, named, b"BEGIN")
    first = fetch(of(let_in, "/a?b=c"), resolve=here)
    assert (first.body, first.known) == (b"BEGIN", known)
    let_in.pages["/a?b=c"] = (304, {}, b"")
    again = fetch(of(let_in, "/a?b=c"), first.known, resolve=here)
    assert (again.body, again.known) == (None, known)
    assert let_in.asked == [("/a?b=c", None, None), ("/a?b=c", known.etag or None, known.modified or None)]


def test_packed_bytes_are_unpacked_up_to_the_limit(let_in):
    let_in.pages["/small"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 1000))
    let_in.pages["/bomb"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * (MOST_BYTES + 1)))
    let_in.pages["/big"] = (200, {}, b"x" * (MOST_BYTES + 1))
    let_in.pages["/cut"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 1000)[:-9])
    assert fetch(of(let_in, "/small"), resolve=here).body == b"x" * 1000
    for path in ("/bomb", "/big", "/cut", "/none"):
        with pytest.raises(NotFetched):
            fetch(of(let_in, path), resolve=here)


def test_each_redirect_is_looked_at_again(let_in):
    let_in.pages["/"] = (302, {"Location": "/there"}, b"")
    let_in.pages["/there"] = (200, {}, b"here")
    let_in.pages["/inside"] = (302, {"Location": of(let_in, "/there", "inside.example")}, b"")
    let_in.pages["/round"] = (302, {"Location": "/round"}, b"")

    def resolve(name: str, _port: int) -> list[str]:
        return ["10.0.0.1"] if name == "inside.example" else ["127.0.0.1"]

    assert fetch(of(let_in), resolve=resolve).body == b"here"
    for path in ("/inside", "/round"):
        with pytest.raises(NotFetched):
            fetch(of(let_in, path), resolve=resolve)


def test_what_is_cut_short_is_nothing(let_in):
    let_in.pages["/"] = (200, {"Content-Length": "10"}, b"x")
    with pytest.raises(NotFetched):
        fetch(of(let_in), resolve=here)


@pytest.mark.parametrize("headers", [{"Content-Length": "10"}, {}])
def test_a_host_that_drips_is_cut_off(let_in, monkeypatch, headers):
    monkeypatch.setattr(fetching, "SECONDS", 0.2)
    let_in.pages["/drip"] = (200, headers, b"x")
    with pytest.raises(NotFetched):
        fetch(of(let_in, "/drip"), resolve=here)
