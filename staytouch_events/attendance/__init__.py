"""Who was there: checking in and out, walk-ups, hours, and letters about hours."""
