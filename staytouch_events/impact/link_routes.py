"""The same by the link to one's answer, without an account."""

from flask import Blueprint, render_template, url_for

from .. import web
from ..access.impact import proposing_answer
from ..when import now
from . import page

bp = Blueprint("impact_links", __name__)
LOG = "/rsvps/<token>/impact"
ONE = LOG + "/<int(max=2147483647):number>"


@bp.get(LOG)
def new(token: str):
    """What did you do?"""
    moment = now()
    return web.private(render_template("impact/log.html", **page.new_page(_door(token), moment)))


@bp.post(LOG)
def propose(token: str):
    """Send it to the organizers."""
    return web.private(page.take_new(_door(token), now()))


@bp.get(ONE)
def one(token: str, number: int):
    """One log of one's own."""
    return web.private(render_template("impact/log.html", **page.show_one(_door(token), number, now())))


@bp.post(ONE)
def save(token: str, number: int):
    """Correct it while it waits."""
    return web.private(page.take_one(_door(token), number, now()))


@bp.post(ONE + "/photos")
def add_photos(token: str, number: int):
    """Before and after."""
    return web.private(page.take_photos(_door(token), number, now()))


@bp.post(ONE + "/photos/<int(max=2147483647):photo>/remove")
def drop_photos(token: str, number: int, photo: int):
    """Take a pair out."""
    return web.private(page.take_drop(_door(token), number, photo))


def _door(token: str) -> page.Door:
    rsvp = proposing_answer(token, now())

    def address(view: str, **more) -> str:
        return url_for(f"impact_links.{view}", token=token, **more)

    return page.Door(rsvp.event, rsvp.person, rsvp.name, url_for("rsvps.manage", token=token), address)
