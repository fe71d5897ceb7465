"""What an account's export holds: each feature says it once."""

import pytest

from staytouch_events.people import exports


def test_a_name_belongs_to_one_feature(monkeypatch):
    monkeypatch.setattr(exports, "HELD", {})
    exports.holds("answers")(lambda person: iter([{"event": "Creek"}]))
    assert exports.rows_held(None) == {"answers": [{"event": "Creek"}]}
    with pytest.raises(ValueError, match="answers"):
        exports.holds("answers")
