"""The button in a stranger's letter, pressed many times at once, through two real web processes."""

from sqlalchemy import func, select

from staytouch_events.access.conversations import inquiry_token
from staytouch_events.conversations.contacting import ask
from staytouch_events.conversations.models import Conversation, Message
from staytouch_events.db import db
from staytouch_events.groups.models import OWNER
from staytouch_events.when import now

from ..cast import a_group, a_membership, a_person
from ..rsvps.test_races import at_once, post


def test_a_button_pressed_ten_times_sends_once(site):
    group = a_group()
    a_membership(a_person("alice"), group, OWNER)
    typed = {"name": "Gia", "email": "gia@example.org", "text": "Parking?", "language": "en"}
    url = f"{site.base}/messages/letter/{inquiry_token(ask(group, None, typed, now()))}"
    db.session.commit()
    assert at_once(lambda _time: post(url, {}), range(10)) == [200] * 10
    for table in (Conversation, Message):
        assert db.session.scalar(select(func.count()).select_from(table)) == 1
