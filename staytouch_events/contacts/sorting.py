"""What people are to somebody, and how often to be in touch: kinds, tags, rhythms."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select, update

from ..db import db, lock
from ..people.models import Person
from ..refusals import Refused
from .digests import keep_planned
from .models import Contact, ContactKind, ContactTag, TagRhythm
from .reach_models import KINDS
from .rhythm_queries import usual_kind

MOST_TAGS, MOST_KINDS = 20, 50
# What one wishes for and the longest, in days; (0, None) is never, (None, None) says nothing.
Days = tuple[int | None, int | None]


def plan(contact: Contact, kind: str, rhythm: Days, tags: Iterable[str], now: datetime) -> None:
    """What they are to their keeper, and how often to be in touch."""
    contact.kind_id = kind_row(contact.owner, kind).id if kind else None
    contact.ideal_days, contact.longest_days = rhythm
    tag(contact, tags)
    keep_planned(contact.owner, now)


def tag(contact: Contact, tags: Iterable[str]) -> None:
    """Have just these tags, each once whatever its capitals."""
    wanted = dict(list({word.casefold(): word for word in tags}.items())[:MOST_TAGS])
    for row in db.session.scalars(select(ContactTag).where(ContactTag.contact_id == contact.id)):
        if wanted.get(row.tag.casefold()) == row.tag:
            del wanted[row.tag.casefold()]
        else:
            db.session.delete(row)
    db.session.flush()
    db.session.add_all(ContactTag(contact_id=contact.id, tag=word) for word in wanted.values())
    db.session.flush()


def kind_row(owner: Person, key: str) -> ContactKind:
    """The row of a kind; one of the site's is made when it is first needed. Raises Refused for what is none."""
    wanted = select(ContactKind).where(ContactKind.owner_id == owner.id, ContactKind.key == key)
    row = db.session.scalar(wanted)
    if row is None and key in KINDS:
        lock(owner)
        row = db.session.scalar(wanted) or usual_kind(owner, key)
        db.session.add(row)
        db.session.flush()
    if row is None:
        raise Refused(_("This kind was taken out meanwhile."))
    return row


def name_kind(owner: Person, name: str, rhythm: Days) -> None:
    """A kind of one's own. Raises Refused beyond the most of them."""
    lock(owner)
    if len(db.session.scalars(select(ContactKind.id).where(ContactKind.owner_id == owner.id)).all()) >= MOST_KINDS:
        raise Refused(_("These are many kinds. A tag can do the same."))
    db.session.add(ContactKind(owner_id=owner.id, name=name, ideal_days=rhythm[0], longest_days=rhythm[1]))


def set_rhythm(row: ContactKind, rhythm: Days) -> None:
    """How often to be in touch with all of a kind."""
    row.ideal_days, row.longest_days = rhythm


def drop_kind(row: ContactKind) -> None:
    """Take out a kind of one's own; who was of it is of none."""
    db.session.execute(update(Contact).where(Contact.kind_id == row.id).values(kind_id=None))
    db.session.delete(row)


def set_tag_rhythm(owner: Person, word: str, rhythm: Days) -> None:
    """How often to be in touch with all who have a tag; none takes it back."""
    lock(owner)
    row = db.session.scalar(select(TagRhythm).where(TagRhythm.owner_id == owner.id, TagRhythm.tag == word))
    if not rhythm[0]:
        if row is not None:
            db.session.delete(row)
        return
    row = row or TagRhythm(owner_id=owner.id, tag=word)
    row.ideal_days, row.longest_days = rhythm
    db.session.add(row)
