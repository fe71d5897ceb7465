"""What the event page shows, gathered for templates/pages/event.html."""

from datetime import datetime
from typing import Any

from babel.dates import format_date
from flask import request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from ..access.attendance import may_check_in
from ..access.conversations import may_contact
from ..access.events import may_host, may_see_names, may_see_place
from ..access.groups import may_see_group
from ..access.rsvps import manage_token
from ..attendance.console import came_words
from ..contacts.met_page import met_context
from ..conversations.page import face
from ..events.host_queries import cohosts
from ..events.index import is_listed
from ..events.models import CANCELLED, DRAFT, EXACT, POSTPONED, PUBLISHED, STREET, TOWN, ZIP, Event
from ..events.places import whereabouts
from ..events.weather import backup_words, decides_wall, is_undecided, previous_start
from ..events.words import day_and_clock, day_words, hours_words, short_day, starts, where_words
from ..feeds.links import add_links
from ..forms import UNSENT, ButtonForm
from ..geo.directions import directions_links
from ..groups.models import Group
from ..kinds import kind_label
from ..links import link_tag, site_link
from ..markdown import html
from ..posts.models import Place
from ..posts.part_page import talk_part
from ..rsvps.actions import answer_of
from ..rsvps.forms import answer_form
from ..rsvps.models import DECLINED, SEATED, Rsvp
from ..rsvps.queries import Numbers, going_people, numbers_of, seats_left
from ..rsvps.words import answer_words, question_words, why_closed
from ..series.page import part as series_part
from ..sites.page import day_part, site_part
from ..sites.queries import next_turn as next_site_turn
from ..spoken import language
from ..spots.page import event_spot
from ..volunteers.bring_page import bring_context
from ..volunteers.jobs import jobs_context
from ..volunteers.queries import next_gate
from ..volunteers.ride_page import rides_context
from ..waivers.before import who_context
from ..when import in_zone
from .impact import event_part
from .jsonld import event_jsonld
from .share import share_context
from .words import state_words

NAMES_SHOWN = 12
MOST_AT_ONCE = 12


def event_context(event: Event, moment: datetime, fields: dict[str, Any] | None = None) -> dict[str, Any]:
    """All that the page shows to this viewer; `fields` are set first, for a preview."""
    mine = answer_of(event, current_user) if current_user.is_authenticated else None
    numbers = numbers_of([event.id])[event.id]
    going = going_people(event, NAMES_SHOWN) if may_see_names(current_user, event) else []
    writes = may_host(current_user, event) or (mine is not None and mine.standing == SEATED)
    for name, value in (fields or {}).items():
        setattr(event, name, value)
    closed_words = why_closed(event, moment)
    exact = may_see_place(current_user, event)
    view = _flyer(event, exact) | _state(event, numbers, moment) | _seats(event, numbers)
    if view["state"] == "past":
        view["spots_words"] = None
    if event.is_umbrella:
        view |= {"state": "open", "state_words": None} if view["state"] == "closed" else {}
    view |= {"takes_answers": closed_words is None, "closed_words": closed_words}
    view |= {"manage_url": None, "came_words": None} | (_hosting(event) if may_host(current_user, event) else {})
    checks = event.state == PUBLISHED and not event.is_umbrella and may_check_in(current_user, event, moment)
    view["checkin_url"] = url_for("checkin.console", slug=event.slug) if checks else None
    return {
        "event": view,
        "raw": event,
        "weather": _weather(event) if view["state"] not in ("past", CANCELLED, POSTPONED) else None,
        "question": question_words(mine, moment) if mine else None,
        "rsvp": _pocket(event, mine, moment),
        "share": share_context(event) if event.is_shown else None,
        **_lists(event, mine, moment),
        "sites": day_part(event, moment),
        "site": site_part(event, view["state"] == "full", moment),
        "cleans": event_spot(event, moment),
        "talk": talk_part(Place(event.group, event), moment),
        "impact": event_part(event, moment),
        "series": series_part(event, moment) if event.id and not fields else None,
        "button": ButtonForm(formdata=UNSENT),
        "met": met_context(event, moment),
        "who": who_context(event, language()),
        "where": _where(event, exact),
        "bring": event.bring.splitlines(),
        "provided": event.provided.splitlines(),
        "schedule": [(row["time"], row["what"]) for row in event.schedule],
        "fact_rows": _facts(event),
        "private_html": html(event.private_note) if event.private_note and _may_read_private(event, mine) else None,
        "going_words": _going_words(numbers),
        "people": [face(name, person, writes) for name, person in going],
        "people_more": _more(numbers.going - len(going)) if going else None,
        "contact_url": url_for("contact.event", slug=event.slug)
        if event.is_shown and may_contact(current_user, event.group)
        else None,
        "calendars": _calendars(event, mine),
    }


def _lists(event: Event, mine: Rsvp | None, moment: datetime) -> dict[str, Any]:
    """Jobs, things and rides to take; those of a day with several sites are what each site begins with."""
    if event.is_umbrella:
        return {"jobs": None, "bring_list": None, "rides": None}
    return {
        "jobs": jobs_context(event, moment),
        "bring_list": bring_context(event, moment),
        "rides": rides_context(event, mine, moment),
    }


def _hosting(event: Event) -> dict[str, Any]:
    """What organizers alone see at the top."""
    return {"manage_url": url_for("events.edit", slug=event.slug), "came_words": came_words(event)}


def next_turn(event: Event, moment: datetime) -> datetime | None:
    """The next instant at which the page changes by itself."""
    hours = (event.answers_open_at, event.answers_close_at, event.promotes_until_at, event.starts_at, event.ends_at)
    turns = (*hours, next_gate(moment, event), next_site_turn(event, moment))
    return min((hour for hour in turns if hour and hour > moment), default=None)


def _crew_url(group: Group) -> str | None:
    """The crew's page, where it exists for the viewer."""
    return url_for("pages.group", slug=group.slug) if may_see_group(current_user, group) else None


def _flyer(event: Event, exact: bool) -> dict[str, Any]:
    """The head of the page: what, when, where, whose."""
    first = starts(event).date() if event.starts_at else None
    return {
        "url": site_link("pages.event", slug=event.slug),
        "slug": event.slug,
        "title": event.title or _("No title yet"),
        "kind": event.kind,
        "kind_label": kind_label(event.kind),
        "stock_class": f"crew-{event.group_id}",
        "crews": [(group.name, _crew_url(group)) for group in (event.group, *cohosts(event))],
        "dow": format_date(first, "EEE", get_locale()).rstrip(".") if first else "?",
        "day": first.day if first else "?",
        "month": format_date(first, "MMM", get_locale()).rstrip(".") if first else "?",
        "date_words": day_words(event) if first else _("No date yet"),
        "time_words": hours_words(event) if first else "",
        "tab_date": short_day(first).lower() if first else "",
        "starts_iso": event.starts_at.isoformat() if first else "",
        "ends_iso": event.ends_at.isoformat() if first else "",
        "zone": event.zone,
        "place_words": where_words(event, exact) or None,
        "summary": event.summary,
        "about_html": html(event.description) if event.description else None,
        "picture": _picture(event),
        "tags": event.tags,
        "jsonld": event_jsonld(event) if is_listed(event) else None,
        "ics_url": url_for("feeds.event", slug=event.slug),
    }


def _picture(event: Event) -> dict[str, str] | None:
    if not event.picture:
        return None
    return {"url": url_for("groups.picture", name=event.picture), "alt": event.picture_alt}


def _state(event: Event, numbers: Numbers, moment: datetime) -> dict[str, Any]:
    """In what state the page shows it, with a banner where that is news."""
    if event.state in (DRAFT, CANCELLED, POSTPONED):
        state = event.state
    elif event.is_past(moment):
        state = "past"
    elif why_closed(event, moment):
        state = "closed"
    else:
        state = "full" if event.capacity is not None and not _free(event, numbers) else "open"
    return {"state": state, "state_words": state_words(state), "reason": event.reason or None}


def _weather(event: Event) -> dict[str, Any] | None:
    """What events/_weather.html says: by when it is decided or that it was, and the date that it was put off from."""
    decides = decides_wall(event)
    was = previous_start(event)
    if decides is None and was is None:
        return None
    return {
        "by": day_and_clock(decides) if decides and event.weather_decided_at is None else None,
        "backup": backup_words(event),
        "on": decides is not None and event.weather_decided_at is not None,
        "was": was and day_and_clock(in_zone(was, event.zone)),
        "manage_url": url_for("weather.decide", slug=event.slug)
        if is_undecided(event) and may_host(current_user, event)
        else None,
    }


def _seats(event: Event, numbers: Numbers) -> dict[str, Any]:
    if event.capacity is None or event.state == CANCELLED or event.is_umbrella:
        return {"capacity": None, "taken": numbers.going, "spots_words": None, "bar_words": _("Are you in?")}
    free, kept = _free(event, numbers), max(0, event.capacity - numbers.going) - _free(event, numbers)
    if free:
        words = ngettext("%(num)d spot left", "%(num)d spots left", free)
        said = _("%(free)d of %(all)d spots left.", free=free, all=event.capacity)
    elif kept:
        words, said = _("Full"), _("The %(all)d spots are taken, or kept.", all=event.capacity)
    else:
        words, said = _("Full"), _("All %(all)d spots are taken.", all=event.capacity)
    hints = [ngettext("%(num)d waits.", "%(num)d wait.", numbers.waiting)] if numbers.waiting else []
    if kept:
        hints.append(ngettext("%(num)d is kept for who takes a job.", "%(num)d are kept for who takes a job.", kept))
    return {
        "capacity": event.capacity,
        "taken": min(numbers.going, event.capacity),
        "spots_words": said,
        "spots_hint": " ".join(hints) or None,
        "bar_words": words,
    }


def _free(event: Event, numbers: Numbers) -> int:
    """Spots for people without a shift."""
    return seats_left(event.capacity, event.seats_for_shifts, numbers.going, numbers.helping)


def _pocket(event: Event, mine: Rsvp | None, moment: datetime) -> dict[str, Any]:
    """The form of rsvps/_pocket.html, with the viewer's own answer in it."""
    given: dict[str, Any] = {}
    if mine is not None:
        given = {
            "answer": mine.answer,
            "adults": mine.adults,
            "minors": mine.minors,
            "youngest": "" if mine.youngest is None else str(mine.youngest),
            "note": mine.note,
            "name": mine.name,
        }
    elif current_user.is_authenticated:
        given = {"name": current_user.name}
    given["came_from"] = link_tag(request.args.get("from"))
    return {
        "form": answer_form(event, mine, given, formdata=None),
        "url": url_for("rsvps.respond", slug=event.slug),
        "link_url": url_for("rsvps.lost_link", slug=event.slug),
        "party_max": min(event.largest_party or MOST_AT_ONCE, event.capacity or MOST_AT_ONCE),
        "ask_who": not current_user.is_authenticated,
        "mine": answer_words(mine) | {"url": url_for("rsvps.manage", token=manage_token(mine))} if mine else None,
    }


def _where(event: Event, exact: bool) -> dict[str, Any] | None:
    known, label = whereabouts(event, exact), where_words(event, exact)
    links = directions_links(*known.point, label) if known.precision in EXACT else []
    parking = directions_links(*known.parking_point, known.parking) if known.parking_point else []
    found = {
        "name": known.venue or None,
        "address": ", ".join(part for part in (known.address, known.place_name) if part) or None,
        "meeting_point": known.meeting_point or None,
        "parking": known.parking or None,
        "transit": known.transit or None,
        "online_url": event.online_url or None,
        "approximate": _approximate(event, exact),
        "directions": links,
        "parking_directions": parking[:1],
    }
    return found if any(found.values()) else None


def _approximate(event: Event, exact: bool) -> str | None:
    """What to know about how exact the place is."""
    if event.place_hidden:
        if exact:
            return _("Only those who answer see the exact place.")
        return _("Say that you come, and you see the exact place.")
    if event.precision in (TOWN, ZIP):
        return _("The map's point is that of %(place)s, not the exact place.", place=event.place_name)
    if event.precision == STREET:
        return _("The map's point was looked up from the address.")
    if event.lat is None and event.address:
        return _("This address has no point on the map yet.")
    return None


def _facts(event: Event) -> list[tuple[str, str]]:
    said = {"yes": _("Yes"), "no": _("No"), "": ""}
    return (
        [
            (_("Languages"), ", ".join(event.languages)),
            (_("Dogs"), said[event.dogs]),
            (_("By wheelchair"), said[event.wheelchair]),
            (_("Good for families"), said[event.families]),
        ]
        if any((event.languages, event.dogs, event.wheelchair, event.families))
        else []
    )


def _may_read_private(event: Event, mine: Rsvp | None) -> bool:
    return may_host(current_user, event) or (mine is not None and mine.standing == SEATED)


def _going_words(numbers: Numbers) -> str | None:
    going = _("%(num)d going", num=numbers.going) if numbers.going else ""
    maybe = _("%(num)d maybe", num=numbers.maybe) if numbers.maybe else ""
    return ", ".join(part for part in (going, maybe) if part) or None


def _more(count: int) -> str | None:
    return _("and %(num)d more", num=count) if count > 0 else None


def _calendars(event: Event, mine: Rsvp | None) -> list[tuple[str, str]]:
    """Whoever answered has an entry that moves; others may take a copy that does not."""
    if not event.is_shown or event.starts_at is None:
        return []
    if mine is not None and mine.answer != DECLINED:
        return [(_("File"), url_for("feeds.answer", token=manage_token(mine)))]
    return add_links(event)
