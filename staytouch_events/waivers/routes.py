"""A crew's waivers: its own words or the city's, in versions."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.groups import organized_group
from ..access.viewers import signed_in
from ..access.waivers import waiver_in
from ..db import db
from ..events.words import short_day
from ..forms import ButtonForm, press
from ..groups.models import Group
from ..spoken import LANGUAGES, language
from ..when import in_zone, now
from . import actions
from .forms import WaiverForm, as_typed
from .models import Waiver
from .queries import signature_counts, text_in, texts_of, versions_of, waivers_of

bp = Blueprint("waivers", __name__)
NUMBER = "<int(max=2147483647):number>"


@bp.get("/groups/<slug>/manage/waivers")
@signed_in
def waivers(slug: str):
    """All of them, and a blank one to fill."""
    group = organized_group(current_user, slug)
    return _page(group, WaiverForm(formdata=None, data={"issuer": group.name}))


@bp.post("/groups/<slug>/manage/waivers")
@signed_in
def add(slug: str):
    """Publish the first version of one."""
    group, form = organized_group(current_user, slug), WaiverForm()
    words = form.words()
    if words is None:
        return _page(group, form), 422
    actions.add_waiver(group, form.issuer.data, words, current_user, now())
    db.session.commit()
    return web.done(url_for("waivers.waivers", slug=slug))


@bp.get(f"/groups/<slug>/manage/waivers/{NUMBER}")
@signed_in
def one(slug: str, number: int):
    """One of them, to edit into its next version."""
    waiver = waiver_in(organized_group(current_user, slug), number)
    return _one(waiver, WaiverForm(formdata=None, data=as_typed(waiver, texts_of([waiver])[waiver.id])))


@bp.post(f"/groups/<slug>/manage/waivers/{NUMBER}")
@signed_in
def save(slug: str, number: int):
    """Publish what was edited."""
    waiver, form = waiver_in(organized_group(current_user, slug), number), WaiverForm()
    words = form.words()
    if words is None:
        return _one(waiver, form), 422
    actions.save_waiver(waiver, form.issuer.data, words, current_user, now())
    db.session.commit()
    return web.done(url_for("waivers.one", slug=slug, number=number))


@bp.post(f"/groups/<slug>/manage/waivers/{NUMBER}/<any(again,retire,back):step>")
@signed_in
def change(slug: str, number: int, step: str):
    """Ask for the present version again; retire the waiver; use it again."""
    waiver = waiver_in(organized_group(current_user, slug), number)
    press()
    {"again": actions.ask_again, "retire": actions.retire, "back": actions.bring_back}[step](waiver, now())
    db.session.commit()
    return web.done(url_for("waivers.one", slug=slug, number=number))


def _page(group: Group, form: WaiverForm) -> str:
    kept = waivers_of(group)
    texts = texts_of(kept)
    rows = [_row(waiver, texts[waiver.id]) for waiver in kept]
    return render_template("waivers/waivers.html", group=group, rows=rows, form=form, languages=LANGUAGES)


def _one(waiver: Waiver, form: WaiverForm) -> str:
    signed, published = signature_counts(waiver), versions_of(waiver)
    older = [row.id for row in published if waiver.counts_from <= row.version < waiver.version]
    return render_template(
        "waivers/waiver.html",
        waiver=waiver,
        group=waiver.group,
        row=_row(waiver, texts_of([waiver])[waiver.id]),
        form=form,
        button=ButtonForm(formdata=None),
        languages=LANGUAGES,
        versions=[
            {
                "text": row,
                "language": LANGUAGES[row.language],
                "day": short_day(in_zone(row.published_at, waiver.group.zone).date()),
                "signed": signed.get(row.id, 0),
            }
            for row in published
        ],
        older=sum(signed.get(number, 0) for number in older),
    )


def _row(waiver: Waiver, texts: dict) -> dict:
    return {
        "waiver": waiver,
        "title": text_in(texts, language()).title,
        "languages": ", ".join(LANGUAGES[code] for code in texts),
    }
