"""What holds for every request: where forms may come from, headers, errors, answers."""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from urllib.parse import urlencode as url_encode
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin, current_user
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import BadRequest, HTTPException, SecurityError

from .limits import TooMany
from .maps import Tiles
from .page_cache import COUNTERS, KEEPABLE, Keepable
from .refusals import Refused
from .spoken import LANGUAGES, spoken
from .text import BadText, check_text
from .versions import read_versions

# The counter of the crews' colours, which every page shows.
STOCKS = "stocks:0"
CHANGING = ("POST", "PUT", "PATCH", "DELETE")


def init_app(app: Flask) -> None:
    """Put the hooks, headers and error pages in place."""
    app.before_request(_name_request)
    app.before_request(_refuse_broken_text)
    app.before_request(_refuse_foreign_forms)
    app.after_request(_add_headers)
    app.context_processor(_page_context)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(BadText, lambda _error: _http_error(BadRequest()))
    app.register_error_handler(TooMany, _too_many)
    app.register_error_handler(OperationalError, _store_busy)
    app.register_error_handler(Exception, _unexpected)


def own_proof(view: Callable) -> Callable:
    """Mark a view whose POST proves itself otherwise than by its origin (reliability.md, 5)."""
    view.own_proof = True
    return view


def done(path: str) -> Response:
    """Answer a form that did its work: 303 to the page that shows it."""
    return redirect(path, 303)


def again(template: str, status: int = 422, **context) -> Response:
    """Answer a form that could not do its work: the page again, with what was typed."""
    return make_response(render_template(template, **context), status)


def keep(
    answer: Response | str, *depends_on: str, until: datetime | None = None, params: Iterable[str] = ()
) -> Response:
    """Let an answer that is the same for everybody be kept (page_cache.py) while these counters stand still.

    `until` is the next instant at which it changes by itself, `params` are the query's parts that it reads.
    """
    kept = make_response(answer)
    if current_app.config["SESSION_COOKIE_NAME"] in request.cookies:
        kept.headers["Cache-Control"] = "private, no-store"
        return kept
    kept.headers.setdefault("Cache-Control", "no-cache")
    keys = (*depends_on, STOCKS) if kept.mimetype == "text/html" else depends_on
    request.environ[KEEPABLE] = Keepable(tuple(sorted(keys)), frozenset((*params, "lang")), until)
    return kept


def framed(page: str) -> Response:
    """A page that may stand in a frame on anybody's page; it has no form (reliability.md, 11)."""
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = policy(frames="*")
    return answer


def mapped(page: Response | str, tiles: Tiles | None) -> Response:
    """A page with a map, which may load the operator's tiles where there are some."""
    answer = make_response(page)
    if tiles is not None:
        answer.headers["Content-Security-Policy"] = policy(images=tiles.origin)
    return answer


def policy(frames: str = "'none'", images: str = "") -> str:
    """What a page may load and who may frame it (reliability.md, 11); `images` is one more origin of pictures."""
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data: {images}".rstrip(),
            "form-action 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            f"frame-ancestors {frames}",
        )
    )


def private(response: Response | str) -> Response:
    """Keep the page of a standing link out of caches, search engines and other hosts' logs."""
    answer = make_response(response)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def unlisted(page: str) -> Response:
    """A page that whoever has its address may see and no search engine keeps."""
    answer = make_response(page)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def safe_path(path: str | None, fallback: str = "/") -> str:
    """A path of this site to go on to, never another host."""
    if path and path.startswith("/") and not path.startswith(("//", "/\\")) and urlsplit(path).netloc == "":
        return path
    return fallback


def _page_context() -> dict:
    """What base.html shows on every page."""
    settings, now_spoken = current_app.config["SETTINGS"], spoken().language
    kept = {name: request.args.getlist(name) for name in request.args if name != "lang"} if request else {}
    others = [
        (code, name, f"{request.path}?{url_encode({**kept, 'lang': code}, doseq=True)}" if request else "/")
        for code, name in LANGUAGES.items()
        if code != now_spoken
    ]
    return {
        "viewer": current_user,
        "site_name": settings.site_name,
        "page_language": now_spoken,
        "other_languages": others,
        "kept_language": spoken().named,
        "stocks_url": _stocks_url() if request and not g.get("store_failed") else None,
    }


def _stocks_url() -> str:
    number = request.environ.get(COUNTERS, {}).get(STOCKS)
    number = read_versions([STOCKS])[STOCKS][0] if number is None else number
    if current_user.is_authenticated:
        return url_for("groups.own_stocks_css", v=number, of=current_user.id)
    return url_for("groups.stocks_css", v=number)


def _name_request() -> None:
    g.request_id = secrets.token_hex(8)


def _origin(url: str) -> tuple[str, str] | None:
    parts = urlsplit(url)
    return (parts.scheme, parts.netloc.lower()) if parts.scheme and parts.netloc else None


def _refuse_foreign_forms() -> None:
    """Rule 5 of reliability.md: a change comes from a page of this site or not at all."""
    if request.method not in CHANGING:
        return
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "own_proof", False):
        return
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    ours = {_origin(request.host_url), _origin(current_app.config["SETTINGS"].site_url)}
    if _origin(said) not in ours or request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise BadRequest(_("This form was sent from another site. Open the page here and try again."))


def _refuse_broken_text() -> None:
    """Rule 12 of reliability.md for addresses; the fields of forms see to their own."""
    for text in (request.path, *(value for values in request.args.listvalues() for value in values)):
        check_text(text)


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", policy())
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Request-ID", getattr(g, "request_id", "-"))
    if current_app.config["SETTINGS"].https:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if response.mimetype == "text/html":
        signed_in = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
        headers.setdefault("Cache-Control", "private, no-store" if signed_in else "no-cache")
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def _page(status: int, title: str, text: str, headers: dict[str, str] | None = None) -> Response:
    number = g.get("request_id") if status >= 500 else None
    if not _has_host():
        return make_response(text, status, {"Content-Type": "text/plain; charset=utf-8"})
    if request.path.startswith("/api/"):
        return _problem(status, title, text, headers)
    page = render_template("errors/error.html", status=status, title=title, text=text, request_id=number)
    answer = make_response(page, status)
    answer.headers.update(headers or {})
    return answer


def _problem(status: int, title: str, text: str, headers: dict[str, str] | None) -> Response:
    """The same for a program (RFC 9457), with the parameter that was wrong."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": text}
    told |= {"field": g.bad_field} if g.get("bad_field") else {}
    answer = jsonify(told)
    answer.status_code, answer.mimetype = status, "application/problem+json"
    answer.headers.update(headers or {})
    return answer


def _leave_the_store_alone() -> None:
    """Let the page that tells of a failure ask the store for nothing, not even who reads it."""
    g.store_failed, g._login_user = True, AnonymousUserMixin()


def _has_host() -> bool:
    """Whether the request names a host that a page's links could have."""
    try:
        return bool(request.host.encode("idna"))
    except (SecurityError, UnicodeError):
        return False


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400 or error.response is not None:
        return error.get_response()
    g.bad_field = getattr(error, "field", None)
    said = error.description if type(error) is BadRequest or g.bad_field else None
    title, text = {
        404: (_("Nothing here"), _("This page does not exist, or is not yours to see.")),
        403: (_("Not yours to do"), _("Only the people who organize this can do that.")),
        405: (_("Not like this"), _("Go back and use the button on the page.")),
        413: (_("Too large"), _("What you sent is too large. Try a smaller picture.")),
    }.get(status, (_("That did not work"), _("Go back, look over what you typed, and try again.")))
    return _page(status, title, said or text)


def _refused(error: Refused) -> Response:
    return _page(409, _("That did not work"), str(error))


def too_many_words(error: TooMany) -> str:
    """That a limit is reached, and when to try again."""
    return _("That was a lot at once. Try again in %(minutes)s min.", minutes=max(1, round(error.retry_after / 60)))


def _too_many(error: TooMany) -> Response:
    return _page(429, _("Slow down a little"), too_many_words(error), {"Retry-After": str(error.retry_after)})


def _store_busy(error: OperationalError) -> Response:
    _leave_the_store_alone()
    current_app.logger.error("store: %s [%s]", error.orig, g.get("request_id"))
    text = _("The site could not save just now. Nothing you did before is lost: try again in a moment.")
    return _page(503, _("Back in a moment"), text, {"Retry-After": "10"})


def _unexpected(error: Exception) -> Response:
    _leave_the_store_alone()
    current_app.logger.exception("request %s failed", g.get("request_id"))
    return _page(500, _("Something broke"), _("It is our fault, and it was written down. Try again in a moment."))
