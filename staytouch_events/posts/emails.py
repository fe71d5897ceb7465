"""What is mailed of a crew's talk; rendered from the posts as they stand, for who may still read them."""

from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from .. import outbox
from ..access.posts import mail_token, may_read
from ..db import db
from ..groups.models import Group
from ..jobs import job
from ..links import site_link
from ..markdown import html
from ..outbox import Dropped, Rendered, letter, list_headers
from ..outbox.models import Letter
from ..people.models import Person
from .digest_queries import posts_since
from .mail_models import AT_ONCE, DAILY, NEVER, WEEKLY
from .mailing import ANSWERED, ASKED, DIGEST, NAMED, NEWS, SPREAD, WANTED, how_of, is_muted, spread
from .models import Post
from .queries import open_questions_in
from .words import author_name, first_words, moment_words


@job(SPREAD)
def _spread(facts: dict[str, Any], now: datetime) -> None:
    post = db.session.get(Post, facts["post"])
    if post is not None and post.is_shown:
        spread(post, now)


@job(DIGEST)
def _send_digest(facts: dict[str, Any], now: datetime) -> None:
    person, group = db.session.get(Person, facts["person"]), db.session.get(Group, facts["group"])
    if person is None or group is None or not person.email or how_of(person, group) not in (DAILY, WEEKLY):
        return
    outbox.post(
        DIGEST,
        to=person.email,
        name=person.name,
        language=person.language,
        facts={**facts, "until": now.isoformat()},
        now=now,
    )


@letter(NEWS)
def _news(row: Letter, now: datetime) -> Rendered:
    person, post = _still_told(row.facts)
    root, why, place = post.parent or post, row.facts["why"], post.place
    name = author_name(post.author)
    titles = {
        NAMED: _("%(name)s named you", name=name),
        ANSWERED: _("%(name)s answered you", name=name),
        ASKED: _("%(name)s asks the crew", name=name),
        WANTED: _("New from %(name)s", name=name),
    }
    context = {
        "title": titles[why],
        "post": _shown(post),
        "answers": first_words(root, 200) if root is not post else None,
        "asks": root.is_open,
        "place": place.name,
        "why": why,
        "mute_link": _choose(person, post.group, thread=root.id),
    }
    # One subject and one reference for all of a thread: mail programs put them together by both.
    thread = f"<talk-{root.id}@{current_app.config['SETTINGS'].site_host}>"
    about = f"{place.name}: {first_words(root, 60)}"
    headers = list_headers(f"talk-{post.group.id}", _end(person, post.group)) | {"In-Reply-To": thread}
    return Rendered(
        about if root is post else f"Re: {about}",
        "email/posts/news.html",
        context | _links(person, post.group),
        references=thread,
        headers=headers,
    )


@letter(DIGEST)
def _digest(row: Letter, now: datetime) -> Rendered:
    facts = row.facts
    person, group = db.session.get(Person, facts["person"]), db.session.get(Group, facts["group"])
    if person is None or group is None or how_of(person, group) == NEVER:
        raise Dropped("not wanted any more")
    since, until = (datetime.fromisoformat(facts[name]) for name in ("since", "until"))
    parts = [(place, posts) for place, posts in posts_since(person, group, since, until) if may_read(person, place)]
    told = sum(len(posts) for _place, posts in parts)
    if not told:
        raise Dropped("nothing new is left to tell of")
    subject = ngettext("%(num)d new post: %(crew)s", "%(num)d new posts: %(crew)s", told, crew=group.name)
    asked = [post for post in open_questions_in([group.id], now) if may_read(person, post.place)]
    context = {
        "title": subject,
        "parts": [(place.name, [_shown(post) for post in posts]) for place, posts in parts],
        "questions": [_shown(post) for post in asked if post.author_id != person.id],
    }
    return Rendered(
        subject,
        "email/posts/digest.html",
        context | _links(person, group),
        headers=list_headers(f"talk-{group.id}", _end(person, group)),
    )


def _still_told(facts: dict[str, Any]) -> tuple[Person, Post]:
    """Whom a letter is for and what it tells, while it is theirs to read."""
    person, post = db.session.get(Person, facts["person"]), db.session.get(Post, facts["post"])
    if person is None or post is None or not post.is_shown:
        raise Dropped("the post is gone")
    if not may_read(person, post.place):
        raise Dropped("not theirs to read any more")
    how = how_of(person, post.group)
    if how == NEVER or (facts["why"] == WANTED and how != AT_ONCE) or is_muted(person, post.parent or post):
        raise Dropped("not wanted any more")
    return person, post


def _shown(post: Post) -> dict[str, Any]:
    """A post as a letter shows it."""
    thread = site_link("talk.thread", noun=post.place.noun, slug=post.place.slug, number=post.root_id)
    return {
        "author": author_name(post.author),
        "when": moment_words(post.created_at, post.place),
        "html": html(post.text),
        "picture_alt": post.picture_alt if post.picture else None,
        "url": f"{thread}#p{post.id}",
    }


def _links(person: Person, group: Group) -> dict[str, Any]:
    return {"crew": group.name, "change_link": _choose(person, group), "end_link": _end(person, group)}


def _choose(person: Person, group: Group, **more: Any) -> str:
    return site_link("talk_mail.choose", number=group.id, token=mail_token(person, group), **more)


def _end(person: Person, group: Group) -> str:
    return site_link("talk_mail.unsubscribe", number=group.id, token=mail_token(person, group))
