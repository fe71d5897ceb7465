"""Places that need hands: reported by anybody, made an event of, cleaned."""
