"""Events: one occurrence in time each, written, moved, postponed, cancelled."""
