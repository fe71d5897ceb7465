"""Where uploaded pictures are kept: two files under a name that nobody guesses."""

import os
import re
from pathlib import Path
from typing import Any, BinaryIO

from flask import current_app, request
from flask_babel import gettext as _

from .images import BadPicture, read_picture
from .text import random_slug

NAME = re.compile(r"[a-z]{32}(-s)?")


def keep_picture(stream: BinaryIO) -> str:
    """Read an upload and keep it; its name. Raises BadPicture, or OSError when the disk fails."""
    picture = read_picture(stream)
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
    upload = request.files.get("picture")
    if not upload or not upload.filename:
        return True
    reasons = {
        "size": _("This picture is larger than 10 MB."),
        "pixels": _("This picture has too many pixels."),
        "kind": _("This is not a picture we can read. JPEG, PNG and WebP work."),
    }
    try:
        fields["picture"] = keep_picture(upload.stream)
    except BadPicture as why:
        form.picture.errors = [reasons[why.reason]]
    except OSError:
        form.picture.errors = [_("The picture could not be saved just now. Everything else is as you typed it.")]
    return not form.picture.errors


def picture_file(name: str) -> Path | None:
    """The file behind a name, wide or with "-s" small; None where there is none."""
    path = _folder() / f"{name}.webp"
    return path if NAME.fullmatch(name) and path.is_file() else None


def drop_picture(name: str | None) -> None:
    """Delete a picture for good, where there is one."""
    for path in (picture_file(name), picture_file(f"{name}-s")) if name else ():
        if path is not None:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return current_app.config["SETTINGS"].pictures


def _write(name: str, data: bytes) -> None:
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.part"
    part.write_bytes(data)
    os.replace(part, folder / name)
