"""Following by mail: asking for it, and the page that its letters lead to."""

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.follows import follow_by_token
from ..access.groups import visible_group
from ..db import db
from ..forms import press_or_one_click
from ..limits import Limit, spend
from ..spoken import language
from ..text import mask_email
from ..when import now
from . import follows
from .forms import FollowForm, HowForm
from .models import AT_ONCE, WEEKLY
from .params import read_search
from .words import follow_words

bp = Blueprint("following", __name__)
BY_SENDER = Limit("follow-from", 30, 3600)
BY_ADDRESS = Limit("follow-to", 10, 3600)


@bp.post("/follow")
def ask():
    """Write to the address that was typed; the same page whether it follows already or not."""
    form, moment = FollowForm(), now()
    group = visible_group(current_user, form.group.data) if form.group.data else None
    asked = None if group else read_search(request.form, moment)
    valid = form.validate()
    if asked and not asked.point:
        form.near.errors = [_("Say first near which place: search for it.")]
    if not valid or form.near.errors:
        return web.again("discover/follow.html", form=form, what=group.name if group else form.near.data)
    email = form.email.data
    spend(BY_SENDER, request.remote_addr or "", moment)
    spend(BY_ADDRESS, email, moment)
    if not form.website.data:
        follow = follows.ask(email, form.how.data, language(), moment, group=group, asked=asked)
        if current_user.is_authenticated and current_user.email == email:
            follows.confirm(follow, form.how.data, moment)
        db.session.commit()
    return web.private(render_template("discover/follow_sent.html", email=mask_email(email)))


@bp.get("/follow/<token>")
def follow(token: str):
    """What is followed, how, and the buttons that confirm, change and end it."""
    found = follow_by_token(token)
    chosen = request.args.get("how")
    how = chosen if chosen in (WEEKLY, AT_ONCE) and not found.is_on else found.how
    form = HowForm(formdata=None, data={"how": how})
    return web.private(_page(token, found, form))


@bp.post("/follow/<token>")
def confirm(token: str):
    """Begin, or go on in another way."""
    found, form = follow_by_token(token), HowForm()
    if not form.validate():
        return web.private(web.again("discover/following.html", **_context(token, found, form)))
    follows.confirm(found, form.how.data, now())
    db.session.commit()
    return web.private(web.done(url_for("following.follow", token=token)))


@bp.get("/unsubscribe/<token>")
def unsubscribe(token: str):
    """A page with a button: mail scanners follow links."""
    return web.private(_page(token, follow_by_token(token), HowForm(formdata=None)))


@bp.post("/unsubscribe/<token>")
@web.own_proof
def end(token: str):
    """End it at once, for the page's button and for one click in a mail program (RFC 8058)."""
    found = follow_by_token(token)
    press_or_one_click()
    follows.end(found, now())
    db.session.commit()
    return web.private(_page(token, found, HowForm(formdata=None)))


def _page(token: str, found, form: HowForm) -> str:
    return render_template("discover/following.html", **_context(token, found, form))


def _context(token: str, found, form: HowForm) -> dict:
    return {"token": token, "follow": found, "what": follow_words(found), "form": form}
