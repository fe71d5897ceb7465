"""Bringing in events from elsewhere."""
