"""What a crew gives its people: organizers say what, and to whom."""

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.groups import organized_group
from ..access.impact import recognition_of
from ..access.viewers import signed_in
from ..attendance.hours import hours_words
from ..db import db
from ..forms import ButtonForm, press
from ..groups.models import Group
from ..people.models import Person
from ..when import now
from . import recognitions
from .forms import AwardForm, DecideForm, RecognitionForm
from .models import GIVEN, LATER

bp = Blueprint("recognitions", __name__)
ONE = "/groups/<slug>/manage/recognition/<int(max=2147483647):number>"


@bp.get("/groups/<slug>/manage/recognition")
@signed_in
def listing(slug: str):
    """What the crew gives, who has come so far, who has what."""
    return _page(organized_group(current_user, slug), RecognitionForm(formdata=None))


@bp.post("/groups/<slug>/manage/recognition")
@signed_in
def add(slug: str):
    """One more thing to give."""
    group, form = organized_group(current_user, slug), RecognitionForm()
    if not form.validate():
        return _page(group, form), 422
    recognitions.define(group, form.fields(), now())
    db.session.commit()
    return web.done(url_for("recognitions.listing", slug=slug))


@bp.get(ONE)
@signed_in
def one(slug: str, number: int):
    """One of them, to give by hand, to change, to stop."""
    group = organized_group(current_user, slug)
    row = recognition_of(group, number)
    given = {name: getattr(row, name) for name in ("name", "about", "after_events", "after_hours")}
    return _one(group, row, RecognitionForm(formdata=None, data=given), AwardForm(formdata=None))


@bp.post(ONE)
@signed_in
def save(slug: str, number: int):
    """Say it otherwise, or give it no more."""
    group = organized_group(current_user, slug)
    row = recognition_of(group, number)
    if request.form.get("do") == "stop":
        press()
        recognitions.stop(row, now())
    else:
        form = RecognitionForm()
        if not form.validate():
            return _one(group, row, form, AwardForm(formdata=None)), 422
        recognitions.redefine(row, form.fields())
    db.session.commit()
    return web.done(url_for("recognitions.listing", slug=slug))


@bp.post(ONE + "/give")
@signed_in
def give(slug: str, number: int):
    """Give it to somebody by hand."""
    group = organized_group(current_user, slug)
    row, form = recognition_of(group, number), AwardForm()
    _offer_people(form, group)
    if not form.validate():
        given = {name: getattr(row, name) for name in ("name", "about", "after_events", "after_hours")}
        return _one(group, row, RecognitionForm(formdata=None, data=given), form), 422
    person = db.session.get(Person, form.person.data)
    recognitions.decide(row, person, GIVEN, form.words.data or "", current_user, now())
    db.session.commit()
    return web.done(url_for("recognitions.listing", slug=slug))


@bp.post(ONE + "/people/<int(max=2147483647):person>")
@signed_in
def decide(slug: str, number: int, person: int):
    """To somebody who has come so far: given, not now, or taken back."""
    group = organized_group(current_user, slug)
    row, step = recognition_of(group, number), request.form.get("do", "")
    known = {one.id: one for one in recognitions.people_to_give(group, now())}
    if person not in known and recognitions.award_of(row, person) is None:
        abort(404)
    form = DecideForm()
    press()
    if step == "back":
        recognitions.take_back(row, person, now())
    else:
        state = GIVEN if step == "give" else LATER
        words = form.words.data or "" if form.validate() else ""
        recognitions.decide(row, known[person], state, words, current_user, now())
    db.session.commit()
    return web.done(url_for("recognitions.listing", slug=slug))


def _page(group: Group, form: RecognitionForm) -> str:
    awards = recognitions.awards_in(group)
    return render_template(
        "impact/recognitions.html",
        group=group,
        form=form,
        gives=recognitions.given_by(group),
        reached=recognitions.reached_in([group], now()),
        given=[award for award in awards if award.state == GIVEN],
        later=[award for award in awards if award.state == LATER],
        hours=hours_words,
        button=ButtonForm(formdata=None),
    )


def _one(group: Group, row, form: RecognitionForm, award: AwardForm) -> str:
    _offer_people(award, group)
    return render_template("impact/recognition.html", group=group, recognition=row, form=form, award=award)


def _offer_people(form: AwardForm, group: Group) -> None:
    form.person.choices = [(person.id, person.name) for person in recognitions.people_to_give(group, now())]
