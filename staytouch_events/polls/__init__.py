"""Finding a time that suits, and asking a crew what it wants."""
