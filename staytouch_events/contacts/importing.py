"""People from a file: looked over, taken in, taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select

from ..db import db, lock
from ..people.models import Person
from ..pictures import drop_picture
from ..vcard import VCard
from ..vcard_reader import Reading, read_vcards
from .gathering import make_room, new, remember
from .known_queries import Doubles, Said, beyond, joined, tags_by_contact
from .models import BIRTHDAY, IMPORT, Contact, ContactDate, ContactNote, ContactTouch
from .reach_models import FromFile, PeopleFile
from .sorting import tag
from .vcards import birthday_in, kept_of, kept_together, said_in, tags_in

MOST_BYTES, MOST_CARDS = 10 * 1024 * 1024, 2_000
# A file that nobody took in is forgotten, and so is how to take one back.
LOOKED_OVER, UNDOABLE = timedelta(days=1), timedelta(days=30)
JOIN, APART = "join", "apart"


@dataclass(frozen=True)
class Proposal:
    """A card of a file; with whom it may be one, and by what ("mail", "number", "name"), else None."""

    position: int
    card: VCard
    said: Said
    double: tuple[Contact | int, str] | None


def bring(owner: Person, name: str, data: bytes, now: datetime) -> PeopleFile:
    """Keep a file to be looked over; an earlier one that was not taken in goes."""
    lock(owner)
    db.session.execute(delete(PeopleFile).where(PeopleFile.owner_id == owner.id, PeopleFile.taken_at.is_(None)))
    row = PeopleFile(owner_id=owner.id, name=name, data=data, created_at=now)
    db.session.add(row)
    db.session.flush()
    return row


def cards_in(data: bytes) -> Reading:
    """What a file holds."""
    return read_vcards(data, MOST_CARDS)


def proposals(owner: Person, cards: Iterable[VCard]) -> list[Proposal]:
    """The cards with those whom they may be one with: somebody kept already, or an earlier card of the file."""
    doubles, made = Doubles(owner), []
    for position, card in enumerate(cards):
        said = said_in(card)
        made.append(Proposal(position, card, said, doubles.of(said)))
        doubles.add(position, said)
    return made


def is_sure(proposal: Proposal) -> bool:
    """Whether it is likely the same person: a name alone is many people's."""
    return proposal.double is not None and proposal.double[1] != "name"


def take_in(file: PeopleFile, wanted: dict[int, str], tags: list[str], now: datetime) -> None:
    """Keep those cards, each JOINed with its double or APART. Raises Refused where there is no room."""
    owner = lock(db.session.get(Person, file.owner_id))
    db.session.refresh(file)
    if file.taken_at is not None:
        return
    made: dict[int, Contact] = {}
    chosen = [one for one in proposals(owner, cards_in(file.data).cards) if one.position in wanted]
    make_room(owner, len(chosen))
    for one in chosen:
        into = _double(one, made) if wanted[one.position] == JOIN else None
        made[one.position] = _add_to(into, file, one, tags) if into else _make(owner, file, one, tags, now)
    file.taken_at = now


def brought(file: PeopleFile) -> int:
    """How many people a file brought or added to."""
    wanted = select(func.count(func.distinct(FromFile.contact_id))).where(FromFile.file_id == file.id)
    return db.session.scalar(wanted)


def undo(file: PeopleFile, now: datetime) -> tuple[int, int]:
    """Take it back: whoever it brought goes, whoever it added to is as before. (How many, how many stay as they are.)

    Whoever was written about since stays: nothing that somebody wrote goes without their knowing.
    """
    lock(db.session.get(Person, file.owner_id))
    db.session.refresh(file)
    if file.undone_at is not None:
        return 0, 0
    rows = db.session.scalars(select(FromFile).where(FromFile.file_id == file.id).order_by(FromFile.id.desc())).all()
    back = [_take_back(row) for row in rows]
    file.undone_at, file.data = now, b""
    return sum(back), len(back) - sum(back)


def purge_files(now: datetime) -> int:
    """Forget files that nobody took in, and how to take back what is a while ago."""
    old = or_(PeopleFile.taken_at < now - UNDOABLE, PeopleFile.created_at < now - UNDOABLE)
    left = PeopleFile.taken_at.is_(None) & (PeopleFile.created_at < now - LOOKED_OVER)
    return db.session.execute(delete(PeopleFile).where(or_(old, left))).rowcount


def _double(one: Proposal, made: dict[int, Contact]) -> Contact | None:
    target = one.double and one.double[0]
    return made.get(target) if isinstance(target, int) else target


def _make(owner: Person, file: PeopleFile, one: Proposal, tags: list[str], now: datetime) -> Contact:
    contact = new(owner, one.said, now, IMPORT, kept_vcard=kept_of(one.card))
    _mark(contact, one, tags)
    row = FromFile(file_id=file.id, contact_id=contact.id, position=one.position, is_new=True, before={})
    row.after = {"own": one.said}
    db.session.add(row)
    return contact


def _add_to(contact: Contact, file: PeopleFile, one: Proposal, tags: list[str]) -> Contact:
    """What the card knows more; the keeper's own words stand."""
    there = tags_by_contact([contact.id]).get(contact.id, [])
    before = {"own": contact.own, "kept": contact.kept_vcard, "tags": there}
    contact.own = beyond(joined(contact.own, one.said), contact.shared)
    contact.kept_vcard = kept_together(contact.kept_vcard, one.card)
    contact.settle()
    date = _mark(contact, one, [*there, *tags])
    row = FromFile(file_id=file.id, contact_id=contact.id, position=one.position, is_new=False, before=before)
    row.after = {"own": contact.own, "date": date}
    db.session.add(row)
    return contact


def _mark(contact: Contact, one: Proposal, tags: list[str]) -> int | None:
    """Its tags and birthday; the number of a date that is new."""
    tag(contact, [*tags, *tags_in(one.card)])
    born = birthday_in(one.card)
    return remember(contact, BIRTHDAY, *born) if born else None


def _take_back(row: FromFile) -> bool:
    contact = row.contact
    if _bare(contact.own) != _bare(row.after["own"]) or _was_written_about(contact, row):
        return False
    if contact.own.get("photo") != row.before.get("own", {}).get("photo"):
        drop_picture(contact.own.get("photo"))
    if row.is_new:
        db.session.delete(contact)
    else:
        contact.own, contact.kept_vcard = row.before["own"], row.before["kept"]
        tag(contact, row.before["tags"])
        if row.after["date"]:
            db.session.execute(delete(ContactDate).where(ContactDate.id == row.after["date"]))
        contact.settle()
    db.session.flush()
    return True


def _was_written_about(contact: Contact, row: FromFile) -> bool:
    """Whoever came by the file and has a note, a logged call or an exchanged card by now."""
    if not row.is_new:
        return False
    wanted = (select(model.id).where(model.contact_id == contact.id) for model in (ContactNote, ContactTouch))
    return contact.person_id is not None or any(db.session.scalar(one.limit(1)) for one in wanted)


def _bare(own: Said) -> Said:
    return {part: said for part, said in own.items() if part != "photo"}
