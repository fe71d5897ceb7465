"""The letter that lets somebody in."""

from datetime import datetime

from flask_babel import gettext as _

from ..links import site_link
from ..outbox import Rendered, letter
from ..outbox.models import Letter


@letter("people.sign_in")
def _sign_in(row: Letter, now: datetime) -> Rendered:
    code = row.facts["code"]
    context = {"link": site_link("people.enter", token=row.facts["token"]), "code": f"{code[:4]} {code[4:]}"}
    return Rendered(
        subject=_("Sign in"), template="email/people/sign_in.html", context={"title": _("Sign in"), **context}
    )
