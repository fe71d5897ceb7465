"""`make demo`: a site beside the real one, with a demo region, its mail open to whoever sits at this machine."""

import os
import sys

from .config import ROOT
from .geo.compile import compile_gazetteer, is_current
from .when import now

FOLDER = ROOT / "var" / "demo"


def main() -> None:
    """Prepare, fill, and serve."""
    port = os.environ.get("PORT", "8000")
    os.environ |= {
        "STAYTOUCH_DEMO": "1",
        "DATA_DIR": str(FOLDER),
        "DATABASE_URL": f"sqlite:///{FOLDER / 'staytouch.sqlite'}",
        "MAIL_URL": "",
        "QUIET_HOURS": "off",
        "HOST": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SITE_PLACE": "San José, CA",
    }
    _clear_stale()
    _share_gazetteer()
    from .cli import main as staytouch

    for command in (["prepare"], ["demo"]):
        staytouch(command, standalone_mode=False)
    print(f"Mail of the demo: http://127.0.0.1:{port}/dev/mail", flush=True)
    staytouch(["serve"], standalone_mode=False)


def _clear_stale() -> None:
    """The demo's dates are relative to the day it was made: yesterday's is made anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    note, today = FOLDER / "made-on", now().date().isoformat()
    if note.exists() and note.read_text() == today:
        return
    for stale in (*FOLDER.glob("staytouch.sqlite*"), *FOLDER.glob("mail/*")):
        stale.unlink()
    note.write_text(today)


def _share_gazetteer() -> None:
    """One file for the demo and the real site."""
    shared, own = ROOT / "var" / "gazetteer.sqlite", FOLDER / "gazetteer.sqlite"
    if not is_current(shared):
        print("Compiling the gazetteer, once …", flush=True)
        compile_gazetteer(shared)
    if not own.exists() or not own.samefile(shared):
        own.unlink(missing_ok=True)
        os.link(shared, own)


if __name__ == "__main__":
    sys.exit(main())
