"""What followers are written, and when."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from .. import outbox
from ..access.follows import follow_token
from ..db import db
from ..events.words import hours_words, short_day, starts, where_words
from ..jobs import job
from ..jobs.table import schedule
from ..links import site_link
from ..outbox import Dropped, Rendered, letter, list_headers
from ..outbox.models import Letter
from .follows import DIGEST, NEWS, next_digest, search_of
from .models import Follow
from .queries import news
from .words import follow_words

SOON = timedelta(days=9)


@letter("discover.confirm")
def _confirm(row: Letter, now: datetime) -> Rendered:
    follow = _follow(row.facts)
    what = follow_words(follow)
    link = site_link("following.follow", token=follow_token(follow), how=row.facts["how"])
    subject = _("Follow %(what)s?", what=what)
    return Rendered(subject, "email/discover/confirm.html", {"title": subject, "what": what, "link": link})


@job(NEWS)
def _send_news(facts: dict[str, Any], now: datetime) -> None:
    follow = db.session.get(Follow, facts["follow"])
    if follow is not None and follow.is_on:
        _post(NEWS, follow, now)


@job(DIGEST)
def _send_digest(facts: dict[str, Any], now: datetime) -> None:
    follow = db.session.get(Follow, facts["follow"])
    if follow is not None and follow.is_on:
        _post(DIGEST, follow, now)
        schedule(DIGEST, str(follow.id), next_digest(follow, now), facts)


def _post(kind: str, follow: Follow, now: datetime) -> None:
    facts = {"follow": follow.id, "since": follow.told_until.isoformat(), "until": now.isoformat()}
    outbox.post(kind, to=follow.email, language=follow.language, facts=facts, now=now, zone=follow.zone)
    follow.told_until = now


@letter(NEWS)
def _news(row: Letter, now: datetime) -> Rendered:
    follow = _follow(row.facts)
    events = news(search_of(follow, now), now, *_since(row))
    if not events:
        raise Dropped("nothing new is left to tell of")
    what, first = follow_words(follow), events[0]
    if len(events) == 1:
        subject = _("New: %(title)s, %(day)s", title=first.title, day=short_day(starts(first).date()))
    else:
        subject = ngettext("%(num)d new event: %(what)s", "%(num)d new events: %(what)s", len(events), what=what)
    return _telling(row, follow, subject, [(None, events)])


@letter(DIGEST)
def _digest(row: Letter, now: datetime) -> Rendered:
    follow = _follow(row.facts)
    soon = news(search_of(follow, now, now + SOON), now)
    shown = {event.id for event in soon}
    later = [event for event in news(search_of(follow, now), now, *_since(row)) if event.id not in shown]
    if not soon and not later:
        raise Dropped("nothing is on")
    subject = _("What's on: %(what)s", what=follow_words(follow))
    parts = [(_("This week"), soon), (_("New, for later"), later)]
    return _telling(row, follow, subject, [part for part in parts if part[1]])


def _telling(row: Letter, follow: Follow, subject: str, parts: list) -> Rendered:
    token = follow_token(follow)
    end = site_link("following.unsubscribe", token=token)
    context = {
        "title": subject,
        "parts": [(heading, [_line(event) for event in events]) for heading, events in parts],
        "what": follow_words(follow),
        "change_link": site_link("following.follow", token=token),
        "end_link": end,
    }
    headers = list_headers(f"follow-{follow.public_id}", end)
    return Rendered(subject, "email/discover/news.html", context, headers=headers)


def _line(event) -> dict[str, str]:
    return {
        "title": event.title,
        "url": site_link("pages.event", slug=event.slug),
        "when": f"{short_day(starts(event).date())}, {hours_words(event)}",
        "where": where_words(event),
        "crew": event.group_name,
    }


def _since(row: Letter) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(row.facts["since"]), datetime.fromisoformat(row.facts["until"])


def _follow(facts: dict[str, Any]) -> Follow:
    follow = db.session.get(Follow, facts["follow"])
    if follow is None or follow.ended_at is not None:
        raise Dropped("not followed any more")
    return follow
