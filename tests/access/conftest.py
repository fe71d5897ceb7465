"""One event of each visibility, and somebody of each role."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from staytouch_events.access.announcements import letters_token
from staytouch_events.access.contacts import card_token
from staytouch_events.access.conversations import inquiry_token, mail_token, side_token
from staytouch_events.access.feeds import calendar_token
from staytouch_events.access.follows import follow_token
from staytouch_events.access.joining import join_token
from staytouch_events.access.polls import vote_token
from staytouch_events.access.posts import mail_token as talk_mail_token
from staytouch_events.access.reach_outs import reach_token
from staytouch_events.access.rsvps import manage_token
from staytouch_events.access.spots import watch_token
from staytouch_events.attendance import hours_letters
from staytouch_events.attendance.actions import mark
from staytouch_events.attendance.briefing import COPIED, save_day
from staytouch_events.attendance.models import IN, OUT
from staytouch_events.contacts import keeping
from staytouch_events.contacts.card_models import CREW, CardAsk
from staytouch_events.contacts.exchange import keep
from staytouch_events.contacts.importing import bring
from staytouch_events.contacts.people_queries import dates_of, touches_of
from staytouch_events.conversations import actions, contacting, meetings, reporting
from staytouch_events.conversations.telling import correspondent
from staytouch_events.db import db
from staytouch_events.discover import follows
from staytouch_events.events import hosting
from staytouch_events.groups import joining
from staytouch_events.groups.join_models import Ban, JoinRequest
from staytouch_events.groups.lead_models import LeadAsk
from staytouch_events.groups.models import MEMBER, ORGANIZER, OWNER
from staytouch_events.impact import recognitions
from staytouch_events.impact.models import GIVEN, ImpactPhoto
from staytouch_events.imports.bringing import bring_address
from staytouch_events.organize import announcing
from staytouch_events.polls import closing, finding
from staytouch_events.polls.models import YES
from staytouch_events.posts import actions as posts
from staytouch_events.posts.models import Place
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.asking import Beside
from staytouch_events.rsvps.models import GOING, SEATED, Rsvp
from staytouch_events.spots.queries import watcher_of
from staytouch_events.volunteers.actions import claim
from staytouch_events.volunteers.rides import take_seats
from staytouch_events.waivers.asking import save_contact
from staytouch_events.waivers.models import Signature
from staytouch_events.waivers.signing import sign_minor, signers_of

from ..attendance.cast import a_helper
from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..contacts.cast import a_card
from ..days.cast import a_site
from ..impact.cast import a_log, an_approved_log
from ..polls.cast import a_poll, a_time
from ..rsvps.cast import a_question
from ..spots.cast import a_spot, a_waiting_spot
from ..volunteers.cast import a_ride, a_role, a_shift, a_thing, comes
from ..waivers.cast import a_waiver, ask, texts

ROLES = ("anonymous", "other", "helper", "member", "organizer", "owner", "admin")
SECRETS = {
    "address": "planted-gia@example.org",
    "note": "PLANTED-ANSWER-NOTE",
    "answer to a question": "PLANTED-ANSWER-TO-A-QUESTION",
    "private note": "PLANTED-PRIVATE-NOTE",
    "draft's title": "PLANTED-DRAFT",
    "members' title": "PLANTED-MEMBERS",
    "unlisted title": "PLANTED-UNLISTED",
    "how a job is done": "PLANTED-INSTRUCTIONS",
    "whom to call": "PLANTED-CONTACT",
    "waiting report": "PLANTED-WAITING-SPOT",
    "lead's phone": "408 555 0167",
    "where syringes lay": "PLANTED-SYRINGES",
    "waiting log": "PLANTED-WAITING-LOG",
    "what was given": "PLANTED-AWARD",
    "whom to call in an emergency": "PLANTED-EMERGENCY",
    "a guardian": "PLANTED-GUARDIAN",
    "how to reach a driver": "PLANTED-DRIVER",
    "how to reach a passenger": "PLANTED-PASSENGER",
    "what members say": "PLANTED-POST",
    "what was taken away": "PLANTED-GONE",
    "what it said before": "PLANTED-EARLIER",
    "note of a person": "PLANTED-NOTE-OF-A-PERSON",
    "what one wrote": "PLANTED-OWN-WORDS",
    "date of a person": "PLANTED-DATE",
    "call with a person": "PLANTED-CALL",
    "what was written": "PLANTED-MESSAGE",
    "an appointment": "PLANTED-APPOINTMENT",
    "what a stranger asked": "PLANTED-INQUIRY",
    "a stranger's address": "planted-sid@example.org",
    "what was not sent yet": "PLANTED-UNSENT",
    "what organizers write": "PLANTED-ANNOUNCEMENT",
    "a voter's address": "planted-vic@example.org",
    "a private crew": "PLANTED-PRIVATE-CREW",
    "a private crew's event": "PLANTED-PRIVATE-EVENT",
    "what somebody said who asks to join": "PLANTED-ASKING",
    "what somebody said who offers to lead": "PLANTED-OFFER",
    "why somebody is kept out": "PLANTED-BAN",
    "a calendar's secret address": "https://planted.example/SECRET.ics",
}


@pytest.fixture
def world(app, browser_of):
    """Everything there is, with secrets planted in it, and a browser for each role."""
    group = a_group()
    people = {
        "member": a_person("bob"),
        "organizer": a_person("alice"),
        "owner": a_person("olga"),
        "other": a_person("charlie"),
        "admin": a_person("ada", is_admin=True),
    }
    for role, kind in (("member", MEMBER), ("organizer", ORGANIZER), ("owner", OWNER)):
        a_membership(people[role], group, kind)
    events = {
        # Today, so that a helper has their hours.
        "public": an_event(
            group, private_note=SECRETS["private note"], capacity=9, starts_wall=datetime(2026, 11, 24, 11, 0)
        ),
        "unlisted": an_event(group, title=SECRETS["unlisted title"], visibility="unlisted"),
        "members": an_event(group, title=SECRETS["members' title"], visibility="members"),
        "draft": an_event(group, title=SECRETS["draft's title"], draft=True),
    }
    gia = a_person("gia", email=SECRETS["address"], joined_at=None)
    question = a_question(events["public"])
    beside = Beside({question.id: [SECRETS["answer to a question"]]}, "flyer")
    rsvp = respond(events["public"], gia, "Gia", GOING, Party(1, 1), SECRETS["note"], NOW, beside=beside).rsvp
    role = a_role(group, instructions=SECRETS["how a job is done"], contact=SECRETS["whom to call"])
    shift, unlisted_shift = a_shift(events["public"], role, target=2), a_shift(events["unlisted"], role)
    sign_up = claim(shift, gia, "Gia", NOW)
    thing = a_thing(events["public"])
    ride = a_ride(events["public"], contact=SECRETS["how to reach a driver"])
    seat = take_seats(ride, comes(events["public"], "pat"), 1, SECRETS["how to reach a passenger"], NOW)
    people["helper"] = a_helper(events["public"], at=NOW)
    guest = a_helper(events["public"], "gil", joined_at=None, at=NOW)
    helping = db.session.scalar(select(Rsvp).where(Rsvp.person_id == guest.id))
    mark(helping, IN, "", NOW, by=None)
    mark(helping, OUT, "", NOW + timedelta(hours=2), by=None)
    letter = hours_letters.ask(group, guest, "Gil", NOW, event=events["public"])
    hours_letters.issue(letter, people["organizer"], NOW)
    waiver = a_waiver(group, people["organizer"])
    ask(events["public"], waiver, emergency="optional", photos=True)
    sign_minor(signers_of(rsvp), "Max", SECRETS["a guardian"], "mother", None, texts(events["public"]), NOW)
    save_contact(rsvp, SECRETS["whom to call in an emergency"], "408 555 0123", NOW)
    follow = follows.ask("fay@example.org", "weekly", "en", NOW, group=group, asked=None)
    follows.confirm(follow, "weekly", NOW)
    save_day(events["public"], dict.fromkeys(COPIED, "") | {"lead_phone": SECRETS["lead's phone"]}, NOW)
    db.session.commit()
    spot = a_spot(gia)
    a_waiting_spot("wally@example.org", title=SECRETS["waiting report"])
    day = an_event(group, title="Earth Day")
    a_site(day, lead="Lea", lead_phone=SECRETS["lead's phone"])
    done = _done(group, gia, people)
    said = _said(group, events["public"], people)
    polls = _polls(group, people)
    joining = _joining(group, people)
    hosts = _hosts(group, events["public"], people)
    private = _private(people)
    browsers = {role: browser_of(person) for role, person in people.items()} | {"anonymous": app.test_client()}
    return SimpleNamespace(
        group=group,
        slugs={name: event.slug for name, event in (events | {"done": done["event"], "day": day}).items()},
        people=people,
        browsers=browsers,
        rsvp=rsvp.id,
        question=question.id,
        manage=manage_token(rsvp),
        helping=manage_token(helping),
        letter=letter.id,
        code=letter.code,
        short=events["public"].code,
        follow=follow_token(follow),
        calendar=calendar_token(people["member"]),
        membership=group.memberships[0].id,
        role=role.id,
        shift=shift.id,
        unlisted_shift=unlisted_shift.id,
        sign_up=sign_up.id,
        thing=thing.id,
        ride=ride.id,
        seat=seat.id,
        driving=manage_token(ride.rsvp),
        spot=spot.slug,
        watch=watch_token(watcher_of(spot, gia)),
        **{name: done[name] for name in ("log", "photo", "own_log", "counting", "recognition")},
        **polls,
        member=people["member"].id,
        **said,
        talk_mail=talk_mail_token(people["member"], group),
        words=_words(group, events["public"], people),
        waiver=waiver.id,
        signature=db.session.scalar(select(Signature.id)),
        keeping=_keeping(people),
        private=private,
        **joining,
        **hosts,
        talk=_talk(group, people["member"]),
    )


def _said(group, event, people) -> dict:
    """What the crew talks about: the member's posts, one of them changed, and one that an organizer took away."""
    secret = {"text": SECRETS["what members say"]}
    post, there = (posts.write(people["member"], place, secret, NOW) for place in (Place(group), Place(group, event)))
    gone = posts.write(people["member"], Place(group), {"text": SECRETS["what was taken away"]}, NOW)
    posts.take_away(gone, people["organizer"], NOW)
    changed = posts.write(people["owner"], Place(group), {"text": SECRETS["what it said before"]}, NOW)
    posts.edit(changed, {"text": "Nothing"}, NOW)
    db.session.commit()
    return {"post": post.id, "gone": gone.id, "event_post": there.id}


def _keeping(people) -> dict:
    """The member has the card of somebody outside, wrote of them, and is asked for a card by the owner."""
    card = a_card(people["other"])
    contact = keep(people["member"], card, CREW, NOW)
    keeping.write_own(contact, {"title": SECRETS["what one wrote"]})
    note = keeping.add_note(contact, SECRETS["note of a person"], NOW.date(), NOW)
    keeping.add_date(contact, "other", SECRETS["date of a person"], (7, 4, None))
    keeping.log_touch(contact, "call", SECRETS["call with a person"], NOW)
    ask = CardAsk(asker_id=people["owner"].id, asked_id=people["member"].id, card=a_card(people["owner"]), asked_at=NOW)
    db.session.add(ask)
    db.session.commit()
    kept = {
        "card": card_token(card),
        "contact": contact.public_id,
        "note": note.id,
        "date": dates_of(contact)[0].id,
        "touch": touches_of(contact)[0].id,
        "ask": ask.public_id,
        "reach": reach_token(people["member"]),
        "file": bring(people["member"], "phone.vcf", b"BEGIN:VCARD\nFN:Zoe\nEND:VCARD\n", NOW).public_id,
    }
    db.session.commit()
    return kept


def _joining(group, people) -> dict:
    """Somebody asks to join, somebody is kept out, a link is out."""
    asks = JoinRequest(
        group_id=group.id,
        person_id=a_person("ines").id,
        words=SECRETS["what somebody said who asks to join"],
        asked_at=NOW,
    )
    out = a_membership(a_person("otto"), group)
    joining.ban(out, people["owner"], SECRETS["why somebody is kept out"], NOW)
    link = joining.make_link(group, people["owner"], True, 7, NOW)
    offer = {"person_id": people["member"].id, "words": SECRETS["what somebody said who offers to lead"]}
    lead = LeadAsk(group_id=group.id, asked_at=NOW + timedelta(days=1), **offer)
    db.session.add_all([asks, lead])
    db.session.commit()
    ban = db.session.scalar(select(Ban.id))
    brought = bring_address(group, people["owner"], SECRETS["a calendar's secret address"], NOW)
    db.session.commit()
    return {
        "brought": brought.id,
        "lead_ask": lead.id,
        "join_ask": asks.id,
        "join_link": link.id,
        "ban": ban,
        "join": join_token(link),
    }


def _hosts(group, event, people) -> dict:
    """Another crew is asked to host the crew's event, and asks it to host one of its own."""
    other = a_group("creek-keepers")
    theirs = a_person("cora")
    a_membership(theirs, other, OWNER)
    host = hosting.ask(event, other, NOW, by=people["organizer"])
    asked = hosting.ask(an_event(other, title="Theirs"), group, NOW, by=theirs)
    db.session.commit()
    return {"host": host.id, "asked_host": asked.id}


def _private(people) -> dict:
    """A crew that its members alone know of, with an event, and somebody else's seat at it."""
    group = a_group("hidden-crew", name=SECRETS["a private crew"], visibility="private", talk_readers="public")
    for role, kind in (("member", MEMBER), ("organizer", ORGANIZER), ("owner", OWNER)):
        a_membership(people[role], group, kind)
    event = an_event(group, title=SECRETS["a private crew's event"], lat=37.33, lon=-121.88, precision="pin")
    poll = a_time(people["organizer"], group)
    db.session.commit()
    return {"group": group.slug, "event": event.slug, "code": event.code, "poll": poll.public_id}


def _done(group, gia, people) -> dict:
    """An event that is over: gia and the member were there, and put down what they did."""
    early = NOW - timedelta(days=9)
    event = an_event(group, early, title="Last week's", starts_wall=datetime(2026, 11, 20, 8, 30))
    told = {"event": event, "answer": GOING, "standing": SEATED, "answered_at": early, "created_at": early}
    came = [Rsvp(person=who, name=who.name, **told) for who in (gia, people["member"])]
    db.session.add_all(came)
    db.session.flush()
    for rsvp in came:
        mark(rsvp, IN, "", event.starts_at, by=None)
    db.session.commit()
    an_approved_log(event, NOW, syringe_place=SECRETS["where syringes lay"], items={"syringes": 2})
    own = a_log(event, gia, NOW, team="Gia's", note=SECRETS["waiting log"])
    log = a_log(event, people["member"], NOW, team="Bob's")
    log.photos.append(ImpactPhoto(before="x"))
    vest = recognitions.define(group, {"name": "Vest", "after_events": 1}, NOW)
    recognitions.decide(vest, gia, GIVEN, SECRETS["what was given"], people["organizer"], NOW)
    db.session.commit()
    return {
        "event": event,
        "log": log.id,
        "photo": log.photos[0].id,
        "own_log": own.id,
        "counting": manage_token(came[0]),
        "recognition": vest.id,
    }


def _talk(group, bob) -> dict:
    """Bob and pat write to each other and meet, bob reported something; a stranger wrote to the crew."""
    pat = a_person("patty")
    a_membership(pat, group)
    side = actions.begin(pat, bob, NOW)
    heard = actions.send(side, pat, SECRETS["what was written"], NOW)
    said = actions.send(side.across, bob, SECRETS["what was written"], NOW)
    fields = {"what": SECRETS["an appointment"], "zone": group.zone, "minutes": 30}
    times = [(NOW + timedelta(days=days)).isoformat() for days in (1, 2)]
    proposal = meetings.propose(side, pat, {**fields, "times": times}, "", NOW)
    meeting = meetings.take(proposal, 0, side.across, NOW)
    spoken = actions.send(side, pat, "Reported", NOW)
    reporting.report(spoken, bob, "Rude", NOW)
    typed = {"name": "Sid", "email": SECRETS["a stranger's address"], "language": "en"}
    sent = contacting.ask(group, None, {**typed, "text": SECRETS["what a stranger asked"]}, NOW)
    asker = contacting.send_on(sent, NOW)
    unsent = contacting.ask(group, None, {**typed, "text": SECRETS["what was not sent yet"]}, NOW)
    settings = correspondent(bob)
    db.session.commit()
    return {
        "talk": side.conversation_id,
        "pat": pat.public_id,
        "heard": heard.id,
        "said": said.id,
        "proposal": proposal.id,
        "meeting": meeting.id,
        "report": reporting.report_of(spoken, bob).id,
        "no_mail": mail_token(settings),
        "asker": side_token(asker),
        "asked": asker.conversation.last_id,
        "inquiry": inquiry_token(unsent),
    }


def _words(group, event, people) -> dict:
    """What an organizer is about to write to everyone, and the link by which the member chooses their letters."""
    said = {"audience": "going", "subject": "Hello", "text": SECRETS["what organizers write"]}
    rows = [announcing.draft(place, people["organizer"], said, NOW) for place in (Place(group), Place(group, event))]
    db.session.commit()
    letters = letters_token(people["member"])
    return {"crew_words": rows[0].id, "event_words": rows[1].id, "letters": letters}


def _polls(group, people) -> dict:
    """A crew looks for a time, on which a guest voted, and found another; and it asks its members something."""
    poll, settled = (a_time(people["organizer"], group) for _ in range(2))
    option = poll.options[0]
    ballot = finding.vote_as_guest(poll, "Vic", SECRETS["a voter's address"], {option.id: YES}, "en", NOW)
    closing.choose(settled.options[0], group, False, NOW)
    db.session.commit()
    own = {"time": poll.public_id, "settled": settled.public_id, "time_option": option.id, "vote": vote_token(ballot)}
    return own | {"poll": a_poll(group, people["organizer"]).public_id}
