"""Series that somebody goes to all dates of."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..db import db
from ..people.exports import Row, holds
from ..people.models import Person
from .models import Regular, Series
from .words import series_words


@holds("goes_to_all")
def _goes_to_all(person: Person) -> Iterable[Row]:
    mine = select(Regular).where(Regular.person_id == person.id).order_by(Regular.id)
    for row in db.session.scalars(mine.options(joinedload(Regular.series).joinedload(Series.group))):
        said = {name: getattr(row, name) for name in ("name", "adults", "minors", "created_at")}
        yield {"crew": row.series.group.name, "dates": series_words(row.series)} | said
