"""Where mail comes in: the hook and the listener."""

import smtplib
from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from threading import Event, Thread

import pytest

from staytouch_events.access.rsvps import reply_address
from staytouch_events.db import db
from staytouch_events.inbound.listen import start_listening
from staytouch_events.inbound.models import ReceivedMail
from staytouch_events.inbound.receive import LARGEST
from staytouch_events.jobs.pump import run_due
from staytouch_events.rsvps.models import DECLINED
from staytouch_events.worker import work

from ..cast import NOW, a_group, an_event
from ..served import free_port, until
from .cast import RECEIVING, REPLY_TO, a_reply, arrives, receiving
from .test_replies import answered

RIGHT = {"Authorization": f"Bearer {RECEIVING['inbound_mail_token']}"}


@pytest.fixture
def rsvp(app):
    """Bob is going, at a site that receives mail."""
    receiving(app)
    return answered(an_event(a_group()))


def addresses() -> list[str]:
    """What came in so far, by the addresses it came to."""
    db.session.rollback()
    return sorted(db.session.scalars(db.select(ReceivedMail.to_email)))


def as_json(*to: str) -> str:
    """Recipients as one of the providers says them."""
    return '{"to": [' + ", ".join(f'"{one}"' for one in to) + "]}"


def test_the_hook_takes_a_whole_message_and_the_worker_reads_it(rsvp, client):
    answer = client.post(f"/hooks/mail?to={reply_address(rsvp).replace('+', '%2B')}", data=a_reply(rsvp), headers=RIGHT)
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (204, None)
    run_due(NOW)
    db.session.expire_all()
    assert rsvp.answer == DECLINED


def test_the_hook_takes_the_forms_that_providers_send(rsvp, client):
    raw, to = a_reply(rsvp), reply_address(rsvp)
    basic = {"Authorization": "Basic " + b64encode(f"mail:{RECEIVING['inbound_mail_token']}".encode()).decode()}
    forms = [
        {"recipient": to, "body-mime": raw.decode()},
        {"envelope": as_json(to, "somebody@elsewhere.example"), "email": raw.decode() + "\r\n"},
        {"to": f"Crews <{to}>", "message": (BytesIO(raw + b"\r\n\r\n"), "message.eml")},
    ]
    for form in forms:
        assert client.post("/hooks/mail", data=form, headers=basic).status_code == 204
    assert addresses() == [to] * 3


def test_where_nothing_else_says_whom_it_is_for_the_message_does(rsvp, client):
    assert client.post("/hooks/mail", data=a_reply(rsvp), headers=RIGHT).status_code == 204
    assert addresses() == [REPLY_TO]


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer a-token-for-tests-onlx"}, {"Authorization": "x"}])
def test_without_the_token_nothing_comes_in(rsvp, client, headers):
    assert client.post("/hooks/mail", data=a_reply(rsvp), headers=headers).status_code == 401
    assert addresses() == []


def test_without_a_hook_there_is_none(rsvp, app, client):
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], inbound_mail_token="")
    for headers in ({}, RIGHT, {"Authorization": "Bearer "}):
        assert client.post("/hooks/mail", data=a_reply(rsvp), headers=headers).status_code == 404


def test_the_hook_refuses_what_is_too_large_and_keeps_nothing_for_others(rsvp, client):
    assert client.post("/hooks/mail", data=b"x" * (LARGEST + 1), headers=RIGHT).status_code == 413
    answer = client.post("/hooks/mail?to=somebody@elsewhere.example", data=a_reply(rsvp), headers=RIGHT)
    assert answer.status_code == 204 and addresses() == []
    assert client.post("/hooks/mail", data={"nothing": "here"}, headers=RIGHT).status_code == 400


@pytest.fixture(params=["smtp", "lmtp"])
def door(rsvp, app, request, caplog):
    """An open connection to the listener, as SMTP and as LMTP."""
    caplog.set_level("INFO")
    port = free_port()
    running = start_listening(app, f"{request.param}://127.0.0.1:{port}")
    with {"smtp": smtplib.SMTP, "lmtp": smtplib.LMTP}[request.param]("127.0.0.1", port) as server:
        yield server
    running.stop()


def test_the_listener_takes_mail_for_the_site_alone(door, rsvp, caplog):
    for stranger in ("somebody@elsewhere.example", "other@example.net", "crewsx@example.net"):
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            door.sendmail("bob@example.org", [stranger], a_reply(rsvp))
        assert refused.value.recipients[stranger][0] == 550
    door.sendmail("bob@example.org", [reply_address(rsvp)], a_reply(rsvp))
    assert addresses() == [reply_address(rsvp)]
    assert REPLY_TO not in caplog.text and "+" not in caplog.text


def test_a_token_is_kept_no_longer_than_the_message(rsvp):
    arrives(reply_address(rsvp), a_reply(rsvp))
    assert addresses() == [REPLY_TO]


def test_a_second_address_of_one_message_comes_as_a_second_message(door, rsvp):
    refused = door.sendmail("bob@example.org", [REPLY_TO, reply_address(rsvp)], a_reply(rsvp))
    assert refused[reply_address(rsvp)][0] == 452 and addresses() == [REPLY_TO]


def test_the_listener_refuses_what_is_too_large(door, rsvp):
    with pytest.raises(smtplib.SMTPException):
        door.sendmail("bob@example.org", [REPLY_TO], b"Subject: x\r\n\r\n" + b"x\r\n" * (LARGEST // 3 + 1))
    assert addresses() == []


def test_a_worker_listens_and_a_second_one_beside_it_goes_on_without(rsvp, app, caplog):
    port, stop = free_port(), Event()
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], inbound_listen=f"lmtp://127.0.0.1:{port}")
    workers = [Thread(target=work, args=(app, stop)) for _ in range(2)]
    try:
        for worker in workers:
            worker.start()
        until(lambda: "can't listen at INBOUND_LISTEN" in caplog.text, "the second worker to say so")
        with smtplib.LMTP("127.0.0.1", port) as server:
            assert server.noop()[0] == 250
    finally:
        stop.set()
        for worker in workers:
            worker.join()
