"""Templates' compiled code, kept beside the data: compiling costs 8 ms a template in every process anew."""

from contextlib import suppress

import jinja2
from flask import Flask
from flask.templating import Environment
from jinja2.bccache import Bucket, FileSystemBytecodeCache


class Templates(Environment):
    """Flask's, whose templates have all the same names from the site."""

    def make_globals(self, d):
        """The site's own dictionary: Jinja compares it with a copy at each import, and a chain of two is slow at it."""
        return super().make_globals(d) if d else self.globals


def init_app(app: Flask) -> None:
    """Have the site keep what it compiles; where its folder can't be made it compiles in memory alone."""
    folder = app.config["SETTINGS"].compiled_templates
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        app.jinja_env.bytecode_cache = Compiled(folder)


class Compiled(FileSystemBytecodeCache):
    """Files that any process may write beside another; each says which source and Python it was made from."""

    def __init__(self, folder) -> None:
        """The files are of this release of Jinja alone, which may compile otherwise than the last."""
        super().__init__(str(folder), f"{jinja2.__version__}-%s")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read it; what can't be read is made again, and a file torn by a power cut may fail in any way."""
        try:
            super().load_bytecode(bucket)
        except Exception:
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it; a full disk or a folder of somebody else's stops no page."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
