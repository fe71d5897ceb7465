"""What mail hosts look up before they trust the site's letters; the site's own signatures."""

import shutil
import subprocess
from dataclasses import replace
from email import message_from_bytes, policy

import dkim
import pytest
from click.testing import CliRunner

from staytouch_events.cli import main
from staytouch_events.db import db
from staytouch_events.jobs.pump import run_due
from staytouch_events.organize.mail_check import plan_check
from staytouch_events.organize.mail_check_page import as_lines
from staytouch_events.outbox.delivery import BAD, GOOD, UNSURE, check_delivery, last_check
from staytouch_events.outbox.message import Mail, build
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.post import list_headers
from staytouch_events.outbox.pump import send_due
from staytouch_events.outbox.sign import public_record, sign
from staytouch_events.outbox.spf import BrokenRecord, spf_result
from staytouch_events.resolver import Resolver

from ..cast import NOW, a_group, a_person, an_event
from ..conftest import skip
from ..forms import send
from ..outbox.test_pump import Carrier
from .cast import a_reply, arrives, receiving
from .names import names, text
from .test_replies import answered

HOST, SENDER, KEY = "mx.example.net", "93.184.215.14", "crews._domainkey.example.net"
REVERSE = "14.215.184.93.in-addr.arpa"


@pytest.fixture(scope="session")
def key(tmp_path_factory):
    """A private key, as the page says to make one."""
    if shutil.which("openssl") is None:
        skip("openssl is not installed")
    path = tmp_path_factory.mktemp("dkim") / "dkim.pem"
    subprocess.run(["openssl", "genrsa", "-out", path, "2048"], check=True, capture_output=True)
    return path


@pytest.fixture
def settings(app, key):
    """A site that sends by a server of its own, and signs."""
    receiving(app, mail_url=f"smtp://{HOST}", dkim_key=key, dkim_selector="crews")
    return app.config["SETTINGS"]


def well(key) -> dict:
    """Records with which nothing is to be fixed."""
    return {
        ("example.net", "TXT"): [text("v=spf1 mx -all"), text("something else")],
        ("example.net", "MX"): [f"10 {HOST}."],
        (HOST, "A"): [SENDER],
        (KEY, "TXT"): [text(public_record(key))],
        ("_dmarc.example.net", "TXT"): [text("v=DMARC1; p=reject; rua=mailto:a@example.net")],
        (REVERSE, "PTR"): [f"{HOST}."],
    }


def found(settings, records) -> dict[str, tuple[str, str]]:
    """Verdicts and what was found, by topic."""
    with names(records) as resolver:
        return {one.topic: (one.verdict, one.what) for one in check_delivery(settings, Resolver(resolver))}


def test_where_all_is_well_it_says_so(settings, key):
    settings = replace(settings, inbound_listen="lmtp://127.0.0.1:2424")
    assert set(found(settings, well(key)).values()) == {
        (GOOD, "named"),
        (GOOD, "holds"),
        (GOOD, "reject"),
        (GOOD, "leads_back"),
        (GOOD, "hosts"),
    }


@pytest.mark.parametrize(
    ("name", "kind", "rows", "topic", "what"),
    [
        ("example.net", "TXT", [], "spf", "none"),
        ("example.net", "TXT", ["v=spf1 -all", "v=spf1 mx -all"], "spf", "broken"),
        ("example.net", "TXT", ["v=spf1 mxx -all"], "spf", "broken"),
        ("example.net", "TXT", ["v=spf1 +all"], "spf", "open"),
        ("example.net", "TXT", ["v=spf1 ip4:93.184.215.15 ~all"], "spf", "left_out"),
        (KEY, "TXT", [], "dkim", "none"),
        (KEY, "TXT", ["v=DKIM1; k=rsa; p="], "dkim", "other_key"),
        ("_dmarc.example.net", "TXT", [], "dmarc", "none"),
        ("_dmarc.example.net", "TXT", ["v=DMARC1; p=perhaps"], "dmarc", "broken"),
        (REVERSE, "PTR", [], "reverse", "none"),
        (REVERSE, "PTR", ["other.example.net."], "reverse", "astray"),
    ],
)
def test_what_is_missing_or_wrong_is_told_with_what_to_do(settings, key, name, kind, rows, topic, what):
    records = {**well(key), (name, kind): rows if kind == "PTR" else [text(row) for row in rows]}
    with names(records) as resolver:
        findings = check_delivery(settings, Resolver(resolver))
    (wrong,) = [one for one in findings if one.verdict != GOOD]
    assert (wrong.topic, wrong.verdict, wrong.what) == (topic, BAD, what)
    assert len(list(as_lines([wrong]))) >= 3


def test_a_resolver_that_knows_nothing_makes_no_verdict(settings):
    broken = replace(settings, mail_from="crews@broken.example", mail_url="smtp://broken.example")
    assert {verdict for verdict, _what in found(broken, {}).values()} == {UNSURE}


@pytest.mark.parametrize(
    ("record", "result"),
    [
        ("v=spf1 ip4:93.184.215.0/24 -all", "pass"),
        ("v=spf1 a:mx.example.net -all", "pass"),
        ("v=spf1 include:_spf.example.org -all", "pass"),
        ("v=spf1 redirect=_spf.example.org", "pass"),
        ("v=spf1 a:mx.example.net/33 -all", None),
        ("v=spf1 -ip4:93.184.215.14 +all", "fail"),
        ("v=spf1 ip6:2001:db8::/32 ~all", "softfail"),
        ("v=spf1 include:nothing.example.org ?all", None),
        ("v=spf1 " + "include:a.example.org " * 11 + "-all", None),
        ("v=spf1", "neutral"),
        ("v=spf10 +all", "none"),
    ],
)
def test_who_may_send_is_read_as_receivers_read_it(record, result):
    records = {
        ("example.net", "TXT"): [text(record)],
        (HOST, "A"): [SENDER],
        ("_spf.example.org", "TXT"): [text("v=spf1 ip4:93.184.215.14 -all")],
        ("a.example.org", "TXT"): [text("v=spf1 -all")],
    }
    with names(records) as resolver:
        if result is None:
            with pytest.raises(BrokenRecord):
                spf_result("example.net", SENDER, Resolver(resolver))
        else:
            assert spf_result("example.net", SENDER, Resolver(resolver)) == result


def test_a_letter_is_signed_with_what_ends_it_in_one_click_and_a_change_breaks_it(settings, key):
    headers = list_headers("creek", "https://example.net/end")
    mail = Mail(("Crews", settings.mail_from), ("Gia", "gia@example.org"), "Hé", "a", "<p>a</p>", "<m@x>", NOW)
    signed = sign(build(replace(mail, headers=headers)), settings)
    with names({(KEY, "TXT"): [text(public_record(key))]}) as resolver:
        check = Resolver(resolver).dkim_record
        assert dkim.verify(signed, dnsfunc=check)
        for before, after in ((b"/end>", b"/End>"), (b"One-Click", b"Two-Click"), (b"<p>a", b"<p>b")):
            assert before in signed and not dkim.verify(signed.replace(before, after), dnsfunc=check)
        assert not dkim.verify(b"List-Unsubscribe: <https://evil.example>\r\n" + signed, dnsfunc=check)


def test_an_answer_without_a_token_counts_where_its_own_domain_signed_it(settings, app, key):
    rsvp = answered(an_event(a_group()))
    own, others = (replace(settings, mail_from=f"bob@{domain}") for domain in ("example.org", "evil.example"))
    record = [text(public_record(key))]
    known = {(f"crews._domainkey.{domain}", "TXT"): record for domain in ("example.org", "evil.example")}
    plain = a_reply(rsvp, "TENTATIVE")
    half = dkim.sign(plain, b"crews", b"example.org", key.read_bytes(), length=True) + plain
    with names(known) as resolver:
        app.config["SETTINGS"] = replace(settings, mail_resolver=resolver)
        for raw in (
            plain,
            half,
            sign(plain, others),
            sign(plain, own).replace(b"My answer.", b"My wishes."),
            sign(a_reply(rsvp, "TENTATIVE", sender="bob@elsewhere.example"), own),
            sign(a_reply(rsvp, "TENTATIVE", sender="mallory@example.org"), own),
        ):
            arrives(settings.reply_address, raw)
            assert rsvp.answer == "going"
        arrives(settings.reply_address, sign(plain, own))
    assert rsvp.answer == "maybe"


def test_the_admins_page_shows_what_the_worker_looked_up_and_what_became_of_a_test(settings, app, key, browser_of):
    ada = browser_of(a_person("ada", is_admin=True))
    page = ada.get("/admin/mail").text
    assert "Nobody looked yet" in page
    send(ada, page, "/admin/mail/check")
    with names({**well(key), ("_dmarc.example.net", "TXT"): []}) as resolver:
        app.config["SETTINGS"] = replace(settings, mail_resolver=resolver)
        run_due(NOW)
    page = ada.get("/admin/mail").text
    assert "It lets 93.184.215.14 send." in page and "v=DMARC1; p=none" in page and "to fix" in page
    send(ada, page, "/admin/mail/test")
    carrier = Carrier()
    send_due(carrier, NOW)
    ((to, raw),) = carrier.taken
    assert to == "ada@example.org" and "DKIM-Signature" in message_from_bytes(raw, policy=policy.default)
    assert "ada@example.org: sent" in ada.get("/admin/mail").text
    assert "/admin/mail" in ada.get("/admin").text


def test_the_command_says_it_in_words_and_sends_a_letter(settings, key, app, monkeypatch):
    monkeypatch.setattr("staytouch_events.cli._app", lambda: app)
    with names({**well(key), (KEY, "TXT"): []}) as resolver:
        run = ["check-mail", "--resolver", resolver, "--send", "op@example.org"]
        told = CliRunner().invoke(main, run, catch_exceptions=False)
    assert told.exit_code == 0 and f"TXT record at {KEY}" in told.output and public_record(key) in told.output
    assert last_check() is not None and db.session.query(Letter).one().to_email == "op@example.org"
    assert CliRunner().invoke(main, ["check-mail", "--resolver", "somewhere"]).exit_code == 1


def test_looking_twice_keeps_the_last(settings, app, key):
    with names(well(key)) as resolver:
        app.config["SETTINGS"] = replace(settings, mail_resolver=resolver)
        for _time in range(2):
            plan_check(NOW)
            db.session.commit()
            run_due(NOW)
    assert last_check()[0] == NOW
