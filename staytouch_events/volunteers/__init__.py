"""Volunteer roles, the shifts that an event needs hands for, and who signs up for them."""
