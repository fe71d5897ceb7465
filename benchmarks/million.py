"""A million events, around towns and all over the globe, as rows of the tables that the search asks."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa

from staytouch_events.db import db
from staytouch_events.events.models import Event, EventPlace
from staytouch_events.geo.distance import tile, unit_vector
from tests.cast import a_group, an_event

TOWNS, EVERY_NTH_ANYWHERE, TO_COME = 300, 10, 0.1
AHEAD, BACK, LENGTH = 90 * 86400, 5 * 365 * 86400, 3 * 3600
# What differs from event to event, from which the site's tables are filled; dropped then.
made = sa.Table(
    "made_for_benchmark",
    sa.MetaData(),
    sa.Column("event_id", sa.Integer, primary_key=True),
    *(sa.Column(name, sa.Double) for name in ("lat", "lon", "x", "y", "z")),
    *(sa.Column(name, sa.Integer) for name in ("starts_at", "ends_at", "t0125", "t05", "t2")),
)
COLUMNS = [column.name for column in made.columns]


def fill(count: int, now: datetime) -> None:
    """Write so many published events, a tenth of them to come."""
    # Made and published by the site's own code; all others are copies of it elsewhere and at other times.
    first = an_event(a_group(), lat=0.0, lon=0.0, now=now, starts_wall=now.replace(tzinfo=None) - timedelta(days=1))
    made.create(db.engine)
    _write_made(_rows(count, first.id, int(now.timestamp())))
    _copy_events(first)
    _copy_index(first)
    db.session.commit()
    made.drop(db.engine)
    _settle()


def index_by_lat_lon() -> None:
    """What one would make who had no index of places."""
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE INDEX by_lat_lon ON events (lat, lon)")


def towns() -> list[tuple[float, float]]:
    """Made-up towns, the same each time: where people live, and at the ends of the map."""
    chance = random.Random(300)
    edges = [(89.9, 12.0), (-89.9, -60.0), (-17.0, 179.95), (66.0, -179.9), (0.0, 179.999)]
    return edges + [(chance.triangular(-45, 65, 38), chance.uniform(-180, 180)) for _ in range(TOWNS - len(edges))]


def _rows(count: int, after: int, now: int) -> Iterator[tuple]:
    """Rows of `made`."""
    chance, around = random.Random(1), towns()
    for number in range(after + 1, after + 1 + count):
        if number % EVERY_NTH_ANYWHERE:
            lat, lon = chance.choice(around)
            lat, lon = lat + chance.gauss(0, 0.15), lon + chance.gauss(0, 0.2)
            lat, lon = max(-90.0, min(90.0, lat)), (lon + 180) % 360 - 180
        else:
            lat, lon = chance.uniform(-90, 90), chance.uniform(-180, 180)
        starts = now + chance.randrange(AHEAD) if chance.random() < TO_COME else now - LENGTH - chance.randrange(BACK)
        tiles = (tile(lat, lon, size) for size in (0.125, 0.5, 2))
        yield (number, lat, lon, *unit_vector(lat, lon), starts, starts + LENGTH, *tiles)


def _write_made(rows: Iterator[tuple]) -> None:
    raw = db.engine.raw_connection()
    cursor = raw.cursor()
    if db.engine.dialect.name == "postgresql":
        with cursor.copy(f"COPY {made.name} ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        cursor.executemany(f"INSERT INTO {made.name} VALUES ({', '.join('?' * len(COLUMNS))})", rows)
    raw.commit()
    raw.close()


def _copy_events(first: Event) -> None:
    """One row of `events` for each place. The stored calendar entry, which no search reads, is left out."""
    place, text = made.c, sa.cast(made.c.event_id, sa.String)
    other = {
        "id": place.event_id,
        "slug": "e" + text,
        "uid": "e" + text,
        "lat": place.lat,
        "lon": place.lon,
        "starts_at": _instant(place.starts_at),
        "ends_at": _instant(place.ends_at),
        "code": sa.null(),
        "vevent": sa.null(),
    }
    columns = Event.__table__.columns
    chosen = [other.get(column.name, column) for column in columns]
    rows = sa.select(*chosen).select_from(sa.join(made, Event.__table__, Event.id == first.id))
    db.session.execute(sa.insert(Event.__table__).from_select([column.name for column in columns], rows))


def _copy_index(first: Event) -> None:
    """One row of the place index for each."""
    columns = EventPlace.__table__.columns
    chosen = [sa.literal(first.kind) if column.name == "kind" else made.c[column.name] for column in columns]
    names = [column.name for column in columns]
    db.session.execute(sa.insert(EventPlace.__table__).from_select(names, sa.select(*chosen)))


def _instant(seconds):
    """Seconds since 1970 as this database keeps an instant."""
    if db.engine.dialect.name == "postgresql":
        return sa.func.to_timestamp(seconds)
    return sa.func.strftime("%Y-%m-%d %H:%M:%S.000000", seconds, "unixepoch")


def _settle() -> None:
    """What PostgreSQL's autovacuum does by itself some minutes later."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
