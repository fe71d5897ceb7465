"""Whatever happens in an earlier feature, each later one answers to it, in order."""

from types import SimpleNamespace

import pytest
from blinker import Signal

from staytouch_events import happenings, listeners

# Who has to answer to what; a feature that follows one more thing adds its row here.
FOLLOW = {
    "person_renamed": [
        "groups.actions.note_renamed",
        "posts.actions.note_renamed",
        "contacts.cards.renew",
    ],
    "address_changed": [
        "discover.leaving.move_follows",
        "contacts.cards.renew",
    ],
    "guest_taken_over": [
        "rsvps.leaving.pass_on_answers",
        "attendance.leaving.pass_on_hours",
        "impact.leaving.pass_on_logs",
        "spots.leaving.pass_on_spots",
        "polls.leaving.pass_on_votes",
        "series.leaving.pass_on_regulars",
    ],
    "person_deleted": [
        "events.leaving.close_crews",
        "rsvps.leaving.give_up_answers",
        "attendance.leaving.unname_walk_ups",
        "impact.leaving.unname_logs",
        "spots.leaving.leave_spots",
        "posts.leaving.forget_writer",
        "conversations.leaving.leave",
        "polls.leaving.unname_votes",
        "contacts.exchange.forget_person",
        "contacts.gathering.forget_pictures",
        "discover.leaving.end_follows",
        "groups.leaving.leave_crews",
    ],
    "answer_unnamed": [
        "rsvps.asking.forget_words",
        "volunteers.leaving.drop_claims",
        "waivers.leaving.unname_signatures",
    ],
    "event_copied": [
        "rsvps.questions.bring_along",
        "volunteers.shifts.bring_along",
        "attendance.briefing.bring_along",
        "waivers.actions.bring_along",
        "volunteers.bring_lists.bring_along",
    ],
    "event_published": [
        "groups.log.note_published",
        "volunteers.shifts.follow_event",
        "spots.actions.follow_event",
        "events.locating.plan_locating",
        "events.deciding.plan_decision",
        "rsvps.sequence.plan_letters",
        "impact.nudges.plan_nudge",
        "polls.closing.follow_event",
        "discover.follows.tell_followers",
        "waivers.asking.plan_forgetting",
        "sites.follow.publish_sites",
    ],
    "event_changed": [
        "groups.log.note_changed",
        "volunteers.shifts.follow_event",
        "spots.actions.follow_event",
        "events.locating.plan_locating",
        "rsvps.actions.line_may_move",
        "rsvps.letters.tell_changed",
        "rsvps.confirming.move_question",
        "rsvps.reminders.ask_anew",
        "events.deciding.plan_decision",
        "feeds.actions.note_removal",
        "rsvps.sequence.plan_letters",
        "impact.nudges.plan_nudge",
        "waivers.asking.plan_forgetting",
    ],
    "event_cancelled": [
        "groups.log.note_cancelled",
        "events.deciding.plan_decision",
        "rsvps.confirming.drop_question",
        "volunteers.shifts.follow_event",
        "spots.actions.follow_event",
        "rsvps.letters.tell_cancelled",
        "volunteers.rides.follow_cancelled",
        "rsvps.sequence.plan_letters",
        "impact.nudges.plan_nudge",
        "sites.follow.cancel_sites",
    ],
    "event_postponed": [
        "groups.log.note_postponed",
        "events.deciding.plan_decision",
        "rsvps.confirming.drop_question",
        "rsvps.reminders.ask_anew",
        "volunteers.shifts.follow_event",
        "spots.actions.follow_event",
        "rsvps.letters.tell_postponed",
        "rsvps.sequence.plan_letters",
        "impact.nudges.plan_nudge",
        "sites.follow.postpone_sites",
    ],
    "event_moved": [
        "rsvps.confirming.ask_again",
        "sites.follow.move_sites",
    ],
    "event_goes_ahead": [
        "events.deciding.plan_decision",
        "rsvps.letters.tell_goes_ahead",
        "sites.follow.let_sites_go_ahead",
    ],
    "event_restored": [
        "groups.log.note_restored",
        "events.deciding.plan_decision",
        "rsvps.confirming.drop_question",
        "volunteers.shifts.follow_event",
        "spots.actions.follow_event",
        "rsvps.letters.tell_restored",
        "rsvps.sequence.plan_letters",
        "impact.nudges.plan_nudge",
        "sites.follow.restore_sites",
    ],
    "answer_changed": [
        "rsvps.confirming.take_as_yes",
        "volunteers.actions.follow_answer",
        "waivers.asking.follow_answer",
        "volunteers.bring.follow_answer",
        "volunteers.rides.follow_answer",
    ],
    "impact_approved": [
        "spots.actions.note_impact",
    ],
    "impact_pictured": [
        "spots.actions.note_pictures",
    ],
    "impact_taken_back": [
        "spots.actions.note_taken_back",
    ],
    "group_visibility_changed": [
        "events.index.renew_group_index",
        "feeds.actions.note_group_removal",
        "events.hosting.end_when_private",
    ],
}
HAPPENINGS = {name: found for name, found in vars(happenings).items() if isinstance(found, Signal)}


def name_of(listener) -> str:
    """ "volunteers.rides.follow_answer"."""
    return f"{listener.__module__}.{listener.__name__}".removeprefix("staytouch_events.")


def test_everything_that_is_announced_has_a_row():
    assert set(FOLLOW) == set(HAPPENINGS)


@pytest.mark.parametrize("name", sorted(FOLLOW))
def test_each_feature_follows_what_it_has_to(app, name):
    listed = [name_of(listener) for happening, listener in listeners() if happening is HAPPENINGS[name]]
    connected = [name_of(listener) for listener in HAPPENINGS[name].receivers_for(None)]
    assert listed == connected == FOLLOW[name]


def test_listeners_answer_in_the_order_in_which_they_were_connected():
    happening, answered = happenings.Happening(), []
    followers = [SimpleNamespace(hear=lambda _sender, at=at: answered.append(at)) for at in range(50)]
    for follower in followers:
        happening.connect(follower.hear)
    happening.disconnect(followers[7].hear)
    happening.send(None)
    assert answered == [at for at in range(50) if at != 7]
