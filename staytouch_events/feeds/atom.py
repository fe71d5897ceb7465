"""Events as an Atom feed (RFC 4287), for readers of news."""

from collections.abc import Iterable
from datetime import datetime

from flask import current_app, render_template

from ..events.entries import entry_title
from ..events.words import when_words, where_words
from ..links import site_link
from ..markdown import html


def atom(events: Iterable, *, name: str, page: str, source: str, changed_at: datetime) -> bytes:
    """A feed of events, or rows of them with `group_name`; `page` and `source` are full addresses."""
    return render_template(
        "feeds/atom.xml",
        name=name,
        page=page,
        source=source,
        updated=_stamp(changed_at),
        site_name=current_app.config["SETTINGS"].site_name,
        entries=[_entry(event) for event in events],
    ).encode()


def _entry(event) -> dict[str, str]:
    return {
        "id": f"tag:{current_app.config['SETTINGS'].site_host},2026:{event.uid}",
        "title": entry_title(event),
        "url": site_link("pages.event", slug=event.slug),
        "updated": _stamp(event.changed_at),
        "published": _stamp(event.published_at or event.created_at),
        "crew": getattr(event, "group_name", None) or event.group.name,
        "when": when_words(event),
        "where": where_words(event),
        "summary": event.summary,
        "about_html": str(html(event.description)) if event.description else "",
        "reason": event.reason,
        "kind": event.kind,
    }


def _stamp(moment: datetime) -> str:
    """RFC 3339, UTC, to the second."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
