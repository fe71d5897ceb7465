"""All that this site holds of a person, in one file to take along."""

import io
import json
import zipfile
from datetime import date, datetime
from typing import Any

from flask import current_app

from ..pictures import picture_file
from .exports import FILES, PICTURES, rows_held
from .models import Person

# Pictures beyond these bytes are left out, and said to be: it is made while somebody waits.
MOST_PICTURES = 60 * 1024 * 1024


def archive(person: Person, now: datetime) -> bytes:
    """A zip: every row as JSON, pictures, and files for what has a form of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        left_out = _add_pictures(zipped, person)
        for name, make in FILES.items():
            zipped.writestr(name, make(person, now))
        site = current_app.config["SETTINGS"]
        told = {"site": site.site_url, "made_at": now, "pictures_left_out": left_out, **rows_held(person)}
        zipped.writestr("everything.json", json.dumps(told, ensure_ascii=False, indent=1, default=_plain))
    return out.getvalue()


def _add_pictures(zipped: zipfile.ZipFile, person: Person) -> list[str]:
    """The pictures, packed as they are; the names of those that were too much."""
    room, left_out = MOST_PICTURES, []
    for name, shown in sorted({name: shown for find in PICTURES for name, shown in find(person).items()}.items()):
        path = picture_file(name)
        if path is None:
            continue
        room -= path.stat().st_size
        if room < 0:
            left_out.append(shown)
            continue
        zipped.write(path, f"pictures/{shown}.webp", zipfile.ZIP_STORED)
    return left_out


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is nothing that a row of an export holds")
