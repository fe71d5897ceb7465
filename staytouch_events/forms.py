"""The base of all forms and the fields that clean what people type."""

import unicodedata
from datetime import timedelta

from flask import current_app, request, session
from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import Field, Form, PasswordField, StringField, TextAreaField, ValidationError
from wtforms.csrf.session import SessionCSRF
from wtforms.validators import Length
from wtforms.widgets import NumberInput

from .refusals import Refused
from .text import check_text, clean_line, clean_text, parse_int

# Instead of form data, for a form that this request did not send: another one of its page was.
UNSENT = object()
TOO_LONG = lazy_gettext("This is too long: at most %(max)d characters.")


class _Csrf(SessionCSRF):
    """WTForms' own, with words for people."""

    def validate_csrf_token(self, form, field):
        """Raise when the token is missing or stale, in words."""
        try:
            super().validate_csrf_token(form, field)
        except ValidationError:
            raise ValidationError(
                _("This page was open for a long time, or you signed in since. Look it over and press again.")
            ) from None


class BaseForm(Form):
    """A form of the site. Signed-in people's carry a token; everyone else has no session to abuse."""

    class Meta:
        """WTForms' settings: a token for a day, and only where there is a session."""

        csrf_class = _Csrf
        csrf_time_limit = timedelta(days=1)

        @property
        def locales(self) -> list[str]:
            """WTForms' own few messages in the language of the page."""
            return [str(get_locale())]

        @property
        def csrf(self) -> bool:
            """Whether this request has a session to protect."""
            return bool(current_user and current_user.is_authenticated)

        @property
        def csrf_secret(self) -> bytes:
            """The site's own key."""
            return current_app.secret_key.encode()

        @property
        def csrf_context(self):
            """Where the session's half of the token is kept."""
            return session

    def __init__(self, formdata=None, obj=None, **kwargs) -> None:
        """Take what was sent, when something was."""
        if formdata is None and request.method == "POST":
            formdata = request.form
        super().__init__(None if formdata is UNSENT else formdata, obj=obj, **kwargs)


class ButtonForm(BaseForm):
    """A lone button."""


def press() -> None:
    """Check that a lone button was pressed on a page of the viewer's own. Raises Refused."""
    form = ButtonForm()
    if not form.validate():
        raise Refused("; ".join(text for errors in form.errors.values() for text in errors))


def press_by_link() -> None:
    """The same behind a link, whose token is proof enough where nobody is signed in. Raises Refused."""
    if current_user.is_authenticated:
        press()


def press_or_one_click() -> None:
    """The same where a mail program may press for its owner (RFC 8058), whose token is proof enough. Raises Refused."""
    if request.form.get("List-Unsubscribe") != "One-Click":
        press_by_link()


class LineField(StringField):
    """One line of text: cleaned, trimmed, at most `limit` characters."""

    def __init__(self, label=None, validators=(), limit: int = 200, **kwargs) -> None:
        """`limit` is told to the browser and checked here."""
        super().__init__(label, [*validators, Length(max=limit, message=TOO_LONG)], **kwargs)
        self.limit = limit

    def process_formdata(self, valuelist) -> None:
        """Clean what was typed."""
        self.data = clean_line(valuelist[0]) if valuelist else ""


class LongField(TextAreaField):
    """Several lines of text: cleaned, at most `limit` characters."""

    def __init__(self, label=None, validators=(), limit: int = 20_000, **kwargs) -> None:
        """`limit` is told to the browser and checked here."""
        super().__init__(label, [*validators, Length(max=limit, message=TOO_LONG)], **kwargs)
        self.limit = limit

    def process_formdata(self, valuelist) -> None:
        """Clean what was typed."""
        self.data = clean_text(valuelist[0]) if valuelist else ""


class CountField(Field):
    """A whole number from `low` to `high`; what was typed stays when it is none."""

    widget = NumberInput()

    def __init__(self, label=None, validators=(), low: int = 0, high: int = 1_000_000, **kwargs) -> None:
        """An empty field is None, unless a validator asks for a number."""
        super().__init__(label, validators, **kwargs)
        self.low, self.high, self.typed = low, high, None

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist) -> None:
        """Read ASCII digits (reliability.md, 13). Raises ValueError in words."""
        self.typed = valuelist[0].strip()[:30] if valuelist else ""
        self.data = parse_int(self.typed, self.low, self.high) if self.typed else None
        if self.typed and self.data is None:
            raise ValueError(_("Type a whole number from %(low)d to %(high)d.", low=self.low, high=self.high))


class SecretField(PasswordField):
    """A password: any text, blanks too, whichever way a keyboard writes its letters. It is never shown again."""

    def process_formdata(self, valuelist) -> None:
        """Take it as it was typed, but for what keyboards do differently."""
        self.data = unicodedata.normalize("NFKC", valuelist[0]) if valuelist else ""
        check_text(self.data)


class EmailField(LineField):
    """One mail address, lower case."""

    def process_formdata(self, valuelist) -> None:
        """Clean and lower what was typed."""
        super().process_formdata(valuelist)
        self.data = self.data.lower()
