"""The compiled gazetteer, opened once."""

import pytest

from staytouch_events.geo.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer(gazetteer_file) -> Gazetteer:
    """The compiled one."""
    return Gazetteer(gazetteer_file)
