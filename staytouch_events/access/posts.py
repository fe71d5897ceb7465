"""Who reads and writes where people talk, and whose post is whose; the loaders are the locks."""

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, or_, select

from ..db import db
from ..events.models import DRAFT, PUBLIC, Event
from ..groups.models import PUBLIC as EVERYBODY
from ..groups.models import Group, Membership
from ..people.models import Person
from ..posts.models import Place, Post
from ..rsvps.models import DECLINED, Rsvp
from .events import LISTED_STATES, may_host, may_see, roles_at, visible_event
from .groups import may_organize, may_see_group, role_of, visible_group
from .tokens import row_by_token, token_of
from .viewers import sent_to_sign_in

MAIL = "posts.mail"


def is_public(place: Place) -> bool:
    """Whether anybody may find and read it: an open talk of a listed crew, on a listed event."""
    group, event = place
    listed = event is None or (event.visibility == PUBLIC and event.state in LISTED_STATES)
    return listed and group.visibility == EVERYBODY and group.talk_readers == EVERYBODY


def belongs(viewer, group: Group) -> bool:
    """Whether the viewer is in the crew, or runs the site."""
    return viewer.is_authenticated and (viewer.is_admin or role_of(viewer, group) is not None)


def _belongs_at(viewer, place: Place) -> bool:
    """Whether the viewer is in the crew, on an event in one that hosts it, or runs the site."""
    if place.event is None:
        return belongs(viewer, place.group)
    return viewer.is_authenticated and (viewer.is_admin or bool(roles_at(viewer, place.event)))


def may_read(viewer, place: Place) -> bool:
    """Whether the viewer may read what is said there: who the crew's setting says, of those who see the event."""
    if place.event is not None and (place.event.state == DRAFT or not may_see(viewer, place.event)):
        return False
    if place.event is None and not may_see_group(viewer, place.group):
        return False
    return place.group.talk_readers == EVERYBODY or _belongs_at(viewer, place)


def may_write(viewer, place: Place) -> bool:
    """Whether the viewer may join in: members; on an event that they may read of, who said they come, too."""
    if not viewer.is_authenticated or not may_read(viewer, place):
        return False
    return _belongs_at(viewer, place) or (place.event is not None and _comes(viewer, place.event))


def may_pin(viewer, place: Place) -> bool:
    """Whether the viewer keeps order there: organizers of the crew, on an event of every crew that hosts it."""
    return may_organize(viewer, place.group) if place.event is None else may_host(viewer, place.event)


def may_change(viewer, post: Post) -> bool:
    """Whether the viewer may change or take away a post: its writer, and organizers."""
    mine = viewer.is_authenticated and post.author_id == viewer.id
    return mine or may_pin(viewer, post.place)


def may_restore(viewer, post: Post) -> bool:
    """Whether the viewer may put a post back: organizers; its writer, unless an organizer took it away."""
    return may_pin(viewer, post.place) or (may_change(viewer, post) and post.deleted_by_id == viewer.id)


def may_choose_answer(viewer, question: Post) -> bool:
    """Whether the viewer says which answer is the one: who asked, and organizers."""
    return may_change(viewer, question)


def talk_place(viewer, noun: str, slug: str) -> Place:
    """Where people talk, for who may read there; anybody else signs in first, or finds nothing."""
    place = _place(viewer, noun, slug)
    if not may_read(viewer, place):
        abort(404 if viewer.is_authenticated else sent_to_sign_in())
    return place


def written_place(viewer, noun: str, slug: str) -> Place:
    """The same for who may write there: 404 unread, 403 read but not theirs."""
    place = talk_place(viewer, noun, slug)
    if not may_write(viewer, place):
        abort(403)
    return place


def post_in(viewer, place: Place, number: int) -> Post:
    """A post that stands there, or a deleted one for who may put it back; else 404."""
    post = _at(place, number)
    whole = post is not None and (post.is_shown or any(may_restore(viewer, gone) for gone in _gone(post)))
    if not whole:
        abort(404)
    return post


def shown_post(viewer, place: Place, number: int) -> Post:
    """A post that stands there; else 404."""
    post = _at(place, number)
    if post is None or not post.is_shown:
        abort(404)
    return post


def own_post(viewer, noun: str, slug: str, number: int) -> Post:
    """A post, for who may change it: its writer, who may have left the crew since, and organizers.

    404 unread, 403 read but not theirs.
    """
    place = _place(viewer, noun, slug)
    post = _at(place, number)
    if post is not None and may_change(viewer, post):
        return post
    if post is None or not post.is_shown or not may_read(viewer, place):
        abort(404)
    abort(403)


def readable_posts(viewer: Person) -> Select:
    """Posts and answers in the person's crews that they may read; deleted ones aside."""
    mine = select(Membership.group_id).where(Membership.person_id == viewer.id)
    return select(Post).where(Post.group_id.in_(mine), standing(), _of_shown_events())


def standing() -> ColumnElement[bool]:
    """The condition of a post that was not taken away, nor what it answers."""
    gone = select(Post.id).where(Post.deleted_at.is_not(None))
    return and_(Post.deleted_at.is_(None), or_(Post.parent_id.is_(None), Post.parent_id.not_in(gone)))


def mail_token(person: Person, group: Group) -> str:
    """The standing token by which a person chooses how they hear of this crew's talk."""
    return token_of(f"{MAIL}:{group.id}", person)


def reader_by_token(number: int, text: str) -> tuple[Person, Group]:
    """Whose link it is, and to which crew's talk; 404 for an unknown or revoked token."""
    group = db.session.get(Group, number) or abort(404)
    return row_by_token(Person, f"{MAIL}:{group.id}", text), group


def thread_of(person: Person, group: Group, number: int) -> Post | None:
    """A thread of the crew's, its events' included, that this person may read; None where there is none."""
    post = db.session.scalar(select(Post).where(Post.id == number, Post.group_id == group.id))
    wanted = post is not None and post.parent_id is None and post.is_shown
    return post if wanted and may_read(person, post.place) else None


def _place(viewer, noun: str, slug: str) -> Place:
    if noun == "groups":
        return Place(visible_group(viewer, slug))
    event = visible_event(viewer, slug)
    return Place(event.group, event)


def _at(place: Place, number: int) -> Post | None:
    event_id = place.event and place.event.id
    return db.session.scalar(
        select(Post).where(Post.id == number, Post.group_id == place.group.id, Post.event_id == event_id)
    )


def _gone(post: Post) -> list[Post]:
    """Of a post and what it answers, what was taken away."""
    return [row for row in (post, post.parent) if row is not None and row.deleted_at is not None]


def _of_shown_events() -> ColumnElement[bool]:
    drafts = select(Event.id).where(Event.state == DRAFT)
    return or_(Post.event_id.is_(None), Post.event_id.not_in(drafts))


def _comes(viewer, event: Event) -> bool:
    answered = select(Rsvp.id).where(Rsvp.person_id == viewer.id, Rsvp.event_id == event.id, Rsvp.answer != DECLINED)
    return db.session.scalar(answered) is not None
