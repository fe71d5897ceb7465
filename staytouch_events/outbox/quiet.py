"""Quiet hours: what can wait leaves no mailbox ringing at night."""

from datetime import datetime, time, timedelta

from ..when import in_zone, to_utc

BEGIN, END = time(21), time(8)


def after_night(moment: datetime, zone: str) -> datetime:
    """The instant itself by day; 8:00 on clocks of the zone where it lies between 21:00 and 8:00 there."""
    local = in_zone(moment, zone)
    if END <= local.time() < BEGIN:
        return moment
    day = local.date() + timedelta(days=local.time() >= BEGIN)
    return to_utc(datetime.combine(day, END), zone, later=False)
