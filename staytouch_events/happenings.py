"""What earlier features announce, so that later ones can answer in the same transaction."""

from blinker import Signal


class _InOrder(dict):
    """A set that keeps the order in which things were put in."""

    def add(self, thing) -> None:
        """Put in, or leave where it is."""
        self.setdefault(thing)

    def discard(self, thing) -> None:
        """Take out."""
        self.pop(thing, None)


class Happening(Signal):
    """A signal whose listeners answer in the order in which they were connected; a plain one has none."""

    set_class = _InOrder


person_renamed = Happening()
# With `now`, in the transaction that deletes an account, while its row still stands. A listener takes back what is
# to come, makes what was nameless (people.deletion.nameless), and deletes what is that person's alone; what nobody
# handled goes the way of its foreign key. docs/leaving.md says what becomes of each table.
person_deleted = Happening()
# With `before`, the address it was, and `now`: what is kept by address is the new one's.
address_changed = Happening()
# With `person` and `now`: a guest's address is this person's, and so is what the guest did; whatever nobody takes over
# goes the way of a deleted account.
guest_taken_over = Happening()
event_copied = Happening()
event_published = Happening()
event_changed = Happening()
event_cancelled = Happening()
event_postponed = Happening()
event_moved = Happening()
event_goes_ahead = Happening()
# With `was_off_at`, when it was cancelled (None where it was put off), and `now`.
event_restored = Happening()
answer_changed = Happening()
# With `was`, the name it had, and `now`: its person is gone, it is a number.
answer_unnamed = Happening()
impact_approved = Happening()
impact_pictured = Happening()
impact_taken_back = Happening()
# With `was`, the visibility it had, and `now`.
group_visibility_changed = Happening()
