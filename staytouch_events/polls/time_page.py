"""What pages show of times that are looked for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from ..access.events import may_host, may_see
from ..access.polls import may_keep, organized_by, vote_token
from ..db import db
from ..events.models import DRAFT
from ..forms import ButtonForm
from ..geo import site_place
from ..links import site_link
from ..markdown import html
from ..when import in_zone
from .models import ANSWERS, CHOSEN, OPEN, TimeBallot, TimePoll
from .queries import ballot_of, ballots_of, best_of, busy_words, said_by, standings
from .time_forms import ChooseForm, DeadlineForm, VoteForm, vote_form, zone_choices
from .words import ANSWER_WORDS, chosen_words, count_words, last_day_words, option_words, votes_words, zone_words

AHEAD = timedelta(days=7)


def time_context(poll: TimePoll, form: VoteForm | None, moment: datetime) -> dict[str, Any]:
    """The poll's own page, as this viewer sees it."""
    ballot = ballot_of(poll, current_user) if current_user.is_authenticated else None
    takes = poll.takes_votes(moment)
    return {
        **_head(poll, moment),
        **_table(poll),
        "form": (form or _own_form(poll, ballot)) if takes else None,
        "busy": busy_words(current_user, poll.options) if current_user.is_authenticated and takes else {},
        "mine_url": url_for("time_votes.mine", token=vote_token(ballot)) if ballot else None,
        "keeps": may_keep(current_user, poll),
        "share_url": site_link("times.one", public_id=poll.public_id),
    }


def vote_context(ballot: TimeBallot, form: VoteForm, moment: datetime) -> dict[str, Any]:
    """The page of one vote."""
    poll = ballot.poll
    return {
        **_head(poll, moment),
        "ballot": ballot,
        "form": form if poll.takes_votes(moment) else None,
        "busy": {},
        "button": ButtonForm(formdata=None),
    }


def desk_context(poll: TimePoll, moment: datetime, **forms: Any) -> dict[str, Any]:
    """What whoever looks after it sees: who said what, and the forms to change and settle it."""
    last_day = (in_zone(poll.closes_at, poll.zone) - timedelta(seconds=1)).date()
    return {
        **_head(poll, moment),
        **_table(poll, full=True),
        "choose": forms.get("choose") or choose_form(poll, moment, formdata=None),
        "rows": forms["rows"],
        "deadline": forms.get("deadline") or DeadlineForm(formdata=None, data={"closes_on": last_day}),
        "button": ButtonForm(formdata=None),
    }


def choose_form(poll: TimePoll, moment: datetime, **given: Any) -> ChooseForm:
    """The form with its times, the best first chosen, and what can be made of one."""
    found = standings(poll.options, ballots_of(poll))
    best = next((str(one.option.id) for one in best_of(found) if one.option.starts_at > moment), None)
    form = ChooseForm(data={"option": best, "how": "draft" if poll.group else "tell"}, **given)
    form.option.choices = [
        (str(one.option.id), f"{option_words(one.option, poll.zone)}: {count_words(one)}")
        for one in found
        if one.option.starts_at > moment
    ]
    if poll.group:
        form.how.choices = [
            ("draft", _("A draft of %(crew)s: look it over, then publish", crew=poll.group.name)),
            ("publish", _("An event of %(crew)s, published at once", crew=poll.group.name)),
        ]
    else:
        crews = db.session.scalars(organized_by(current_user)).all()
        form.how.choices = [("tell", _("The time is set: write to who said yes"))]
        form.how.choices += [(group.slug, _("A draft of %(crew)s", crew=group.name)) for group in crews]
    return form


def fill_new(form, wanted: str, moment: datetime) -> None:
    """The choices of a new poll, and what it begins with: the crew that was asked for, a week to vote."""
    groups = db.session.scalars(organized_by(current_user)).all()
    form.group.choices = [("", _("A few friends, by link")), *((group.slug, group.name) for group in groups)]
    form.zone.choices = zone_choices()
    if form.zone.data is None:
        chosen = next((group for group in groups if group.slug == wanted), None)
        home = site_place()
        zone = chosen.zone if chosen else current_user.zone or (home.zone if home else "UTC")
        form.group.data, form.zone.data = chosen.slug if chosen else "", zone
        form.closes_on.data = (in_zone(moment, zone) + AHEAD).date()


def time_card(poll: TimePoll, moment: datetime) -> dict[str, Any]:
    """A poll for a time in a list."""
    return {
        "url": url_for("times.one", public_id=poll.public_id),
        "title": poll.title,
        "crew": poll.group.name if poll.group else None,
        "state": _state_words(poll, moment),
        "takes": poll.takes_votes(moment),
    }


def _head(poll: TimePoll, moment: datetime) -> dict[str, Any]:
    event = poll.event
    seen = event is not None and event.state != DRAFT and may_see(current_user, event)
    crew = poll.group
    return {
        "poll": poll,
        "about_html": html(poll.about) if poll.about else None,
        "crew": (crew.name, url_for("pages.group", slug=crew.slug)) if crew else None,
        "asker": poll.maker.short_name if poll.maker and not crew else None,
        "state_words": _state_words(poll, moment),
        "takes": poll.takes_votes(moment),
        "zone": zone_words(poll.zone),
        "chosen": chosen_words(poll) if poll.state == CHOSEN else None,
        "event": {
            "url": url_for("pages.event", slug=event.slug),
            "rsvp_url": url_for("rsvps.answer", slug=event.slug, answer="going"),
        }
        if seen
        else None,
        "draft_url": url_for("events.edit", slug=event.slug)
        if event is not None and event.state == DRAFT and may_host(current_user, event)
        else None,
    }


def _state_words(poll: TimePoll, moment: datetime) -> str:
    if poll.state == CHOSEN:
        return _("The time is set")
    if poll.state != OPEN:
        return _("Called off")
    last_day = last_day_words(poll.closes_at, poll.zone)
    return _("Vote by %(day)s", day=last_day) if poll.takes_votes(moment) else _("Voting is over")


def _table(poll: TimePoll, full: bool = False) -> dict[str, Any]:
    """Who said what; `full` names for whoever looks after it."""
    ballots = ballots_of(poll)
    found = standings(poll.options, ballots)
    best = best_of(found)
    rows = [
        {
            "id": one.option.id,
            "words": option_words(one.option, poll.zone),
            "iso": one.option.starts_at.isoformat(),
            "best": one in best,
            "said": [(answer, str(ANSWER_WORDS[answer]), _names(one.voters[answer], full)) for answer in ANSWERS],
        }
        for one in found
    ]
    return {
        "rows_said": rows,
        "voted": len(ballots),
        "voted_words": votes_words(len(ballots)),
        "best": [(option_words(one.option, poll.zone), count_words(one)) for one in best],
    }


def _names(ballots: Sequence[TimeBallot], full: bool) -> list[str]:
    return [ballot.name if full else ballot.short_name for ballot in ballots]


def _own_form(poll: TimePoll, ballot: TimeBallot | None) -> VoteForm:
    """Filled with what the viewer said before."""
    given = {f"o{number}": answer for number, answer in said_by(ballot).items()}
    if current_user.is_authenticated:
        given |= {"name": ballot.name if ballot else current_user.name, "hears": ballot is None or ballot.hears}
    return vote_form(poll, formdata=None, data=given)
