"""What letters about a time that is looked for say."""

from datetime import datetime

from flask_babel import gettext as _

from ..access.polls import HEAR, vote_token
from ..db import db
from ..events.models import CANCELLED as EVENT_OFF
from ..events.models import DRAFT
from ..events.words import when_words, where_words
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from .models import CANCELLED, CHOSEN, IF_NEED, OPEN, TimeBallot, TimePoll
from .queries import ballots_of, best_of, chosen_option, options_of, said_by, standings
from .words import chosen_words, count_words, last_day_words, option_words, zone_words


@letter("polls.voted")
def _voted(row: Letter, now: datetime) -> Rendered:
    ballot = _ballot(row)
    if not ballot.poll.takes_votes(now):
        raise Dropped("votes are not taken any more")
    return _about(ballot, _("Your vote: %(title)s", title=ballot.poll.title), "email/polls/voted.html")


@letter("polls.new_option")
def _new_option(row: Letter, now: datetime) -> Rendered:
    ballot = _ballot(row, OPEN)
    said, zone = said_by(ballot), ballot.poll.zone
    new = [option_words(option, zone) for option in options_of(ballot.poll) if option.id not in said]
    if not new or not ballot.poll.takes_votes(now):
        raise Dropped("there is nothing new to say yes or no to")
    subject = _("A new time to choose: %(title)s", title=ballot.poll.title)
    return _about(ballot, subject, "email/polls/new_option.html", new=new)


@letter("polls.time_cancelled")
def _time_cancelled(row: Letter, now: datetime) -> Rendered:
    ballot = _ballot(row, CANCELLED)
    subject = _("Called off: %(title)s", title=ballot.poll.title)
    return _about(ballot, subject, "email/polls/time_cancelled.html")


@letter("polls.time_set")
def _time_set(row: Letter, now: datetime) -> Rendered:
    ballot = _ballot(row, CHOSEN)
    poll, event = ballot.poll, ballot.poll.event
    if event is not None and event.state in (DRAFT, EVENT_OFF):
        raise Dropped("the event is not on")
    option = chosen_option(poll)
    context = {
        "if_need": option is not None and said_by(ballot).get(option.id) == IF_NEED,
        "when": when_words(event) if event else f"{chosen_words(poll)} ({zone_words(poll.zone)})",
        "where": where_words(event) if event else poll.place,
        "crew": event.group.name if event else None,
    }
    subject = _("The time is set: %(title)s", title=event.title if event else poll.title)
    return _about(ballot, subject, "email/polls/time_set.html", **context)


@letter("polls.time_due")
def _time_due(row: Letter, now: datetime) -> Rendered:
    poll = db.session.get(TimePoll, row.facts["poll"])
    if poll is None or poll.state != OPEN or poll.closes_at > now:
        raise Dropped("it is settled, or votes are taken again")
    ballots = ballots_of(poll)
    best = [
        (option_words(one.option, poll.zone), count_words(one)) for one in best_of(standings(options_of(poll), ballots))
    ]
    subject = _("Choose the time: %(title)s", title=poll.title)
    context = {"title": subject, "poll": poll, "voted": len(ballots), "best": best}
    link = site_link("time_desk.manage", public_id=poll.public_id)
    return Rendered(subject, "email/polls/time_due.html", context | {"link": link})


def _about(ballot: TimeBallot, subject: str, template: str, **more) -> Rendered:
    poll = ballot.poll
    context = {
        "title": subject,
        "poll": poll,
        "maker": poll.group.name if poll.group else (poll.maker.short_name if poll.maker else None),
        "last_day": last_day_words(poll.closes_at, poll.zone),
        "own_link": site_link("time_votes.mine", token=vote_token(ballot, HEAR)),
    }
    return Rendered(subject, template, context | more)


def _ballot(row: Letter, state: str | None = None) -> TimeBallot:
    """Who is told, while it is still so."""
    ballot = db.session.get(TimeBallot, row.facts["ballot"])
    if ballot is None:
        raise Dropped("the vote was taken back")
    if state is not None and (ballot.poll.state != state or not ballot.hears):
        raise Dropped("it is not so any more, or they do not want to hear of it")
    return ballot
