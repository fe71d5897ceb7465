"""What letters about an answer and its calendar entry say of what is left to do before."""

from flask_babel import gettext as _

from ..access.rsvps import manage_token
from ..db import db
from ..links import site_link
from ..rsvps.additions import ABOUT, Line, adds_to
from ..rsvps.models import DECLINED, Rsvp
from .models import ASKED, EmergencyContact
from .queries import rules_of, signed, waivers_asked
from .signing import signatures_of, signers_of
from .words import signed_words_of


@adds_to(ABOUT)
def left_to_do(rsvp: Rsvp) -> list[Line]:
    """What is to be signed and told, with the link to it; nothing once it is done."""
    if rsvp.answer == DECLINED:
        return []
    link, lines = site_link("before.page", token=manage_token(rsvp)), []
    asked = waivers_asked(rsvp.event)
    state = asked and signed(asked, signatures_of(signers_of(rsvp)), rsvp.adults, rsvp.minors)
    if state and not state.complete:
        lines.append(Line(_("To sign before you come"), signed_words_of(state), link))
    if rules_of(rsvp.event).emergency == ASKED and db.session.get(EmergencyContact, rsvp.id) is None:
        lines.append(Line(_("The crew asks whom to call in an emergency"), "", link))
    return lines
