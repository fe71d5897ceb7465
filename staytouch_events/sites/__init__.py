"""Days with several sites: one event stands for the day, and each site is an event of its own."""
