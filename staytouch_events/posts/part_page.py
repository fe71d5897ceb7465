"""The talk on other pages: the part of a crew's or an event's own page, and the questions of the dashboard."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_login import current_user

from ..access.posts import may_read
from ..groups.models import Group
from .forms import PostForm
from .models import Place
from .page import place_context, post_row, shown_posts, talk_url
from .queries import answer_counts, latest, open_questions, open_questions_in


def talk_part(place: Place, moment: datetime) -> dict[str, Any] | None:
    """The part of a crew's or an event's own page: questions that wait, then the latest few, and the box."""
    if not may_read(current_user, place):
        return {"closed": True, "member": False} if place.event is None else None
    asked = shown_posts(place, open_questions(place, moment))
    rows = shown_posts(place, latest(place))
    return place_context(place) | {
        "closed": False,
        "questions": asked,
        "posts": rows,
        "listing_url": talk_url("talk.listing", place),
        "form": PostForm(formdata=None),
        "form_url": talk_url("talk.write", place),
    }


def asked_in(groups: Sequence[Group], moment: datetime) -> list[dict[str, Any]]:
    """Questions that wait in these crews of the viewer's and on their events, with where they were asked."""
    posts = open_questions_in([group.id for group in groups], moment)
    counts = answer_counts([post.id for post in posts])
    return [
        post_row(post, post.place)
        | {
            "answer_count": counts.get(post.id, 0),
            "writes": True,
            "where": (post.place.name, talk_url("talk.thread", post.place, number=post.id)),
        }
        for post in posts
    ]
