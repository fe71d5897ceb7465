"""Writing and changing a post, and how one hears of others'."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, RadioField
from wtforms.validators import DataRequired, InputRequired, Optional

from ..forms import BaseForm, LineField, LongField
from ..pictures import take_new_upload
from .mail_models import AT_ONCE, DAILY, NEVER, WEEKLY
from .models import Post

LONGEST = 5000


class AnswerForm(BaseForm):
    """An answer to a post."""

    text = LongField(_l("Your answer"), [DataRequired(_l("Write something first."))], limit=LONGEST)
    picture = FileField(_l("Picture"))
    picture_alt = LineField(_l("What the picture shows, for people who can't see it"), [Optional()], limit=300)

    def fields(self) -> dict[str, Any] | None:
        """What is written, its picture kept; or None with all errors at the form's."""
        self.validate()
        upload = request.files.get("picture")
        sent = bool(upload and upload.filename)
        if sent and not self.picture_alt.data:
            self.picture_alt.errors = [_("Say in a few words what it shows.")]
        found = {"text": self.text.data, "picture_alt": self.picture_alt.data or ""}
        if self.errors:
            if sent:
                self.picture.errors = [_("Choose the picture again: a form with a mistake can't keep it.")]
            return None
        return found if take_new_upload(self, found) else None


class PostForm(AnswerForm):
    """A post that begins something."""

    text = LongField(_l("Your post"), [DataRequired(_l("Write something first."))], limit=LONGEST)
    is_question = BooleanField(_l("It is a question"))

    def fields(self) -> dict[str, Any] | None:
        """The same, and whether it asks."""
        found = super().fields()
        return found and found | {"is_question": bool(self.is_question.data)}


class ChangedAnswer(AnswerForm):
    """An answer, to be changed."""

    no_picture = BooleanField(_l("Take the picture off"))

    def fields(self) -> dict[str, Any] | None:
        """What it is to say; without its picture where that is to go."""
        found = super().fields()
        if found and self.no_picture.data and "picture" not in found:
            found["picture"] = None
        return found


class ChangedPost(ChangedAnswer, PostForm):
    """A post that began something, to be changed."""


class HowForm(BaseForm):
    """How one hears of a crew's talk."""

    how = RadioField(
        _l("Write to me"),
        [InputRequired(_l("Choose how often."))],
        choices=[
            (AT_ONCE, _l("At once")),
            (DAILY, _l("Once a day")),
            (WEEKLY, _l("Once a week")),
            (NEVER, _l("Never")),
        ],
    )


def change_form(post: Post, **given) -> AnswerForm:
    """The form for a post as it stands."""
    form = ChangedAnswer if post.parent_id else ChangedPost
    return form(**given)


def as_written(post: Post) -> dict[str, Any]:
    """A post as its form shows it."""
    return {"text": post.text, "picture_alt": post.picture_alt, "is_question": post.is_question}
