"""The letter that lets somebody in, and those about one's account."""

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


@letter("people.password")
def _password(row: Letter, now: datetime) -> Rendered:
    news = row.facts["news"]
    subject = _("Your password was set") if news == "set" else _("Your password was removed")
    context = {"title": subject, "news": news, "link": site_link("account.devices")}
    return Rendered(subject, "email/people/password.html", context)


@letter("people.address_old")
@letter("people.address_new")
def _address(row: Letter, now: datetime) -> Rendered:
    subject = _("A new address?")
    link = site_link("addresses.confirm", token=row.facts["token"])
    return Rendered(subject, "email/people/address.html", {"title": subject, "new": row.facts.get("new"), "link": link})


@letter("people.delete")
def _delete(row: Letter, now: datetime) -> Rendered:
    subject = _("Delete your account?")
    context = {"title": subject, "link": site_link("leaving.confirm", token=row.facts["token"])}
    return Rendered(subject, "email/people/delete.html", context)


@letter("people.deleted", kept=False)
def _deleted(row: Letter, now: datetime) -> Rendered:
    subject = _("Your account is deleted")
    return Rendered(subject, "email/people/deleted.html", {"title": subject, "reason": row.facts["reason"]})
