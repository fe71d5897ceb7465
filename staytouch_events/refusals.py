"""How an action says no."""


class Refused(Exception):
    """What was asked can't be done; the text is for the person who asked and says what to do.

    `field` names the field of a form that is to say so, where it is about one.
    """

    def __init__(self, words: str, field: str | None = None) -> None:
        """The words, and whose they are."""
        super().__init__(words)
        self.field = field
