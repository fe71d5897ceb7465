"""Forms about bringing people from a file."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField
from wtforms.validators import Optional

from ..forms import BaseForm, LineField


class FileForm(BaseForm):
    """The file."""

    file = FileField(_l("A file of vCards (.vcf)"))


class TakeForm(BaseForm):
    """What all of a file get."""

    tags = LineField(_l("Tags for all of them, with commas between"), [Optional()], limit=200)
