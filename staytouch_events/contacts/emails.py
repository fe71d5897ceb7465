"""The letter that somebody wants to exchange cards."""

from datetime import datetime

from flask_babel import gettext as _

from ..db import db
from ..links import site_link
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from .card_models import CardAsk
from .card_queries import details_of


@letter("contacts.asked")
def _asked(row: Letter, now: datetime) -> Rendered:
    ask = db.session.get(CardAsk, row.facts["ask"])
    if ask is None or ask.declined_at is not None:
        raise Dropped("it was answered meanwhile")
    if details_of(ask.asked).asked_by_mail is False:
        raise Dropped("no such letters are wanted any more")
    who = ask.asker.short_name
    subject = _("%(name)s asks to exchange cards", name=who)
    context = {
        "title": subject,
        "who": who,
        "event": ask.event,
        "link": site_link("asks.one", public_id=ask.public_id),
        "settings_link": site_link("cards.mine"),
    }
    return Rendered(subject=subject, template="email/contacts/asked.html", context=context)
