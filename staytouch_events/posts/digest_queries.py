"""What a digest tells of."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload

from ..access.posts import standing
from ..db import db
from ..groups.models import Group
from ..people.models import Person
from .mail_models import Mute
from .models import Mention, Place, Post

MOST = 60


def posts_since(person: Person, group: Group, since: datetime, until: datetime) -> list[tuple[Place, list[Post]]]:
    """A crew's posts between two instants by place, but for one's own, muted ones, and those told of at once."""
    root = aliased(Post)
    muted = select(Mute.post_id).where(Mute.person_id == person.id)
    named = select(Mention.post_id).where(Mention.person_id == person.id)
    wanted = (
        select(Post)
        .outerjoin(root, root.id == Post.parent_id)
        .options(joinedload(Post.author), joinedload(Post.event), joinedload(Post.group))
        .where(Post.group_id == group.id, Post.created_at >= since, Post.created_at <= until, standing())
        .where(or_(Post.author_id.is_(None), Post.author_id != person.id))
        .where(or_(root.author_id.is_(None), root.author_id != person.id))
        .where(Post.id.not_in(named), Post.id.not_in(muted))
        .where(or_(Post.parent_id.is_(None), Post.parent_id.not_in(muted)))
    )
    found: dict[int, tuple[Place, list[Post]]] = {}
    for post in db.session.scalars(wanted.order_by(Post.id).limit(MOST)):
        found.setdefault(post.event_id or 0, (post.place, []))[1].append(post)
    return [found[key] for key in sorted(found)]
