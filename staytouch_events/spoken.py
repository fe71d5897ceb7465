"""Facts put into words once for each language: formatting a list's dates and numbers costs more than finding it."""

from collections.abc import Callable
from functools import lru_cache, wraps

from flask_babel import get_locale

# Of each function; some megabytes in all.
MOST = 4096


def once_a_language(say: Callable) -> Callable:
    """Keep what a function says; it depends on its arguments and the language alone, never on the clock."""
    kept = lru_cache(MOST, typed=True)(lambda _language, *facts: say(*facts))

    @wraps(say)
    def said(*facts):
        locale = get_locale()
        return kept(locale and locale.language, *facts)

    return said
