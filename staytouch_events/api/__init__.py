"""The public JSON interface, for other programs (interface.md)."""
