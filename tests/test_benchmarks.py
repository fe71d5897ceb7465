"""What the benchmarks rest on: a load that counts rightly, and a table that tells what was missed."""

import socketserver
import threading
from contextlib import contextmanager

from benchmarks.figures import Figure, table
from benchmarks.load import fetch, get, load


class _Answering(socketserver.StreamRequestHandler):
    """Answers by the path: its status, and in two parts what comes slowly; /gone closes the connection."""

    def handle(self) -> None:
        while line := self.rfile.readline():
            path = line.split()[1].decode()
            while self.rfile.readline() not in (b"\r\n", b""):
                pass
            if path == "/gone":
                return
            status = int(path.strip("/"))
            body = b"" if status == 304 else b"body"
            length = b"" if status == 304 else b"Content-Length: 4\r\n"
            self.wfile.write(f"HTTP/1.1 {status} Said\r\n".encode())
            self.wfile.flush()
            self.wfile.write(length + b"\r\n" + body)


@contextmanager
def a_server():
    """A small HTTP server; its port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Answering) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_every_answer_is_counted_once_and_a_wrong_one_as_an_error():
    with a_server() as port:
        outcome = load(port, [get("/200")] * 50 + [get("/500")] * 3, clients=4)
        assert (outcome.answers, outcome.errors) == (50, 3)
        assert 0 < outcome.slowest <= outcome.seconds


def test_an_answer_without_a_body_is_whole():
    with a_server() as port:
        assert load(port, [get("/304")] * 5, clients=2, status=304).answers == 5


def test_a_closed_connection_is_an_error_and_its_client_goes_on():
    with a_server() as port:
        outcome = load(port, [get("/gone"), *[get("/200")] * 9], clients=1)
        assert (outcome.answers, outcome.errors) == (9, 1)


def test_a_load_ends_when_its_time_is_up():
    with a_server() as port:
        outcome = load(port, iter(lambda: get("/200"), None), clients=2, seconds=0.2)
        assert outcome.answers > 0 and outcome.seconds < 2


def test_one_answer_is_taken_apart():
    with a_server() as port:
        assert fetch(port, get("/200")) == (200, {"content-length": "4"}, b"body")


def test_the_table_says_what_was_missed():
    rows = table([Figure("fast", 2.0, 1.5, "floors"), Figure("slow", 3.0, 2.0, "s", at_most=True)]).splitlines()
    assert "ok" in rows[2] and "MISSED" in rows[3]
