"""What a browser says it is, in words for its owner."""

from flask_babel import gettext as _

# The first that is found counts: most of them also claim to be Chrome and Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_words(said: str) -> str:
    """ "Firefox, Android"; what is not known is not guessed."""
    found = (next((words for mark, words in known if mark in said), "") for known in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found)) or _("A device we don't know")
