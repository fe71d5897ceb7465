"""The helpers' check-in, for whoever is signed in and for guests by the link of their answer; the poster."""

from functools import partial

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask_babel import get_locale
from flask_login import current_user

from .. import web
from ..access.attendance import checked_event, helping_answer, party_of
from ..access.events import visible_event
from ..access.viewers import signed_in
from ..access.waivers import may_see_contacts, shows_contacts
from ..db import db
from ..events.models import Event
from ..events.words import when_words, where_words
from ..forms import ButtonForm, press
from ..links import new_public_id, site_link
from ..people.models import Person
from ..qr import qr_svg
from ..refusals import Refused
from ..rsvps.actions import Party as Size
from ..text import parse_int
from ..versions import read_versions
from ..when import now
from . import actions
from .console import ALL, AWAY
from .console import console as gather
from .forms import WalkUpForm
from .models import IN, KINDS, who_is
from .readiness import is_signed, signers_at

bp = Blueprint("checkin", __name__)
MOST_AT_ONCE = 500


@bp.get("/events/<slug>/checkin")
@signed_in
def console(slug: str):
    """Who is expected and who is here; a script asks again every few seconds."""
    return _console(checked_event(current_user, slug, now()), _url("checkin.console", slug=slug))


@bp.get("/rsvps/<token>/checkin")
def console_by_link(token: str):
    """The same for a guest who helps."""
    return _console(helping_answer(token, now()).event, _url("checkin.console_by_link", token=token))


@bp.post("/events/<slug>/checkin")
@signed_in
def mark(slug: str):
    """Check somebody in or out, several at once, a walk-up; or take it back."""
    event = checked_event(current_user, slug, now())
    return _mark(event, current_user, _url("checkin.console", slug=slug))


@bp.post("/rsvps/<token>/checkin")
def mark_by_link(token: str):
    """The same by a guest who helps."""
    rsvp = helping_answer(token, now())
    return _mark(rsvp.event, rsvp.person, _url("checkin.console_by_link", token=token))


@bp.get("/events/<slug>/checkin/poster")
def poster(slug: str):
    """One page to print and put up: whoever scans it checks in alone."""
    event = visible_event(current_user, slug)
    link = site_link("here.here", slug=event.slug)
    return web.unlisted(
        render_template(
            "attendance/poster.html", event=event, link=link, when=when_words(event), where=where_words(event)
        )
    )


@bp.get("/events/<slug>/checkin/poster.svg")
def poster_code(slug: str):
    """The poster's QR code."""
    event = visible_event(current_user, slug)
    answer = Response(qr_svg(site_link("here.here", slug=event.slug)), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "private, max-age=300"
    return answer


def _console(event: Event, url: str):
    seen = read_versions([f"attendance:{event.id}", f"event:{event.id}"])
    tag = "-".join([*(str(number) for number, _at in seen.values()), str(get_locale())])
    if request.if_none_match.contains(tag):
        answer = web.private(Response(status=304))
    else:
        answer = web.private(_page(event, url, WalkUpForm(formdata=None)))
    answer.set_etag(tag)
    return answer


def _mark(event: Event, by: Person, url: str):
    if request.form.get("do") == "walk-up":
        form = WalkUpForm()
        if not form.validate():
            return web.private(make_response(_page(event, url, form), 422))
        try:
            party = actions.walk_up(event, form.name.data, form.party(), _key(), now(), by=by)
        except Refused as refusal:
            db.session.rollback()
            form.minors.errors = [str(refusal)]
            return web.private(make_response(_page(event, url, form), 422))
        db.session.commit()
        signs = not is_signed(signers_at(party))
        return web.private(web.done(_sign_url(url, who_is(party)) if signs else url))
    chosen, kind = request.form.getlist("who")[:MOST_AT_ONCE], request.form.get("do", IN)
    press()
    if kind not in KINDS:
        abort(404)
    anyway = "anyway" in request.form
    for who in chosen:
        key = _key() if len(chosen) == 1 else f"{_key()}-{who}"
        actions.mark(party_of(event, who), kind, key, now(), by=by, size=_size(kind), anyway=anyway)
    db.session.commit()
    return web.private(web.done(f"{url}#{chosen[0]}" if len(chosen) == 1 else url))


def _page(event: Event, url: str, form: WalkUpForm) -> str:
    show = AWAY if request.args.get("show") == AWAY else ALL
    return render_template(
        "attendance/console.html",
        **gather(event, request.args.get("q", "")[:80], show),
        url=url,
        sign_url=partial(_sign_url, url),
        contacts_url=_contacts_url(event),
        form=form,
        button=ButtonForm(formdata=None),
        new_key=new_public_id,
        key=_key() if form.errors else new_public_id(),
    )


def _url(endpoint: str, **values: str) -> str:
    """The page, with the search and list that were asked for."""
    asked = {name: request.args[name] for name in ("q", "show") if request.args.get(name)}
    return url_for(endpoint, **values, **asked)


def _sign_url(url: str, who: str) -> str:
    """Where a party signs, beside this check-in."""
    return f"{url.partition('?')[0]}/{who}/sign"


def _contacts_url(event: Event) -> str | None:
    """Whom to call, for whoever may see it now."""
    shown = may_see_contacts(current_user, event) and shows_contacts(event, now())
    return url_for("who.contacts", slug=event.slug) if shown else None


def _key() -> str:
    return actions.clean_key(request.form.get("mark", ""))


def _size(kind: str) -> Size | None:
    """How many of the party came, where that was said."""
    if kind != IN or "adults" not in request.form:
        return None
    adults, minors = (parse_int(request.form.get(name, "") or "0", 0, 99) for name in ("adults", "minors"))
    return Size(adults or 0, minors or 0)
