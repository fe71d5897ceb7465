"""How an action says no."""


class Refused(Exception):
    """What was asked can't be done; the text is for the person who asked and says what to do."""
