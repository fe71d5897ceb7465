"""For the organizers of an event: who may come, what was signed, whom to call; and its waivers for everybody."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.events import hosted_event, visible_event
from ..access.groups import may_organize
from ..access.viewers import signed_in
from ..access.waivers import event_with_contacts, shows_contacts, signature_at
from ..csvs import csv_bytes
from ..db import db
from ..events.models import Event
from ..forms import ButtonForm
from ..refusals import Refused
from ..spoken import LANGUAGES, language
from ..when import in_zone, now
from . import actions
from .copies import copy_of, reading
from .forms import RulesForm, rules_as_typed
from .models import MINOR
from .queries import counts, emergency_contacts, rules_of, signatures_at, text_in, texts_of, waivers_asked, waivers_of
from .words import moment_of, signer_words

bp = Blueprint("who", __name__)


@bp.get("/events/<slug>/manage/who")
@signed_in
def rules(slug: str):
    """Who may come, and what is asked before."""
    event = hosted_event(current_user, slug)
    given = rules_as_typed(rules_of(event)) | {"minimum_age": event.minimum_age}
    given["waivers"] = [waiver.id for waiver in waivers_asked(event)]
    return _page(event, RulesForm(formdata=None, data=given, offered=_offered(event)))


@bp.post("/events/<slug>/manage/who")
@signed_in
def save(slug: str):
    """Set it."""
    event = hosted_event(current_user, slug)
    form = RulesForm(offered=_offered(event))
    if not form.validate():
        return _page(event, form), 422
    try:
        actions.set_rules(event, form.minimum_age.data, form.rules(), form.waivers.data, now())
    except Refused as refusal:
        db.session.rollback()
        form.waivers.errors = [str(refusal)]
        return _page(hosted_event(current_user, slug), form), 422
    db.session.commit()
    return web.done(url_for("who.rules", slug=slug, saved=1))


@bp.get("/events/<slug>/waivers")
def texts(slug: str):
    """The waivers of an event, to read before answering."""
    event = visible_event(current_user, slug)
    chosen = request.args.get("read", "")
    shown = reading(waivers_asked(event), chosen if chosen in LANGUAGES else language())
    return web.unlisted(render_template("waivers/read.html", event=event, waivers=shown))


@bp.get("/events/<slug>/manage/signatures")
@signed_in
def signatures(slug: str):
    """Everything that was signed."""
    event = hosted_event(current_user, slug)
    return render_template("waivers/signatures.html", event=event, rows=[_signed(row, event) for row in _all(event)])


@bp.get("/events/<slug>/manage/signatures/<int(max=2147483647):number>")
@signed_in
def copy(slug: str, number: int):
    """One signed copy, to print."""
    event = hosted_event(current_user, slug)
    back = url_for("who.signatures", slug=slug)
    return web.private(render_template("waivers/copy.html", back=back, **copy_of(signature_at(event, number))))


@bp.get("/events/<slug>/manage/signatures.csv")
@signed_in
def sheet(slug: str):
    """All of it for a spreadsheet."""
    event = hosted_event(current_user, slug)
    header = (_("Who comes"), _("Under 18"), _("Signed by"), _("Relation"), _("Waiver"), _("Version"), _("Language"))
    header += ("SHA-256", _("Signed"), _("On site"), _("Phone held by"), _("Withdrawn"))
    rows = [
        (
            row.name,
            _("Yes") if row.kind == MINOR else "",
            row.signed_by,
            row.relation,
            row.text.title,
            row.text.version,
            row.text.language,
            row.sha256,
            in_zone(row.signed_at, event.zone).strftime("%Y-%m-%d %H:%M"),
            _("Yes") if row.on_site else "",
            row.held_by.name if row.held_by else "",
            in_zone(row.withdrawn_at, event.zone).strftime("%Y-%m-%d %H:%M") if row.withdrawn_at else "",
        )
        for row in _all(event)
    ]
    answer = Response(csv_bytes(header, rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{event.slug}-signatures.csv"'
    return web.private(answer)


@bp.get("/events/<slug>/manage/emergency")
@signed_in
def contacts(slug: str):
    """Whom to call, in the days when that may be needed."""
    event = event_with_contacts(current_user, slug)
    shown = shows_contacts(event, now())
    rows = emergency_contacts(event) if shown else ()
    return web.private(render_template("waivers/emergency.html", event=event, shown=shown, rows=rows))


def _page(event: Event, form: RulesForm) -> str:
    return render_template(
        "waivers/rules.html",
        event=event,
        own_crew=may_organize(current_user, event.group),
        form=form,
        button=ButtonForm(formdata=None),
        saved="saved" in request.args,
    )


def _offered(event: Event) -> list[tuple[int, str]]:
    """The crew's waivers in use, by number and title."""
    kept = [waiver for waiver in waivers_of(event.group) if not waiver.retired_at]
    words = texts_of(kept)
    titles = ((waiver, text_in(words[waiver.id], language()).title) for waiver in kept)
    return [(waiver.id, f"{title} ({waiver.issuer})") for waiver, title in titles]


def _all(event: Event) -> list:
    return [row for rows in signatures_at(event).values() for row in rows]


def _signed(row, event: Event) -> dict:
    return {
        "number": row.id,
        "words": signer_words(row),
        "title": row.text.title,
        "version": row.text.version,
        "signed": moment_of(row.signed_at, event.zone),
        "on_site": row.on_site,
        "counts": counts(row),
        "withdrawn": moment_of(row.withdrawn_at, event.zone) if row.withdrawn_at else None,
    }
