"""Conversations: one to one, with a crew's organizers, and the appointments that come of them."""
