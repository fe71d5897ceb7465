"""The page of one's settings, with whatever form of it has something to say."""

from flask import render_template, request
from flask_login import current_user

from ..forms import UNSENT, ButtonForm
from ..outbox.stops import is_stopped
from .forms import PhotoForm, SettingsForm


def settings_page(form: SettingsForm | None = None, photo: PhotoForm | None = None) -> str:
    """The forms as they were sent, or else as things are."""
    return render_template(
        "people/settings.html",
        form=form or SettingsForm(UNSENT, obj=current_user),
        photo=photo or PhotoForm(UNSENT),
        person=current_user,
        saved="saved" in request.args,
        came_back=is_stopped(current_user.email),
        next=request.args.get("next"),
        button=ButtonForm(formdata=None),
    )
