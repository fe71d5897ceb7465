"""What the look at the site's mail found, in words, and what to do about it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import format_datetime
from flask_babel import gettext as _

from ..outbox.delivery import ANSWERS, DKIM, DMARC, GOOD, REVERSE, SPF, Finding, last_check
from ..outbox.models import BOUNCED, DEAD, SENT, Letter
from ..outbox.queries import letters_about
from ..outbox.stops import stopped_addresses
from .mail_check import TEST

# Test letters that the page tells of.
SHOWN = 5


def check_context() -> dict[str, Any]:
    """The last look, the last test letters, and the addresses that mail came back from."""
    last = last_check()
    return {
        "checked": f"{format_datetime(last[0])} UTC" if last else None,
        "rows": [finding_words(finding) for finding in last[1]] if last else [],
        "tests": [(letter.to_email, _became(letter)) for letter in letters_about(TEST)[-SHOWN:]],
        "stopped": stopped_addresses(),
    }


def finding_words(finding: Finding) -> dict[str, str]:
    """Its title, verdict, what was found, what to fix, the record to publish; the last two may be empty."""
    titles = {
        SPF: _("SPF: who may send for your domain"),
        DKIM: _("DKIM: signed letters"),
        DMARC: _("DMARC: what becomes of forged letters"),
        REVERSE: _("Reverse name"),
        ANSWERS: _("Where answers come in"),
    }
    if finding.what == "no_answer":
        text, fix = _("The resolver did not answer, so nothing is known."), _("Look again later, or name another one.")
    else:
        says = {SPF: _spf, DKIM: _dkim, DMARC: _dmarc, REVERSE: _reverse, ANSWERS: _answers}
        text, fix = says[finding.topic](finding.facts)[finding.what]
    record = finding.facts.get("record", "") if finding.verdict != GOOD and finding.what != "unknown" else ""
    return {"title": titles[finding.topic], "verdict": finding.verdict, "text": text, "fix": fix, "record": record}


def as_lines(findings: Iterable[Finding]) -> Iterable[str]:
    """The same for a terminal."""
    marks = {"good": _("good"), "bad": _("to fix"), "unsure": _("not sure")}
    for row in map(finding_words, findings):
        yield f"{row['title']}: {marks[row['verdict']]}"
        yield from (f"  {row[part]}" for part in ("text", "fix", "record") if row[part])


def _spf(facts: dict[str, str]) -> dict[str, tuple[str, str]]:
    publish = _("Publish this as a TXT record at %(name)s:", name=facts["domain"])
    add = _("Add the addresses of the server that sends, or what your mail provider says to include, to that record.")
    found = _("It says: %(record)s.", record=facts.get("found", ""))
    return {
        "none": (_("%(domain)s says nothing about who may send.", domain=facts["domain"]), publish),
        "broken": (
            _("The record can't be read (%(why)s).", why=facts.get("why", "")) + " " + found,
            _("Leave one record that starts with v=spf1, with at most ten lookups, for example this one:"),
        ),
        "open": (found, _("It lets everyone send in your name. End it with ~all or -all, for example:")),
        "unknown": (
            found,
            _("Set MAIL_URL to a server with a public address, so that we can tell whether it is in it."),
        ),
        "named": (_("It lets %(addresses)s send.", addresses=facts["addresses"]), ""),
        "left_out": (_("It does not let %(addresses)s send.", addresses=facts["addresses"]) + " " + found, add),
    }


def _dkim(facts: dict[str, str]) -> dict[str, tuple[str, str]]:
    name = facts.get("name", "")
    key = _(
        "If your mail server does not sign either, make one: openssl genrsa -out dkim.pem 2048. Set DKIM_KEY to it."
    )
    return {
        "no_key": (_("The site has no key and signs nothing itself."), key + " " + _("Set DKIM_SELECTOR to a name.")),
        "none": (
            _("Letters are signed, and nobody can check it."),
            _("Publish this as a TXT record at %(name)s:", name=name),
        ),
        "other_key": (
            _("The record at %(name)s is of another key, so that every signature looks forged.", name=name),
            _("Put this in its place:"),
        ),
        "holds": (_("Letters are signed, and the record at %(name)s proves it.", name=name), ""),
    }


def _dmarc(facts: dict[str, str]) -> dict[str, tuple[str, str]]:
    publish = _("Publish this as a TXT record at %(name)s:", name=facts["name"])
    says = _("It says: %(record)s.", record=facts.get("found", ""))
    later = _("Once all is well here for some weeks, p=quarantine protects your name better.")
    return {
        "none": (_("There is none, and large mail hosts ask for one."), publish),
        "broken": (_("The record can't be read.") + " " + says, publish),
        "quarantine": (says, ""),
        "reject": (says, ""),
        "watch": (says, later),
    }


def _reverse(facts: dict[str, str]) -> dict[str, tuple[str, str]]:
    address, names = facts.get("address", ""), facts.get("names", "")
    ask = _(
        "Ask whoever gives you the address (the host of the server) to set its reverse name to the server's own name."
    )
    return {
        "none": (_("%(address)s has no name.", address=address), ask),
        "astray": (_("%(address)s is called %(names)s, which does not lead back.", address=address, names=names), ask),
        "leads_back": (_("%(address)s is called %(names)s, and that leads back.", address=address, names=names), ""),
        "unknown": (
            _("No public address of the sending server is known."),
            _("Set MAIL_URL to a server with a public address. Where a provider sends for you, this is its matter."),
        ),
    }


def _answers(facts: dict[str, str]) -> dict[str, tuple[str, str]]:
    domain = facts["domain"]
    return {
        "none": (_("No server takes mail for %(domain)s.", domain=domain), _("Publish an MX record that names yours.")),
        "hosts": (_("%(hosts)s takes mail for %(domain)s.", hosts=facts["hosts"], domain=domain), ""),
    }


def _became(letter: Letter) -> str:
    words = {SENT: _("sent"), DEAD: _("came back"), BOUNCED: _("came back")}.get(letter.state, _("waits to be sent"))
    return f"{words}: {letter.last_error}" if letter.last_error else words
