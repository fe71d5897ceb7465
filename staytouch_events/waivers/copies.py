"""Waivers as they are read, and signed copies as they are printed."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from ..markdown import html
from ..spoken import LANGUAGES
from .models import MINOR, Signature, Waiver, WaiverText
from .queries import text_in, texts_of
from .words import moment_of


def reading(waivers: Iterable[Waiver], language: str) -> list[dict[str, Any]]:
    """What there is to read, in this language where it is there, and in which others it is."""
    waivers = list(waivers)
    texts = texts_of(waivers)
    return [_read(waiver, texts[waiver.id], text_in(texts[waiver.id], language)) for waiver in waivers]


def copy_of(signature: Signature) -> dict[str, Any]:
    """All that a signed copy says: the very words, who signed for whom, when, and the fingerprint."""
    text, zone = signature.text, signature.event.zone
    held = _("on site, on the phone of %(name)s", name=signature.held_by.name) if signature.held_by else _("on site")
    minor = signature.kind == MINOR
    return {
        "event": signature.event,
        "text": text,
        "issuer": text.waiver.issuer,
        "text_html": html(text.text),
        "facts": [
            (_("Event"), signature.event.title),
            (_("Who comes"), signature.name),
            (_("Signed by"), signature.signed_by),
            (_("Relation"), signature.relation if minor else ""),
            (_("Signed"), moment_of(signature.signed_at, zone)),
            (_("Where"), held if signature.on_site else _("on the web")),
            (_("Withdrawn"), moment_of(signature.withdrawn_at, zone) if signature.withdrawn_at else ""),
            (_("Version"), str(text.version)),
        ],
        "sha256": signature.sha256,
    }


def _read(waiver: Waiver, texts: dict[str, WaiverText], shown: WaiverText) -> dict[str, Any]:
    return {
        "waiver": waiver,
        "text": shown,
        "html": html(shown.text),
        "others": [(code, LANGUAGES[code]) for code in texts if code != shown.language],
    }
