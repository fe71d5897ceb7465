"""What somebody wrote to everyone on a crew's behalf."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..db import db
from ..people.exports import Row, holds
from ..people.models import Person
from .announcement_models import Announcement


@holds("announcements")
def _announcements(person: Person) -> Iterable[Row]:
    mine = select(Announcement).options(joinedload(Announcement.group), joinedload(Announcement.event))
    for row in db.session.scalars(mine.where(Announcement.by_id == person.id).order_by(Announcement.id)):
        yield {"to": row.place.name, "subject": row.subject, "text": row.text, "posted_at": row.posted_at}
