"""Several people send one team's log at once, through two real web processes: it counts once."""

from datetime import timedelta
from urllib.error import HTTPError

from sqlalchemy import func, select

from staytouch_events.access.rsvps import manage_token
from staytouch_events.attendance.actions import mark
from staytouch_events.attendance.models import IN
from staytouch_events.db import db
from staytouch_events.impact.models import ImpactLog
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.when import now, wall_time

from ..cast import a_group, a_person, an_event
from ..rsvps.test_races import at_once, post


def test_eight_phones_and_one_team(app, site):
    moment = now()
    group = a_group()
    starts = wall_time(moment - timedelta(hours=1), group.zone).replace(second=0, microsecond=0)
    event = an_event(group, moment - timedelta(days=3), starts_wall=starts)
    links = []
    for number in range(8):
        person = a_person(f"g{number}", joined_at=None)
        rsvp = respond(event, person, person.name, GOING, Party(), "", moment - timedelta(days=2)).rsvp
        mark(rsvp, IN, "", moment, by=None)
        links.append(manage_token(rsvp))
    db.session.commit()
    base, key = site.base, event.id

    def send(link: str) -> int:
        try:
            return post(f"{base}/rsvps/{link}/impact", {"unit": "mi", "bags_trash": "42", "team": "Bridge"})
        except HTTPError as refused:
            return refused.code

    assert sorted(at_once(send, links)) == [200] + [409] * 7
    db.session.rollback()
    assert db.session.scalar(select(func.count()).where(ImpactLog.event_id == key)) == 1
