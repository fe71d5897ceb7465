"""What a talk's own pages show: its list, and a thread."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ..access.posts import (
    belongs,
    is_public,
    mail_token,
    may_change,
    may_choose_answer,
    may_pin,
    may_restore,
    may_write,
)
from ..forms import ButtonForm
from ..markdown import html
from ..people.models import Person
from .forms import AnswerForm, PostForm
from .mailing import is_muted
from .models import REACTIONS as KINDS
from .models import Place, Post
from .queries import (
    answer_counts,
    answers_to,
    chosen_answers,
    edits_of,
    named_in,
    page_of,
    pinned,
    reactions_to,
)
from .words import REACTIONS, author_name, first_words, moment_words

# Of those who pressed a word, whose names are read out.
NAMES = 5


def listing_context(place: Place, before: int | None, form: PostForm | None = None) -> dict[str, Any]:
    """The newest posts, what is on top first."""
    top = pinned(place) if before is None else []
    rows, older = page_of(place, before)
    return place_context(place) | {
        "posts": shown_posts(place, [*top, *rows]),
        "older_url": talk_url("talk.listing", place, before=older) if older else None,
        "is_first": before is None,
        "form": form or PostForm(formdata=None),
        "form_url": talk_url("talk.write", place),
        "mail_url": _mail_url(place),
    }


def thread_context(post: Post, form: AnswerForm | None = None) -> dict[str, Any]:
    """A post and all its answers; what was taken away shows to who may put it back."""
    place, root = post.place, post.parent or post
    answers = answers_to([root.id]).get(root.id, [])
    rows = shown_posts(place, [root, *answers], whole=True)
    if root.answer_id:
        rows[1:] = sorted(rows[1:], key=lambda row: row["id"] != root.answer_id)
    gone = [row for row in {root, post} if row.deleted_at is not None and may_restore(current_user, row)]
    return place_context(place) | {
        "root": rows[0],
        "answers": rows[1:],
        "answers_words": ngettext("%(num)d answer", "%(num)d answers", len(answers)) if answers else _("No answer yet"),
        "title": first_words(root, 60),
        "gone": [{"url": post_url("talk_desk.restore", row), "words": first_words(row)} for row in gone],
        "is_gone": root.deleted_at is not None,
        "form": form or AnswerForm(formdata=None),
        "form_url": post_url("talk.answer", root),
        "mute_url": post_url("talk.mute", root) if current_user.is_authenticated else None,
        "muted": current_user.is_authenticated and is_muted(current_user, root),
        "mail_url": _mail_url(place),
    }


def place_context(place: Place) -> dict[str, Any]:
    """Where it is, and what the viewer may do there."""
    noun = "pages.event" if place.event else "pages.group"
    return {
        "place": place,
        "place_url": url_for(noun, slug=place.slug),
        "public": is_public(place),
        "writes": may_write(current_user, place),
        "signed_in": current_user.is_authenticated,
        "button": ButtonForm(formdata=None),
    }


def shown_posts(place: Place, posts: Sequence[Post], whole: bool = False) -> list[dict[str, Any]]:
    """Posts as this viewer sees them, in a fixed number of queries; `whole` with what a thread's page has."""
    numbers = [post.id for post in posts]
    pressed, named, counts = reactions_to(numbers), named_in(numbers), answer_counts(numbers)
    chosen, edits = chosen_answers(posts), edits_of(numbers) if whole else {}
    writes, pins = may_write(current_user, place), may_pin(current_user, place)
    found = []
    for post in posts:
        mine = may_change(current_user, post)
        row = post_row(post, place) | {
            "answer_count": counts.get(post.id, 0),
            "reactions": _reactions(pressed.get(post.id, {}), writes),
            "named": ", ".join(person.short_name for person in named.get(post.id, [])),
            "edits": [_edit(edit, place) for edit in edits.get(post.id, [])] if mine else [],
            "mine": mine,
            "pins": pins and post.parent_id is None,
            "writes": writes,
        }
        answer = chosen.get(post.answer_id)
        row["answer"] = post_row(answer, place) if answer and not whole else None
        found.append(row)
    if whole and found:
        _mark_answers(found, posts[0])
    return found


def talk_url(endpoint: str, place: Place, **more: Any) -> str:
    """The address of a talk's page or form."""
    return url_for(endpoint, noun=place.noun, slug=place.slug, **more)


def post_url(endpoint: str, post: Post, **more: Any) -> str:
    """The address of a post's page or form."""
    return talk_url(endpoint, post.place, number=post.id, **more)


def thread_url(post: Post) -> str:
    """Where a post stands in its thread."""
    return talk_url("talk.thread", post.place, number=post.root_id, _anchor=f"p{post.id}")


def post_row(post: Post, place: Place) -> dict[str, Any]:
    """What everybody sees of a post."""
    name = author_name(post.author)
    return {
        "id": post.id,
        "author": name,
        "initial": name[:1].upper(),
        "photo": post.author.photo if post.author else None,
        "pronouns": post.author.pronouns if post.author else "",
        "iso": post.created_at.isoformat(),
        "zone": (place.event or place.group).zone,
        "when": moment_words(post.created_at, place),
        "edited": moment_words(post.edited_at, place) if post.edited_at else None,
        "words": first_words(post),
        "html": html(post.text) if post.text else _("What stood here went with whoever wrote it."),
        "picture": {"url": url_for("groups.picture", name=post.picture), "alt": post.picture_alt}
        if post.picture
        else None,
        "is_question": post.is_question,
        "is_open": post.is_open,
        "is_answer": False,
        "pinned": post.pinned_at is not None,
        "url": thread_url(post),
        "answer_url": post_url("talk.answer", post),
        "react_url": post_url("talk.react", post),
        "edit_url": post_url("talk_desk.change", post),
        "delete_url": post_url("talk_desk.take_away", post),
        "pin_url": post_url("talk_desk.pin", post),
        "choose_url": None,
    }


def _mark_answers(rows: list[dict[str, Any]], root: Post) -> None:
    """Which of the answers is the one, and who may say so."""
    chooses = root.is_question and root.deleted_at is None and may_choose_answer(current_user, root)
    for row in rows[1:]:
        row["is_answer"] = row["id"] == root.answer_id
        row["choose_url"] = talk_url("talk_desk.choose", root.place, number=row["id"]) if chooses else None


def _reactions(pressed: dict[str, list[Person]], names: bool) -> list[dict[str, Any]]:
    """The words under a post: how many pressed each, whether the viewer did, and who, for who writes there."""
    return [
        {
            "kind": kind,
            "label": str(REACTIONS[kind]),
            "count": len(people),
            "mine": current_user.is_authenticated and current_user.id in {person.id for person in people},
            "who": _names(people) if names and people else "",
        }
        for kind, people in ((kind, pressed.get(kind, [])) for kind in KINDS)
    ]


def _names(people: list[Person]) -> str:
    shown = ", ".join(person.short_name for person in people[:NAMES])
    more = len(people) - NAMES
    return _("%(names)s and %(num)d more", names=shown, num=more) if more > 0 else shown


def _edit(edit, place: Place) -> dict[str, Any]:
    return {"until": moment_words(edit.until_at, place), "html": html(edit.text)}


def _mail_url(place: Place) -> str | None:
    """Where members choose what they are mailed of it."""
    if not belongs(current_user, place.group):
        return None
    return url_for("talk_mail.choose", number=place.group.id, token=mail_token(current_user, place.group))
