"""The pictures of people from a file, taken in by the worker."""

import io
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ..db import db
from ..images import BadPicture
from ..jobs import job, schedule
from ..pictures import drop_picture, keep_picture
from .importing import cards_in
from .reach_models import FromFile, PeopleFile

PICTURES = "contacts.pictures"


def plan(file: PeopleFile, now: datetime) -> None:
    """Have them taken in, and the file emptied."""
    schedule(PICTURES, str(file.id), now, {"file": file.id})


def _read_pictures(facts: dict[str, Any], _now: datetime) -> dict[int, str]:
    """The slow part: each picture is taken in like an uploaded one, by the position of its card."""
    file, names = db.session.get(PeopleFile, facts["file"]), {}
    if file is None or file.undone_at is not None:
        return names
    wanted = set(db.session.scalars(select(FromFile.position).where(FromFile.file_id == file.id)))
    data = file.data
    db.session.rollback()
    for position, card in enumerate(cards_in(data).cards):
        if card.photo and position in wanted:
            try:
                names[position] = keep_picture(io.BytesIO(card.photo))
            except BadPicture:
                continue
    return names


@job(PICTURES, first=_read_pictures)
def _take_pictures(facts: dict[str, Any], _now: datetime, names: dict[int, str]) -> None:
    file = db.session.get(PeopleFile, facts["file"])
    rows = db.session.scalars(select(FromFile).where(FromFile.file_id == facts["file"])).all() if file else []
    left = dict(names)
    for row in rows if file and file.undone_at is None else ():
        name = left.get(row.position)
        if name and not row.contact.own.get("photo"):
            row.contact.own = row.contact.own | {"photo": left.pop(row.position)}
    for name in left.values():
        drop_picture(name)
    if file:
        file.data = b""
