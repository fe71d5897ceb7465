"""What polls hold of a person."""

from collections.abc import Iterator

from sqlalchemy import select

from ..db import db
from ..people.exports import Row, holds
from ..people.models import Person
from .crew_models import Poll, PollBallot, PollWatcher
from .models import TimeBallot, TimePoll


@holds("times_looked_for")
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


@holds("votes")
def _votes(person: Person) -> Iterator[Row]:
    rows = select(TimeBallot).where(TimeBallot.person_id == person.id).order_by(TimeBallot.id)
    for ballot in db.session.scalars(rows):
        said = {vote.option.starts_wall.isoformat(): vote.answer for vote in ballot.votes}
        yield {"title": ballot.poll.title, "name": ballot.name, "said": said, "voted": ballot.created_at}


@holds("polls_asked")
def _questions(person: Person) -> Iterator[Row]:
    for poll in db.session.scalars(select(Poll).where(Poll.maker_id == person.id).order_by(Poll.id)):
        options = [option.words for option in poll.options]
        yield {"crew": poll.group.name, "question": poll.question, "options": options, "asked": poll.created_at}


@holds("choices")
def _choices(person: Person) -> Iterator[Row]:
    """Of open polls alone: what somebody chose in an anonymous one is not theirs to find either."""
    rows = select(PollBallot).where(PollBallot.person_id == person.id).order_by(PollBallot.id)
    for ballot in db.session.scalars(rows):
        chose = [choice.option.words for choice in ballot.choices]
        yield {"crew": ballot.poll.group.name, "question": ballot.poll.question, "chose": chose}


@holds("poll_letters")
def _letters(person: Person) -> Iterator[Row]:
    rows = select(PollWatcher).where(PollWatcher.person_id == person.id).order_by(PollWatcher.poll_id)
    for watcher in db.session.scalars(rows):
        yield {"question": watcher.poll.question, "reminded": watcher.reminded_at}
