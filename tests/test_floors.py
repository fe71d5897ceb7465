"""Imports go down the stairs (ARCHITECTURE.md)."""

import ast
from pathlib import Path

import pytest

from staytouch_events import FEATURES
from staytouch_events.config import ROOT

PACKAGE = ROOT / "staytouch_events"
# Rooms that make what pages show.
GATHER = (("organize", "dashboard"), ("events", "cards"), ("events", "months"), ("events", "editor"), ("feeds", "atom"))
GATHER += (("volunteers", "boards"), ("volunteers", "jobs"), ("discover", "place_note"))
GATHER += (("attendance", "console"), ("attendance", "answers"), ("waivers", "before"))
GATHER += (("impact", "answers"), ("impact", "desk"))
GATHER += (("organize", "crew_needs"), ("organize", "event_needs"), ("organize", "readers"))
TOP = {
    "__init__",
    "cli",
    "serving",
    "worker",
    "demo",
    "demo_data",
    "demo_hosts",
    "demo_impact",
    "demo_messages",
    "demo_people",
    "demo_polls",
    "demo_questions",
    "demo_series",
    "demo_site",
    "demo_talk",
}
TOP |= {"purge", "backups", "translations"}
READS = ("queries", "matching")
FACTS = ("models", "places", "searches", "items", "measures")
REQUEST = {
    "serve",
    "dev_mail",
    "typed",
    "params",
}


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def place(path: Path) -> tuple[str, int, int]:
    """(feature or "ground", "access", "top"; its order; its floor)."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    if len(parts) == 1:
        return ("top", 99, 5) if parts[0] in TOP else ("ground", -1, 0)
    folder, name = parts[0], parts[1]
    if folder == "access":
        return "access", 99, 2
    if folder not in FEATURES:
        return "ground", -1, 0
    order = FEATURES.index(folder)
    seeing = name.endswith(("routes", "forms", "page")) or name in REQUEST or (folder, name) in GATHER
    if folder in ("pages", "api") or seeing:
        return folder, order, 4
    if name.endswith(FACTS):
        return folder, order, 1
    return folder, order, 2 if name.endswith(READS) else 3


def imported(path: Path) -> list[Path]:
    """The modules of the package that a module imports, wherever in it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.ImportFrom) or node.level == 0:
            continue
        base = path.parent
        for _ in range(node.level - 1):
            base = base.parent
        target = base.joinpath(*(node.module or "").split("."))
        names = [target / alias.name for alias in node.names] if target.is_dir() else [target]
        for name in names:
            choices = (name.with_suffix(".py"), name / "__init__.py", target / "__init__.py")
            found.append(next((file for file in choices if file.exists()), target))
    return [file for file in found if file.is_file()]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_lies_below_it(path):
    feature, order, floor = place(path)
    for target in imported(path):
        their_feature, their_order, their_floor = place(target)
        where = f"{path.relative_to(PACKAGE)} imports {target.relative_to(PACKAGE)}"
        assert their_floor <= floor, where
        if feature == "ground":
            assert their_feature == "ground", where
        if feature in FEATURES and their_feature in FEATURES and their_feature != feature:
            assert their_order < order, where


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_routes_see_the_request_and_commit(path):
    feature, _order, floor = place(path)
    if floor >= 4 or (feature == "ground"):
        return
    source = path.read_text()
    for word in ("current_user", "from flask import request", "abort("):
        assert word not in source or feature == "access", f"{path.name} holds {word}"
    assert "session.commit()" not in source or path.parent.name == "imports", f"{path.name} commits"


def test_one_clock():
    ticking = [path.name for path in modules() if "datetime.now(" in path.read_text()]
    assert ticking == ["when.py"]


def test_one_place_knows_what_language_is_spoken():
    forcing = [path.name for path in modules() if "force_locale(" in path.read_text()]
    assert forcing == ["spoken.py"]
