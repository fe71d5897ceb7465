"""The tiles of a search hold every point of its circle, wherever on the globe it lies."""

from math import asin, atan2, cos, degrees, pi, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staytouch_events.geo.distance import (
    EARTH,
    METRES,
    distance_m,
    least_dot,
    tile,
    tiles_within,
    unit_vector,
)

SIZES = {"t0125": 0.125, "t05": 0.5, "t2": 2.0}
LATITUDES = st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 90.0, 0.0, 89.999, -89.999]))
LONGITUDES = st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, 180.0, 179.9999, -179.9999, 0.0]))


def travel(lat: float, lon: float, bearing: float, metres: float) -> tuple[float, float]:
    """Where one arrives going straight ahead."""
    way, north = metres / EARTH, radians(lat)
    south = asin(max(-1.0, min(1.0, sin(north) * cos(way) + cos(north) * sin(way) * cos(bearing))))
    east = radians(lon) + atan2(sin(bearing) * sin(way) * cos(north), cos(way) - sin(north) * sin(south))
    return degrees(south), (degrees(east) + 180) % 360 - 180


@settings(max_examples=400, deadline=None)
@given(LATITUDES, LONGITUDES, st.floats(0.1, 500), st.floats(0, 2 * pi), st.floats(0, 1))
def test_no_point_within_the_radius_lies_outside_the_tiles(lat, lon, miles, bearing, share):
    radius = miles * METRES["mi"]
    point = travel(lat, lon, bearing, radius * share * 0.999999)
    name, tiles = tiles_within(lat, lon, radius)
    assert tile(*point, SIZES[name]) in set(tiles)


@settings(max_examples=200, deadline=None)
@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_the_dot_product_agrees_with_the_distance(lat, lon, other_lat, other_lon):
    apart = distance_m(lat, lon, other_lat, other_lon)
    dot = sum(a * b for a, b in zip(unit_vector(lat, lon), unit_vector(other_lat, other_lon), strict=True))
    assert dot >= least_dot(apart + 50)
    if apart > 100:
        assert dot <= least_dot(apart - 50)


@pytest.mark.parametrize("size", SIZES.values())
def test_tiles_meet_at_the_antimeridian(size):
    assert tile(0.0, 180.0, size) == tile(0.0, -180.0, size)
