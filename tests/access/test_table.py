"""Every route has a row: who may, who must sign in first, who is told 403, for whom it is 404."""

import pytest

from staytouch_events.db import db

from ..conftest import EVERYWHERE
from .conftest import ROLES

YES, LOGIN, SEEN, UNSEEN = "yes", "login", 403, 404
ANYONE = dict.fromkeys(ROLES, YES)
SIGNED_IN = {**ANYONE, "anonymous": LOGIN}
HELPERS = {**SIGNED_IN, "other": SEEN, "member": SEEN}
HOSTS = {**HELPERS, "helper": SEEN}
OWNERS = {**HOSTS, "organizer": SEEN}
ADMINS = {**dict.fromkeys(ROLES, UNSEEN), "admin": YES}
MEMBERS = {**SIGNED_IN, "other": UNSEEN, "helper": UNSEEN}
KEEPERS = {**MEMBERS, "member": SEEN}
NOBODY = dict.fromkeys(ROLES, UNSEEN)
MOVED = dict.fromkeys(ROLES, 302)

# Whoever was checked in, as the member was; what they wrote is theirs and the organizers'.
THERE = {**HELPERS, "helper": SEEN, "member": YES}
WRITERS = {**THERE, "other": UNSEEN, "helper": UNSEEN}

# The crew's talk is its members'; the post is the member's own, another was taken away by an organizer.
CREW = {**SIGNED_IN, "other": UNSEEN, "helper": UNSEEN}
TENDERS = {**CREW, "member": SEEN}

# The member has somebody among their people, and was asked by the owner; these three have a card.
KEEPER = {**dict.fromkeys(ROLES, UNSEEN), "anonymous": LOGIN, "member": YES}
CARDED = {**KEEPER, "other": YES, "owner": YES}
# No event is on that the member could ask them to, no tag is in use, and the site's kinds stay.
ALONE = {**KEEPER, "member": UNSEEN}
CAME = {**dict.fromkeys(ROLES, SEEN), "anonymous": LOGIN, "member": YES}

PERSON = "/contacts/{contact}"
# A conversation is its two people's; whoever organizes a crew does not write to it from outside.
TALKS = {**NOBODY, "anonymous": LOGIN, "member": YES}
STRANGERS = {**ANYONE, "organizer": UNSEEN, "owner": UNSEEN}
TALK, ASKER = "/messages/{talk}", "/messages/with/{asker}"

EVENT, GROUP, SPOT = "/events/{public}", "/groups/trash-punx", "/spots/{spot}"
DONE, DAY = "/events/{done}", "/events/{day}"
ANNOUNCE = "/manage/announce"
TIME, VOTE, POLL = "/polls/{time}", "/polls/votes/{vote}", GROUP + "/polls/{poll}"
# endpoint: (method, address, who). From reliability.md, "Who may do what".
TABLE = {
    "static": ("GET", "/static/img/icon.svg", ANYONE),
    "built": ("GET", "/static/built/{css}", ANYONE),
    "discover.home": ("GET", "/", ANYONE),
    "discover.near": ("GET", "/near/san-jose-ca", ANYONE),
    "following.ask": ("POST", "/follow", ANYONE),
    "following.follow": ("GET", "/follow/{follow}", ANYONE),
    "following.confirm": ("POST", "/follow/{follow}", ANYONE),
    "following.unsubscribe": ("GET", "/unsubscribe/{follow}", ANYONE),
    "following.end": ("POST", "/unsubscribe/{follow}", ANYONE),
    "searches.calendar": ("GET", "/calendar.ics", ANYONE),
    "searches.news": ("GET", "/near/san-jose-ca/feed.atom", ANYONE),
    "searches.on_map": ("GET", "/map.json", ANYONE),
    "searches.names": ("GET", "/map/names.json?box=-122,37,-121,38", ANYONE),
    "events.places": ("GET", "/places?q=san+jose", ANYONE),
    "api.events": ("GET", "/api/v1/events", ANYONE),
    "api.event": ("GET", "/api/v1" + EVENT, ANYONE),
    "api.groups": ("GET", "/api/v1/groups", ANYONE),
    "api.group": ("GET", "/api/v1" + GROUP, ANYONE),
    "api.openapi": ("GET", "/api/v1/openapi.json", ANYONE),
    "pages.event": ("GET", EVENT, ANYONE),
    "pages.group": ("GET", GROUP, ANYONE),
    "flyers.short": ("GET", "/e/{short}", MOVED),
    "flyers.share": ("GET", EVENT + "/share", ANYONE),
    "flyers.flyer": ("GET", EVENT + "/flyer", ANYONE),
    "flyers.code": ("GET", EVENT + "/code.svg", ANYONE),
    "pages.agenda": ("GET", "/agenda", SIGNED_IN),
    "pages.year": ("GET", "/year", SIGNED_IN),
    "feed_kinds.mine": ("GET", "/agenda/calendar", SIGNED_IN),
    "feed_kinds.choose": ("POST", "/agenda/calendar", SIGNED_IN),
    "outside.calendars": ("GET", "/agenda/calendars", SIGNED_IN),
    "outside.follow": ("POST", "/agenda/calendars", SIGNED_IN),
    "outside.change": ("POST", "/agenda/calendars/1/leave", {**dict.fromkeys(ROLES, UNSEEN), "anonymous": LOGIN}),
    "pages.privacy": ("GET", "/privacy", ANYONE),
    "machines.robots": ("GET", "/robots.txt", ANYONE),
    "machines.index": ("GET", "/sitemap.xml", ANYONE),
    "machines.sitemap": ("GET", "/sitemap/events-1.xml", ANYONE),
    "machines.share": ("GET", EVENT + "/share-x.png", MOVED),
    "machines.health": ("GET", "/healthz", ANYONE),
    "embeds.group": ("GET", "/embed" + GROUP, ANYONE),
    "embeds.near": ("GET", "/embed/near/san-jose-ca", ANYONE),
    "pages.preview": ("POST", EVENT + "/manage/preview", HOSTS),
    "dev_mail.mailbox": ("GET", "/dev/mail", NOBODY),
    "dev_mail.source": ("GET", "/dev/mail/x.eml", NOBODY),
    "checkin.console": ("GET", EVENT + "/checkin", HELPERS),
    "checkin.mark": ("POST", EVENT + "/checkin", HELPERS),
    "checkin.console_by_link": ("GET", "/rsvps/{helping}/checkin", ANYONE),
    "checkin.mark_by_link": ("POST", "/rsvps/{helping}/checkin", ANYONE),
    "checkin.poster": ("GET", EVENT + "/checkin/poster", ANYONE),
    "checkin.poster_code": ("GET", EVENT + "/checkin/poster.svg", ANYONE),
    "here.here": ("GET", EVENT + "/here", ANYONE),
    "here.arrive": ("POST", EVENT + "/here", ANYONE),
    "here.change": ("POST", "/rsvps/{manage}/here", ANYONE),
    "here.code": ("GET", "/rsvps/{manage}/code.svg", ANYONE),
    "day.edit": ("GET", EVENT + "/manage/day", HOSTS),
    "day.save": ("POST", EVENT + "/manage/day", HOSTS),
    "day.read": ("POST", "/rsvps/{manage}/brief", ANYONE),
    "hours.mine": ("GET", "/hours", SIGNED_IN),
    "hours.event_hours": ("GET", EVENT + "/manage/hours", HOSTS),
    "hours.sheet": ("GET", EVENT + "/manage/sheet", HOSTS),
    "hours.correct": ("POST", EVENT + "/manage/hours", HOSTS),
    "letters.ask": ("POST", "/hours/letters", SIGNED_IN),
    "letters.ask_by_link": ("POST", "/rsvps/{manage}/letter", ANYONE),
    "letters.make": ("POST", EVENT + "/manage/hours/letter", HOSTS),
    "letters.manage": ("GET", GROUP + "/manage/letters", HOSTS),
    "letters.decide": ("POST", GROUP + "/manage/letters/{letter}", HOSTS),
    "letters.verify": ("GET", "/verify/{code}", ANYONE),
    "letters.paper": ("GET", "/verify/{code}.pdf", ANYONE),
    "impact.new": ("GET", DONE + "/impact/log", THERE),
    "impact.propose": ("POST", DONE + "/impact/log", THERE),
    "impact.one": ("GET", DONE + "/impact/log/{log}", WRITERS),
    "impact.save": ("POST", DONE + "/impact/log/{log}", WRITERS),
    "impact.add_photos": ("POST", DONE + "/impact/log/{log}/photos", WRITERS),
    "impact.drop_photos": ("POST", DONE + "/impact/log/{log}/photos/{photo}/remove", WRITERS),
    "impact_links.new": ("GET", "/rsvps/{counting}/impact", ANYONE),
    "impact_links.propose": ("POST", "/rsvps/{counting}/impact", ANYONE),
    "impact_links.one": ("GET", "/rsvps/{counting}/impact/{own_log}", ANYONE),
    "impact_links.save": ("POST", "/rsvps/{counting}/impact/{own_log}", ANYONE),
    "impact_links.add_photos": ("POST", "/rsvps/{counting}/impact/{own_log}/photos", ANYONE),
    "impact_links.drop_photos": ("POST", "/rsvps/{counting}/impact/{own_log}/photos/{photo}/remove", NOBODY),
    "impact_desk.logs": ("GET", DONE + "/manage/impact", HOSTS),
    "impact_desk.decide": ("POST", DONE + "/manage/impact/{log}", HOSTS),
    "recognitions.listing": ("GET", GROUP + "/manage/recognition", HOSTS),
    "recognitions.add": ("POST", GROUP + "/manage/recognition", HOSTS),
    "recognitions.one": ("GET", GROUP + "/manage/recognition/{recognition}", HOSTS),
    "recognitions.save": ("POST", GROUP + "/manage/recognition/{recognition}", HOSTS),
    "recognitions.give": ("POST", GROUP + "/manage/recognition/{recognition}/give", HOSTS),
    "recognitions.decide": ("POST", GROUP + "/manage/recognition/{recognition}/people/{member}", HOSTS),
    "impact_pages.site": ("GET", "/impact", ANYONE),
    "impact_pages.site_sheet": ("GET", "/impact.csv", ANYONE),
    "impact_pages.near": ("GET", "/near/san-jose-ca/impact", ANYONE),
    "impact_pages.near_sheet": ("GET", "/near/san-jose-ca/impact.csv", ANYONE),
    "impact_pages.group": ("GET", GROUP + "/impact", ANYONE),
    "impact_pages.group_sheet": ("GET", GROUP + "/impact.csv", ANYONE),
    "impact_pages.event": ("GET", DONE + "/impact", ANYONE),
    "impact_pages.event_sheet": ("GET", DONE + "/impact.csv", ANYONE),
    "impact_pages.on_map": ("GET", "/impact/map.json", ANYONE),
    "contacts.listing": ("GET", "/contacts", SIGNED_IN),
    "cards.mine": ("GET", "/contacts/card", SIGNED_IN),
    "cards.save": ("POST", "/contacts/card", SIGNED_IN),
    "cards.show": ("GET", "/contacts/card/crew", CARDED),
    "cards.choose": ("POST", "/contacts/card/crew", CARDED),
    "cards.renew": ("POST", "/contacts/card/crew/renew", CARDED),
    "shown_cards.one": ("GET", "/c/{card}", ANYONE),
    "shown_cards.file": ("GET", "/c/{card}.vcf", ANYONE),
    "shown_cards.keep": ("POST", "/c/{card}", ANYONE),
    "person.one": ("GET", PERSON, KEEPER),
    "person.edit": ("GET", PERSON + "/edit", KEEPER),
    "person.save": ("POST", PERSON + "/edit", KEEPER),
    "person.take_in": ("POST", PERSON + "/keep", KEEPER),
    "person.undo": ("POST", PERSON + "/undo", KEEPER),
    "person.remove": ("POST", PERSON + "/remove", KEEPER),
    "person.restore": ("POST", PERSON + "/restore", KEEPER),
    "person.add_note": ("POST", PERSON + "/notes", KEEPER),
    "person.note": ("GET", PERSON + "/notes/{note}", KEEPER),
    "person.change_note": ("POST", PERSON + "/notes/{note}", KEEPER),
    "person.remove_note": ("POST", PERSON + "/notes/{note}/remove", KEEPER),
    "person.restore_note": ("POST", PERSON + "/notes/{note}/restore", KEEPER),
    "person.add_date": ("POST", PERSON + "/dates", KEEPER),
    "person.drop_date": ("POST", PERSON + "/dates/{date}/remove", KEEPER),
    "person.log_touch": ("POST", PERSON + "/touches", KEEPER),
    "person.drop_touch": ("POST", PERSON + "/touches/{touch}/remove", KEEPER),
    "asks.be_found": ("POST", DONE + "/met", CAME),
    "asks.ask": ("POST", DONE + "/met/r1", {**CAME, "member": UNSEEN}),
    "contacts.new": ("GET", "/contacts/new", SIGNED_IN),
    "contacts.add": ("POST", "/contacts/new", SIGNED_IN),
    "contacts.sort": ("GET", PERSON + "/sort", KEEPER),
    "contacts.save_sorted": ("POST", PERSON + "/sort", KEEPER),
    "contacts.vcards": ("GET", "/contacts/people.vcf", SIGNED_IN),
    "contacts.sheet": ("GET", "/contacts/people.csv", SIGNED_IN),
    "merging.choose": ("GET", PERSON + "/merge", KEEPER),
    "merging.compare": ("GET", PERSON + "/merge/{contact}", KEEPER),
    "merging.merge": ("POST", PERSON + "/merge/{contact}", KEEPER),
    "due.listing": ("GET", "/contacts/due", SIGNED_IN),
    "due.log": ("POST", PERSON + "/log", KEEPER),
    "due.later": ("POST", PERSON + "/later", KEEPER),
    "due.undo": ("POST", PERSON + "/due/undo", KEEPER),
    "due.invite": ("GET", PERSON + "/invite", ALONE),
    "reach.one": ("GET", "/reach-out/{reach}/{contact}", ANYONE),
    "reach.log": ("POST", "/reach-out/{reach}/{contact}/log", ANYONE),
    "reach.later": ("POST", "/reach-out/{reach}/{contact}/later", ANYONE),
    "reach.undo": ("POST", "/reach-out/{reach}/{contact}/undo", ANYONE),
    "reach.invite": ("GET", "/reach-out/{reach}/{contact}/invite", NOBODY),
    "reach.letters": ("GET", "/reach-out/{reach}", ANYONE),
    "reach.end": ("POST", "/reach-out/{reach}", ANYONE),
    "reach.again": ("POST", "/reach-out/{reach}/again", ANYONE),
    "rhythms.mine": ("GET", "/contacts/rhythms", SIGNED_IN),
    "rhythms.remind": ("POST", "/contacts/rhythms/reminders", SIGNED_IN),
    "rhythms.add_kind": ("POST", "/contacts/rhythms/kinds", SIGNED_IN),
    "rhythms.save_kind": ("POST", "/contacts/rhythms/kinds/friend", SIGNED_IN),
    "rhythms.drop_kind": ("POST", "/contacts/rhythms/kinds/friend/drop", ALONE),
    "rhythms.save_tag": ("POST", "/contacts/rhythms/tags", ALONE),
    "people_files.begin": ("GET", "/contacts/import", SIGNED_IN),
    "people_files.bring": ("POST", "/contacts/import", SIGNED_IN),
    "people_files.look": ("GET", "/contacts/import/{file}", KEEPER),
    "people_files.take": ("POST", "/contacts/import/{file}", KEEPER),
    "people_files.undo": ("POST", "/contacts/import/{file}/undo", KEEPER),
    "asks.one": ("GET", "/contacts/asks/{ask}", KEEPER),
    "asks.answer": ("POST", "/contacts/asks/{ask}", KEEPER),
    "feeds.event": ("GET", EVENT + ".ics", ANYONE),
    "feeds.group": ("GET", GROUP + "/calendar.ics", ANYONE),
    "feeds.group_news": ("GET", GROUP + "/feed.atom", ANYONE),
    "feeds.person": ("GET", "/calendars/{calendar}.ics", ANYONE),
    "feeds.answer": ("GET", "/rsvps/{manage}.ics", ANYONE),
    "feeds.renew": ("POST", "/settings/calendar", SIGNED_IN),
    "rsvps.answer": ("GET", EVENT + "/rsvp", ANYONE),
    "rsvps.respond": ("POST", EVENT + "/rsvp", ANYONE),
    "rsvps.lost_link": ("GET", EVENT + "/rsvp/link", ANYONE),
    "rsvps.send_link": ("POST", EVENT + "/rsvp/link", ANYONE),
    "rsvps.manage": ("GET", "/rsvps/{manage}", ANYONE),
    "rsvps.change": ("POST", "/rsvps/{manage}", ANYONE),
    "rsvps.confirm": ("POST", "/rsvps/{manage}/confirm", ANYONE),
    "rsvps.withdraw": ("POST", "/rsvps/{manage}/withdraw", ANYONE),
    "questions.manage": ("GET", EVENT + "/manage/questions", HOSTS),
    "questions.add": ("POST", EVENT + "/manage/questions", HOSTS),
    "questions.one": ("GET", EVENT + "/manage/questions/{question}", HOSTS),
    "questions.save": ("POST", EVENT + "/manage/questions/{question}", HOSTS),
    "questions.change": ("POST", EVENT + "/manage/questions/{question}/up", HOSTS),
    "roster.people": ("GET", EVENT + "/manage/people", HOSTS),
    "roster.numbers": ("GET", EVENT + "/manage/people/numbers", HOSTS),
    "roster.add": ("POST", EVENT + "/manage/people", HOSTS),
    "roster.one": ("GET", EVENT + "/manage/people/{rsvp}", HOSTS),
    "roster.correct": ("POST", EVENT + "/manage/people/{rsvp}", HOSTS),
    "roster.move_up": ("POST", EVENT + "/manage/people/{rsvp}/seat", HOSTS),
    "roster.remove": ("POST", EVENT + "/manage/people/{rsvp}/remove", HOSTS),
    "roster.sheet": ("GET", EVENT + "/manage/people.csv", HOSTS),
    "shifts.one": ("GET", EVENT + "/shifts/{shift}", ANYONE),
    "shifts.take": ("POST", EVENT + "/shifts/{shift}", ANYONE),
    "shifts.change": ("POST", "/rsvps/{manage}/shifts/{shift}", {**ANYONE, "anonymous": UNSEEN}),
    "staff.shifts_board": ("GET", EVENT + "/manage/shifts", HOSTS),
    "staff.add": ("POST", EVENT + "/manage/shifts", HOSTS),
    "staff.bring": ("POST", EVENT + "/manage/shifts/save", HOSTS),
    "staff.one": ("GET", EVENT + "/manage/shifts/{shift}", HOSTS),
    "staff.save": ("POST", EVENT + "/manage/shifts/{shift}", HOSTS),
    "staff.remove": ("POST", EVENT + "/manage/shifts/{shift}/remove", HOSTS),
    "staff.place": ("POST", EVENT + "/manage/shifts/{shift}/people", HOSTS),
    "staff.change": ("POST", EVENT + "/manage/shifts/{shift}/people/{sign_up}", HOSTS),
    "bring.one": ("GET", EVENT + "/bring/{thing}", ANYONE),
    "bring.take": ("POST", EVENT + "/bring/{thing}", ANYONE),
    "bring.change": ("POST", "/rsvps/{manage}/bring/{thing}", ANYONE),
    "bring_list.manage": ("GET", EVENT + "/manage/bring", HOSTS),
    "bring_list.add": ("POST", EVENT + "/manage/bring", HOSTS),
    "bring_list.add_lines": ("POST", EVENT + "/manage/bring/lines", HOSTS),
    "bring_list.one": ("GET", EVENT + "/manage/bring/{thing}", HOSTS),
    "bring_list.save": ("POST", EVENT + "/manage/bring/{thing}", HOSTS),
    "bring_list.remove": ("POST", EVENT + "/manage/bring/{thing}/remove", HOSTS),
    "rides.own": ("GET", "/rsvps/{driving}/ride", ANYONE),
    "rides.offer": ("POST", "/rsvps/{driving}/ride", ANYONE),
    "rides.one": ("GET", "/rsvps/{manage}/rides/{ride}", ANYONE),
    "rides.take": ("POST", "/rsvps/{manage}/rides/{ride}", ANYONE),
    "rides.leave": ("POST", "/rsvps/{manage}/rides/{ride}/leave", ANYONE),
    "rides.put_off": ("POST", "/rsvps/{driving}/ride/passengers/{seat}", {**NOBODY, "anonymous": YES}),
    "ride_desk.manage": ("GET", EVENT + "/manage/rides", HOSTS),
    "ride_desk.remove": ("POST", EVENT + "/manage/rides/{ride}/remove", HOSTS),
    "rides.withdraw": ("POST", "/rsvps/{driving}/ride/withdraw", ANYONE),
    "messages.listing": ("GET", "/messages", SIGNED_IN),
    "messages.one": ("GET", TALK, TALKS),
    "messages.write": ("POST", TALK, TALKS),
    "messages.read": ("POST", TALK + "/read", TALKS),
    "messages.change": ("POST", TALK + "/mute", TALKS),
    "messages.first": ("GET", "/messages/to/{pat}", SIGNED_IN),
    "messages.begin": ("POST", "/messages/to/{pat}", SIGNED_IN),
    "messages.take_back": ("POST", TALK + "/messages/{said}/back", TALKS),
    "reports.ask": ("GET", TALK + "/messages/{heard}/report", TALKS),
    "reports.report": ("POST", TALK + "/messages/{heard}/report", TALKS),
    "reports.take_back": ("POST", TALK + "/messages/{heard}/report/back", TALKS),
    "reports.listing": ("GET", "/admin/reports", ADMINS),
    "reports.settle": ("POST", "/admin/reports/{report}/dismiss", ADMINS),
    "meetings.first": ("GET", "/messages/to/{pat}/times", SIGNED_IN),
    "meetings.begin": ("POST", "/messages/to/{pat}/times", SIGNED_IN),
    "meetings.new": ("GET", TALK + "/times", TALKS),
    "meetings.propose": ("POST", TALK + "/times", TALKS),
    "meetings.answer": ("POST", TALK + "/times/{proposal}", TALKS),
    "meetings.call_off": ("POST", TALK + "/meetings/{meeting}/off", TALKS),
    "message_mail.settings": ("GET", "/settings/messages", SIGNED_IN),
    "message_mail.save": ("POST", "/settings/messages", SIGNED_IN),
    "message_mail.unsubscribe": ("GET", "/unsubscribe/messages/{no_mail}", ANYONE),
    "message_mail.end": ("POST", "/unsubscribe/messages/{no_mail}", ANYONE),
    "contact.group": ("GET", GROUP + "/contact", STRANGERS),
    "contact.write_to_group": ("POST", GROUP + "/contact", STRANGERS),
    "contact.event": ("GET", EVENT + "/contact", STRANGERS),
    "contact.write_about_event": ("POST", EVENT + "/contact", STRANGERS),
    "contact.letter": ("GET", "/messages/letter/{inquiry}", ANYONE),
    "contact.send_letter": ("POST", "/messages/letter/{inquiry}", ANYONE),
    "message_links.one": ("GET", ASKER, ANYONE),
    "message_links.write": ("POST", ASKER, ANYONE),
    "message_links.read": ("POST", ASKER + "/read", ANYONE),
    "message_links.change": ("POST", ASKER + "/mute", ANYONE),
    "message_links.take_back": ("POST", ASKER + "/messages/{asked}/back", ANYONE),
    "roles.roles": ("GET", GROUP + "/manage/roles", HOSTS),
    "roles.add": ("POST", GROUP + "/manage/roles", HOSTS),
    "roles.usual": ("POST", GROUP + "/manage/roles/usual", HOSTS),
    "roles.one": ("GET", GROUP + "/manage/roles/{role}", HOSTS),
    "roles.save": ("POST", GROUP + "/manage/roles/{role}", HOSTS),
    "roles.remove": ("POST", GROUP + "/manage/roles/{role}/remove", HOSTS),
    "waivers.waivers": ("GET", GROUP + "/manage/waivers", HOSTS),
    "waivers.add": ("POST", GROUP + "/manage/waivers", HOSTS),
    "waivers.one": ("GET", GROUP + "/manage/waivers/{waiver}", HOSTS),
    "waivers.save": ("POST", GROUP + "/manage/waivers/{waiver}", HOSTS),
    "waivers.change": ("POST", GROUP + "/manage/waivers/{waiver}/again", HOSTS),
    "who.rules": ("GET", EVENT + "/manage/who", HOSTS),
    "who.save": ("POST", EVENT + "/manage/who", HOSTS),
    "who.texts": ("GET", EVENT + "/waivers", ANYONE),
    "who.signatures": ("GET", EVENT + "/manage/signatures", HOSTS),
    "who.copy": ("GET", EVENT + "/manage/signatures/{signature}", HOSTS),
    "who.sheet": ("GET", EVENT + "/manage/signatures.csv", HOSTS),
    "who.contacts": ("GET", EVENT + "/manage/emergency", {**HOSTS, "admin": SEEN}),
    "before.page": ("GET", "/rsvps/{manage}/before", ANYONE),
    "before.sign": ("POST", "/rsvps/{manage}/before", ANYONE),
    "before.copy": ("GET", "/rsvps/{manage}/before/{signature}", ANYONE),
    "before.withdraw": ("POST", "/rsvps/{manage}/before/{signature}", ANYONE),
    "before.save_contact": ("POST", "/rsvps/{manage}/before/emergency", ANYONE),
    "before.save_photos": ("POST", "/rsvps/{manage}/before/photos", ANYONE),
    "on_site.page": ("GET", EVENT + "/checkin/r{rsvp}/sign", HELPERS),
    "on_site.sign": ("POST", EVENT + "/checkin/r{rsvp}/sign", HELPERS),
    "on_site.page_by_link": ("GET", "/rsvps/{helping}/checkin/r{rsvp}/sign", ANYONE),
    "on_site.sign_by_link": ("POST", "/rsvps/{helping}/checkin/r{rsvp}/sign", ANYONE),
    "talk.listing": ("GET", GROUP + "/talk", CREW),
    "talk.write": ("POST", GROUP + "/talk", CREW),
    "talk.thread": ("GET", GROUP + "/talk/{post}", CREW),
    "talk.answer": ("POST", GROUP + "/talk/{post}", CREW),
    "talk.react": ("POST", GROUP + "/talk/{post}/react", CREW),
    "talk.mute": ("POST", GROUP + "/talk/{post}/mute", CREW),
    "talk_desk.change": ("GET", GROUP + "/talk/{post}/edit", CREW),
    "talk_desk.save": ("POST", GROUP + "/talk/{post}/edit", CREW),
    "talk_desk.take_away": ("POST", GROUP + "/talk/{post}/delete", CREW),
    "talk_desk.restore": ("POST", GROUP + "/talk/{gone}/restore", TENDERS),
    "talk_desk.pin": ("POST", GROUP + "/talk/{post}/pin", TENDERS),
    "talk_desk.choose": ("POST", GROUP + "/talk/{post}/choose", CREW),
    "greeting.switch": ("POST", GROUP + "/greet", {**SIGNED_IN, "other": SEEN, "helper": SEEN, "admin": SEEN}),
    "talk_mail.choose": ("GET", "/talk/1/{talk_mail}", ANYONE),
    "talk_mail.save": ("POST", "/talk/1/{talk_mail}", ANYONE),
    "talk_mail.mute": ("POST", "/talk/1/{talk_mail}/mute", ANYONE),
    "talk_mail.unsubscribe": ("GET", "/talk/1/{talk_mail}/stop", ANYONE),
    "talk_mail.end": ("POST", "/talk/1/{talk_mail}/stop", ANYONE),
    "spot_lists.listing": ("GET", "/spots", ANYONE),
    "spot_lists.on_map": ("GET", "/spots/map.json", ANYONE),
    "spots.new": ("GET", "/spots/new", ANYONE),
    "spots.report": ("POST", "/spots/new", ANYONE),
    "spots.one": ("GET", SPOT, ANYONE),
    "spots.me_too": ("POST", SPOT + "/me-too", ANYONE),
    "watching.mine": ("GET", "/spots/mine/{watch}", ANYONE),
    "watching.confirm": ("POST", "/spots/mine/{watch}", ANYONE),
    "watching.end": ("POST", "/spots/mine/{watch}/end", ANYONE),
    "tending.plan": ("POST", SPOT + "/event/trash-punx", HOSTS),
    "tending.clean": ("GET", SPOT + "/cleaned", HOSTS),
    "tending.mark_cleaned": ("POST", SPOT + "/cleaned", HOSTS),
    "tending.ask_close": ("GET", SPOT + "/close", HOSTS),
    "tending.close": ("POST", SPOT + "/close", HOSTS),
    "tending.reopen": ("POST", SPOT + "/reopen", HOSTS),
    "times.mine": ("GET", "/polls", SIGNED_IN),
    "times.new": ("GET", "/polls/new", SIGNED_IN),
    "times.make": ("POST", "/polls/new", SIGNED_IN),
    "times.one": ("GET", TIME, ANYONE),
    "times.vote": ("POST", TIME, ANYONE),
    "times.entry": ("GET", "/polls/{settled}.ics", ANYONE),
    "time_votes.mine": ("GET", VOTE, ANYONE),
    "time_votes.change": ("POST", VOTE, ANYONE),
    "time_votes.hear": ("POST", VOTE + "/hear", ANYONE),
    "time_votes.quiet": ("POST", VOTE + "/quiet", ANYONE),
    "time_votes.going": ("POST", VOTE + "/going", ANYONE),
    "time_votes.withdraw": ("POST", VOTE + "/withdraw", {**NOBODY, "anonymous": YES}),
    "time_desk.manage": ("GET", TIME + "/manage", HOSTS),
    "time_desk.add": ("POST", TIME + "/options", HOSTS),
    "time_desk.drop": ("POST", TIME + "/options/{time_option}/drop", HOSTS),
    "time_desk.set_deadline": ("POST", TIME + "/deadline", HOSTS),
    "time_desk.stop": ("POST", TIME + "/stop", HOSTS),
    "time_desk.cancel": ("POST", TIME + "/cancel", HOSTS),
    "time_desk.take_up": ("POST", TIME + "/reopen", HOSTS),
    "time_desk.choose": ("POST", TIME + "/choose", HOSTS),
    "polls.listing": ("GET", GROUP + "/polls", MEMBERS),
    "polls.new": ("GET", GROUP + "/manage/polls/new", HOSTS),
    "polls.ask": ("POST", GROUP + "/manage/polls/new", HOSTS),
    "polls.one": ("GET", POLL, MEMBERS),
    "polls.choose": ("POST", POLL, MEMBERS),
    "polls.letters": ("POST", POLL + "/letters", MEMBERS),
    "polls.close": ("POST", POLL + "/close", KEEPERS),
    "polls.reopen": ("POST", POLL + "/reopen", KEEPERS),
    "events.new": ("POST", GROUP + "/manage/events", HOSTS),
    "events.copy": ("POST", EVENT + "/manage/copy", HOSTS),
    "events.edit": ("GET", EVENT + "/manage/edit", HOSTS),
    "events.save": ("POST", EVENT + "/manage/edit", HOSTS),
    "events.autosave": ("POST", EVENT + "/manage/draft", HOSTS),
    "events.find": ("POST", EVENT + "/manage/find", HOSTS),
    "events.found": ("GET", EVENT + "/manage/found?q=x", HOSTS),
    "events.drop": ("POST", EVENT + "/manage/draft/drop", HOSTS),
    "events.ask": ("GET", EVENT + "/manage/cancel", HOSTS),
    "events.cancel": ("POST", EVENT + "/manage/cancel", HOSTS),
    "weather.postpone": ("GET", EVENT + "/manage/postpone", HOSTS),
    "weather.put_off": ("POST", EVENT + "/manage/postpone", HOSTS),
    "hosts.manage": ("GET", EVENT + "/manage/hosts", HOSTS),
    "hosts.ask": ("POST", EVENT + "/manage/hosts", HOSTS),
    "hosts.end": ("POST", EVENT + "/manage/hosts/{host}/end", HOSTS),
    "hosts.asked": ("GET", GROUP + "/manage/hosting/{asked_host}", HOSTS),
    "hosts.answer": ("POST", GROUP + "/manage/hosting/{asked_host}/no", HOSTS),
    "sites.listing": ("GET", DAY + "/sites", ANYONE),
    "sites.on_map": ("GET", DAY + "/sites.json", ANYONE),
    "sites.manage": ("GET", EVENT + "/manage/sites", HOSTS),
    "sites.add": ("POST", EVENT + "/manage/sites", HOSTS),
    "sites.end": ("POST", EVENT + "/manage/sites/end", HOSTS),
    "series.dates": ("GET", EVENT + "/manage/series", HOSTS),
    "series.repeat": ("POST", EVENT + "/manage/series", HOSTS),
    "series.change": ("POST", EVENT + "/manage/series/dates", HOSTS),
    "series.rule": ("GET", EVENT + "/manage/series/rule", HOSTS),
    "series.change_rule": ("POST", EVENT + "/manage/series/rule", HOSTS),
    "series.stop": ("POST", EVENT + "/manage/series/stop", HOSTS),
    "series.cancel": ("POST", EVENT + "/manage/series/cancel", HOSTS),
    "series.join": ("POST", EVENT + "/series/all", SIGNED_IN),
    "series.leave": ("POST", EVENT + "/series/none", SIGNED_IN),
    "series.answer_all": ("POST", "/rsvps/{manage}/all", ANYONE),
    "series.answer_none": ("POST", "/rsvps/{manage}/none", ANYONE),
    "weather.decide": ("GET", EVENT + "/manage/weather", HOSTS),
    "weather.say_on": ("POST", EVENT + "/manage/weather", HOSTS),
    "events.restore": ("POST", EVENT + "/manage/restore", HOSTS),
    "groups.groups": ("GET", "/groups", ANYONE),
    "groups.stocks_css": ("GET", "/stocks.css", ANYONE),
    "groups.own_stocks_css": ("GET", "/stocks/mine.css", SIGNED_IN),
    "groups.picture": ("GET", "/pictures/nothing.webp", NOBODY),
    "groups.new": ("GET", "/groups/new", SIGNED_IN),
    "groups.start": ("POST", "/groups/new", SIGNED_IN),
    "groups.join": ("POST", GROUP + "/join", SIGNED_IN),
    "groups.leave": ("POST", GROUP + "/leave", SIGNED_IN),
    "groups.invitation": ("GET", "/groups/invitation/x", SIGNED_IN),
    "groups.accept": ("POST", "/groups/invitation/x", SIGNED_IN),
    "archive.download": ("POST", GROUP + "/manage/archive", OWNERS),
    "groups.manage": ("GET", GROUP + "/manage", HOSTS),
    "groups.save": ("POST", GROUP + "/manage", HOSTS),
    "groups.people": ("GET", GROUP + "/manage/people", HOSTS),
    "groups.invite": ("POST", GROUP + "/manage/people/invite", HOSTS),
    "groups.answer_mail": ("POST", GROUP + "/manage/answers", HOSTS),
    "groups.set_role": ("POST", GROUP + "/manage/people/{membership}/role", OWNERS),
    "groups.remove": ("POST", GROUP + "/manage/people/{membership}/remove", HOSTS),
    "group_log.listing": ("GET", GROUP + "/manage/log", HOSTS),
    "leads.ask": ("POST", GROUP + "/lead", SIGNED_IN),
    "leads.take_back": ("POST", GROUP + "/lead/back", SIGNED_IN),
    "leads.listing": ("GET", "/admin/leads", ADMINS),
    "leads.decide": ("POST", "/admin/leads/{lead_ask}/yes", ADMINS),
    "lists.begin": ("GET", GROUP + "/manage/people/list", HOSTS),
    "lists.look": ("POST", GROUP + "/manage/people/list", HOSTS),
    "lists.send": ("POST", GROUP + "/manage/people/list/send", HOSTS),
    "joining.ask": ("POST", GROUP + "/ask", SIGNED_IN),
    "joining.take_back": ("POST", GROUP + "/ask/back", SIGNED_IN),
    "joining.decide": ("POST", GROUP + "/manage/people/asks/{join_ask}/yes", HOSTS),
    "joining.make": ("POST", GROUP + "/manage/people/links", HOSTS),
    "joining.end": ("POST", GROUP + "/manage/people/links/{join_link}/end", HOSTS),
    "joining.ban": ("POST", GROUP + "/manage/people/{membership}/ban", HOSTS),
    "joining.lift": ("POST", GROUP + "/manage/people/bans/{ban}/lift", HOSTS),
    "joining.invited": ("GET", "/groups/join/{join}", ANYONE),
    "joining.join_by": ("POST", "/groups/join/{join}", SIGNED_IN),
    "announcements.new": ("GET", EVENT + ANNOUNCE, HOSTS),
    "announcements.draft": ("POST", EVENT + ANNOUNCE, HOSTS),
    "announcements.one": ("GET", GROUP + ANNOUNCE + "/{crew_words}", HOSTS),
    "announcements.edit": ("GET", EVENT + ANNOUNCE + "/{event_words}/edit", HOSTS),
    "announcements.save": ("POST", EVENT + ANNOUNCE + "/{event_words}/edit", HOSTS),
    "announcements.test": ("POST", EVENT + ANNOUNCE + "/{event_words}/test", HOSTS),
    "announcements.send": ("POST", EVENT + ANNOUNCE + "/{event_words}/send", HOSTS),
    "announcements.take_back": ("POST", EVENT + ANNOUNCE + "/{event_words}/back", HOSTS),
    "announcements.drop": ("POST", EVENT + ANNOUNCE + "/{event_words}/drop", HOSTS),
    "mail.mine": ("GET", "/settings/mail", SIGNED_IN),
    "mail.choices": ("GET", "/mail/{letters}", ANYONE),
    "mail.save": ("POST", "/mail/{letters}", ANYONE),
    "mail.least": ("POST", "/mail/{letters}/least", ANYONE),
    "mail.unsubscribe": ("GET", "/mail/{letters}/groups/1", ANYONE),
    "mail.end": ("POST", "/mail/{letters}/groups/1", ANYONE),
    "mail.begin": ("POST", "/mail/{letters}/groups/1/again", ANYONE),
    "imports.begin": ("GET", GROUP + "/manage/import", HOSTS),
    "imports.bring": ("POST", GROUP + "/manage/import", HOSTS),
    "imports.one": ("GET", GROUP + "/manage/import/{brought}", HOSTS),
    "imports.make": ("POST", GROUP + "/manage/import/{brought}/make", HOSTS),
    "imports.again": ("POST", GROUP + "/manage/import/{brought}/again", HOSTS),
    "imports.forget": ("POST", GROUP + "/manage/import/{brought}/forget", HOSTS),
    "organize.dashboard": ("GET", "/dashboard", SIGNED_IN),
    "organize.site": ("GET", "/admin", ADMINS),
    "setup.welcome": ("GET", "/welcome/x", NOBODY),
    "setup.begin": ("POST", "/welcome/x", NOBODY),
    "setup.maps": ("GET", "/admin/maps", ADMINS),
    "setup.choose_maps": ("POST", "/admin/maps", ADMINS),
    "mail_check.page": ("GET", "/admin/mail", ADMINS),
    "mail_check.check": ("POST", "/admin/mail/check", ADMINS),
    "mail_check.test": ("POST", "/admin/mail/test", ADMINS),
    "hook.take": ("POST", "/hooks/mail", NOBODY),
    "organize.again": ("POST", "/admin/letters/1/again", ADMINS),
    "people.login": ("GET", "/login", ANYONE),
    "people.send_link": ("POST", "/login", ANYONE),
    "people.enter": ("GET", "/login/x", ANYONE),
    "people.enter_by_link": ("POST", "/login/x", ANYONE),
    "people.enter_by_code": ("POST", "/login/code", ANYONE),
    "people.logout": ("POST", "/logout", SIGNED_IN),
    "people.logout_everywhere": ("POST", "/logout/everywhere", SIGNED_IN),
    "leaving.export": ("POST", "/settings/export", SIGNED_IN),
    "leaving.ask": ("GET", "/settings/delete", SIGNED_IN),
    "leaving.send_link": ("POST", "/settings/delete", SIGNED_IN),
    "leaving.confirm": ("GET", "/delete/no-such-token", NOBODY),
    "leaving.delete": ("POST", "/delete/no-such-token", ANYONE),
    "leaving.done": ("GET", "/deleted", ANYONE),
    "owners.hand_over": ("POST", GROUP + "/manage/hand-over", OWNERS),
    "accounts.find": ("GET", "/admin/accounts", ADMINS),
    "accounts.delete": ("POST", "/admin/accounts/{member}/delete", ADMINS),
    "addresses.settings": ("GET", "/settings/address", SIGNED_IN),
    "addresses.ask": ("POST", "/settings/address", SIGNED_IN),
    "addresses.stop": ("POST", "/settings/address/stop", SIGNED_IN),
    "addresses.confirm": ("GET", "/address/no-such-token", NOBODY),
    "addresses.agree": ("POST", "/address/no-such-token", ANYONE),
    "addresses.refuse": ("POST", "/address/no-such-token/stop", ANYONE),
    "account.photo": ("POST", "/settings/photo", SIGNED_IN),
    "account.devices": ("GET", "/settings/devices", SIGNED_IN),
    "account.end": ("POST", "/settings/devices/999999/end", {**NOBODY, "anonymous": LOGIN}),
    "passwords.login": ("GET", "/login/password", ANYONE),
    "passwords.enter": ("POST", "/login/password", ANYONE),
    "passwords.settings": ("GET", "/settings/password", SIGNED_IN),
    "passwords.save": ("POST", "/settings/password", SIGNED_IN),
    "passwords.remove": ("POST", "/settings/password/remove", SIGNED_IN),
    "people.settings": ("GET", "/settings", SIGNED_IN),
    "people.save_settings": ("POST", "/settings", SIGNED_IN),
}
# What a viewer sees of events that not everybody may see.
VISIBLE = {
    "unlisted": ANYONE,
    "members": {**ANYONE, "anonymous": UNSEEN, "other": UNSEEN, "helper": UNSEEN},
    "draft": {**dict.fromkeys(ROLES, UNSEEN), "organizer": YES, "owner": YES, "admin": YES},
}


def outcome(response) -> str | int:
    """What an answer means: a signed-in POST here has no token, so 409 and 422 mean it was let through."""
    if response.status_code == 303 and "/login" in response.location:
        return LOGIN
    return YES if response.status_code in (200, 301, 303, 409, 422) else response.status_code


def address(world, path: str) -> str:
    """The address with what this world holds."""
    from staytouch_events.assets import asset_names
    from staytouch_events.config import ROOT

    css = asset_names(ROOT).get("site.css", "none")
    return path.format(
        **world.slugs,
        css=css,
        calendar=world.calendar,
        manage=world.manage,
        helping=world.helping,
        letter=world.letter,
        code=world.code,
        short=world.short,
        follow=world.follow,
        rsvp=world.rsvp,
        question=world.question,
        membership=world.membership,
        join_ask=world.join_ask,
        brought=world.brought,
        host=world.host,
        asked_host=world.asked_host,
        lead_ask=world.lead_ask,
        join_link=world.join_link,
        ban=world.ban,
        join=world.join,
        role=world.role,
        shift=world.shift,
        sign_up=world.sign_up,
        thing=world.thing,
        ride=world.ride,
        seat=world.seat,
        driving=world.driving,
        spot=world.spot,
        time=world.time,
        settled=world.settled,
        time_option=world.time_option,
        vote=world.vote,
        poll=world.poll,
        watch=world.watch,
        log=world.log,
        photo=world.photo,
        own_log=world.own_log,
        counting=world.counting,
        recognition=world.recognition,
        member=world.member,
        post=world.post,
        gone=world.gone,
        talk_mail=world.talk_mail,
        **world.words,
        waiver=world.waiver,
        signature=world.signature,
        **world.keeping,
        **world.talk,
    )


def test_every_route_has_a_row(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(TABLE)


def askers(who: dict, roles: tuple) -> tuple:
    """Whose asking tells: of those who are all let in alike, the first and the last, but in the long trials."""
    alike = [role for role in roles if who[role] == YES]
    if EVERYWHERE or len(alike) < len(roles) - 1:
        return roles
    return tuple(role for role in roles if role not in alike[1:-1])


# Who is let in is no matter of the database; that each door opens at all is.
@pytest.mark.parametrize(
    ("database", "roles"),
    [("sqlite", ROLES), ("postgresql", ("anonymous", "organizer", "member"))],
    indirect=["database"],
    ids=["sqlite", "postgresql"],
)
def test_each_route_lets_in_whom_the_table_says(world, roles):
    found = {
        endpoint: {
            role: outcome(world.browsers[role].open(address(world, path), method=method)) for role in askers(who, roles)
        }
        for endpoint, (method, path, who) in TABLE.items()
    }
    assert found == {
        endpoint: {role: who[role] for role in askers(who, roles)} for endpoint, (_method, _path, who) in TABLE.items()
    }


@pytest.mark.parametrize("visibility", sorted(VISIBLE))
def test_an_event_exists_for_whom_the_table_says(world, visibility):
    parts = ("", "/rsvp", ".ics", "/impact", "/impact.csv")
    for path in ("/events/{slug}" + part for part in parts):
        url = path.format(slug=world.slugs[visibility])
        who = NOBODY if (visibility, path) == ("draft", "/events/{slug}.ics") else VISIBLE[visibility]
        assert {role: outcome(world.browsers[role].get(url)) for role in ROLES} == who, path


OPEN = {
    ("GET", "/talk"): ANYONE,
    ("GET", "/talk/{event_post}"): ANYONE,
    ("POST", "/talk"): {**SIGNED_IN, "other": SEEN},
    ("POST", "/talk/{event_post}"): {**SIGNED_IN, "other": SEEN},
    ("POST", "/talk/{event_post}/react"): {**SIGNED_IN, "other": SEEN},
    ("POST", "/talk/{event_post}/mute"): SIGNED_IN,
    ("GET", "/talk/{event_post}/edit"): {**SIGNED_IN, "other": SEEN, "helper": SEEN},
    ("POST", "/talk/{event_post}/pin"): HOSTS,
    ("POST", "/talk/{event_post}/choose"): {**SIGNED_IN, "other": SEEN, "helper": SEEN},
}


def test_an_open_talk_of_an_event_is_read_by_all_and_written_by_who_comes(world):
    """The post is the member's own; the helper has an answer."""
    world.group.talk_readers = "public"
    db.session.commit()
    event = f"/events/{world.slugs['public']}"
    for (method, path), who in OPEN.items():
        url = event + path.format(event_post=world.event_post)
        assert {role: outcome(world.browsers[role].open(url, method=method)) for role in ROLES} == who, (method, path)


def test_a_draft_is_missing_for_strangers_on_every_door(world):
    for method, path, _who in TABLE.values():
        path = path.replace("{done}", "{public}").replace("{day}", "{public}")
        if "{public}" in path:
            url = address(world, path.replace("{public}", "{draft}"))
            answer = world.browsers["other"].open(url, method=method)
            assert answer.status_code == 404, path


PRIVATE = {**MEMBERS, "anonymous": UNSEEN}
DOORS = """
/groups/{group} /groups/{group}/calendar.ics /groups/{group}/feed.atom /groups/{group}/impact /groups/{group}/talk
/events/{event} /events/{event}.ics /events/{event}/rsvp /events/{event}/talk /events/{event}/impact /polls/{poll}
""".split()
CLOSED = "/api/v1/groups/{group} /api/v1/events/{event} /embed/groups/{group}".split()


def test_a_private_crew_is_there_for_its_members_alone_on_every_door(world):
    for path in DOORS:
        url = path.format(**world.private)
        assert {role: outcome(world.browsers[role].get(url)) for role in ROLES} == PRIVATE, path
    short = world.browsers["other"].get(f"/e/{world.private['code']}")
    assert short.status_code == 404
    for path in CLOSED:
        url = path.format(**world.private)
        assert {world.browsers[role].get(url).status_code for role in ROLES} == {404}, path
    hidden, missing = (world.browsers["other"].get(f"/groups/{slug}").text for slug in ("hidden-crew", "no-such-crew"))
    assert hidden.replace("hidden-crew", "") == missing.replace("no-such-crew", "")


def test_missing_and_not_yours_are_the_same_bytes(world):
    browser = world.browsers["other"]
    hidden, missing = browser.get(f"/events/{world.slugs['draft']}"), browser.get("/events/no-such-event")
    strip = lambda page, slug: page.get_data(as_text=True).replace(slug, "")  # noqa: E731
    assert strip(hidden, world.slugs["draft"]) == strip(missing, "no-such-event")
