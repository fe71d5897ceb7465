"""The addresses that calendar programs poll."""

from datetime import datetime

from flask import Blueprint, abort, redirect, url_for
from flask_login import current_user

from .. import ics, web
from ..access.events import visible_event
from ..access.feeds import feed_by_token
from ..access.groups import group_once_at
from ..access.rsvps import answer_by_token
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..links import site_link
from ..people.actions import renew_personal_links
from ..spoken import speaking
from ..versions import read_versions
from ..volunteers.emails import job_entry
from ..volunteers.models import HELD
from ..volunteers.queries import sign_ups_with
from ..when import now
from .atom import atom
from .personal import people_entries, personal_calendar, personal_entry
from .queries import group_entries, newest_first, person_state
from .serve import A_DAY, ATOM, serve_feed, utc_day

bp = Blueprint("feeds", __name__)
# Entries of a group's Atom feed.
NEWS = 100


@bp.get("/events/<slug>.ics")
def event(slug: str):
    """One event: the stored entry, the same bytes for everyone who may see it."""
    shown = visible_event(current_user, slug)
    if not shown.is_shown:
        abort(404)
    name, zone, url = shown.title, shown.zone, site_link("pages.event", slug=shown.slug)

    def build() -> bytes:
        return ics.calendar([shown.vevent], name=name, zone=zone, url=url)

    answer = serve_feed(("event", shown.id, shown.revision, shown.changed_at), shown.changed_at, utc_day(now()), build)
    answer.headers["Content-Disposition"] = f'inline; filename="{shown.slug}.ics"'
    if shown.is_for_members:
        return answer
    return web.keep(answer, f"event:{shown.id}", until=utc_day(now()) + A_DAY)


@bp.get("/groups/<slug>/calendar.ics")
def group(slug: str):
    """A group's public events."""
    shown, day = group_once_at(current_user, slug), utc_day(now())
    if shown.slug != slug:
        return redirect(url_for("feeds.group", slug=shown.slug), 301)
    key = f"calendar:{shown.id}"
    number, changed_at = read_versions([key])[key]

    def build() -> bytes:
        return ics.calendar(
            group_entries(shown, day),
            name=shown.name,
            zone=shown.zone,
            url=site_link("pages.group", slug=shown.slug),
            source=site_link("feeds.group", slug=shown.slug),
        )

    answer = serve_feed(("group", shown.id, number, changed_at), changed_at, day, build)
    return web.keep(answer, key, until=day + A_DAY)


@bp.get("/groups/<slug>/feed.atom")
def group_news(slug: str):
    """A group's public events for readers of news, what changed last first."""
    shown, day = group_once_at(current_user, slug), utc_day(now())
    if shown.slug != slug:
        return redirect(url_for("feeds.group_news", slug=shown.slug), 301)
    key = f"calendar:{shown.id}"
    number, changed_at = read_versions([key])[key]

    def build() -> bytes:
        page, source = site_link("pages.group", slug=shown.slug), site_link("feeds.group_news", slug=shown.slug)
        events = newest_first(shown, NEWS)
        return atom(events, name=shown.name, page=page, source=source, changed_at=changed_at or shown.created_at)

    with speaking(shown.language):
        answer = serve_feed(("news", shown.id, number, changed_at), changed_at, day, build, kind=ATOM)
    return web.keep(answer, key, until=day + A_DAY)


@bp.get("/calendars/<token>.ics")
def person(token: str):
    """What a person goes to, and may go to, and whom they want to write to."""
    owner, moment = feed_by_token(token), now()
    day = utc_day(moment)

    def build() -> bytes:
        return personal_calendar(owner, day, moment)

    # A program sends no language: the words are the person's.
    with speaking(owner.language):
        # When it is time for whom hangs on so much that it is worked out each time, and is itself what one depends on.
        state = (*person_state(owner), *people_entries(owner, day, moment))
        changed_at = max((part for part in state if isinstance(part, datetime)), default=None)
        mark = ("person", owner.id, owner.generation, owner.name, owner.language, *state)
        return serve_feed(mark, changed_at, day, build, private=True)


@bp.get("/rsvps/<token>.ics")
def answer(token: str):
    """One answer's calendar entry, and its shifts'."""
    rsvp = answer_by_token(token, now())
    with speaking(rsvp.person.language):
        entries = [personal_entry(rsvp), *(job_entry(row) for row in sign_ups_with([rsvp.id]) if row.standing == HELD)]
        vevents = [ics.vevent(one) for one in entries]
    body = ics.calendar(vevents, name=rsvp.event.title, zone=rsvp.event.zone, url=site_link("discover.home"))
    response = web.private(body)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{rsvp.event.slug}.ics"'
    return response


@bp.post("/settings/calendar")
@signed_in
def renew():
    """A new secret address for one's calendar; the old one is dead."""
    press()
    renew_personal_links(current_user)
    db.session.commit()
    return web.done(url_for("people.settings", saved=1))
