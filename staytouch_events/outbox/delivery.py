"""What receivers look up before they trust the site's mail: who may send, signatures, reverse names."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import dkim

from ..config import Settings
from ..db import db
from ..resolver import NoAnswer, Resolver
from .models import MailCheck
from .sign import public_record, sign
from .spf import PASS, BrokenRecord, spf_records, spf_result
from .transport import LOOPBACK

SPF, DKIM, DMARC, REVERSE, ANSWERS = "spf", "dkim", "dmarc", "reverse", "answers"
GOOD, BAD, UNSURE = "good", "bad", "unsure"
SAMPLE = b"From: %s\r\nSubject: a test\r\n\r\nhello\r\n"


@dataclass(frozen=True)
class Finding:
    """One thing looked up. `what` names what was found, `facts` what its words tell."""

    topic: str
    verdict: str
    what: str
    facts: dict[str, Any] = field(default_factory=dict)


def check_delivery(settings: Settings, resolver: Resolver) -> list[Finding]:
    """All of it; takes seconds where a resolver is slow, so never within a request."""
    try:
        senders = sending_addresses(settings, resolver)
    except NoAnswer:
        senders = []
    checks = [(SPF, lambda: _spf(settings, senders, resolver)), (DKIM, lambda: _dkim(settings, resolver))]
    checks += [(DMARC, lambda: _dmarc(settings, resolver))]
    checks += [(REVERSE, lambda one=address: _reverse(one, resolver)) for address in senders]
    checks += [(ANSWERS, lambda: _answers(settings, resolver))] if settings.inbound_listen else []
    found = [_answered(topic, check) for topic, check in checks]
    return found if senders else [*found, Finding(REVERSE, UNSURE, "unknown")]


def keep_findings(found: list[Finding], now: datetime) -> None:
    """For the admin's page, in the caller's transaction."""
    db.session.merge(MailCheck(id=1, checked_at=now, findings=[asdict(finding) for finding in found]))


def last_check() -> tuple[datetime, list[Finding]] | None:
    """What was found, and when; None where nobody looked yet."""
    row = db.session.get(MailCheck, 1)
    return (row.checked_at, [Finding(**finding) for finding in row.findings]) if row else None


def sending_addresses(settings: Settings, resolver: Resolver) -> list[str]:
    """The public addresses of the server that MAIL_URL names, or of the site where that is this machine itself."""
    host = urlsplit(settings.mail_url).hostname if settings.mail_url else None
    host = settings.site_host if host is None or host in LOOPBACK else host
    try:
        found = [str(ip_address(host))]
    except ValueError:
        found = resolver.addresses(host)
    return [address for address in found if ip_address(address).is_global]


def _answered(topic: str, check) -> Finding:
    try:
        return check()
    except NoAnswer:
        return Finding(topic, UNSURE, "no_answer")


def _domain(settings: Settings) -> str:
    return settings.mail_from.rpartition("@")[2]


def _spf(settings: Settings, senders: list[str], resolver: Resolver) -> Finding:
    domain = _domain(settings)
    named = " ".join(f"ip{ip_address(address).version}:{address}" for address in senders)
    facts = {"domain": domain, "record": f"v=spf1 {named or 'mx'} ~all", "addresses": ", ".join(senders)}
    records = spf_records(domain, resolver)
    if not records:
        return Finding(SPF, BAD, "none", facts)
    facts["found"] = " | ".join(records)
    try:
        results = {spf_result(domain, address, resolver) for address in senders}
        stranger = spf_result(domain, "0.0.0.0", resolver)
    except BrokenRecord as why:
        return Finding(SPF, BAD, "broken", {**facts, "why": str(why)})
    if stranger == PASS:
        return Finding(SPF, BAD, "open", facts)
    if not senders:
        return Finding(SPF, UNSURE, "unknown", facts)
    return Finding(SPF, GOOD, "named", facts) if results == {PASS} else Finding(SPF, BAD, "left_out", facts)


def _dkim(settings: Settings, resolver: Resolver) -> Finding:
    if settings.dkim_key is None:
        return Finding(DKIM, UNSURE, "no_key", {"domain": _domain(settings)})
    name = f"{settings.dkim_selector}._domainkey.{_domain(settings)}"
    facts = {"name": name, "record": public_record(settings.dkim_key)}
    if not resolver.texts(name):
        return Finding(DKIM, BAD, "none", facts)
    try:
        holds = dkim.verify(sign(SAMPLE % settings.mail_from.encode(), settings), dnsfunc=resolver.dkim_record)
    except dkim.DKIMException:
        holds = False
    return Finding(DKIM, GOOD, "holds", facts) if holds else Finding(DKIM, BAD, "other_key", facts)


def _dmarc(settings: Settings, resolver: Resolver) -> Finding:
    """At the domain itself or, where it has none, above it."""
    labels = _domain(settings).split(".")
    facts = {"name": f"_dmarc.{_domain(settings)}", "record": "v=DMARC1; p=none"}
    for start in range(max(1, len(labels) - 1)):
        name = "_dmarc." + ".".join(labels[start:])
        records = [text for text in resolver.texts(name) if text.replace(" ", "").lower().startswith("v=dmarc1;")]
        if records:
            return _policy(records, {**facts, "name": name, "found": " | ".join(records)})
    return Finding(DMARC, BAD, "none", facts)


def _policy(records: list[str], facts: dict[str, str]) -> Finding:
    parts = dict(part.strip().partition("=")[::2] for part in records[0].lower().split(";") if "=" in part)
    policy = parts.get("p", "").strip()
    if len(records) > 1 or policy not in ("none", "quarantine", "reject"):
        return Finding(DMARC, BAD, "broken", facts)
    return Finding(DMARC, GOOD, "watch" if policy == "none" else policy, facts)


def _reverse(address: str, resolver: Resolver) -> Finding:
    """A name that leads back to the address, as large mail hosts want it."""
    names = resolver.names(address)
    facts = {"address": address, "names": ", ".join(names)}
    if not names:
        return Finding(REVERSE, BAD, "none", facts)
    back = any(address in resolver.addresses(name) for name in names)
    return Finding(REVERSE, GOOD if back else BAD, "leads_back" if back else "astray", facts)


def _answers(settings: Settings, resolver: Resolver) -> Finding:
    domain = settings.reply_address.rpartition("@")[2]
    hosts = [host for host in resolver.mail_hosts(domain) if host != "."]
    facts = {"domain": domain, "hosts": ", ".join(hosts)}
    return Finding(ANSWERS, GOOD, "hosts", facts) if hosts else Finding(ANSWERS, BAD, "none", facts)
