"""A name server for tests: answers what the test told it, over real UDP."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


class _Names(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        data, socket = self.request
        asked = dns.message.from_wire(data)
        question, answer = asked.question[0], dns.message.make_response(asked)
        name, kind = question.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(question.rdtype)
        if rows := self.server.records.get((name, kind), []):
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *rows))
        elif name.endswith("broken.example"):
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif not any(known == name for known, _kind in self.server.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        socket.sendto(answer.to_wire(), self.client_address)


@contextmanager
def names(records: dict[tuple[str, str], list[str]]) -> Iterator[str]:
    """A running one; its `IP:port`. Records by name and kind, as a zone file says them."""
    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), _Names) as server:
        server.records = records
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def text(words: str) -> str:
    """A TXT record's words, in strings of 255 at most."""
    return " ".join(f'"{words[at : at + 255]}"' for at in range(0, len(words), 255))
