"""Where uploaded pictures are kept: two files under a name that nobody guesses."""

import os
import re
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from .images import read_picture
from .text import random_slug

NAME = re.compile(r"[a-z]{32}(-s)?")


def keep_picture(stream: BinaryIO) -> str:
    """Read an upload and keep it; its name. Raises BadPicture, or OSError when the disk fails."""
    picture = read_picture(stream)
    name = random_slug(32)
    _write(f"{name}.webp", picture.wide)
    _write(f"{name}-s.webp", picture.small)
    return name


def picture_file(name: str) -> Path | None:
    """The file behind a name, wide or with "-s" small; None where there is none."""
    path = _folder() / f"{name}.webp"
    return path if NAME.fullmatch(name) and path.is_file() else None


def _folder() -> Path:
    return current_app.config["SETTINGS"].pictures


def _write(name: str, data: bytes) -> None:
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.part"
    part.write_bytes(data)
    os.replace(part, folder / name)
