"""Where uploaded pictures are kept: two files under a name that nobody guesses."""

import io
import os
import re
from pathlib import Path
from typing import Any, BinaryIO

from flask import current_app, request
from flask_babel import gettext as _
from sqlalchemy import event
from sqlalchemy.orm import Session

from .db import db
from .images import SIZES, BadPicture, read_picture, small_jpeg
from .text import random_slug

NAME = re.compile(r"[a-z]{32}(-s)?")


def keep_picture(stream: BinaryIO, sizes: tuple[int, int] = SIZES) -> str:
    """Read an upload and keep it; its name. Raises BadPicture, or OSError when the disk fails."""
    picture = read_picture(stream, sizes)
    name = random_slug(32)
    _write(f"{name}.webp", picture.wide)
    _write(f"{name}-s.webp", picture.small)
    return name


def take_upload(form, fields: dict[str, Any]) -> bool:
    """Keep the picture that a form sends and name it in the fields; False with an error at the form's field.

    One that was kept before an error elsewhere comes back by its name in `kept_picture`.
    """
    if form.no_picture.data:
        fields["picture"] = None
    elif picture_file(request.form.get("kept_picture", "")):
        fields["picture"] = request.form["kept_picture"]
    return take_new_upload(form, fields)


def take_new_upload(form, fields: dict[str, Any]) -> bool:
    """The same for whoever could name anybody's picture: only a file that comes along."""
    name = kept_upload(form.picture)
    if name is not None:
        fields["picture"] = name
    return not form.picture.errors


def kept_upload(field, sizes: tuple[int, int] = SIZES) -> str | None:
    """The name of what was sent for a file field, kept; None where nothing was, or with an error at the field."""
    upload = request.files.get(field.name)
    if not upload or not upload.filename:
        return None
    reasons = {
        "size": _("This picture is larger than 10 MB."),
        "pixels": _("This picture has too many pixels."),
        "kind": _("This is not a picture we can read. JPEG, PNG and WebP work."),
    }
    try:
        return keep_picture(upload.stream, sizes)
    except BadPicture as why:
        field.errors = [reasons[why.reason]]
    except OSError:
        field.errors = [_("The picture could not be saved just now. Everything else is as you typed it.")]
    return None


def copy_picture(name: str | None) -> str | None:
    """A second pair of files with the same picture, for what may outlive the first; None where there is none."""
    wide, small = (picture_file(name), picture_file(f"{name}-s")) if name else (None, None)
    if wide is None or small is None:
        return None
    copied = random_slug(32)
    _write(f"{copied}.webp", wide.read_bytes())
    _write(f"{copied}-s.webp", small.read_bytes())
    return copied


def put_back(name: str, wide: bytes, small: bytes) -> None:
    """Keep a picture under the name it had on another site. Raises BadPicture for what is none."""
    if not NAME.fullmatch(name) or name.endswith("-s"):
        raise BadPicture("kind")
    for data in (wide, small):
        read_picture(io.BytesIO(data))
    _write(f"{name}.webp", wide)
    _write(f"{name}-s.webp", small)


def picture_file(name: str) -> Path | None:
    """The file behind a name, wide or with "-s" small; None where there is none."""
    path = _folder() / f"{name}.webp"
    return path if NAME.fullmatch(name) and path.is_file() else None


def jpeg_of(name: str, longest: int = 320) -> bytes:
    """A kept picture as phones take it in a vCard; nothing where there is none."""
    path = picture_file(name)
    return small_jpeg(path.read_bytes(), longest) if path else b""


def drop_picture(name: str | None) -> None:
    """Delete a picture for good, where there is one."""
    for path in (picture_file(name), picture_file(f"{name}-s")) if name else ():
        if path is not None:
            path.unlink(missing_ok=True)


def drop_when_committed(name: str | None) -> None:
    """Delete a picture once the transaction that takes its name out of the rows stands, and not before."""
    if name:
        db.session.info.setdefault("dropped_pictures", []).append(name)


@event.listens_for(Session, "after_commit")
def _drop_pictures(session: Session) -> None:
    for name in session.info.pop("dropped_pictures", ()):
        drop_picture(name)


@event.listens_for(Session, "after_rollback")
def _keep_pictures(session: Session) -> None:
    session.info.pop("dropped_pictures", None)


def _folder() -> Path:
    return current_app.config["SETTINGS"].pictures


def _write(name: str, data: bytes) -> None:
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.part"
    part.write_bytes(data)
    os.replace(part, folder / name)
