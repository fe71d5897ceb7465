"""The form that makes a question, and the fields by which questions are answered in other forms."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from ..forms import BaseForm, CountField, LineField, LongField
from ..links import link_tag
from ..text import clean_line, fold
from .asking import Beside
from .models import DECLINED
from .question_models import CHOICE, CHOSEN, LONG, NO, NUMBER, SEVERAL, SHORT, YES, YES_NO, Question, field_name
from .question_queries import Said

MOST_CHOICES, LONGEST_CHOICE = 30, 120
KINDS = [
    (SHORT, _l("A few words")),
    (LONG, _l("Several lines")),
    (CHOICE, _l("One choice of several")),
    (SEVERAL, _l("Any of several choices")),
    (NUMBER, _l("A number")),
    (YES_NO, _l("Yes or no")),
]


class QuestionForm(BaseForm):
    """A question that stands already: how it is asked does not change any more."""

    words = LineField(_l("Question"), [DataRequired(_l("Type the question."))], limit=200)
    help = LineField(_l("Help beneath it"), [Optional()], limit=300)
    choices = LongField(_l("Choices, one a line"), [Optional()], limit=MOST_CHOICES * (LONGEST_CHOICE + 2))
    role_id = SelectField(_l("Asked of"), [Optional()], default="")
    required = BooleanField(_l("Has to be answered"))

    def __init__(self, *args, roles: Iterable[tuple[int, str]] = (), kind: str = "", **kwargs) -> None:
        """`roles` may be asked alone; `kind` is how it is asked, where that is settled."""
        super().__init__(*args, **kwargs)
        self.asked_as = kind
        self.role_id.choices = [
            ("", _("Everybody who answers")),
            *((str(number), _("Only who helps as: %(role)s", role=name)) for number, name in roles),
        ]

    def fields(self) -> dict[str, Any] | None:
        """The question's fields, or None with all errors at the form's."""
        if not self.validate():
            return None
        kind = self.asked_as or self["kind"].data
        choices = _lines(self.choices.data or "") if kind in CHOSEN else []
        if kind in CHOSEN:
            self.choices.errors = _wrong_choices(choices)
        if self.choices.errors:
            return None
        return {
            "kind": kind,
            "words": self.words.data,
            "help": self.help.data or "",
            "choices": choices,
            "role_id": int(self.role_id.data) if self.role_id.data else None,
            "required": self.required.data,
        }


class NewQuestionForm(QuestionForm):
    """One more question."""

    kind = RadioField(
        _l("Answered by"), [InputRequired(_l("Choose how it is answered."))], choices=KINDS, default=SHORT
    )


class TagField(HiddenField):
    """The tag of the link that led here; anything else is none."""

    def process_formdata(self, valuelist) -> None:
        """Keep a tag."""
        self.data = link_tag(valuelist[0]) if valuelist else ""


class AskingForm(BaseForm):
    """A form with questions in it (`with_questions`), and the tag of the link that led to it."""

    came_from = TagField(name="from")
    questions: tuple[Question, ...] = ()

    def said(self) -> Said:
        """What the fields say, by question; an empty list where nothing is said."""
        return {question.id: _texts(self[name_of(question)].data) for question in self.questions}

    def beside(self) -> Beside:
        """All that comes with the answer."""
        return Beside(self.said(), self.came_from.data or "")


class Answered:
    """Something has to be said, but by whoever can't come; nothing typed is no mistake where it has not."""

    def __init__(self, question: Question, needed: bool) -> None:
        """`needed` is whether this form insists."""
        self.message = (needed and question.required) or False

    def __call__(self, form, field) -> None:
        """Stop at an empty field."""
        if any(str(value).strip() for value in field.raw_data or ()):
            return
        declines = "answer" in form and form["answer"].data == DECLINED
        field.errors = []
        raise StopValidation(_("Please answer this.") if self.message and not declines else None)


def with_questions(
    form: type[BaseForm], questions: Iterable[Question], said: Said | None = None, needed: bool = True
) -> type[AskingForm]:
    """The form with a field for each question; choices in what was `said` before stay on offer."""
    asked = tuple(questions)
    fields = {name_of(row): _field(row, (said or {}).get(row.id, []), needed) for row in asked}
    bases = (form,) if issubclass(form, AskingForm) else (form, AskingForm)
    return type(form.__name__, bases, {**fields, "questions": asked})


def given(questions: Iterable[Question], said: Said) -> dict[str, Any]:
    """What was said, as the data of such a form."""
    return {name_of(row): _data(row, said[row.id]) for row in questions if said.get(row.id)}


def said_in(args: MultiDict, questions: Iterable[Question], said: Said) -> Said:
    """What a letter's link says to these questions, as far as it still may be said; `said` was before."""
    asked = [question for question in questions if name_of(question) in args]
    form = with_questions(AskingForm, asked, said, needed=False)(formdata=args)
    form.validate()
    return {number: texts for number, texts in form.said().items() if not form[field_name(number)].errors}


def sent(questions: Iterable[Question], said: Said) -> list[tuple[str, str]]:
    """The same, as a browser would send it."""
    return [(name_of(row), text) for row in questions for text in said.get(row.id, ())]


def name_of(question: Question) -> str:
    """The name of its field."""
    return field_name(question.id)


def _field(question: Question, said: list[str], needed: bool) -> Field:
    about = {"label": question.words, "validators": [Answered(question, needed)], "description": question.help}
    offered = [(text, text) for text in dict.fromkeys([*question.choices, *said])]
    if question.kind == CHOICE:
        return SelectField(choices=[("", _("Choose")), *offered], default="", **about)
    if question.kind == SEVERAL:
        boxes = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
        return SelectMultipleField(choices=offered, **boxes, **about)
    if question.kind == YES_NO:
        return RadioField(choices=[(YES, _("Yes")), (NO, _("No"))], validate_choice=False, **about)
    if question.kind == NUMBER:
        return CountField(**about)
    return LongField(limit=1000, **about) if question.kind == LONG else LineField(limit=200, **about)


def _data(question: Question, said: list[str]) -> Any:
    if question.kind == SEVERAL:
        return said
    return int(said[0]) if question.kind == NUMBER else said[0]


def _texts(data: Any) -> list[str]:
    """A field's data as texts."""
    return [str(value) for value in (data if isinstance(data, list) else [data]) if value not in (None, "")]


def _lines(text: str) -> list[str]:
    return [line for line in map(clean_line, text.splitlines()) if line]


def _wrong_choices(choices: list[str]) -> list[str]:
    if len(choices) < 2:
        return [_("Type two choices at least, one a line.")]
    if len(choices) > MOST_CHOICES:
        return [_("At most %(most)d choices.", most=MOST_CHOICES)]
    if any(len(choice) > LONGEST_CHOICE for choice in choices):
        return [_("A choice has %(most)d characters at most.", most=LONGEST_CHOICE)]
    if len({fold(choice) for choice in choices}) < len(choices):
        return [_("One choice stands there twice.")]
    return []
