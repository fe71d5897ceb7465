"""Places that somebody reported, a photo to send, and the mail that goes out."""

import io
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from PIL import Image

from staytouch_events.db import db
from staytouch_events.jobs.pump import run_due
from staytouch_events.outbox.pump import send_due
from staytouch_events.people.models import Person
from staytouch_events.spots.actions import report, report_as_guest
from staytouch_events.spots.models import Spot

from ..cast import NOW, a_person

PIN = "37.3352, -121.8663"
FIELDS = {
    "title": "Tires under the bridge",
    "kind": "dumping",
    "size": "carload",
    "hazards": ["glass"],
    "note": "Behind the pillar",
    "lat": 37.3352,
    "lon": -121.8663,
    "picture": None,
}
# What a browser sends of the form.
TYPED = {"title": "Tires under the bridge", "kind": "dumping", "size": "carload", "pin": PIN, "hazards": ["glass"]}


def a_spot(person: Person | None = None, **fields) -> Spot:
    """An open place in San José, reported by somebody with an account."""
    slug = fields.pop("slug", None)
    spot = report(person or a_person(f"rita{db.session.query(Spot).count()}"), {**FIELDS, **fields}, NOW)
    spot.slug = slug or spot.slug
    db.session.commit()
    return spot


def a_waiting_spot(email: str = "gia@example.org", **fields) -> Spot:
    """A guest's report whose mail was not answered yet."""
    spot = report_as_guest(email, "Gia", "en", {**FIELDS, **fields}, NOW)
    db.session.commit()
    return spot


def a_photo(place: bool = True) -> io.BytesIO:
    """A JPEG that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "PLANTED-MAKER"
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "#888888").save(out, "JPEG", exif=exif if place else Image.Exif())
    out.seek(0)
    return out


class _Post:
    """A transport that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    def send(self, _sender: str, _to: str, raw: bytes) -> None:
        """Take a letter."""
        self.letters.append(BytesParser(policy=policy.default).parsebytes(raw))


def posted(now: datetime = NOW + timedelta(minutes=11)) -> list[EmailMessage]:
    """What goes out up to an hour, in order, but for answers to events."""
    post = _Post()
    while run_due(now) + send_due(post, now):
        pass
    return post.letters


def told(letter: EmailMessage) -> str:
    """A letter's words."""
    return letter.get_body(("plain",)).get_content()


def link_of(letter: EmailMessage, label: str) -> str:
    """The path that a letter's button leads to."""
    return told(letter).split(f"{label}: ")[1].split()[0].removeprefix("http://127.0.0.1:8000")
