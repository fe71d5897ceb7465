"""What a spreadsheet would run is defused; numbers and points stay numbers and points."""

import pytest

from staytouch_events.csvs import csv_bytes


@pytest.mark.parametrize("text", ["=1+1", "+1 408 555 0100", "-1+1", "@SUM(A1)", " =1", "－1", "-33.8=cmd", "-"])
def test_a_formula_is_text(text):
    assert csv_bytes(["h"], [[text]]).decode("utf-8-sig").splitlines()[1].strip('"').startswith("'")


@pytest.mark.parametrize("text", ["-33.8688, 151.2093", "-33.8688,-151.2", "-12.5", "-3", "37.33, -121.89"])
def test_a_number_or_a_point_is_left_alone(text):
    assert csv_bytes(["h"], [[text]]).decode("utf-8-sig").splitlines()[1].strip('"') == text
