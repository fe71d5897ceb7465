"""Writing to everyone: an event's people or a crew's. The letter is looked at, tried on oneself, then sent."""

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.announcements import announcement_in, announcing_place, draft_in
from ..access.viewers import signed_in
from ..db import db
from ..forms import UNSENT, ButtonForm, press
from ..limits import Limit, spend
from ..posts.models import Place
from ..refusals import Refused
from ..when import now
from . import announcing
from .announcement_forms import AnnouncementForm
from .announcement_models import Announcement
from .announcement_page import form_context, one_context
from .audiences import LISTED

bp = Blueprint("announcements", __name__, url_prefix="/<any(groups, events):noun>/<slug>/manage/announce")
ONE = "/<int(max=2147483647):number>"
BY_WRITER, BY_PLACE = Limit("announce-by", 20, 24 * 3600), Limit("announce-to", 10, 24 * 3600)
TESTS = Limit("announce-test", 30, 3600)


@bp.get("")
@signed_in
def new(noun: str, slug: str):
    """The form, for the people whom the list shows where its filters came along; and what was written before."""
    place = announcing_place(current_user, noun, slug)
    form = AnnouncementForm(place, request.args, current_user, formdata=UNSENT)
    if form.asked:
        form.audience.data = LISTED
    return render_template("organize/announce.html", **form_context(place, form))


@bp.post("")
@signed_in
def draft(noun: str, slug: str):
    """Keep it, and show it as it will go."""
    place = announcing_place(current_user, noun, slug)
    form = AnnouncementForm(place, request.args, current_user)
    if not form.validate():
        return web.again("organize/announce.html", **form_context(place, form))
    row = announcing.draft(place, current_user, form.fields(), now())
    db.session.commit()
    return web.done(_url(place, row))


@bp.get(ONE)
@signed_in
def one(noun: str, slug: str, number: int):
    """A draft as it will go, or what became of each letter."""
    place = announcing_place(current_user, noun, slug)
    return _page(announcement_in(place, number))


@bp.get(f"{ONE}/edit")
@signed_in
def edit(noun: str, slug: str, number: int):
    """The draft's form."""
    place = announcing_place(current_user, noun, slug)
    row = draft_in(place, number)
    form = AnnouncementForm(place, row.asked, current_user, formdata=UNSENT, obj=row)
    return render_template("organize/announce.html", **form_context(place, form, row))


@bp.post(f"{ONE}/edit")
@signed_in
def save(noun: str, slug: str, number: int):
    """Say it otherwise."""
    place = announcing_place(current_user, noun, slug)
    row = draft_in(place, number)
    form = AnnouncementForm(place, row.asked, current_user)
    if not form.validate():
        return web.again("organize/announce.html", **form_context(place, form, row))
    announcing.change(row, current_user, form.fields())
    db.session.commit()
    return web.done(_url(place, row))


@bp.post(f"{ONE}/test")
@signed_in
def test(noun: str, slug: str, number: int):
    """One letter, to oneself."""
    place = announcing_place(current_user, noun, slug)
    row = draft_in(place, number)
    press()
    spend(TESTS, str(current_user.id), now())
    announcing.send_test(row, current_user, now())
    db.session.commit()
    return web.done(_url(place, row, tested=1))


@bp.post(f"{ONE}/send")
@signed_in
def send(noun: str, slug: str, number: int):
    """One letter to each."""
    place = announcing_place(current_user, noun, slug)
    row = announcement_in(place, number)
    press()
    if row.posted_at is None:
        spend(BY_WRITER, str(current_user.id), now())
        spend(BY_PLACE, f"{noun}:{row.event_id or row.group_id}", now())
    return _done_or_refused(place, row, lambda: announcing.send(row, current_user, now()))


@bp.post(f"{ONE}/back")
@signed_in
def take_back(noun: str, slug: str, number: int):
    """Nobody gets it after all."""
    place = announcing_place(current_user, noun, slug)
    row = announcement_in(place, number)
    press()
    return _done_or_refused(place, row, lambda: announcing.take_back(row, current_user, now()))


@bp.post(f"{ONE}/drop")
@signed_in
def drop(noun: str, slug: str, number: int):
    """Forget a draft."""
    place = announcing_place(current_user, noun, slug)
    row = draft_in(place, number)
    press()
    announcing.drop(row)
    db.session.commit()
    return web.done(url_for("announcements.new", noun=noun, slug=slug))


def _done_or_refused(place: Place, row: Announcement, act):
    number = row.id
    try:
        act()
    except Refused as refusal:
        db.session.rollback()
        place = announcing_place(current_user, place.noun, place.slug)
        return _page(announcement_in(place, number), str(refusal)), 409
    db.session.commit()
    return web.done(_url(place, row))


def _page(row: Announcement, refusal: str | None = None) -> str:
    told = _("A test is on its way to %(email)s.", email=current_user.email) if "tested" in request.args else None
    template = "organize/announcement.html" if row.posted_at is None else "organize/announced.html"
    context = {"button": ButtonForm(formdata=UNSENT), "refusal": refusal, "told": told}
    return render_template(template, **one_context(row), **context)


def _url(place: Place, row: Announcement, **more) -> str:
    return url_for("announcements.one", noun=place.noun, slug=place.slug, number=row.id, **more)
