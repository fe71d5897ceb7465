"""Finding events: by place, day, kind, tag and words."""
