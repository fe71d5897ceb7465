"""What polls hold of a person."""

from collections.abc import Iterator

from sqlalchemy import select

from ..db import db
from ..people.exports import Row, holds
from ..people.models import Person
from .crew_models import Poll, PollBallot
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


@holds("questions to a crew")
def _questions(person: Person) -> Iterator[Row]:
    for poll in db.session.scalars(select(Poll).where(Poll.maker_id == person.id).order_by(Poll.id)):
        options = [option.words for option in poll.options]
        yield {"crew": poll.group.name, "question": poll.question, "options": options, "asked": poll.created_at}


@holds("choices in a crew's polls")
def _choices(person: Person) -> Iterator[Row]:
    """Of open polls alone: what somebody chose in an anonymous one is not theirs to find either."""
    rows = select(PollBallot).where(PollBallot.person_id == person.id).order_by(PollBallot.id)
    for ballot in db.session.scalars(rows):
        chose = [choice.option.words for choice in ballot.choices]
        yield {"crew": ballot.poll.group.name, "question": ballot.poll.question, "chose": chose}
