"""Pages that only signed-in people have."""

from collections.abc import Callable
from functools import wraps

from flask import abort, redirect, request, url_for
from flask_login import current_user
from werkzeug import Response


def signed_in(view: Callable) -> Callable:
    """Send anybody else to sign in first, and back here afterwards."""

    @wraps(view)
    def asked(*args, **kwargs):
        if current_user.is_authenticated:
            return view(*args, **kwargs)
        return sent_to_sign_in()

    return asked


def sent_to_sign_in() -> Response:
    """The way to sign in, and back to this page."""
    back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return redirect(url_for("people.login", next=back), 303)


def admin(view: Callable) -> Callable:
    """Nobody but site admins: 404 to everyone else, as the page is not theirs to know of."""

    @wraps(view)
    def asked(*args, **kwargs):
        if not (current_user.is_authenticated and current_user.is_admin):
            abort(404)
        return view(*args, **kwargs)

    return asked
