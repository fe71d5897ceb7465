"""Kinds and tags with their rhythms, and the one switch of all reminders."""

from flask import Blueprint, Response, abort, request, url_for
from flask_login import current_user

from .. import web
from ..access.viewers import signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..when import now
from . import digests, sorting
from .people_forms import KindForm
from .reach_models import KINDS
from .reach_words import kind_words
from .rhythm_forms import RemindForm, rhythm_form
from .rhythm_queries import kinds_of, settings_of, tag_rhythms_of, tags_of

bp = Blueprint("rhythms", __name__)


@bp.get("/contacts/rhythms")
@signed_in
def mine():
    """All of it on one page."""
    return _page()


@bp.post("/contacts/rhythms/reminders")
@signed_in
def remind():
    """Choose whether and when to be reminded."""
    form = RemindForm()
    if not form.validate():
        return _page(422, remind=form)
    digests.save(current_user, form.data, now())
    return _saved("reminders")


@bp.post("/contacts/rhythms/kinds")
@signed_in
def add_kind():
    """A kind of one's own."""
    form = KindForm()
    if not form.validate():
        return _page(422, kind=form)
    sorting.name_kind(current_user, form.name.data, form.days())
    return _saved("kinds")


@bp.post("/contacts/rhythms/kinds/<key>")
@signed_in
def save_kind(key: str):
    """The rhythm of a kind."""
    if key not in {kind.key for kind in kinds_of(current_user)}:
        abort(404)
    form = rhythm_form(None, key, sent=key)
    if not form.validate():
        return _page(422, sent=key)
    sorting.set_rhythm(sorting.kind_row(current_user, key), form.days())
    return _saved("kinds")


@bp.post("/contacts/rhythms/kinds/<key>/drop")
@signed_in
def drop_kind(key: str):
    """Take out a kind of one's own."""
    own = {kind.key: kind for kind in kinds_of(current_user) if kind.key not in KINDS}
    if key not in own:
        abort(404)
    press()
    sorting.drop_kind(own[key])
    return _saved("kinds")


@bp.post("/contacts/rhythms/tags")
@signed_in
def save_tag():
    """The rhythm of a tag in use."""
    word = request.form.get("tag", "")
    if word not in tags_of(current_user):
        abort(404)
    prefix = f"tag{tags_of(current_user).index(word)}"
    form = rhythm_form(None, prefix, sent=prefix)
    if not form.validate():
        return _page(422, sent=prefix)
    sorting.set_tag_rhythm(current_user, word, form.days())
    return _saved("tags")


def _saved(where: str) -> Response:
    db.session.commit()
    return web.done(url_for("rhythms.mine", saved=1, _anchor=where))


def _page(status: int = 200, sent: str | None = None, remind: RemindForm | None = None, kind: KindForm | None = None):
    tagged, tags = tag_rhythms_of(current_user), tags_of(current_user)
    made = [
        (row, kind_words(row), rhythm_form(row, row.key, sent), row.key not in KINDS) for row in kinds_of(current_user)
    ]
    forms = [form for _row, _words, form, _own in made]
    words = [(tag, rhythm_form(tagged.get(tag), f"tag{at}", sent)) for at, tag in enumerate(tags)]
    for form in (*forms, *(form for _tag, form in words)):
        if sent and form._prefix == f"{sent}-":
            form.validate()
    return web.again(
        "contacts/rhythms.html",
        status,
        kinds=made,
        tags=words,
        remind_form=remind or RemindForm(formdata=None, obj=settings_of(current_user)),
        kind_form=kind or KindForm(formdata=None),
        button=ButtonForm(formdata=None),
        saved="saved" in request.args,
    )
