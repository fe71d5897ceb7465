"""StayTouch Events: a site where local crews organise."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from . import happenings
from .config import ROOT, Settings, read_settings

if TYPE_CHECKING:
    from flask import Flask

# Features in the order in which each may import those before it.
FEATURES = (
    "people",
    "groups",
    "events",
    "rsvps",
    "volunteers",
    "waivers",
    "attendance",
    "impact",
    "spots",
    "posts",
    "conversations",
    "polls",
    "contacts",
    "feeds",
    "discover",
    "series",
    "sites",
    "imports",
    "organize",
    "pages",
    "api",
)
# What a feature may hold that answers to requests, letters, jobs or happenings, beside its emails and routes.
ROOMS = ("models", "actions", "locating", "outside", "reminders", "digests", "answers", "dev_mail")
ROOMS += ("exports", "account_exports", "leaving", "replies", "season", "spread", "thanks")
# What of the ground has tables, jobs, or something to say to mail that comes in.
GROUND = ("outbox.models", "jobs.models", "inbound.models", "inbound.handle", "inbound.bounces", "geo.models")
GROUND += ("choices", "limits", "versions", "tallies")


def create_app(settings: Settings | None = None) -> Flask:
    """The site, ready to serve. Raises BadSetting when a setting can't be used."""
    # Imported here, because `staytouch serve` starts those who serve and needs none of it itself.
    from flask import Flask
    from flask_babel import Babel
    from flask_login import LoginManager
    from werkzeug.middleware.proxy_fix import ProxyFix

    from . import assets, compiled, geo, spoken, web
    from .db import db, engine_options
    from .page_cache import PageCache
    from .people.queries import person_signed_in_by
    from .tallies import Tallies

    settings = settings or read_settings()
    app = Flask(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.jinja_environment = compiled.Templates
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_keys[0],
        SECRET_KEY_FALLBACKS=list(settings.secret_keys[1:]),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        SESSION_COOKIE_NAME="__Host-session" if settings.https else "session",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=60 * 60 * 24 * 180,
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        TEMPLATES_AUTO_RELOAD=False,
    )
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
    db.init_app(app)
    Babel(app, locale_selector=spoken.language)
    LoginManager(app).user_loader(person_signed_in_by)
    compiled.init_app(app)
    geo.init_app(app)
    spoken.init_app(app)
    web.init_app(app)
    assets.init_app(app)
    _open_rooms(app)
    cookie = app.config["SESSION_COOKIE_NAME"]
    pages = PageCache(app.wsgi_app, settings.database_url, cookie, spoken.LANGUAGES)
    app.wsgi_app = tallies = Tallies(pages, app)
    app.extensions.update(page_cache=pages, tallies=tallies)
    for happening, listener in listeners():
        happening.connect(listener)
    return app


def listeners() -> tuple:
    """Who answers to what happens in an earlier feature, in this order."""
    from .attendance import briefing
    from .attendance.leaving import pass_on_hours, unname_walk_ups
    from .contacts import cards, exchange, gathering
    from .conversations import leaving
    from .discover.follows import tell_followers
    from .discover.leaving import end_follows, move_follows
    from .events.deciding import plan_decision
    from .events.hosting import end_when_private
    from .events.index import renew_group_index
    from .events.leaving import close_crews
    from .events.locating import plan_locating
    from .feeds.actions import note_group_removal, note_removal
    from .groups import log
    from .groups.actions import note_renamed
    from .groups.leaving import leave_crews
    from .impact.leaving import pass_on_logs, unname_logs
    from .impact.nudges import plan_nudge
    from .polls import closing
    from .polls.leaving import pass_on_votes, unname_votes
    from .posts.actions import note_renamed as note_writer_renamed
    from .posts.leaving import forget_writer
    from .rsvps import actions, asking, confirming, letters, questions, reminders, sequence
    from .rsvps.leaving import give_up_answers, pass_on_answers
    from .series.leaving import pass_on_regulars
    from .sites import follow as of_day
    from .spots import actions as spots
    from .spots.leaving import leave_spots, pass_on_spots
    from .volunteers import actions as sign_ups
    from .volunteers import bring, bring_lists, rides, shifts
    from .volunteers.leaving import drop_claims
    from .waivers import actions as waivers
    from .waivers import asking as waivers_asking
    from .waivers.leaving import unname_signatures

    return (
        (happenings.person_renamed, note_renamed),
        (happenings.person_renamed, note_writer_renamed),
        (happenings.person_renamed, cards.renew),
        (happenings.address_changed, move_follows),
        (happenings.address_changed, cards.renew),
        (happenings.guest_taken_over, pass_on_answers),
        (happenings.guest_taken_over, pass_on_hours),
        (happenings.guest_taken_over, pass_on_logs),
        (happenings.guest_taken_over, pass_on_spots),
        (happenings.guest_taken_over, pass_on_votes),
        (happenings.guest_taken_over, pass_on_regulars),
        (happenings.person_deleted, close_crews),
        (happenings.person_deleted, give_up_answers),
        (happenings.person_deleted, unname_walk_ups),
        (happenings.person_deleted, unname_logs),
        (happenings.person_deleted, leave_spots),
        (happenings.person_deleted, forget_writer),
        (happenings.person_deleted, leaving.leave),
        (happenings.person_deleted, unname_votes),
        (happenings.person_deleted, exchange.forget_person),
        (happenings.person_deleted, gathering.forget_pictures),
        (happenings.person_deleted, end_follows),
        (happenings.person_deleted, leave_crews),
        (happenings.group_visibility_changed, renew_group_index),
        (happenings.group_visibility_changed, note_group_removal),
        (happenings.group_visibility_changed, end_when_private),
        (happenings.event_copied, questions.bring_along),
        (happenings.event_copied, shifts.bring_along),
        (happenings.event_copied, briefing.bring_along),
        (happenings.event_copied, waivers.bring_along),
        (happenings.event_copied, bring_lists.bring_along),
        (happenings.event_published, log.note_published),
        (happenings.event_published, shifts.follow_event),
        (happenings.event_published, spots.follow_event),
        (happenings.event_published, plan_locating),
        (happenings.event_published, plan_decision),
        (happenings.event_published, sequence.plan_letters),
        (happenings.event_published, plan_nudge),
        (happenings.event_published, closing.follow_event),
        (happenings.event_published, tell_followers),
        (happenings.event_published, waivers_asking.plan_forgetting),
        (happenings.event_published, of_day.publish_sites),
        (happenings.event_changed, log.note_changed),
        (happenings.event_changed, shifts.follow_event),
        (happenings.event_changed, spots.follow_event),
        (happenings.event_changed, plan_locating),
        (happenings.event_changed, actions.line_may_move),
        (happenings.event_changed, letters.tell_changed),
        (happenings.event_changed, confirming.move_question),
        (happenings.event_changed, reminders.ask_anew),
        (happenings.event_changed, plan_decision),
        (happenings.event_changed, note_removal),
        (happenings.event_changed, sequence.plan_letters),
        (happenings.event_changed, plan_nudge),
        (happenings.event_changed, waivers_asking.plan_forgetting),
        (happenings.event_moved, confirming.ask_again),
        (happenings.event_moved, of_day.move_sites),
        (happenings.event_goes_ahead, plan_decision),
        (happenings.event_goes_ahead, letters.tell_goes_ahead),
        (happenings.event_goes_ahead, of_day.let_sites_go_ahead),
        (happenings.event_postponed, log.note_postponed),
        (happenings.event_postponed, plan_decision),
        (happenings.event_postponed, confirming.drop_question),
        (happenings.event_postponed, reminders.ask_anew),
        (happenings.event_postponed, shifts.follow_event),
        (happenings.event_postponed, spots.follow_event),
        (happenings.event_postponed, letters.tell_postponed),
        (happenings.event_postponed, sequence.plan_letters),
        (happenings.event_postponed, plan_nudge),
        (happenings.event_postponed, of_day.postpone_sites),
        (happenings.event_cancelled, log.note_cancelled),
        (happenings.event_cancelled, plan_decision),
        (happenings.event_cancelled, confirming.drop_question),
        (happenings.event_cancelled, shifts.follow_event),
        (happenings.event_cancelled, spots.follow_event),
        (happenings.event_cancelled, letters.tell_cancelled),
        (happenings.event_cancelled, rides.follow_cancelled),
        (happenings.event_cancelled, sequence.plan_letters),
        (happenings.event_cancelled, plan_nudge),
        (happenings.event_cancelled, of_day.cancel_sites),
        (happenings.event_restored, log.note_restored),
        (happenings.event_restored, plan_decision),
        (happenings.event_restored, confirming.drop_question),
        (happenings.event_restored, shifts.follow_event),
        (happenings.event_restored, spots.follow_event),
        (happenings.event_restored, letters.tell_restored),
        (happenings.event_restored, sequence.plan_letters),
        (happenings.event_restored, plan_nudge),
        (happenings.event_restored, of_day.restore_sites),
        (happenings.answer_changed, confirming.take_as_yes),
        (happenings.answer_changed, sign_ups.follow_answer),
        (happenings.answer_changed, waivers_asking.follow_answer),
        (happenings.answer_changed, bring.follow_answer),
        (happenings.answer_changed, rides.follow_answer),
        (happenings.answer_unnamed, asking.forget_words),
        (happenings.answer_unnamed, drop_claims),
        (happenings.answer_unnamed, unname_signatures),
        (happenings.impact_approved, spots.note_impact),
        (happenings.impact_pictured, spots.note_pictures),
        (happenings.impact_taken_back, spots.note_taken_back),
    )


def _open_rooms(app: Flask) -> None:
    """Import each feature's files, so that tables, letters, jobs and listeners are known, and add its pages."""
    for room in GROUND:
        importlib.import_module(f".{room}", __name__)
    for feature in FEATURES:
        folder = ROOT / "staytouch_events" / feature
        doors = (path.stem for end in ("emails", "routes") for path in sorted(folder.glob(f"*{end}.py")))
        for room in (*ROOMS, *doors):
            if (folder / f"{room}.py").exists():
                module = importlib.import_module(f".{feature}.{room}", __name__)
                if hasattr(module, "bp"):
                    app.register_blueprint(module.bp)
