"""What pages load: built once at set-up under names that change with their content, kept for a year."""

import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from flask import Flask, Response, request, send_from_directory

from . import art

BUILT = Path("static/built")
# The order of concatenation; inside a layer the later file wins.
STYLES = ("layers", "reset", "tokens", "stocks", "base", "layout")
# What a map loads when it is shown, as its packages have it.
FETCHED = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "cluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "topojson.js": "topojson-client/dist/topojson-client.min.js",
    "world.json": "world-atlas/countries-50m.json",
    "us.json": "us-atlas/counties-10m.json",
}
_IMPORT = re.compile(r'from "\./([a-z]+\.js)"')
ENCODINGS = {"br": ".br", "gzip": ".gz"}
A_YEAR = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Serve what was built, and let templates name it and draw."""
    folder = Path(app.static_folder) / "built"
    names = asset_names(folder.parent.parent)

    def asset_url(name: str) -> str:
        """The address of a built file by its plain name, such as "site.css"."""
        return f"{app.static_url_path}/built/{names.get(name, name)}"

    app.add_url_rule(f"{app.static_url_path}/built/<name>", "built", lambda name: _serve(folder, name))
    app.jinja_env.globals.update(
        asset_url=asset_url,
        art_svg=art.art_svg,
        icon_path=art.icon_path,
        tabs_html=art.tabs_html,
        pull_tabs=art.pull_tabs,
    )


def _serve(folder: Path, name: str) -> Response:
    """One built file, in the smallest form that the browser takes."""
    for encoding, ending in ENCODINGS.items():
        if request.accept_encodings.quality(encoding) > 0 and (folder / f"{name}{ending}").is_file():
            answer = send_from_directory(folder, f"{name}{ending}", mimetype=_type(name))
            answer.headers["Content-Encoding"] = encoding
            break
    else:
        answer = send_from_directory(folder, name, mimetype=_type(name))
    answer.headers["Cache-Control"] = A_YEAR
    answer.vary.add("Accept-Encoding")
    return answer


def asset_names(root: Path) -> dict[str, str]:
    """Plain names to hashed ones; empty before set-up has run."""
    try:
        return json.loads((root / BUILT / "manifest.json").read_text())["names"]
    except FileNotFoundError:
        return {}


def build_assets(root: Path) -> bool:
    """Make static/built from its sources; False when they have not changed since.

    Raises FileNotFoundError while npm has not fetched what package.json names.
    """
    into = root / BUILT
    into.mkdir(parents=True, exist_ok=True)
    inputs = _digest(_inputs(root))
    manifest = into / "manifest.json"
    if manifest.exists() and json.loads(manifest.read_text())["inputs"] == inputs:
        return False
    names = {"site.css": _keep(into, "site.css", _stylesheet(root, into))}
    for script in sorted((root / "static/js").glob("*.js"), key=_imports):
        names[script.name] = _keep(into, script.name, _IMPORT.sub(_hashed(names), script.read_text()).encode())
    embed = (root / "static/css/embed/embed.css").read_text()
    names["embed.css"] = _keep(into, "embed.css", _squeezed(embed).encode())
    for plain, source in FETCHED.items():
        names[plain] = _keep(into, plain, _fetched(root / "node_modules" / source))
    names |= {re.sub(r"-[0-9a-f]{10}\.", ".", font.name): font.name for font in sorted(into.glob("*.woff2"))}
    _drop_old(into, set(names.values()))
    manifest.write_text(json.dumps({"inputs": inputs, "names": names}, indent=1))
    return True


def _imports(script: Path) -> tuple[bool, str]:
    """Scripts that import none first: those that do name them by their hashes."""
    return bool(_IMPORT.search(script.read_text())), script.name


def _hashed(names: dict[str, str]) -> Callable[[re.Match], str]:
    return lambda found: f'from "./{names[found[1]]}"'


def _fetched(source: Path) -> bytes:
    """A file of a package as it is; a stylesheet in a layer below our own."""
    data = source.read_bytes()
    return b"@layer vendor{" + data + b"}" if source.suffix == ".css" else data


def _inputs(root: Path) -> list[Path]:
    from .fonts import font_sources

    here = Path(__file__).parent
    sources = [
        *(root / "static").glob("css/*.css"),
        *(root / "static").glob("embed/*.css"),
        *(root / "static").glob("js/*.js"),
    ]
    fetched = [root / "node_modules" / source for source in FETCHED.values()]
    return [*sorted(sources), *fetched, *font_sources(root), here / "assets.py", here / "fonts.py"]


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)}\n".encode() + data)
    return digest.hexdigest()


def _stylesheet(root: Path, into: Path) -> bytes:
    folder = root / "static/css"
    first = [folder / f"{name}.css" for name in STYLES]
    last = folder / "utilities.css"
    parts = sorted(set(folder.glob("*.css")) - {*first, last})
    text = "\n".join(path.read_text() for path in (*first, *parts, last))
    return (_font_rules(root, into) + _squeezed(text)).encode()


def _font_rules(root: Path, into: Path) -> str:
    """The @font-face rules, from the last cut when the sources are the same: cutting takes seconds."""
    from .fonts import cut_fonts, font_sources

    kept = into / f"fonts-{_digest([*font_sources(root), Path(__file__).parent / 'fonts.py'])[:10]}.css"
    if not kept.exists():
        for old in [*into.glob("*.woff2"), *into.glob("fonts-*.css")]:
            old.unlink()
        kept.write_text(cut_fonts(root, into))
    return kept.read_text()


def _squeezed(css: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


def _keep(into: Path, plain: str, data: bytes) -> str:
    """Write a file under a hashed name, with its compressed forms beside it; the name."""
    import brotli

    stem, dot, ending = plain.rpartition(".")
    name = f"{stem}-{hashlib.sha256(data).hexdigest()[:10]}{dot}{ending}"
    (into / name).write_bytes(data)
    (into / f"{name}.br").write_bytes(brotli.compress(data))
    (into / f"{name}.gz").write_bytes(gzip.compress(data, mtime=0))
    return name


def _drop_old(into: Path, names: set[str]) -> None:
    wanted = names | {f"{name}{ending}" for name in names for ending in ENCODINGS.values()}
    for path in into.iterdir():
        if path.suffix == ".woff2" or path.name == "manifest.json" or path.name.startswith("fonts-"):
            continue
        if path.name not in wanted:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _type(name: str) -> str:
    types = {"css": "text/css", "js": "text/javascript", "woff2": "font/woff2", "json": "application/json"}
    return types.get(name.rpartition(".")[2], "application/octet-stream")
