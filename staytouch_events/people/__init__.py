"""People: with an account or as guests, signing in, and their settings."""
