"""The dashboard of organizers, and the admin's page."""

from flask import Blueprint, current_app, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.viewers import admin, signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..groups.lead_queries import open_asks
from ..groups.queries import organized_by
from ..outbox.pump import send_again
from ..outbox.queries import count_by_state, dead_letter, dead_letters, slow_letters
from ..when import now
from .dashboard import dashboard_context
from .queries import all_groups

bp = Blueprint("organize", __name__)


@bp.get("/dashboard")
@signed_in
def dashboard():
    """One's crews: what needs somebody, and the next events."""
    context = dashboard_context(organized_by(current_user.id), current_user.name, now())
    return render_template("organize/dashboard.html", **context, button=ButtonForm(formdata=None))


@bp.get("/admin")
@admin
def site():
    """Groups, mail, and the settings as they are."""
    return render_template(
        "organize/admin.html",
        groups=all_groups(),
        letters=count_by_state(),
        dead=dead_letters(),
        slow=slow_letters(),
        lead_asks=len(open_asks()),
        settings=_shown_settings(),
        button=ButtonForm(formdata=None),
    )


@bp.post("/admin/letters/<int(max=2147483647):number>/again")
@admin
def again(number: int):
    """Try a dead letter once more."""
    press()
    send_again(dead_letter(number), now())
    db.session.commit()
    return web.done(url_for("organize.site"))


def _shown_settings() -> list[tuple[str, str]]:
    """Settings by name; of secrets only whether they are set."""
    settings = current_app.config["SETTINGS"]
    plain = (
        "site_url",
        "site_name",
        "site_place",
        "mail_from",
        "group_creation",
        "proxy_hops",
        "rate_limits",
        "quiet_hours",
        "port",
    )
    rows = [(name.upper(), str(getattr(settings, name))) for name in (*plain, "workers", "data_dir")]
    database = settings.database_url.split(":", 1)[0].split("+")[0]
    return [*rows, ("DATABASE_URL", f"{database}: …"), ("MAIL_URL", "…" if settings.mail_url else "–")]
