"""What the group page shows: what one can do next with a crew, and who it is."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy import Select

from ..access.conversations import may_contact
from ..access.events import visible_events
from ..access.groups import may_organize, role_of
from ..calendar_links import calendar_links
from ..conversations.page import face
from ..discover.forms import follow_form
from ..events.cards import Card, card
from ..events.host_models import hosted_by
from ..events.models import DRAFT, Event
from ..events.months import read_month, sheet, span
from ..events.queries import between, coming, date_to_come, drafts, past, site_counts, without_sites
from ..events.words import sites_words
from ..forms import ButtonForm
from ..groups.forms import AskForm, LeadForm
from ..groups.join_queries import request_by
from ..groups.lead_queries import ask_of, is_open, is_silent
from ..groups.models import APPROVAL, INVITATION, MEMBER, PRIVATE, PUBLIC, Group
from ..groups.queries import member_count, organizers_of
from ..kinds import KINDS, kind_label
from ..lettering import crew_lettering
from ..links import site_link
from ..markdown import html
from ..polls.crew_page import polls_part
from ..posts.greeting_page import greet_context
from ..posts.models import Place
from ..posts.part_page import talk_part
from ..rsvps.queries import seat_marks
from ..volunteers.queries import needs_of
from ..when import day_ends, day_starts, in_zone
from .impact import group_part
from .lead import lead_context, next_start

SHOWN, ALL, PAST = 6, 100, 6


def group_context(group: Group, moment: datetime, everything: bool, month: str) -> dict[str, Any]:
    """All that the page shows to this viewer; `everything` lists all that is coming, `month` is "2026-12" or ""."""
    everything_of = visible_events(current_user).where(hosted_by([group.id]))
    mine = without_sites(everything_of)
    next_events = coming(mine.where(Event.state != DRAFT), moment, ALL if everything else SHOWN + 1)
    shown = next_events if everything else next_events[:SHOWN]
    hosts, talk = may_organize(current_user, group), talk_part(Place(group), moment)
    polls = polls_part(group, moment)
    return {
        "group": _head(group, hosts),
        "group_slug": group.slug,
        "join": _join(group),
        "share": {
            "url": site_link("pages.group", slug=group.slug),
            "title": group.name,
            "image": site_link("groups.picture", name=group.picture) if group.picture else None,
        },
        "subscribe": None if group.visibility == PRIVATE else _subscribe(group),
        "follow": follow_form(group=group.slug),
        "next_cards": cards([*date_to_come(mine, moment), *shown], moment),
        "more_url": url_for("pages.group", slug=group.slug, all=1) if len(next_events) > len(shown) else None,
        "month": month_of(mine.where(Event.state != DRAFT), month, moment, group.zone, "pages.group", slug=group.slug),
        "impact": group_part(everything_of, group),
        "greet": greet_context(group),
        "silent": _silent(group, moment),
        "talk": talk,
        "lead": lead_context(next_events, talk, polls, moment),
        "changes_at": next_start(next_events, moment),
        "polls": polls,
        "polls_url": url_for("polls.listing", slug=group.slug) if role_of(current_user, group) else None,
        "past_cards": cards(past(mine, moment, PAST), moment),
        "draft_cards": [
            (event.title or _("No title yet"), url_for("events.edit", slug=event.slug)) for event in drafts(mine)
        ],
        "organizers": [_face(person) for person in organizers_of(group)],
        "contact_url": url_for("contact.group", slug=group.slug) if may_contact(current_user, group) else None,
        "new_event": {"url": url_for("events.new", slug=group.slug), "form": ButtonForm(formdata=None)}
        if hosts
        else None,
    }


def _face(person) -> dict[str, Any]:
    """An organizer, as everybody sees them."""
    shown = face(person.short_name, person, current_user.is_authenticated)
    return shown | {"host": True, "note": person.pronouns, "photo": person.photo}


def month_of(events: Select, month: str, moment: datetime, zone: str, page: str, **kept: Any) -> dict[str, Any]:
    """The sheet of a month of these events, in the days of a zone."""
    today = in_zone(moment, zone).date()
    first = read_month(month, today)
    begin, end = span(first)
    return sheet(between(events, day_starts(begin, zone), day_ends(end, zone)), first, today, page, **kept)


def cards(events: list[Event], moment: datetime) -> list[Card]:
    """Cards of events whose groups are loaded; their seats in one query, the hands they need in another."""
    marks, needs = seat_marks(events), needs_of([event.id for event in events], moment)
    made = [card(event, event.group.name, marks[event.id], need=needs.get(event.id)) for event in events]
    counts = site_counts([event.id for event in events if event.is_umbrella])
    return [one._replace(seat_words=sites_words(counts[one.id])) if one.id in counts else one for one in made]


def _head(group: Group, hosts: bool) -> dict[str, Any]:
    kinds = [cause for cause in group.causes if cause in KINDS]
    members = member_count(group)
    return {
        "url": site_link("pages.group", slug=group.slug),
        "name": group.name,
        "lettering": crew_lettering(group.name),
        "stock_class": f"crew-{group.id}",
        "kind": kinds[0] if kinds else "other",
        "causes": [(kind, kind_label(kind)) for kind in kinds],
        "summary": group.summary,
        "about_html": html(group.about) if group.about else None,
        "picture": {"url": url_for("groups.picture", name=group.picture), "alt": group.picture_alt}
        if group.picture
        else None,
        "links": [(link["label"], link["url"]) for link in group.links],
        "place_words": group.place_name or None,
        "members_words": ngettext("%(num)d regular", "%(num)d regulars", members) if members else None,
        "manage_url": url_for("groups.manage", slug=group.slug) if hosts else None,
        "unlisted": group.visibility != PUBLIC,
    }


def _join(group: Group) -> dict[str, Any]:
    role, members = role_of(current_user, group), member_count(group)
    form = ButtonForm(formdata=None)
    if role:
        text = _("Leaving is one tap, and so is coming back.")
        return {
            "state": "member",
            "title": _("You're in the crew"),
            "text": text,
            "url": url_for("groups.leave", slug=group.slug),
            "form": form,
        }
    if group.joining == APPROVAL:
        return _asking(group, members)
    if group.joining == INVITATION:
        return {
            "state": "closed",
            "title": _("Come along"),
            "text": _("Everyone is welcome at its events."),
            "form": form,
        }
    title = (
        ngettext("%(num)d regular. You?", "%(num)d regulars. You?", members) if members else _("Be the first regular")
    )
    text = _("Joining puts its dates within your reach. Leaving is one tap.")
    return {"state": "open", "title": title, "text": text, "url": url_for("groups.join", slug=group.slug), "form": form}


def _asking(group: Group, members: int) -> dict[str, Any]:
    """Where an organizer says yes first."""
    if current_user.is_authenticated and request_by(group, current_user.id):
        return {
            "state": "asked",
            "title": _("You asked to join"),
            "text": _("The organizers hear of it, and you read their answer in a letter."),
            "url": url_for("joining.take_back", slug=group.slug),
            "form": ButtonForm(formdata=None),
        }
    return {
        "state": "ask",
        "title": ngettext("%(num)d regular. You?", "%(num)d regulars. You?", members),
        "text": _("An organizer says yes first."),
        "url": url_for("joining.ask", slug=group.slug),
        "form": AskForm(formdata=None),
    }


def _silent(group: Group, moment: datetime) -> dict[str, Any] | None:
    """For members of a crew that nobody looks after: the offer to lead it."""
    if role_of(current_user, group) != MEMBER or not is_silent(group, moment):
        return None
    mine = ask_of(group, current_user.id)
    if mine is not None and is_open(mine):
        url = url_for("leads.take_back", slug=group.slug)
        return {"asked": True, "url": url, "form": ButtonForm(formdata=None)}
    return {"asked": False, "url": url_for("leads.ask", slug=group.slug), "form": LeadForm(formdata=None)}


def _subscribe(group: Group) -> dict[str, Any]:
    feed = site_link("feeds.group", slug=group.slug)
    links = calendar_links(feed, group.name)
    atom_url = site_link("feeds.group_news", slug=group.slug)
    return {"https_url": feed, "webcal_url": links[0][1], "links": links, "atom_url": atom_url, "name": group.name}
