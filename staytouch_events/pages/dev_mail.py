"""The demo's mailbox: what would have been sent, for whoever sits at this machine."""

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from ipaddress import ip_address
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template, request

bp = Blueprint("dev_mail", __name__)


@bp.before_request
def _at_this_machine_alone() -> None:
    if not current_app.config["SETTINGS"].demo or not ip_address(request.remote_addr or "0.0.0.0").is_loopback:
        abort(404)


@bp.get("/dev/mail")
def mailbox():
    """The letters, the latest first."""
    paths = sorted(_folder().glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)[:50]
    letters = [(path.stem, _read(path)) for path in paths]
    return render_template("pages/mailbox.html", letters=[_shown(name, message) for name, message in letters])


@bp.get("/dev/mail/<name>.eml")
def source(name: str):
    """One letter as it went out."""
    path = _folder() / f"{name}.eml"
    if "/" in name or not path.is_file():
        abort(404)
    return Response(path.read_bytes(), mimetype="text/plain")


def _folder() -> Path:
    return current_app.config["SETTINGS"].kept_mail


def _read(path: Path) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(path.read_bytes())


def _shown(name: str, message: EmailMessage) -> dict[str, str]:
    text = message.get_body(("plain",))
    calendar = next((part for part in message.walk() if part.get_content_type() == "text/calendar"), None)
    return {
        "name": name,
        "to": str(message["To"]),
        "subject": str(message["Subject"]),
        "date": str(message["Date"]),
        "text": text.get_content() if text else "",
        "calendar": calendar.get_param("method", "") if calendar else "",
    }
