"""What letters about mailed answers say: refused ones, ones that nothing proves, and what people wrote back."""

from datetime import datetime

from flask_babel import gettext as _

from ..links import site_link
from ..outbox import Rendered, letter
from ..outbox.models import Letter
from .emails import answer_of, letter_about, while_it_matters
from .models import DECLINED, GOING, MAYBE


@letter("rsvps.reply_refused")
def _reply_refused(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    subject = _("That did not work: %(title)s", title=rsvp.event.title)
    return letter_about(row, rsvp, subject, "email/rsvps/reply_refused.html", refusal=row.facts["why"])


@letter("rsvps.reply_unproved")
def _reply_unproved(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    while_it_matters(rsvp.event, now)
    words = {GOING: _("is going"), MAYBE: _("may come"), DECLINED: _("can't come")}[row.facts["answer"]]
    subject = _("Ask %(name)s: %(title)s", name=rsvp.name, title=rsvp.event.title)
    link = site_link("roster.one", slug=rsvp.event.slug, number=rsvp.id)
    return letter_about(row, rsvp, subject, "email/rsvps/reply_unproved.html", link=link, answer_words=words)


@letter("rsvps.wrote")
def _wrote(row: Letter, now: datetime) -> Rendered:
    rsvp = answer_of(row)
    subject = _("%(name)s wrote to you: %(title)s", name=rsvp.name, title=rsvp.event.title)
    link = site_link("roster.one", slug=rsvp.event.slug, number=rsvp.id)
    said = {"link": link, "words": row.facts["words"], "reply_to": rsvp.person.email}
    return letter_about(row, rsvp, subject, "email/rsvps/wrote.html", **said)
