"""The one way to fetch an address that somebody typed: public hosts alone, a little at a time (reliability.md, 15)."""

import socket
import ssl
import zlib
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Event, Timer
from urllib.parse import SplitResult, urljoin, urlsplit

SECONDS, MOST_BYTES, HOPS, CHUNK = 10, 5 * 1024 * 1024, 5, 64 * 1024
PORTS = {"http": 80, "https": 443}
# Addresses that carry an IPv4 one in their last 32 bits (RFC 6052; RFC 8215).
NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
Resolve = Callable[[str, int], list[str]]


class NotFetched(Exception):
    """Nothing came: one text for every reason, so that nobody learns what stands behind our wall."""


@dataclass(frozen=True)
class Known:
    """How a host named what it gave the last time: its ETag, its Last-Modified, either may be empty."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Fetched:
    """What came, and how the host names it. `body` is None where it is what was known already."""

    body: bytes | None
    known: Known = Known()


def addresses_of(host: str, port: int) -> list[str]:
    """All addresses of a host, as the system's resolver knows them. Raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an address is on the open internet, and so is every other that it stands for."""
    found = ip_address(address)
    return all(one.is_global and not one.is_multicast for one in (found, *_within(found)))


def fetch(url: str, known: Known = Known(), resolve: Resolve = addresses_of) -> Fetched:
    """The bytes behind an http or https address, at most 5 MB once unpacked, within 10 s. Raises NotFetched."""
    try:
        for _hop in range(HOPS):
            with _asked(urlsplit(url), known, resolve) as answer:
                if answer.status not in (301, 302, 303, 307, 308):
                    return _read(answer, known)
                url = urljoin(url, answer.headers.get("Location", ""))
    except (OSError, ValueError, HTTPException, zlib.error) as why:
        raise NotFetched(type(why).__name__) from why
    raise NotFetched("too many redirects")


def _within(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses inside an IPv6 one: mapped, 6to4, Teredo (both ends), NAT64."""
    if isinstance(address, IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in NAT64):
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one is not None]


@contextmanager
def _asked(where: SplitResult, known: Known, resolve: Resolve):
    """The answer of one host, while its connection is open; cut off when the time is up, however slowly it drips."""
    with closing(_connected(where, resolve)) as connection:
        over = Event()
        late = Timer(SECONDS, _cut, [connection.sock, over])
        late.daemon = True
        late.start()
        try:
            path = (where.path or "/") + (f"?{where.query}" if where.query else "")
            headers = {"User-Agent": "StayTouch", "Accept-Encoding": "gzip", "Connection": "close"}
            asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
            connection.request("GET", path, headers=headers | {name: value for name, value in asked.items() if value})
            yield connection.getresponse()
            if over.is_set():
                raise TimeoutError
        finally:
            late.cancel()


def _connected(where: SplitResult, resolve: Resolve) -> HTTPConnection:
    """A connection to the very address that was looked at. Raises ValueError for one that is not for us."""
    host, usual = where.hostname, PORTS.get(where.scheme)
    if not host or where.username or usual is None or (where.port or usual) not in PORTS.values():
        raise ValueError("not an address that is fetched")
    port = where.port or usual
    addresses = resolve(host.encode("idna").decode(), port)
    if not addresses or not all(map(is_public, addresses)):
        raise ValueError("not a public host")
    raw = _reached(addresses, port)
    if where.scheme == "http":
        connection = HTTPConnection(host, port)
        connection.sock = raw
        return connection
    connection = HTTPSConnection(host, port)
    try:
        connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
    except OSError:
        raw.close()
        raise
    return connection


def _reached(addresses: list[str], port: int) -> socket.socket:
    """A connection to the first address that answers: a host may have one of a kind that we have no way to."""
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), SECONDS / len(addresses))
        except OSError:
            continue
    return socket.create_connection((addresses[-1], port), SECONDS / len(addresses))


def _cut(connected: socket.socket, over: Event) -> None:
    over.set()
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:
        connected.close()


def _read(answer: HTTPResponse, known: Known) -> Fetched:
    named = Known(*(answer.headers.get(name, "")[:200] for name in ("ETag", "Last-Modified")))
    if answer.status == 304:
        return Fetched(None, Known(named.etag or known.etag, named.modified or known.modified))
    if answer.status != 200:
        raise ValueError(f"status {answer.status}")
    packed = answer.headers.get("Content-Encoding", "identity").lower()
    if packed not in ("identity", "gzip"):
        raise ValueError("packed in another way")
    unpack = zlib.decompressobj(wbits=31) if packed == "gzip" else None
    body = bytearray()
    while chunk := answer.read(CHUNK):
        body += unpack.decompress(chunk, MOST_BYTES + 1 - len(body)) if unpack else chunk
        if len(body) > MOST_BYTES or (unpack and unpack.unconsumed_tail):
            raise ValueError("too much")
    if answer.length or (unpack and not unpack.eof):
        raise ValueError("cut short")
    return Fetched(bytes(body), named)
