"""Whether a domain lets an address send mail for it (SPF, RFC 7208)."""

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from ..resolver import Resolver

PASS, FAIL, SOFTFAIL, NEUTRAL, NONE = "pass", "fail", "softfail", "neutral", "none"
QUALIFIERS = {"+": PASS, "-": FAIL, "~": SOFTFAIL, "?": NEUTRAL}
MOST_LOOKUPS = 10


class BrokenRecord(Exception):
    """Receivers can't read it (permerror); the text says what is wrong."""


def spf_records(domain: str, resolver: Resolver) -> list[str]:
    """The SPF records of a domain: there should be one. Raises NoAnswer."""
    return [text for text in resolver.texts(domain) if text.lower().split(" ")[0] == "v=spf1"]


def spf_result(domain: str, address: str, resolver: Resolver) -> str:
    """What a receiver makes of a letter that comes from this address. Raises BrokenRecord and NoAnswer."""
    return _Check(ip_address(address), resolver).of(domain)


@dataclass
class _Check:
    """One evaluation, which may ask ten questions (RFC 7208, 4.6.4)."""

    address: IPv4Address | IPv6Address
    resolver: Resolver
    asked: list[str] = field(default_factory=list)

    def of(self, domain: str) -> str:
        """The first mechanism that matches decides."""
        records = spf_records(domain, self.resolver)
        if len(records) != 1:
            if records:
                raise BrokenRecord(f"{domain}: {len(records)} × v=spf1")
            return NONE
        onward = None
        for term in records[0].split()[1:]:
            name, equals, value = term.partition("=")
            if equals and name.isalpha():
                onward = value if name.lower() == "redirect" else onward
                continue
            sign, mechanism = (term[0], term[1:]) if term[0] in QUALIFIERS else ("+", term)
            if self._matches(mechanism, domain):
                return QUALIFIERS[sign]
        return self._included(onward, domain) if onward else NEUTRAL

    def _matches(self, mechanism: str, domain: str) -> bool:
        name, _colon, value = mechanism.partition(":")
        kind, slash, length = name.lower().partition("/")
        if kind == "all":
            return True
        if kind in ("ip4", "ip6"):
            return self._within(value, mechanism)
        if kind == "include":
            return self._included(value, domain) == PASS
        if kind in ("a", "mx"):
            host, slash, length = value.partition("/") if value else (domain, slash, length)
            return any(
                self._within(f"{found}{slash}{_bits(found, length)}", mechanism) for found in self._hosts(kind, host)
            )
        if kind in ("exists", "ptr"):
            # Macros and reverse names: nothing that a crew's own record has.
            self._ask(mechanism)
            return False
        raise BrokenRecord(mechanism)

    def _hosts(self, kind: str, host: str) -> list[str]:
        self._ask(host)
        names = self.resolver.mail_hosts(host) if kind == "mx" else [host]
        return [address for name in names[:MOST_LOOKUPS] for address in self.resolver.addresses(name)]

    def _included(self, other: str, domain: str) -> str:
        self._ask(other)
        if (result := self.of(other)) == NONE:
            raise BrokenRecord(f"{domain}: {other}")
        return result

    def _within(self, network: str, mechanism: str) -> bool:
        try:
            return self.address in ip_network(network, strict=False)
        except ValueError:
            raise BrokenRecord(mechanism) from None

    def _ask(self, name: str) -> None:
        self.asked.append(name)
        if len(self.asked) > MOST_LOOKUPS:
            raise BrokenRecord(f"> {MOST_LOOKUPS}: {name}")


def _bits(address: str, length: str) -> str:
    """Of `24//64`, the part for this address's kind."""
    four, _slashes, six = length.partition("//")
    return (six if ":" in address else four).strip("/") or ("128" if ":" in address else "32") if length else ""
