"""Pictures that people upload: bounded, turned upright, stripped of all they say about their taker."""

import io
import warnings
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
WIDE, SMALL = 1600, 800
# The longest side of the two files that a picture becomes: of anything, and of a face.
SIZES, FACE = (WIDE, SMALL), (640, 160)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class BadPicture(ValueError):
    """Not a picture we take; `reason` is one of "size", "pixels", "kind"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Picture:
    """A picture as we keep it: WebP, and a smaller one."""

    wide: bytes
    small: bytes


def read_picture(stream: BinaryIO, sizes: tuple[int, int] = SIZES) -> Picture:
    """Take an uploaded picture in (reliability.md, 17). Raises BadPicture."""
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadPicture("size")
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise BadPicture("pixels")
                upright = ImageOps.exif_transpose(opened).convert("RGB")
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise BadPicture("pixels") from None
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as why:
            raise why if isinstance(why, BadPicture) else BadPicture("kind") from None
    return Picture(*(_webp(upright, longest) for longest in sizes))


def _webp(picture: Image.Image, longest: int) -> bytes:
    """Pixels alone, on a fresh picture, so that no metadata comes along."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    bare.thumbnail((longest, longest))
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=80)
    return out.getvalue()
