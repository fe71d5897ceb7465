"""What people answer by the buttons of their mail program, or write back to an invitation (calendar.md)."""

from datetime import datetime, timedelta

from sqlalchemy import select

from ..access.rsvps import answer_by_reply
from ..db import db, lock
from ..events.models import Event
from ..inbound import Arrived, reads
from ..inbound.itip import Reply, replies_in
from ..people.models import Person
from ..refusals import Refused
from ..spoken import speaking
from ..text import BadText, clean_text
from . import letters
from .actions import Party, respond
from .models import DECLINED, GOING, MAYBE, Rsvp

ANSWERS = {"ACCEPTED": GOING, "TENTATIVE": MAYBE, "DECLINED": DECLINED}
# How far a mail program's clock may be ahead; a later stamp would shut out every answer until then.
AHEAD = timedelta(days=1)
LONGEST_NOTE, LONGEST_WORDS = 500, 4000


@reads
def read_reply(mail: Arrived, now: datetime) -> str | None:
    """An answer sent by a mail program, or words to whoever organizes; what came of it."""
    replies = replies_in(mail.message)
    if not replies:
        return _pass_on_words(mail, now)
    if len(replies) > 1:
        return "several answers in one message: nothing was changed"
    reply = replies[0]
    rsvp = _proved_by_token(reply, mail.tag) or _named_by(reply)
    if rsvp is None:
        return "an answer to no invitation of ours"
    if _proved_by_token(reply, mail.tag) or mail.vouched_for == reply.attendee:
        return take_reply(rsvp, reply, now)
    if reply.partstat in ANSWERS and not rsvp.event.is_past(now):
        letters.ask_hosts_about_reply(rsvp, ANSWERS[reply.partstat], now)
    return "an answer that nothing proves: the organizers were told, nothing was changed"


def take_reply(rsvp: Rsvp, reply: Reply, now: datetime) -> str:
    """Answer the event as a reply says that is proved to be this person's, if it is newer than their last one."""
    event = lock(rsvp.event)
    if reply.partstat not in ANSWERS:
        return f"{reply.partstat or 'nothing'} says nothing: nothing was changed"
    if reply.stamped_at > now + AHEAD:
        return "dated ahead: nothing was changed"
    if rsvp.replied_at is not None and reply.stamped_at <= rsvp.replied_at:
        return "older than the last answer by mail: nothing was changed"
    rsvp.replied_at = reply.stamped_at
    note = _with_comment(rsvp.note, reply.comment)
    return _answer(event, rsvp, ANSWERS[reply.partstat], note, now)


def _answer(event: Event, rsvp: Rsvp, answer: str, note: str, now: datetime) -> str:
    """Through the same door as any answer. One that changes nothing is not told again, or two programs would go on."""
    if answer == rsvp.answer and not rsvp.has_lapsed and rsvp.confirm_by_at is None:
        if note != rsvp.note:
            rsvp.note = note
            letters.tell_hosts(rsvp, now)
        return f"{answer}, as before"
    try:
        with speaking(rsvp.person.language):
            respond(event, rsvp.person, rsvp.name, answer, Party(rsvp.adults, rsvp.minors), note, now)
    except Refused as refusal:
        letters.tell_reply_refused(rsvp, answer, str(refusal), now)
        return f"{answer}, refused in a letter"
    return f"{answer}"


def _proved_by_token(reply: Reply, tag: str) -> Rsvp | None:
    """The answer whose standing token the mail bears, when it speaks of just that event and that address."""
    behind = reply.organizer.partition("@")[0].partition("+")[2]
    for token in filter(None, (tag, behind)):
        rsvp = answer_by_reply(token)
        if rsvp and rsvp.event.uid == reply.uid and (rsvp.person.email or "").lower() == reply.attendee:
            return rsvp
    return None


def _named_by(reply: Reply) -> Rsvp | None:
    """The answer that a reply speaks of, whoever sent it."""
    spoken_of = Event.uid == reply.uid, Person.email == reply.attendee
    return db.session.scalar(select(Rsvp).join(Rsvp.event).join(Rsvp.person).where(*spoken_of))


def _with_comment(note: str, comment: str) -> str:
    said = _clean(comment)
    return note if not said or said in note else f"{note}\n{said}".strip()[:LONGEST_NOTE]


def _pass_on_words(mail: Arrived, now: datetime) -> str | None:
    """What somebody wrote back to their invitation by hand, to the organizers; machines' answers are left."""
    rsvp = answer_by_reply(mail.tag)
    automatic = mail.message.get("Auto-Submitted", "no").lower() != "no" or mail.message.get("Precedence")
    if rsvp is None or automatic or mail.message.get_content_type() == "multipart/report":
        return None
    body = mail.message.get_body(("plain",))
    words = _clean(body.get_content() if body else "")[:LONGEST_WORDS]
    if not words:
        return "an empty letter"
    letters.pass_on_words(rsvp, words, now)
    return "words, passed on to the organizers"


def _clean(text: str) -> str:
    try:
        return clean_text(text)
    except BadText:
        return ""
