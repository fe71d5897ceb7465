"""Who may do what: one policy a noun, and loaders that give only what a viewer may have."""
