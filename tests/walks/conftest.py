"""A browser, and the site as it really runs."""

import re

import pytest

from staytouch_events.config import ROOT
from staytouch_events.people.actions import link_for
from staytouch_events.when import now

from ..conftest import DATABASES, EVERYWHERE, emptied

PICTURES = ROOT / "screenshots"


@pytest.fixture(params=DATABASES if EVERYWHERE else DATABASES[:1])
def database(request):
    """An empty SQLite database, emptied after the test; the few walks that are marked walk PostgreSQL too."""
    yield from emptied(request)


@pytest.fixture
def open_page(chromium, site):
    """A function: a page of a new browser, watched for errors and for requests to other hosts."""
    contexts = []

    def open_one(width: int = 390, scheme: str = "light", language: str = "en-US", script: bool = True, scale=1):
        context = chromium.new_context(
            viewport={"width": width, "height": 844},
            color_scheme=scheme,
            locale=language,
            java_script_enabled=script,
            device_scale_factor=scale,
            base_url=site.base,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: _same_host(site.base, request.url))
        page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
        page.set_default_timeout(10_000)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(app, site):
    """A function: sign a page in by a mailed link."""

    def enter(page, person) -> None:
        from staytouch_events.db import db

        token = link_for(person.email, "/dashboard", now())
        db.session.commit()
        page.goto(f"/login/{token}")
        page.get_by_role("button", name=re.compile("Sign in|Entra")).click()

    return enter


def _same_host(base: str, url: str) -> None:
    if not url.startswith((base, "data:", "blob:", "about:")):
        pytest.fail(f"a request went to another host: {url}")
