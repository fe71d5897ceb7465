"""Mail that a provider hands over by HTTP."""

import hmac
import json
from email import message_from_bytes, policy
from email.utils import getaddresses

from flask import Blueprint, abort, current_app, request

from .. import web
from ..db import db
from ..inbound.receive import LARGEST, is_ours, receive
from ..when import now

bp = Blueprint("hook", __name__)
# What providers call the whole message, and whom it is for.
MESSAGES = ("email", "body-mime", "message", "raw", "mime")
RECIPIENTS = ("recipient", "to")
SAID_FOR = ("Delivered-To", "X-Original-To", "To", "Cc")


@bp.post("/hooks/mail")
@web.own_proof
def take():
    """One message, as the raw body or as a field of a form; its proof is INBOUND_MAIL_TOKEN."""
    _check_token()
    raw = _message()
    if len(raw) > LARGEST:
        abort(413)
    settings = current_app.config["SETTINGS"]
    for address in {address for address in _recipients(raw) if is_ours(address, settings)}:
        receive(address, raw, now())
    db.session.commit()
    return "", 204


def _check_token() -> None:
    """As `Authorization: Bearer`, or as the password of Basic: 404 where there is no hook, 401 for a wrong one."""
    token, given = current_app.config["SETTINGS"].inbound_mail_token, request.authorization
    if not token:
        abort(404)
    said = (given.token or given.password or "") if given else ""
    if not hmac.compare_digest(said.encode(), token.encode()):
        abort(401)


def _message() -> bytes:
    if not request.form and not request.files:
        return request.get_data()
    for name in MESSAGES:
        if name in request.files:
            return request.files[name].read()
        if name in request.form:
            return request.form[name].encode()
    abort(400)


def _recipients(raw: bytes) -> list[str]:
    """As the provider says; where it says nothing, as the message does."""
    said = [request.args.get("to", ""), *(request.form.get(name, "") for name in RECIPIENTS), *_envelope()]
    if not any(said):
        message = message_from_bytes(raw, policy=policy.compat32)
        said = [str(value) for name in SAID_FOR for value in message.get_all(name, [])]
    return [address.lower() for _name, address in getaddresses(said)]


def _envelope() -> list[str]:
    try:
        return [str(address) for address in json.loads(request.form.get("envelope", "{}")).get("to", [])]
    except (ValueError, AttributeError, TypeError):
        return []
