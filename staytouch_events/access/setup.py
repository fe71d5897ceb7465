"""Who sets a new site up: whoever reads the link that its first start prints, until it has an admin."""

from flask import abort, current_app

from ..links import is_token, token
from ..people.queries import has_admin

WELCOME, SITE = "organize.welcome", "site"


def welcome_token() -> str | None:
    """The token of the first-run page; None once the site has an admin."""
    return None if has_admin() else token(current_app.config["SETTINGS"].secret_keys, WELCOME, SITE, 1)


def check_first_run(text: str) -> None:
    """404 unless the token is the first start's and the site has no admin yet."""
    if has_admin() or not is_token(current_app.config["SETTINGS"].secret_keys, text, WELCOME, SITE, 1):
        abort(404)
