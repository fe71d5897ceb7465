"""Calendars to subscribe to: one event, a group, a person."""
