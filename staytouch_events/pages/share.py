"""How a page looks where its address is shared: OpenGraph, with a picture drawn for each event."""

import os
from pathlib import Path
from typing import Any

from babel.dates import format_date
from flask import current_app
from flask_babel import get_locale

from ..events.entries import entry_title
from ..events.models import CANCELLED, POSTPONED, Event
from ..events.words import hours_words, starts, where_words
from ..links import site_link
from ..share_cards import HEIGHT, WIDTH, ShareCard, draw_share_card
from ..spoken import speaking
from .words import state_words


def share_context(event: Event) -> dict[str, Any]:
    """What the head of an event's page says to whoever shows a preview of it."""
    return {
        "url": site_link("pages.event", slug=event.slug),
        "title": entry_title(event),
        "image": site_link("machines.share", slug=event.slug, mark=share_card(event).mark),
        "width": WIDTH,
        "height": HEIGHT,
    }


def share_card(event: Event) -> ShareCard:
    """The words of an event's picture, in its crew's language, with no more of its place than everybody may know."""
    with speaking(event.group.language):
        first = starts(event).date()
        return ShareCard(
            weekday=format_date(first, "EEE", get_locale()).rstrip("."),
            day=str(first.day),
            month=format_date(first, "MMM", get_locale()).rstrip("."),
            title=event.title,
            when=hours_words(event),
            where=where_words(event),
            crew=event.group.name,
            site=current_app.config["SETTINGS"].site_name,
            stock=event.group.colour,
            news=state_words(event.state) if event.state in (CANCELLED, POSTPONED) else "",
        )


def share_picture(event: Event) -> bytes:
    """The picture as it is now, drawn once and kept; a disk that fails only has it drawn again."""
    card = share_card(event)
    path = _folder() / f"{card.mark}.png"
    try:
        return path.read_bytes()
    except OSError:
        drawn = draw_share_card(card)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(drawn)
        os.replace(part, path)
    except OSError as why:
        current_app.logger.error("a picture could not be kept: %s", why)
    return drawn


def _folder() -> Path:
    return current_app.config["SETTINGS"].data_dir / "shared"
