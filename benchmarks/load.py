"""Many clients at once over HTTP/1.1 with keep-alive, in one loop that costs little beside the server."""

import selectors
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from time import perf_counter

CLIENTS = 8
PATIENCE = 30
MOST_BYTES = 1 << 18
BODILESS = (b"204", b"304")


@dataclass
class Outcome:
    """What came of a load. Seconds; `slowest` is the longest wait for one answer."""

    answers: int = 0
    errors: int = 0
    seconds: float = 0.0
    slowest: float = 0.0

    @property
    def rate(self) -> float:
        """Right answers a second."""
        return self.answers / self.seconds


@dataclass
class Client:
    """One connection, with what has arrived of the answer that it waits for."""

    socket: socket.socket
    asked_at: float = 0.0
    arrived: bytes = b""


def get(path: str, **headers: str) -> bytes:
    """A request as a browser sends it; `If_None_Match` names the header If-None-Match."""
    return _request("GET", path, headers, b"")


def post(path: str, body: bytes, **headers: str) -> bytes:
    """A form, sent."""
    kind = {"Content_Type": "application/x-www-form-urlencoded", "Content_Length": str(len(body))}
    return _request("POST", path, kind | headers, body)


def fetch(port: int, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """One answer: status, headers by lower-case name, body."""
    client = Client(_connect(port))
    with client.socket:
        client.socket.sendall(request)
        while not _is_whole(client.arrived):
            part = client.socket.recv(MOST_BYTES)
            if not part:
                raise ConnectionError("the server closed the connection")
            client.arrived += part
    head, _, body = client.arrived.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return int(first.split()[1]), headers, body


def load(
    port: int, requests: Iterable[bytes], clients: int = CLIENTS, seconds: float = inf, status: int = 200
) -> Outcome:
    """Send requests until there are no more or the time is up; an answer of another status is an error."""
    with selectors.DefaultSelector() as selector:
        return _Loop(port, iter(requests), str(status).encode(), selector).run(clients, seconds)


class _Loop:
    """The clients of one load, each waiting for an answer."""

    def __init__(self, port: int, requests: Iterator[bytes], wanted: bytes, selector: selectors.BaseSelector) -> None:
        """`wanted` is the status of a right answer, as it stands in the answer's first line."""
        self.port, self.requests, self.wanted, self.selector = port, requests, wanted, selector
        self.outcome = Outcome()

    def run(self, clients: int, seconds: float) -> Outcome:
        """All of them together; what nobody answered when the time is up counts as nothing."""
        began = perf_counter()
        for _ in range(clients):
            self._start()
        while self.selector.get_map() and perf_counter() - began < seconds:
            ready = self.selector.select(PATIENCE)
            if not ready:
                self.outcome.errors += len(self.selector.get_map())
                break
            for key, _events in ready:
                self._hear(key.data)
        self.outcome.seconds = perf_counter() - began
        for key in list(self.selector.get_map().values()):
            self._stop(key.data)
        return self.outcome

    def _start(self) -> None:
        """A new client, if there is something left to ask."""
        client = Client(_connect(self.port))
        self.selector.register(client.socket, selectors.EVENT_READ, client)
        self._ask(client)

    def _stop(self, client: Client) -> None:
        self.selector.unregister(client.socket)
        client.socket.close()

    def _ask(self, client: Client) -> None:
        """Send the next request, or go when there is none left."""
        request = next(self.requests, None)
        if request is None:
            self._stop(client)
            return
        client.arrived, client.asked_at = b"", perf_counter()
        client.socket.sendall(request)

    def _hear(self, client: Client) -> None:
        """Take what has arrived; count the answer once it is whole."""
        try:
            part = client.socket.recv(MOST_BYTES)
        except ConnectionError:
            part = b""
        client.arrived += part
        if part and not _is_whole(client.arrived):
            return
        self._count(client, bool(part) and client.arrived[9:12] == self.wanted)
        if part:
            self._ask(client)
        else:
            self._stop(client)
            self._start()

    def _count(self, client: Client, right: bool) -> None:
        self.outcome.slowest = max(self.outcome.slowest, perf_counter() - client.asked_at)
        self.outcome.answers += right
        self.outcome.errors += not right


def _request(method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
    said = {
        "Host": "127.0.0.1",
        "Accept": "text/html,*/*",
        "Accept-Encoding": "gzip, br",
        "Accept-Language": "en",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _is_whole(arrived: bytes) -> bool:
    end = arrived.find(b"\r\n\r\n")
    if end < 0:
        return False
    if arrived[9:12] in BODILESS:
        return True
    head = arrived[:end].lower() + b"\r\n"
    _, named, rest = head.partition(b"\r\ncontent-length: ")
    # Chunks never come from this site's pages; nobody could tell where such an answer ends.
    if not named:
        raise ValueError("an answer without Content-Length")
    return len(arrived) >= end + 4 + int(rest.split(b"\r\n", 1)[0])
