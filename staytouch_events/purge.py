"""Deleting what nobody needs any more; the worker does it every day."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from .contacts.importing import purge_files
from .contacts.keeping import purge_removed
from .conversations.contacting import purge_inquiries, purge_reports
from .db import db
from .discover.follows import purge_follows
from .events.hosting import forget_left
from .events.models import Draft
from .geo.online import forget_answers
from .groups.join_models import JoinLink
from .groups.models import GroupInvitation
from .imports.bringing import purge_imports
from .inbound.models import ReceivedMail
from .jobs import job, schedule
from .limits import Bucket
from .outbox.models import WAITING, Letter
from .people.models import AddressChange, DeletionRequest, SignIn, SignInRequest
from .polls.leaving import purge_polls
from .posts.actions import purge_posts
from .spots.actions import purge_spots
from .tallies import purge_tallies
from .volunteers.rides import purge_rides
from .waivers.asking import purge_contacts

LETTERS = timedelta(days=120)
RECEIVED = timedelta(days=30)
SIGN_INS = timedelta(days=180)
DRAFTS = timedelta(days=60)


def purge(now: datetime) -> dict[str, int]:
    """Delete it, and say how much of each kind."""
    return {
        "letters": _delete(Letter, Letter.state != WAITING, Letter.ended_at < now - LETTERS),
        "mail that came in": _delete(ReceivedMail, ReceivedMail.received_at < now - RECEIVED),
        "sign-in requests": _delete(SignInRequest, SignInRequest.link_ends_at < now - timedelta(days=1)),
        "sign-ins": _delete(SignIn, SignIn.seen_at < now - SIGN_INS),
        "changes of address": _delete(AddressChange, AddressChange.ends_at < now),
        "requests to delete": _delete(DeletionRequest, DeletionRequest.ends_at < now),
        "invitations": _delete(GroupInvitation, GroupInvitation.ends_at < now - timedelta(days=30)),
        "links to join": _delete(JoinLink, JoinLink.ends_at < now - timedelta(days=30)),
        "crews that host no more": forget_left(now),
        "calendars brought in": purge_imports(now),
        "drafts": _delete(Draft, Draft.saved_at < now - DRAFTS),
        "people taken out": purge_removed(now),
        "follows": purge_follows(now),
        "reports of places": purge_spots(now),
        "polls among friends": purge_polls(now),
        "rides": purge_rides(now),
        "posts that were taken away": purge_posts(now),
        "unsent messages to crews": purge_inquiries(now),
        "reports of messages": purge_reports(now),
        "emergency contacts": purge_contacts(now),
        "geocoders' answers": forget_answers(now),
        "days of counting": purge_tallies(now),
        "files of people": purge_files(now),
        "buckets": _delete(Bucket, Bucket.asked < (now - timedelta(days=2)).timestamp()),
    }


@job("purge")
def _purge_daily(_facts: dict[str, Any], now: datetime) -> None:
    purge(now)
    plan_purge(now)


def plan_purge(now: datetime) -> None:
    """Have the next purge in a day."""
    schedule("purge", "daily", now + timedelta(days=1))


def _delete(model, *conditions) -> int:
    return db.session.execute(delete(model).where(*conditions)).rowcount
