"""How one hears of a crew's talk, by the link of any of its letters: no signing in."""

from flask import Blueprint, render_template, request, url_for

from .. import web
from ..access.posts import reader_by_token, thread_of
from ..db import db
from ..forms import press_by_link, press_or_one_click
from ..text import parse_int
from ..when import now
from . import mailing
from .forms import HowForm
from .mail_models import NEVER
from .words import first_words

bp = Blueprint("talk_mail", __name__, url_prefix="/talk/<int(max=2147483647):number>/<token>")


@bp.get("")
def choose(number: int, token: str):
    """How often, and the thread that a letter was about."""
    person, group = reader_by_token(number, token)
    return web.private(_page(person, group, token))


@bp.post("")
def save(number: int, token: str):
    """Hear of it another way."""
    person, group = reader_by_token(number, token)
    form = HowForm()
    if not form.validate():
        return web.private(web.again("posts/mail.html", **_context(person, group, token, form)))
    mailing.choose(person, group, form.how.data, now())
    db.session.commit()
    return web.private(web.done(url_for("talk_mail.choose", number=number, token=token, saved=1)))


@bp.post("/mute")
def mute(number: int, token: str):
    """Nothing more about one thread, or again."""
    person, group = reader_by_token(number, token)
    root = _thread(person, group)
    press_by_link()
    if root is not None:
        mailing.mute(person, root, not mailing.is_muted(person, root))
        db.session.commit()
    return web.private(web.done(url_for("talk_mail.choose", number=number, token=token, thread=root and root.id)))


@bp.get("/stop")
def unsubscribe(number: int, token: str):
    """A page with a button: mail scanners follow links."""
    person, group = reader_by_token(number, token)
    return web.private(_page(person, group, token))


@bp.post("/stop")
@web.own_proof
def end(number: int, token: str):
    """No more of it, for the page's button and for one click in a mail program (RFC 8058)."""
    person, group = reader_by_token(number, token)
    press_or_one_click()
    mailing.choose(person, group, NEVER, now())
    db.session.commit()
    return web.private(_page(person, group, token))


def _page(person, group, token: str) -> str:
    form = HowForm(formdata=None, data={"how": mailing.how_of(person, group)})
    return render_template("posts/mail.html", **_context(person, group, token, form))


def _context(person, group, token: str, form: HowForm) -> dict:
    root = _thread(person, group)
    return {
        "group": group,
        "token": token,
        "form": form,
        "ended": mailing.how_of(person, group) == NEVER,
        "saved": "saved" in request.args,
        "thread": root and {"id": root.id, "words": first_words(root), "muted": mailing.is_muted(person, root)},
    }


def _thread(person, group):
    """The thread that the address names, where its reader may read it."""
    number = parse_int(request.values.get("thread", ""), 1, 2**31 - 1)
    return thread_of(person, group, number) if number else None
