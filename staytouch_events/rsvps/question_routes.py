"""The organizers' questions: what an event asks whoever answers."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.events import hosted_event
from ..access.rsvps import hosted_question
from ..access.viewers import signed_in
from ..db import db
from ..events.models import Event
from ..forms import ButtonForm, press
from ..refusals import Refused
from ..when import now
from . import questions
from .additions import roles_of
from .question_forms import KINDS, NewQuestionForm, QuestionForm
from .question_models import Question
from .question_queries import all_questions, answer_counts

bp = Blueprint("questions", __name__)
NUMBER = "<int(max=2147483647):number>"


@bp.get("/events/<slug>/manage/questions")
@signed_in
def manage(slug: str):
    """All of them in their order, and the form that adds one."""
    event = hosted_event(current_user, slug)
    return _board(event, NewQuestionForm(formdata=None, roles=roles_of(event)))


@bp.post("/events/<slug>/manage/questions")
@signed_in
def add(slug: str):
    """One more."""
    event = hosted_event(current_user, slug)
    form = NewQuestionForm(roles=roles_of(event))
    fields = form.fields()
    if fields is None:
        return _board(event, form), 422
    try:
        questions.add(event, fields)
    except Refused as refusal:
        db.session.rollback()
        return _board(hosted_event(current_user, slug), form, str(refusal)), 409
    db.session.commit()
    return web.done(url_for("questions.manage", slug=slug))


@bp.get(f"/events/<slug>/manage/questions/{NUMBER}")
@signed_in
def one(slug: str, number: int):
    """One question, to change or take off."""
    question = hosted_question(current_user, slug, number)
    given = {name: getattr(question, name) for name in ("words", "help", "required")}
    given |= {"choices": "\n".join(question.choices), "role_id": str(question.role_id or "")}
    return _one(question, _form(question, formdata=None, data=given))


@bp.post(f"/events/<slug>/manage/questions/{NUMBER}")
@signed_in
def save(slug: str, number: int):
    """Change it; what was said stays as it was said."""
    question = hosted_question(current_user, slug, number)
    form = _form(question)
    fields = form.fields()
    if fields is None:
        return _one(question, form), 422
    questions.save(question, fields)
    db.session.commit()
    return web.done(url_for("questions.manage", slug=slug))


@bp.post(f"/events/<slug>/manage/questions/{NUMBER}/<any(up, down, remove, restore):step>")
@signed_in
def change(slug: str, number: int, step: str):
    """Up or down in the order, off the list, or on it again."""
    question = hosted_question(current_user, slug, number)
    press()
    if step == "remove":
        questions.remove(question, now())
    elif step == "restore":
        questions.put_back(question)
    else:
        questions.move(question, -1 if step == "up" else 1)
    db.session.commit()
    return web.done(url_for("questions.manage", slug=slug))


def _form(question: Question, **given) -> QuestionForm:
    return QuestionForm(roles=_roles(question), kind=question.kind, **given)


def _roles(question: Question) -> list[tuple[int, str]]:
    """Those of the event's shifts; the question's own, too, where its shifts were taken off."""
    roles = roles_of(question.event)
    known = question.role_id is None or question.role_id in dict(roles)
    return roles if known else [*roles, (question.role_id, "–")]


def _board(event: Event, form: QuestionForm, refusal: str | None = None) -> str:
    found = all_questions(event)
    return render_template(
        "rsvps/questions.html",
        event=event,
        form=form,
        refusal=refusal,
        button=ButtonForm(formdata=None),
        kinds=dict(KINDS),
        roles=dict(roles_of(event)),
        counts=answer_counts(event),
        asked=[row for row in found if row.removed_at is None],
        removed=[row for row in found if row.removed_at is not None],
    )


def _one(question: Question, form: QuestionForm) -> str:
    return render_template(
        "rsvps/question.html",
        event=question.event,
        question=question,
        form=form,
        kind=dict(KINDS)[question.kind],
        answered=answer_counts(question.event).get(question.id, 0),
        button=ButtonForm(formdata=None),
    )
