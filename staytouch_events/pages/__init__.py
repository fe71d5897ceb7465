"""The public pages that gather what many features know."""
