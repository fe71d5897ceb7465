"""Messages that people report, and what the site's admins make of it."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from ..db import db, lock
from ..people.models import Person
from ..refusals import Refused
from .models import DISMISSED, STOPPED, Message, MessageReport
from .telling import correspondent


def report(message: Message, reporter: Person, words: str, now: datetime) -> None:
    """Have the admins look at one message; reported twice, it is reported once, in the later words."""
    lock(message.conversation)
    found = report_of(message, reporter)
    if found is None:
        found = MessageReport(message_id=message.id, reporter_id=reporter.id, about_id=message.writer_id)
    if found.settled_at is not None:
        raise Refused(_("An admin looked at this already."))
    found.text, found.sent_at, found.words, found.made_at = message.text, message.sent_at, words, now
    db.session.add(found)


def take_report_back(message: Message, reporter: Person) -> None:
    """As if it had not been reported, while nobody looked at it."""
    found = report_of(message, reporter)
    if found is not None and found.settled_at is None:
        db.session.delete(found)


def report_of(message: Message, reporter: Person) -> MessageReport | None:
    """Somebody's report of a message."""
    return db.session.scalar(
        select(MessageReport).where(MessageReport.message_id == message.id, MessageReport.reporter_id == reporter.id)
    )


def dismiss(report: MessageReport, now: datetime) -> None:
    """Nothing has to be done."""
    _settle(report, DISMISSED, now)


def stop(report: MessageReport, now: datetime) -> None:
    """Whoever wrote it writes to nobody any more."""
    _settle(report, STOPPED, now)
    correspondent(report.about).stopped_at = now


def reopen(report: MessageReport, now: datetime) -> None:
    """Take back what was made of it; whoever was stopped for this alone may write again."""
    if report.outcome == STOPPED and not _other_stops(report):
        correspondent(report.about).stopped_at = None
    report.settled_at = report.outcome = None


VERBS = {"dismiss": dismiss, "stop": stop, "reopen": reopen}


def _settle(report: MessageReport, outcome: str, now: datetime) -> None:
    report.settled_at, report.outcome = now, outcome


def _other_stops(report: MessageReport) -> bool:
    others = select(MessageReport.id).where(
        MessageReport.about_id == report.about_id,
        MessageReport.outcome == STOPPED,
        MessageReport.id != report.id,
    )
    return db.session.scalar(others.limit(1)) is not None
