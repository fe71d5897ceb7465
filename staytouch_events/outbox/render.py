"""From a row of facts to the bytes that are sent."""

from contextlib import nullcontext
from datetime import datetime

from flask import current_app, has_request_context, render_template

from ..spoken import speaking
from .message import Mail, build, plain_address
from .models import Letter
from .plain import plain_text
from .post import RENDERERS
from .sign import sign


def render(letter: Letter, now: datetime) -> tuple[str, str, bytes]:
    """Subject, envelope sender and bytes of a letter, from things as they are now.

    Where mail comes in, what comes back is to come to our own reply address.
    Raises Dropped when it has lost its point.
    """
    settings = current_app.config["SETTINGS"]
    outside = nullcontext() if has_request_context() else current_app.test_request_context(base_url=settings.site_url)
    with outside, speaking(letter.language):
        made = RENDERERS[letter.kind](letter, now)
        html = render_template(made.template, **made.context, language=letter.language, site_name=settings.site_name)
    raw = build(
        Mail(
            sender=(settings.site_name, settings.mail_from),
            to=(letter.to_name, letter.to_email),
            subject=made.subject,
            text=plain_text(html),
            html=html,
            message_id=letter.message_id,
            date=letter.queued_at,
            reply_to=made.reply_to or settings.mail_reply_to,
            references=made.references,
            calendar=made.calendar,
            headers=made.headers,
        )
    )
    back = settings.reply_address if settings.receives_mail else settings.mail_from
    return made.subject, plain_address(back), sign(raw, settings)
