"""What set-up builds and how it is served."""

import json
import re
import shutil

import pytest
from flask import Flask

from staytouch_events import assets
from staytouch_events.assets import BUILT, asset_names, build_assets
from staytouch_events.config import ROOT

from ..conftest import skip

KILO = 1024


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of what assets are made from, built once."""
    if not (ROOT / "node_modules").exists():
        skip("node_modules is not installed: run make setup")
    root = tmp_path_factory.mktemp("project")
    for folder in ("css", "js"):
        shutil.copytree(ROOT / "static" / folder, root / "static" / folder)
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    (root / BUILT).mkdir()
    # Fonts cut from the same sources by the same recipe are known by name: cutting takes seconds.
    for cut in [*(ROOT / BUILT).glob("fonts-*.css"), *(ROOT / BUILT).glob("*.woff2")]:
        shutil.copy(cut, root / BUILT)
    assert build_assets(root)
    return root


@pytest.fixture
def browser(project):
    """A browser of a site that serves what was built."""
    app = Flask("built", root_path=str(project), static_folder=str(project / "static"), static_url_path="/static")
    assets.init_app(app)
    return app.test_client()


def test_names_change_with_their_content_alone(project, tmp_path):
    again = tmp_path / "again"
    shutil.copytree(project / "static", again / "static")
    (again / "node_modules").symlink_to(ROOT / "node_modules")
    before = asset_names(again)
    assert not build_assets(again)
    script = again / "static/js/copy.js"
    script.write_text(script.read_text() + "// more\n")
    assert build_assets(again)
    after = asset_names(again)
    assert {name for name in before if before[name] != after[name]} == {"copy.js"}
    assert not (again / "static/built" / before["copy.js"]).exists()
    assert (again / "static/built" / after["site.css"]).exists()


def test_what_the_manifest_names_is_there_and_small(project):
    built = project / "static/built"
    names = asset_names(project)
    assert {"site.css", "stepper.js", "inter-latin.woff2", "bricolage-latin.woff2"} <= set(names)
    assert all((built / name).is_file() for name in names.values())
    fonts = sum((built / names[f"{family}-latin.woff2"]).stat().st_size for family in ("inter", "bricolage"))
    assert fonts < 62 * KILO
    assert (built / f"{names['site.css']}.br").stat().st_size < 12 * KILO


def test_the_stylesheet_names_only_fonts_that_were_built_and_no_other_host(project):
    css = (project / "static/built" / asset_names(project)["site.css"]).read_text()
    fonts = re.findall(r"url\(([^)]+\.woff2)\)", css)
    assert len(fonts) == 6
    assert set(fonts) <= set(asset_names(project).values())
    assert not re.search(r"https?://|@import", css)
    assert css.index("@layer vendor, reset, tokens") < css.index("@layer utilities")


def test_no_letter_is_in_two_files_of_a_typeface(project):
    css = (project / "static/built" / asset_names(project)["site.css"]).read_text()
    for family in ("Bricolage", "Inter"):
        points = []
        for ranges in re.findall(rf"@font-face{{font-family:{family};[^}}]*unicode-range:([^}}]+)}}", css):
            for span in ranges.split(","):
                low, _, high = span.removeprefix("U+").partition("-")
                points.extend(range(int(low, 16), int(high or low, 16) + 1))
        assert len(points) == len(set(points))
        assert {ord(letter) for letter in "añéŁźŞđơƯ–’…"} <= set(points)


@pytest.mark.parametrize("encoding", ("br", "gzip", None))
def test_a_built_file_is_kept_for_a_year_in_the_form_the_browser_takes(browser, project, encoding):
    name = asset_names(project)["site.css"]
    answer = browser.get(f"/static/built/{name}", headers={"Accept-Encoding": encoding} if encoding else {})
    assert answer.status_code == 200
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Set-Cookie" not in answer.headers


def test_nothing_outside_the_folder_is_served(browser):
    assert browser.get("/static/built/..%2F..%2Fnode_modules%2Fhtmx.org%2Fpackage.json").status_code == 404
    assert browser.get("/static/built/none.css").status_code == 404


def test_without_a_build_there_are_no_names(tmp_path):
    assert asset_names(tmp_path) == {}


def test_the_lock_names_no_registry():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock["packages"].items() if name)
