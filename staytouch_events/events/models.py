"""Events, their old addresses, the index of their places, and what is typed but not yet saved."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import WallTime, db
from ..groups.models import PRIVATE as PRIVATE_GROUP
from ..groups.models import Group
from ..links import new_event_code

DRAFT, PUBLISHED, POSTPONED, CANCELLED = "draft", "published", "postponed", "cancelled"
SHOWN = (PUBLISHED, POSTPONED, CANCELLED)
PUBLIC, UNLISTED, MEMBERS = "public", "unlisted", "members"
SECONDS = BigInteger().with_variant(Integer, "sqlite")
PIN, STREET, ZIP, TOWN = "pin", "street", "zip", "town"
# What the point must stand for before anybody is led to it.
EXACT = (PIN, STREET)
# Instants that go with its date, as clocks at the place show them.
HOURS = ("answers_open_at", "answers_close_at", "promotes_until_at")


class Event(db.Model):
    """One occurrence in time. The promise is `starts_wall` in `zone`; `starts_at` is its index."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_group_id_starts_at", "group_id", "starts_at"),
        Index("ix_events_ends_at", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    # Its short link's, for paper. Every event has one; SQLite adds no column that must be filled.
    code: Mapped[str | None] = mapped_column(unique=True, index=True, default=new_event_code)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    # A day with several sites (sites/): it takes no answers itself. Each site is an event that names its day here.
    is_umbrella: Mapped[bool] = mapped_column(default=False, server_default=false())
    umbrella_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    state: Mapped[str] = mapped_column(default=DRAFT)
    visibility: Mapped[str] = mapped_column(default=PUBLIC)

    title: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="other")
    summary: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    tags: Mapped[list[Any]] = mapped_column(default=list)
    # Title, summary, tags, venue and town, folded, for the text search.
    words: Mapped[str] = mapped_column(default="")

    # A draft may have no time yet. For all-day events `ends_wall` is midnight after the last day.
    starts_wall: Mapped[datetime | None] = mapped_column(WallTime)
    ends_wall: Mapped[datetime | None] = mapped_column(WallTime)
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    zone: Mapped[str] = mapped_column(default="UTC")
    all_day: Mapped[bool] = mapped_column(default=False)
    # What the weather decides (weather.py): by when, and the day it is put off to, in minutes from the start on the
    # clock of the place, so that moving and copying take them along.
    weather_dependent: Mapped[bool] = mapped_column(default=False)
    decides_before: Mapped[int | None]
    backup_after: Mapped[int | None]
    weather_decided_at: Mapped[datetime | None]
    # What it was before it was last put off to a new date.
    previous_starts_at: Mapped[datetime | None]

    venue: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    place_name: Mapped[str] = mapped_column(default="")
    country_code: Mapped[str] = mapped_column(default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    # What the point stands for: "pin", "street", "zip" or "town".
    precision: Mapped[str | None]
    meeting_point: Mapped[str] = mapped_column(default="")
    parking: Mapped[str] = mapped_column(default="")
    parking_lat: Mapped[float | None]
    parking_lon: Mapped[float | None]
    transit: Mapped[str] = mapped_column(default="")
    # Only whoever answered sees the exact place; everybody else the public point, drawn once from a pin.
    place_hidden: Mapped[bool] = mapped_column(default=False)
    public_lat: Mapped[float | None]
    public_lon: Mapped[float | None]
    drawn_lat: Mapped[float | None]
    drawn_lon: Mapped[float | None]
    online: Mapped[bool] = mapped_column(default=False)
    online_url: Mapped[str] = mapped_column(default="")

    # One thing a line.
    bring: Mapped[str] = mapped_column(default="")
    provided: Mapped[str] = mapped_column(default="")
    # [{"time": "8:30", "what": "Coffee"}]
    schedule: Mapped[list[Any]] = mapped_column(default=list)
    languages: Mapped[list[Any]] = mapped_column(default=list)
    # "yes", "no", or "" where nothing was said.
    dogs: Mapped[str] = mapped_column(default="")
    wheelchair: Mapped[str] = mapped_column(default="")
    families: Mapped[str] = mapped_column(default="")
    minimum_age: Mapped[int | None]
    picture: Mapped[str | None]
    picture_alt: Mapped[str] = mapped_column(default="")

    capacity: Mapped[int | None]
    largest_party: Mapped[int | None]
    # Of the capacity, seats that only people with a shift get.
    seats_for_shifts: Mapped[int | None]
    waitlist: Mapped[bool] = mapped_column(default=True)
    answers_open_at: Mapped[datetime | None]
    answers_close_at: Mapped[datetime | None]
    promotes_until_at: Mapped[datetime | None]
    private_note: Mapped[str] = mapped_column(default="")
    names_hidden: Mapped[bool] = mapped_column(default=False)
    # Which letters go out around it, beside what was asked for or changed.
    mails_day_before: Mapped[bool] = mapped_column(default=True)
    mails_morning: Mapped[bool] = mapped_column(default=False)
    mails_thanks: Mapped[bool] = mapped_column(default=True)

    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    # Raised with each saved change; an editor who began from an older one is told.
    revision: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    # Last change that a calendar shows: its LAST-MODIFIED and DTSTAMP.
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    # Known by it to an import that runs again.
    source_key: Mapped[str | None] = mapped_column(unique=True)
    # The public VEVENT as feeds join it, made by events.actions.changed.
    vevent: Mapped[bytes | None]

    group: Mapped[Group] = relationship()

    @property
    def is_for_members(self) -> bool:
        """Whether it exists for members and whoever answered alone: all of a private group's do."""
        return self.visibility == MEMBERS or self.group.visibility == PRIVATE_GROUP

    @property
    def counters(self) -> tuple[str, ...]:
        """The counters that its page goes by: its own, and that of the day it is a site of."""
        return tuple(f"event:{number}" for number in (self.id, self.umbrella_id) if number)

    @property
    def is_shown(self) -> bool:
        """Whether others than the group's organizers may see it at all."""
        return self.state in SHOWN

    def is_past(self, now: datetime) -> bool:
        """Whether it is over. A postponed event never is: its new date is to come."""
        return self.state != POSTPONED and self.ends_at is not None and self.ends_at <= now

    def has_started(self, now: datetime) -> bool:
        """Whether it is under way or over."""
        return self.state != POSTPONED and self.starts_at is not None and self.starts_at <= now


class EventSlug(db.Model):
    """An address that an event once had."""

    __tablename__ = "event_slugs"

    slug: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))


class EventTag(db.Model):
    """One tag of a shown event, for searching."""

    __tablename__ = "event_tags"
    __table_args__ = (UniqueConstraint("tag", "event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    tag: Mapped[str]


class EventPlace(db.Model):
    """The narrow line by which a radius search finds a public event (performance.md)."""

    __tablename__ = "event_places"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    # Seconds since 1970, UTC; more than 32 bits hold.
    starts_at: Mapped[int] = mapped_column(SECONDS)
    ends_at: Mapped[int] = mapped_column(SECONDS)
    kind: Mapped[str]
    x: Mapped[float]
    y: Mapped[float]
    z: Mapped[float]
    t0125: Mapped[int]
    t05: Mapped[int]
    t2: Mapped[int]


for _tile in ("t0125", "t05", "t2"):
    Index(
        f"ix_event_places_{_tile}",
        *(getattr(EventPlace, column) for column in (_tile, "ends_at", "starts_at", "kind", "x", "y", "z", "event_id")),
    )


class Draft(db.Model):
    """The fields of an event as one person typed them, not yet saved into it."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("event_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    typed: Mapped[dict[str, Any]]
    # The event's revision that the typing started from.
    revision: Mapped[int]
    saved_at: Mapped[datetime]
