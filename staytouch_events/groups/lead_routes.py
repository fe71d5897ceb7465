"""Asking for a new lead, and what site admins answer."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.groups import visible_group
from ..access.joining import lead_ask_numbered
from ..access.viewers import admin, signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..limits import Limit, spend
from ..when import now
from . import leads
from .forms import LeadForm
from .lead_queries import ask_of, open_asks

bp = Blueprint("leads", __name__)
OFFERS = Limit("group-lead", 10, 24 * 3600)


@bp.post("/groups/<slug>/lead")
@signed_in
def ask(slug: str):
    """Offer to lead a crew that nobody looks after."""
    group, form = visible_group(current_user, slug), LeadForm()
    if form.validate():
        spend(OFFERS, str(current_user.id), now())
        leads.ask(group, current_user, form.words.data or "", now())
        db.session.commit()
    return web.done(url_for("pages.group", slug=slug, _anchor="lead"))


@bp.post("/groups/<slug>/lead/back")
@signed_in
def take_back(slug: str):
    """Offer it no more."""
    mine = ask_of(visible_group(current_user, slug), current_user.id)
    press()
    if mine is not None:
        db.session.delete(mine)
        db.session.commit()
    return web.done(url_for("pages.group", slug=slug))


@bp.get("/admin/leads")
@admin
def listing():
    """Crews that nobody looks after, and who offers to."""
    return render_template("groups/leads.html", asks=open_asks(), button=ButtonForm(formdata=None))


@bp.post("/admin/leads/<int(max=2147483647):number>/<any(yes, no):answer>")
@admin
def decide(number: int, answer: str):
    """Give it to them, or leave it as it is."""
    row = lead_ask_numbered(number)
    press()
    (leads.give if answer == "yes" else leads.refuse)(row, current_user, now())
    db.session.commit()
    return web.done(url_for("leads.listing"))
