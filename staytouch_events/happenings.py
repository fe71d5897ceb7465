"""What earlier features announce, so that later ones can answer in the same transaction."""

from blinker import Namespace

_names = Namespace()

person_renamed = _names.signal("person_renamed")
event_copied = _names.signal("event_copied")
event_published = _names.signal("event_published")
event_changed = _names.signal("event_changed")
event_cancelled = _names.signal("event_cancelled")
event_postponed = _names.signal("event_postponed")
event_moved = _names.signal("event_moved")
event_goes_ahead = _names.signal("event_goes_ahead")
event_restored = _names.signal("event_restored")
answer_changed = _names.signal("answer_changed")
impact_approved = _names.signal("impact_approved")
impact_pictured = _names.signal("impact_pictured")
group_visibility_changed = _names.signal("group_visibility_changed")
