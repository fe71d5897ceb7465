"""Putting down what was done at an event, signed in."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from ..access.events import may_host, visible_event
from ..access.impact import proposing_event
from ..access.viewers import signed_in
from ..events.models import Event
from ..when import now
from . import page

bp = Blueprint("impact", __name__)
LOG = "/events/<slug>/impact/log"
ONE = LOG + "/<int(max=2147483647):number>"


@bp.get(LOG)
@signed_in
def new(slug: str):
    """What did you do?"""
    moment = now()
    return render_template(
        "impact/log.html", **page.new_page(_door(proposing_event(current_user, slug, moment)), moment)
    )


@bp.post(LOG)
@signed_in
def propose(slug: str):
    """Send it to the organizers."""
    moment = now()
    return page.take_new(_door(proposing_event(current_user, slug, moment)), moment)


@bp.get(ONE)
@signed_in
def one(slug: str, number: int):
    """One log: what became of it, its pictures, and the form while it may be changed."""
    return render_template("impact/log.html", **page.show_one(_seen(slug), number, now()))


@bp.post(ONE)
@signed_in
def save(slug: str, number: int):
    """Correct it."""
    return page.take_one(_seen(slug), number, now())


@bp.post(ONE + "/photos")
@signed_in
def add_photos(slug: str, number: int):
    """Before and after."""
    return page.take_photos(_seen(slug), number, now())


@bp.post(ONE + "/photos/<int(max=2147483647):photo>/remove")
@signed_in
def drop_photos(slug: str, number: int, photo: int):
    """Take a pair out."""
    return page.take_drop(_seen(slug), number, photo)


def _seen(slug: str) -> page.Door:
    return _door(visible_event(current_user, slug))


def _door(event: Event) -> page.Door:
    def address(view: str, **more) -> str:
        return url_for(f"impact.{view}", slug=event.slug, **more)

    back, hosts = url_for("pages.event", slug=event.slug), may_host(current_user, event)
    return page.Door(event, current_user, current_user.name, back, address, hosts)
