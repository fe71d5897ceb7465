"""What the pages call the words that one presses under a post."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..events.words import day_and_clock
from ..markdown import plain
from ..people.models import Person
from ..when import in_zone
from .models import CHEER, ME_TOO, THANKS, Place, Post

REACTIONS = {THANKS: _l("Thank you"), ME_TOO: _l("Me too"), CHEER: _l("Well done")}


def author_name(person: Person | None) -> str:
    """Who wrote it, as others are shown them."""
    return (person.short_name or _("Somebody")) if person else _("Somebody who left")


def moment_words(instant: datetime, place: Place) -> str:
    """Day and time there."""
    return day_and_clock(in_zone(instant, (place.event or place.group).zone))


def first_words(post: Post, most: int = 90) -> str:
    """The beginning of a post, in one line."""
    line = " ".join(plain(post.text).split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + " …"
