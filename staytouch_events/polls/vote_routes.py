"""The page of one vote, by its link: change it, take it back, hear of it or not, and say that one comes."""

from flask import Blueprint, Response, render_template, url_for

from .. import web
from ..access.polls import Held, vote_by_token
from ..access.rsvps import manage_token
from ..db import db
from ..forms import press_by_link
from ..links import site_link
from ..refusals import Refused
from ..text import mask_email
from ..when import now
from . import closing, finding
from .models import TimePoll
from .queries import said_by
from .time_forms import VoteForm, vote_form
from .time_page import vote_context

bp = Blueprint("time_votes", __name__)


@bp.get("/polls/votes/<token>")
def mine(token: str):
    """What one said, and the form to say otherwise."""
    held = vote_by_token(token)
    given = {"name": held.ballot.name} | {f"o{number}": said for number, said in said_by(held.ballot).items()}
    return _page(held, vote_form(held.ballot.poll, VoteForm, formdata=None, data=given))


@bp.post("/polls/votes/<token>")
def change(token: str):
    """Say otherwise."""
    held = vote_by_token(token)
    form = vote_form(held.ballot.poll, VoteForm)
    if not form.validate():
        return _page(held, form, 422)
    try:
        finding.change(held.ballot, form.name.data, form.said(), now())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _page(vote_by_token(token), form, 409, str(refusal))
    return _done(token)


@bp.post("/polls/votes/<token>/hear")
def hear(token: str):
    """Write to me: whoever pressed this in a mail has the address."""
    held = _pressed(token)
    if held.by_mail or held.ballot.person_id is not None:
        finding.hear(held.ballot, now())
        db.session.commit()
    return _done(token)


@bp.post("/polls/votes/<token>/quiet")
def quiet(token: str):
    """No more letters about it."""
    finding.hear_no_more(_pressed(token).ballot)
    db.session.commit()
    return _done(token)


@bp.post("/polls/votes/<token>/withdraw")
def withdraw(token: str):
    """Take the vote back."""
    ballot = _pressed(token).ballot
    poll: TimePoll = ballot.poll
    path = url_for("times.one", public_id=poll.public_id)
    finding.withdraw(ballot, now())
    db.session.commit()
    return web.private(web.done(path))


@bp.post("/polls/votes/<token>/going")
def going(token: str):
    """I'm going: by the letter's link it is sure who says so; by any other the event's own form asks."""
    held = _pressed(token)
    if not held.by_mail:
        return _done(token)
    finding.hear(held.ballot, now())
    rsvp = closing.say_going(held.ballot, now())
    db.session.commit()
    return web.private(web.done(url_for("rsvps.manage", token=manage_token(rsvp))))


def _pressed(token: str) -> Held:
    held = vote_by_token(token)
    press_by_link()
    return held


def _done(token: str) -> Response:
    return web.private(web.done(url_for("time_votes.mine", token=token)))


def _page(held: Held, form: VoteForm, status: int = 200, refusal: str | None = None) -> Response:
    context = vote_context(held.ballot, form, now()) | {"token": held.token, "by_mail": held.by_mail}
    context["asked"] = mask_email(held.ballot.email) if held.ballot.email else None
    context["own_url"] = site_link("time_votes.mine", token=held.token)
    answer = web.private(render_template("polls/vote.html", **context, refusal=refusal))
    answer.status_code = status
    return answer
