"""Templates' compiled code is kept from start to start, is never that of another source, and is never missed."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, render_template
from jinja2.bccache import bc_magic

from staytouch_events import compiled, create_app
from staytouch_events.config import Settings, read_settings


@pytest.fixture
def settings(tmp_path) -> Settings:
    """Settings of a site that nobody asks for anything in a database."""
    return read_settings({"DATA_DIR": str(tmp_path / "data"), "SECRET_KEY": "a-key-for-tests-only"})


def drawn(settings: Settings, templates: Path) -> str:
    """What a newly started site draws."""
    app = Flask("drawn", template_folder=str(templates))
    app.config["SETTINGS"] = settings
    compiled.init_app(app)
    with app.test_request_context():
        return render_template("page.html")


@pytest.fixture
def templates(tmp_path) -> Path:
    """A folder with one template."""
    (tmp_path / "page.html").write_text("Hello {{ 6 * 7 }}")
    return tmp_path


def files(settings: Settings) -> dict[Path, int]:
    """What is kept, and when it was written."""
    return {path: path.stat().st_mtime_ns for path in settings.compiled_templates.iterdir()}


def test_the_second_start_compiles_nothing(settings, templates):
    assert drawn(settings, templates) == "Hello 42"
    first = files(settings)
    assert drawn(settings, templates) == "Hello 42"
    assert files(settings) == first and len(first) == 1


def test_another_source_is_another_page(settings, templates):
    drawn(settings, templates)
    (templates / "page.html").write_text("Bye")
    assert drawn(settings, templates) == "Bye"
    assert len(files(settings)) == 1


@pytest.mark.parametrize("torn", [b"", bc_magic, bc_magic + b"\x80\x02garbage", bc_magic[:3]])
def test_a_torn_file_is_made_again(settings, templates, torn):
    drawn(settings, templates)
    (path,) = files(settings)
    whole = path.read_bytes()
    path.write_bytes(torn)
    assert drawn(settings, templates) == "Hello 42"
    assert path.read_bytes() == whole


def test_what_can_not_be_kept_is_drawn_all_the_same(settings, templates):
    settings.compiled_templates.write_text("in the way")
    assert drawn(settings, templates) == "Hello 42"
    gone = replace(settings, data_dir=Path("/proc/nowhere"))
    assert drawn(gone, templates) == "Hello 42"


def test_a_folder_that_goes_away_stops_no_page(settings, templates):
    app = Flask("drawn", template_folder=str(templates))
    app.config["SETTINGS"] = settings
    compiled.init_app(app)
    settings.compiled_templates.rmdir()
    with app.test_request_context():
        assert render_template("page.html") == "Hello 42"


def test_the_site_keeps_what_it_compiles(settings):
    app = create_app(settings)
    app.jinja_env.get_template("errors/error.html")
    assert files(settings)
