"""Sites in the tests' own process: made once for all tests over a database, and as new for each of them."""

from dataclasses import dataclass, field

from flask import Flask, has_app_context
from flask.testing import FlaskClient

from staytouch_events import create_app
from staytouch_events.config import Settings
from staytouch_events.db import db
from staytouch_events.page_cache import PageCache
from staytouch_events.tallies import Tallies


class SiteClient(FlaskClient):
    """A client that says where its forms come from, as browsers do."""

    def open(self, *args, **kwargs):
        """Send the site's own origin unless the test says another; in a context of its own, as served."""
        if not args or isinstance(args[0], str):
            headers = dict(kwargs.pop("headers", None) or {})
            headers.setdefault("Origin", "http://localhost")
            kwargs["headers"] = {name: value for name, value in headers.items() if value is not None}
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        if has_app_context():
            db.session.rollback()
        return answer


class Site:
    """A made site, and how it was then."""

    def __init__(self, settings: Settings) -> None:
        """Make it."""
        self.app: Flask = create_app(settings)
        self.app.test_client_class = SiteClient
        self.config, self.views = dict(self.app.config), dict(self.app.view_functions)
        self.front: Tallies = self.app.wsgi_app
        self.cache: PageCache = self.app.extensions["page_cache"]

    def as_new(self, settings: Settings) -> Flask:
        """The site without what a test did to it and what it kept, under settings of the next test's own."""
        for now, then in ((self.app.config, self.config), (self.app.view_functions, self.views)):
            now.clear()
            now.update(then)
        self.app.config["SETTINGS"] = settings
        self.app.wsgi_app = self.front
        self.front.forget()
        self.cache.recipes.clear()
        self.cache.asked.clear()
        self.cache.pages.clear()
        self.cache.bytes = 0
        return self.app


@dataclass
class Sites:
    """The sites of this process by their database, several over one where a test plays several processes."""

    made: dict[tuple[str, int], Site] = field(default_factory=dict)

    def over(self, settings: Settings, number: int = 0) -> Flask:
        """The site over a database, made when first asked for; its other settings must not be special."""
        key = settings.database_url, number
        if key not in self.made:
            self.made[key] = Site(settings)
        return self.made[key].as_new(settings)
