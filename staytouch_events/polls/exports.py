"""What polls hold of a person."""

from collections.abc import Iterator

from sqlalchemy import select

from ..db import db
from ..people.exports import Row, holds
from ..people.models import Person
from .models import TimeBallot, TimePoll


@holds("times looked for")
def _times(person: Person) -> Iterator[Row]:
    made = select(TimePoll).where(TimePoll.maker_id == person.id).order_by(TimePoll.id)
    for poll in db.session.scalars(made):
        yield {
            "title": poll.title,
            "about": poll.about,
            "place": poll.place,
            "zone": poll.zone,
            "times": [option.starts_wall.isoformat() for option in poll.options],
            "state": poll.state,
            "made": poll.created_at,
        }


@holds("votes on times")
def _votes(person: Person) -> Iterator[Row]:
    rows = select(TimeBallot).where(TimeBallot.person_id == person.id).order_by(TimeBallot.id)
    for ballot in db.session.scalars(rows):
        said = {vote.option.starts_wall.isoformat(): vote.answer for vote in ballot.votes}
        yield {"title": ballot.poll.title, "name": ballot.name, "said": said, "voted": ballot.created_at}
