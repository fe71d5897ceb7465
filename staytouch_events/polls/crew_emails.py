"""What letters about a crew's polls say."""

from datetime import datetime

from flask_babel import gettext as _

from ..db import db
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from .crew_models import Poll, PollWatcher
from .crew_queries import ballots_in, counts_of, poll_options
from .words import last_day_words, took_part_words


@letter("polls.reminder")
def _reminder(row: Letter, now: datetime) -> Rendered:
    poll = _poll(row)
    if not poll.is_open(now):
        raise Dropped("it is closed")
    subject = _("Still open: %(question)s", question=poll.question)
    last_day = last_day_words(poll.closes_at, poll.zone)
    return _about(poll, subject, "email/polls/reminder.html", last_day=last_day)


@letter("polls.result")
def _result(row: Letter, now: datetime) -> Rendered:
    poll = _poll(row)
    if poll.closed_at is None:
        raise Dropped("it was opened again")
    counts = counts_of(poll)
    results = [(option.words, str(counts[option.id])) for option in poll_options(poll)]
    subject = _("How it came out: %(question)s", question=poll.question)
    took_part = took_part_words(ballots_in(poll))
    return _about(poll, subject, "email/polls/result.html", results=results, took_part=took_part)


def _about(poll: Poll, subject: str, template: str, **more) -> Rendered:
    link = site_link("polls.one", slug=poll.group.slug, public_id=poll.public_id)
    return Rendered(subject, template, {"title": subject, "poll": poll, "link": link} | more)


def _poll(row: Letter) -> Poll:
    """The poll, while whoever is told wants to hear of it."""
    watcher = db.session.get(PollWatcher, (row.facts["poll"], row.facts["person"]))
    if watcher is None:
        raise Dropped("they do not want to hear of it, or it is gone")
    return watcher.poll
