"""The page of one log, the same behind both doors: somebody signed in, and a guest with the link to their answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from .. import web
from ..access.impact import edited_log, may_edit, photo_of, written_log
from ..db import db
from ..events.models import Event
from ..forms import ButtonForm, press
from ..geo.regions import uses_miles
from ..people.models import Person
from ..pictures import drop_picture, kept_upload
from ..refusals import Refused
from . import actions
from .forms import LogForm, PairForm, typed
from .measures import KILOMETRES, MILES
from .models import RETURNED, ImpactLog
from .offers import offer
from .queries import logs_of
from .summary import log_summary
from .words import weight_words


@dataclass(frozen=True)
class Door:
    """Who came in, and where the parts of their page are: `address` makes the address of a view by its name."""

    event: Event
    person: Person
    name: str
    back: str
    address: Callable[..., str]
    # Whether they approve logs too.
    hosts: bool = False


def usual_unit(person: Person, event: Event) -> str:
    """What somebody types in: as they chose, else as people count there."""
    return person.unit or (MILES if uses_miles(event.country_code or event.group.country_code) else KILOMETRES)


def new_page(door: Door, moment: datetime, form: LogForm | None = None, refusal: str | None = None) -> dict[str, Any]:
    """What the page of a log that is not there yet shows."""
    offered = offer(door.event, moment)
    given = {"unit": usual_unit(door.person, door.event), **offered.typed()}
    others = [log for log in logs_of(door.event) if log.state != RETURNED]
    return _page(door, form or LogForm(formdata=None, data=given), offered, refusal) | {
        "log": None,
        "others": [
            {"team": log.team or _("Everybody"), "name": log.proposed_name, **_own(door, log)} for log in others
        ],
        "save_url": door.address("propose"),
    }


def take_new(door: Door, moment: datetime) -> Response:
    """Put a log down; of an organizer it is approved at once."""
    form = LogForm()
    if not form.validate():
        return web.again("impact/log.html", **new_page(door, moment, form))
    try:
        log = actions.propose(door.event, form.fields(), door.person, door.name, moment)
    except Refused as refusal:
        db.session.rollback()
        return web.again("impact/log.html", 409, **new_page(door, moment, form, str(refusal)))
    if door.hosts:
        actions.approve(log, door.person, moment)
    db.session.commit()
    return web.done(door.address("one", number=log.id))


def one_page(
    door: Door,
    log: ImpactLog,
    moment: datetime,
    form: LogForm | None = None,
    pair: PairForm | None = None,
    refusal: str | None = None,
) -> dict[str, Any]:
    """What the page of a log shows to its writer, and to organizers."""
    offered = offer(door.event, moment, besides=log)
    unit = usual_unit(door.person, door.event)
    return _page(door, form or LogForm(formdata=None, data=typed(log)), offered, refusal) | {
        "log": log_summary(log, unit, private=True),
        "edits": may_edit(door.person, log, door.hosts),
        "pair": pair or PairForm(formdata=None),
        "reckoned": weight_words(log.grams, log.unit) if log.is_estimated else None,
        "save_url": door.address("save", number=log.id),
        "photos_url": door.address("add_photos", number=log.id),
        "drop_url": lambda photo: door.address("drop_photos", number=log.id, photo=photo),
        "button": ButtonForm(formdata=None),
    }


def show_one(door: Door, number: int, moment: datetime) -> dict[str, Any]:
    """The page itself."""
    return one_page(door, written_log(door.person, door.event, number, door.hosts), moment)


def take_one(door: Door, number: int, moment: datetime) -> Response:
    """Correct it; an organizer approves it with the same press where asked."""
    log, form = edited_log(door.person, door.event, number, door.hosts), LogForm()
    if not form.validate():
        return web.again("impact/log.html", **one_page(door, log, moment, form))
    try:
        actions.correct(log, form.fields(), door.person, moment, hosts=door.hosts)
        if door.hosts and request.form.get("do") == "approve":
            actions.approve(log, door.person, moment)
    except Refused as refusal:
        db.session.rollback()
        log = edited_log(door.person, door.event, number, door.hosts)
        return web.again("impact/log.html", 409, **one_page(door, log, moment, form, refusal=str(refusal)))
    db.session.commit()
    return web.done(door.address("one", number=number))


def take_photos(door: Door, number: int, moment: datetime) -> Response:
    """Add a pair of pictures, or one of them."""
    log, form = edited_log(door.person, door.event, number, door.hosts), PairForm()
    kept = {name: kept_upload(form[name]) for name in ("before", "after")} if form.validate() else {}
    if not form.errors and not any(kept.values()):
        form.before.errors = [_("Choose a photo first.")]
    if form.errors:
        return web.again("impact/log.html", **one_page(door, log, moment, pair=form))
    try:
        actions.add_pair(log, **kept, caption=form.caption.data or "", now=moment, hosts=door.hosts)
    except Refused as refusal:
        db.session.rollback()
        for name in kept.values():
            drop_picture(name)
        log = written_log(door.person, door.event, number, door.hosts)
        return web.again("impact/log.html", 409, **one_page(door, log, moment, pair=form, refusal=str(refusal)))
    db.session.commit()
    return web.done(door.address("one", number=number) + "#photos")


def take_drop(door: Door, number: int, photo: int) -> Response:
    """Take a pair out."""
    row = photo_of(edited_log(door.person, door.event, number, door.hosts), photo)
    press()
    actions.drop_pair(row, hosts=door.hosts)
    db.session.commit()
    return web.done(door.address("one", number=number) + "#photos")


def _page(door: Door, form: LogForm, offered, refusal: str | None) -> dict[str, Any]:
    return {
        "event": door.event,
        "back_url": door.back,
        "desk_url": url_for("impact_desk.logs", slug=door.event.slug) if door.hosts else None,
        "form": form,
        "refusal": refusal,
        "hosts": door.hosts,
        "offered": offered,
    }


def _own(door: Door, log: ImpactLog) -> dict[str, str | None]:
    mine = door.hosts or log.proposed_by_id == door.person.id
    return {"url": door.address("one", number=log.id) if mine else None}
