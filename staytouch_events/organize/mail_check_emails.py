"""The letter that tries whether mail arrives."""

from datetime import datetime

from flask import current_app
from flask_babel import gettext as _

from ..links import site_link
from ..outbox import Rendered, letter
from ..outbox.models import Letter
from .mail_check import TEST


@letter(TEST)
def _test(_row: Letter, _now: datetime) -> Rendered:
    title = _("A test letter from %(site)s", site=current_app.config["SETTINGS"].site_name)
    return Rendered(title, "email/organize/test_letter.html", {"title": title, "link": site_link("mail_check.page")})
