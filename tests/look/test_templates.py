"""What holds for every template: it can be read, and the policy of the site lets it work."""

import re
from datetime import date

import pytest
from flask import Flask
from flask_babel import Babel
from wtforms import Form, RadioField, StringField
from wtforms.validators import DataRequired, Length

from staytouch_events import assets, spoken
from staytouch_events.config import ROOT
from staytouch_events.events.cards import Card

PAGES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "email" not in path.parts)


class NoteForm(Form):
    """A form to draw."""

    title = StringField("Title", [DataRequired("Give it a title."), Length(max=80)], description="What people call it.")
    answer = RadioField("Your answer", choices=[("going", "I'm going"), ("declined", "I can't")], default="going")


@pytest.fixture(scope="module")
def drawing():
    """A bare application that draws the macros."""
    app = Flask("drawing", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    Babel(app)
    spoken.init_app(app)
    assets.init_app(app)
    with app.test_request_context():
        yield app.jinja_env


def draw(env, source: str, **context) -> str:
    """What a piece of template becomes."""
    return env.from_string(source).render(**context)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_template_has_nothing_that_the_policy_forbids(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert not re.search(r"<style|javascript:|<script(?![^>]*(src=|ld\+json))", text)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_template_compiles_and_stays_short(drawing, path):
    assert drawing.get_template(path.relative_to(ROOT / "templates").as_posix())
    assert len(path.read_text().splitlines()) <= 120


def test_a_wrong_field_keeps_what_was_typed_and_says_why(drawing):
    form = NoteForm(data={"title": "<b>" * 40, "answer": "going"})
    assert not form.validate()
    html = draw(drawing, '{% from "ui/field.html" import field %}{{ field(f, autocomplete="off") }}', f=form.title)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="title-hint title-wrong"' in html
    assert 'id="title-hint"' in html and 'id="title-wrong"' in html
    assert 'autocomplete="off"' in html
    assert "&lt;b&gt;" in html and "<b>" not in html


def test_a_right_field_has_no_sign_of_error(drawing):
    html = draw(drawing, '{% from "ui/field.html" import field %}{{ field(f) }}', f=NoteForm(data={"title": "x"}).title)
    assert "aria-invalid" not in html
    assert 'aria-describedby="title-hint"' in html
    assert '<label for="title">Title</label>' in html


def test_the_summary_links_to_each_wrong_field_and_is_silent_otherwise(drawing):
    source = '{% from "ui/field.html" import error_summary %}{{ error_summary(form) }}'
    form = NoteForm(data={"title": "", "answer": "going"})
    assert draw(drawing, source, form=form).strip() == ""
    form.validate()
    assert '<a href="#title">Title: Give it a title.</a>' in draw(drawing, source, form=form)


def test_radios_are_labelled_one_by_one_and_together(drawing):
    html = draw(
        drawing, '{% from "ui/field.html" import radios %}{{ radios(f, hide_label=true) }}', f=NoteForm().answer
    )
    assert '<legend class="vh">Your answer</legend>' in html
    assert html.count('type="radio"') == 2
    assert html.count("checked") == 1
    assert "I&#39;m going" in html or "I'm going" in html


def test_a_card_escapes_what_people_wrote(drawing):
    card = Card(
        id=1,
        url="/events/x",
        title="<script>",
        stock_class="stock-rose",
        dow="Sat",
        day=28,
        month="Nov",
        date_words="Sat 28 Nov",
        time_words="9 am",
        place_words="<i>here</i>",
        kind="creek",
        kind_label="Creek",
        crew_name="A & B",
        status_tag=None,
        seat_words=None,
        torn=None,
        gone=False,
        first_day=date(2026, 11, 28),
    )
    html = draw(drawing, '{% from "ui/card.html" import card %}{{ card(c) }}', c=card)
    assert "<script>" not in html and "<i>here" not in html
    assert "A &amp; B" in html
    assert 'class="tabs"' not in html


def test_a_cards_tabs_are_nine(drawing):
    html = draw(drawing, '{% from "ui/stub.html" import tabs %}{{ tabs(7) }}')
    assert html.count("<i") == 9
    assert html.count('class="off"') == 7


def test_a_meter_of_nothing_is_empty(drawing):
    html = draw(drawing, '{% from "ui/bits.html" import meter %}{{ meter(0, 0) }}{{ meter(29, 40) }}')
    assert 'class="done" width="0"' in html
    assert 'class="done" width="72.5"' in html
