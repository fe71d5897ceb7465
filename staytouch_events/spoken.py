"""The language that is spoken now; and what is said once in each language, not once for each reader.

Formatting a list's dates and numbers costs more than finding it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import NamedTuple

from flask import Flask, appcontext_popped, appcontext_pushed, has_request_context, request
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from flask_login import current_user
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Macro
from markupsafe import Markup

LANGUAGES = {"en": "English", "es": "Español"}
# Of each function; some megabytes in all.
MOST = 4096


class Spoken(NamedTuple):
    """The language of what is said, and the one that the address names, which a page's links go on to name."""

    language: str | None
    named: str | None


# Asked for hundreds of times a page, and dear to find out.
_now: ContextVar[Spoken | None] = ContextVar("spoken", default=None)


def init_app(app: Flask) -> None:
    """Say things in the language of each request."""
    for moment in (appcontext_pushed, appcontext_popped):
        moment.connect(_forget, app)
    app.before_request(_forget)
    app.url_defaults(_keep_language)
    app.jinja_env.globals |= {"_": _say, "once": _once}


def language() -> str:
    """`?lang=`, else the signed-in person's, else Accept-Language, else English."""
    if not has_request_context():
        return "en"
    asked = _named()
    if asked:
        return asked
    if current_user.is_authenticated:
        return current_user.language
    return request.accept_languages.best_match(LANGUAGES) or "en"


def kept_language() -> str | None:
    """The language that the address names, which the page's links go on to name."""
    return spoken().named


def named_language() -> str:
    """The language that the address names, else English: for readers that are programs."""
    return kept_language() or "en"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say things in another language until the block ends."""
    before = _now.set(None)
    try:
        with force_locale(language):
            yield
    finally:
        _now.reset(before)


def spoken() -> Spoken:
    """What is spoken now."""
    found = _now.get()
    if found is None:
        locale = get_locale()
        found = Spoken(locale and locale.language, _named())
        _now.set(found if locale else None)
    return found


def once_a_language(say: Callable) -> Callable:
    """Keep what a function says; it depends on its arguments and the language alone, never on the clock."""
    kept = lru_cache(MOST, typed=True)(lambda _language, *facts: say(*facts))

    @wraps(say)
    def said(*facts):
        return kept(spoken().language, *facts)

    return said


def _named() -> str | None:
    asked = request.args.get("lang") if has_request_context() else None
    return asked if asked in LANGUAGES else None


def _forget(*_sender, **_more) -> None:
    _now.set(None)


def _keep_language(endpoint: str, values: dict) -> None:
    kept = kept_language()
    if kept and endpoint != "static":
        values.setdefault("lang", kept)


@pass_eval_context
def _say(template: EvalContext, text: str, **values) -> str:
    """A template's `_`, as Jinja's own does it, through fewer hands: a page says fifty sentences."""
    said = _sentence(text)
    return (Markup(said) if template.autoescape else said) % values


@once_a_language
def _once(macro: Macro, facts: tuple) -> Markup:
    """What a macro makes of facts that decide all of it: the same cards stand on page after page.

    The macro is an imported template's: one of an included template is another with each page.
    """
    return macro(facts)


@once_a_language
def _sentence(text: str) -> str:
    return _(text)
