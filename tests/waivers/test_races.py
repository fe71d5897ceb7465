"""The same signature sent many times at once, through two real web processes."""

from urllib.error import HTTPError

from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.when import now

from ..cast import a_group, a_person, an_event
from ..rsvps.test_races import at_once, post
from ..walks.test_guest import next_saturday
from .cast import a_waiver, ask, signatures, texts


def test_a_button_pressed_ten_times_signs_once(site):
    group = a_group()
    event = ask(an_event(group, now(), starts_wall=next_saturday()), a_waiver(group))
    rsvp = respond(event, a_person("gia"), "Gia", GOING, Party(3), "", now()).rsvp
    db.session.commit()
    url, (agree,) = f"{site.base}/rsvps/{manage_token(rsvp)}/before", texts(event)

    def press(_time: int) -> int:
        try:
            return post(url, {"do": "adult", "name": "Gia Example", "agree": agree})
        except HTTPError as refused:
            return refused.code

    assert sorted(at_once(press, range(10))) == [200] + [422] * 9
    assert [row.name for row in signatures()] == ["Gia Example"]
