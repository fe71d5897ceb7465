"""What the pages show: one crew and its fifty clean-ups to come."""

from datetime import datetime, timedelta

from staytouch_events.events.models import Event
from staytouch_events.groups.models import OWNER, Group
from tests.cast import a_group, a_membership, a_person, an_event

SAN_JOSE = (37.3394, -121.8950)


def a_crew(events: int, now: datetime) -> tuple[Group, list[Event]]:
    """A crew of alice's and its events, written by the site's own code, a day apart."""
    group = a_group()
    a_membership(a_person("alice"), group, OWNER)
    first = datetime.combine(now.date(), datetime.min.time()) + timedelta(days=2, hours=9)
    return group, [_clean_up(group, number, first + timedelta(days=number % 300), now) for number in range(events)]


def _clean_up(group: Group, number: int, starts: datetime, now: datetime) -> Event:
    lat, lon = SAN_JOSE
    return an_event(
        group,
        now,
        title=f"Coyote Creek clean-up {number + 1}",
        starts_wall=starts,
        ends_wall=starts + timedelta(hours=3),
        summary="Two hours of trash, one of tacos.",
        description="We meet at the bridge.\n\nGloves, grabbers and bags are there; **bring water**.",
        place_name=group.place_name,
        country_code="US",
        lat=lat + number % 7 * 0.004,
        lon=lon + number % 11 * 0.004,
        precision="pin",
        meeting_point="Under the footbridge",
        bring="Water\nClosed shoes",
        provided="Gloves\nGrabbers",
        tags=["creek", "family"],
        capacity=40 if number % 2 else None,
    )
