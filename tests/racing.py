"""Two who look before either has written: what a lock is there to stop."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError


def meet_after(monkeypatch, *looks) -> None:
    """Whoever has called one of these functions, (module, its name), waits until another has, too.

    Held up by a lock the other never comes, and waiting for it ends.
    """
    both = Barrier(2)

    def held_up(look):
        def looked(*what, **how):
            seen = look(*what, **how)
            with suppress(BrokenBarrierError):
                both.wait(timeout=1)
            return seen

        return looked

    for module, name in looks:
        monkeypatch.setattr(module, name, held_up(getattr(module, name)))
