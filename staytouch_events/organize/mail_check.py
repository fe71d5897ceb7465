"""Looking up, when an admin asks, whether receivers trust the site's mail; and a letter to try it."""

from datetime import datetime
from typing import Any

from flask import current_app

from .. import outbox
from ..jobs import job, schedule
from ..outbox.delivery import Finding, check_delivery, keep_findings
from ..outbox.models import Letter
from ..resolver import Resolver

CHECK, TEST = "organize.check_mail", "organize.test_letter"


def plan_check(now: datetime) -> None:
    """Have the worker look, for a slow resolver is not to hold up a page."""
    schedule(CHECK, "now", now)


def send_test(email: str, language: str, now: datetime) -> Letter:
    """Post a letter that says nothing but that it came."""
    return outbox.post(TEST, to=email, language=language, facts={}, now=now, about=TEST, typed=True)


def look(_facts: dict[str, Any], _now: datetime) -> list[Finding]:
    """What the resolver says that the settings name."""
    settings = current_app.config["SETTINGS"]
    return check_delivery(settings, Resolver(settings.mail_resolver))


@job(CHECK, first=look)
def _keep(_facts: dict[str, Any], now: datetime, found: list[Finding]) -> None:
    keep_findings(found, now)
