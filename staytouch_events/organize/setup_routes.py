"""Setting a new site up: its first admin, and what it may ask of other hosts."""

from flask import Blueprint, current_app, render_template, url_for

from .. import web
from ..access.setup import check_first_run
from ..access.viewers import admin
from ..choices import choose, chosen
from ..db import db
from ..people.actions import create_admin, link_for
from ..when import now
from .forms import MapsForm, WelcomeForm, as_chosen

bp = Blueprint("setup", __name__)
CHOICES = ("tile_url", "tile_attribution", "geocoder", "geocoder_url")


@bp.get("/welcome/<token>")
def welcome(token: str):
    """The first-run page, whose link the first start prints: who runs this site?"""
    check_first_run(token)
    return web.private(render_template("organize/welcome.html", form=WelcomeForm(formdata=None), token=token))


@bp.post("/welcome/<token>")
def begin(token: str):
    """Make them the admin; they sign in on the page that follows and choose on the next."""
    check_first_run(token)
    form = WelcomeForm()
    if not form.validate():
        return web.private(web.again("organize/welcome.html", form=form, token=token))
    create_admin(form.email.data, now())
    link = link_for(form.email.data, url_for("setup.maps"), now())
    db.session.commit()
    return web.private(web.done(url_for("people.enter", token=link)))


@bp.get("/admin/maps")
@admin
def maps():
    """Tiles and online geocoding: what each is, costs and tells to whom. Both are off until chosen."""
    return _page(MapsForm(formdata=None, data=as_chosen(chosen(*CHOICES))))


@bp.post("/admin/maps")
@admin
def choose_maps():
    """Keep what was chosen."""
    form = MapsForm()
    values = form.values()
    if values is None:
        return _page(form), 422
    choose(values)
    db.session.commit()
    return web.done(url_for("organize.site"))


def _page(form: MapsForm) -> str:
    settings = current_app.config["SETTINGS"]
    fixed = [name for name in ("TILE_URL", "GEOCODER") if getattr(settings, name.lower())]
    return render_template("organize/maps.html", form=form, fixed=fixed)
