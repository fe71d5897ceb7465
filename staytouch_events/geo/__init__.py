"""Places: the embedded gazetteer, pins people paste, distances."""
