"""Answers to events: seats, parties, the line, and the letters about them."""
