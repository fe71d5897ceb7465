"""Asking DNS, at the resolver that the operator named or else the machine's own."""

import dns.exception
import dns.resolver
import dns.reversename

SECONDS = 5.0


class NoAnswer(Exception):
    """The resolver did not answer, so that nothing is known."""


class Resolver:
    """Questions to one resolver. Each raises NoAnswer; what does not exist is an empty list."""

    def __init__(self, address: str = "") -> None:
        """`address` is `IP` or `IP:port`; without one the machine's own resolver is asked."""
        self.asked = dns.resolver.Resolver(configure=not address)
        self.asked.lifetime = SECONDS
        if address:
            host, _colon, port = address.partition(":")
            self.asked.nameservers, self.asked.port = [host], int(port or 53)

    def texts(self, name: str) -> list[str]:
        """TXT records, each joined from its strings."""
        return [b"".join(row.strings).decode(errors="replace") for row in self._rows(name, "TXT")]

    def addresses(self, name: str) -> list[str]:
        """IPv4 and IPv6 addresses of a host."""
        return [row.address for kind in ("A", "AAAA") for row in self._rows(name, kind)]

    def mail_hosts(self, domain: str) -> list[str]:
        """Hosts that take a domain's mail, the preferred one first."""
        rows = sorted(self._rows(domain, "MX"), key=lambda row: row.preference)
        return [row.exchange.to_text(omit_final_dot=True) for row in rows]

    def names(self, address: str) -> list[str]:
        """Host names that an IP address leads back to."""
        rows = self._rows(dns.reversename.from_address(address), "PTR")
        return [row.target.to_text(omit_final_dot=True).lower() for row in rows]

    def dkim_record(self, name: bytes, timeout: float = SECONDS) -> bytes | None:
        """A key's record, as dkimpy asks for it; None where there is none, or no answer."""
        try:
            found = self.texts(name.decode())
        except NoAnswer:
            return None
        return found[0].encode() if found else None

    def _rows(self, name, kind: str) -> list:
        try:
            return list(self.asked.resolve(name, kind, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError, ValueError, UnicodeError) as why:
            raise NoAnswer(str(why)) from why
