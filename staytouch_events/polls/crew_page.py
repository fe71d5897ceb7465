"""What pages show of a crew's polls: a list, one poll with its chart and table, a part of the crew's page."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from ..access.groups import may_organize, role_of
from ..charts import bars
from ..forms import ButtonForm
from ..groups.models import Group
from ..markdown import html
from .crew_forms import ChooseOneForm, ChooseSeveralForm, ReopenForm
from .crew_models import Poll, PollOption
from .crew_queries import (
    answered_polls,
    ballot_with,
    ballots_in,
    chosen_by,
    counts_of,
    names_by_option,
    open_polls,
    poll_options,
    watches,
)
from .marks import marks_of
from .queries import answered_times, open_times, times_of
from .time_page import time_card
from .words import last_day_words, took_part_words


def polls_part(group: Group, moment: datetime) -> list[dict[str, Any]]:
    """The part of a crew's page: what is open for the viewer to say, where they belong to it."""
    if role_of(current_user, group) is None:
        return []
    times, polls = open_times(group, moment), open_polls(group, moment)
    marks = [mark for poll in polls for mark in marks_of(poll, current_user)]
    voted, chose = answered_times(times, current_user), answered_polls(polls, current_user, marks)
    return [
        *(time_card(poll, moment) | {"answered": poll.id in voted} for poll in times),
        *(poll_card(poll, moment) | {"answered": poll.id in chose} for poll in polls),
    ]


def poll_card(poll: Poll, moment: datetime) -> dict[str, Any]:
    """A poll in a list."""
    return {
        "url": url_for("polls.one", slug=poll.group.slug, public_id=poll.public_id),
        "title": poll.question,
        "state": _state_words(poll, moment),
        "takes": poll.is_open(moment),
    }


def list_context(group: Group, polls: list[Poll], moment: datetime) -> dict[str, Any]:
    """A crew's polls, those for a time first."""
    return {
        "group": group,
        "times": [time_card(poll, moment) for poll in times_of(group)],
        "cards": [poll_card(poll, moment) for poll in polls],
        "organizes": may_organize(current_user, group),
    }


def poll_context(poll: Poll, moment: datetime, form=None, reopening: ReopenForm | None = None) -> dict[str, Any]:
    """One poll, as this member sees it."""
    options, is_open = poll_options(poll), poll.is_open(moment)
    ballot = ballot_with(poll, current_user, marks_of(poll, current_user))
    chosen, counts = chosen_by(ballot), counts_of(poll)
    shows = not poll.anonymous or not is_open
    kept = ballot is not None and poll.anonymous and not chosen
    return {
        "poll": poll,
        "group": poll.group,
        "about_html": html(poll.about) if poll.about else None,
        "state_words": _state_words(poll, moment),
        "is_open": is_open,
        "form": (form or choose_form(poll, options, chosen, formdata=None)) if is_open and not kept else None,
        "kept": kept,
        "chose": [option.words for option in options if option.id in chosen],
        "full": {str(option.id) for option in options if _is_full(option, counts) and option.id not in chosen},
        "left": {str(option.id): _left_words(option, counts) for option in options if option.most},
        "results": _results(poll, options, counts) if shows else None,
        "chart": bars(poll.question, [(option.words, counts[option.id]) for option in options]) if shows else None,
        "took_part": took_part_words(ballots_in(poll)),
        "watching": watches(poll, current_user),
        "organizes": may_organize(current_user, poll.group),
        "reopening": reopening or ReopenForm(formdata=None),
        "button": ButtonForm(formdata=None),
    }


def choose_form(poll: Poll, options: list[PollOption], chosen: list[int], **given: Any):
    """The form of a poll, with what the viewer chose before."""
    form = ChooseSeveralForm if poll.several else ChooseOneForm
    now_chosen = [str(number) for number in chosen]
    made = form(data={"choice": now_chosen if poll.several else next(iter(now_chosen), None)}, **given)
    made.choice.choices = [(str(option.id), option.words) for option in options]
    return made


def _results(poll: Poll, options: list[PollOption], counts: dict[int, int]) -> list[dict[str, Any]]:
    """The same in words, with names where the poll is not anonymous."""
    names = {} if poll.anonymous else names_by_option(poll)
    return [
        {
            "words": option.words,
            "count": counts[option.id],
            "most": option.most,
            "names": [person.short_name if person else _("somebody") for person in names.get(option.id, ())],
        }
        for option in options
    ]


def _is_full(option: PollOption, counts: dict[int, int]) -> bool:
    return option.most is not None and counts[option.id] >= option.most


def _left_words(option: PollOption, counts: dict[int, int]) -> str:
    left = max(0, option.most - counts[option.id])
    return _("%(left)d of %(most)d left", left=left, most=option.most) if left else _("Full")


def _state_words(poll: Poll, moment: datetime) -> str:
    if not poll.is_open(moment):
        return _("Closed")
    if poll.closes_at is None:
        return _("Open")
    return _("Until %(day)s", day=last_day_words(poll.closes_at, poll.zone))
