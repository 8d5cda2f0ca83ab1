"""The files that pages load: our own, and a fixed list out of installed packages."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from flask import Blueprint, Response, abort, g, request, url_for
from markupsafe import Markup

from visual.influence_map import PYVIS_LIBRARY, STATIC
from visual.typeface import font_file

_OWN = Path(__file__).parent / "static"
_YEAR = 365 * 24 * 3600
ONE_FILE = "in_one_file"
"""Set on `flask.g` while a page is made that must stand alone, without a server."""


def _installed(package: str, path: str) -> Path:
    return Path(str(files(package))) / path


FILES = MappingProxyType(
    {
        "bootstrap.min.css": _installed(
            "flask_bootstrap", "static/bootstrap5/css/bootstrap.min.css"
        ),
        "vis-network.min.js": _installed("pyvis", f"{PYVIS_LIBRARY}/vis-network.min.js"),
        "source-sans-regular.ttf": font_file("regular"),
        "source-sans-semibold.ttf": font_file("semibold"),
        "theme.css": _OWN / "theme.css",
        "map_page.css": _OWN / "map_page.css",
        "matrix.css": _OWN / "matrix.css",
        "measures.css": _OWN / "measures.css",
        "job.js": _OWN / "job.js",
        "question.css": _OWN / "question.css",
        "copy.js": _OWN / "copy.js",
        "papers.css": _OWN / "papers.css",
        "papers.js": _OWN / "papers.js",
        "records.css": _OWN / "records.css",
        "records.js": _OWN / "records.js",
        "influence_map.css": STATIC / "influence_map.css",
        "influence_map.js": STATIC / "influence_map.js",
        "influence_map_drawing.js": STATIC / "influence_map_drawing.js",
        "map_page.js": _OWN / "map_page.js",
        "influence_map_reading.js": STATIC / "influence_map_reading.js",
    }
)
"""Nothing outside this list is served; a name is never turned into a path."""

_TYPES = {".css": "text/css", ".js": "text/javascript", ".ttf": "font/ttf"}


@cache
def _fingerprint(name: str) -> str:
    return sha256(_content(name)).hexdigest()[:12]


def asset_url(name: str) -> str:
    """The address of a file, which changes when the file does, so that it may be kept for long."""
    return url_for("pages.asset", name=name, v=_fingerprint(name))


def stylesheet(name: str) -> Markup:
    """The link to a style sheet, or all of it where the page is to stand in one file."""
    if g.get(ONE_FILE):
        return Markup("<style>{}</style>").format(Markup(_inside(name)))
    return Markup('<link rel="stylesheet" href="{}">').format(asset_url(name))


def script(name: str) -> Markup:
    """The same for a script."""
    if g.get(ONE_FILE):
        return Markup("<script>{}</script>").format(Markup(_inside(name)))
    return Markup('<script src="{}" defer></script>').format(asset_url(name))


def policy() -> Markup:
    """The security policy that a page in one file carries: our own styles and scripts, no other."""
    hashes: dict[str, list[str]] = {".css": [], ".js": []}
    for name, path in FILES.items():
        if path.suffix in hashes:
            digest = b64encode(sha256(_inside(name).encode()).digest()).decode()
            hashes[path.suffix].append(f"'sha256-{digest}'")
    return Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(
        f"default-src 'none'; script-src {' '.join(hashes['.js'])}; "
        f"style-src {' '.join(hashes['.css'])}; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _inside(name: str) -> str:
    """The text of a file, with the fonts it names as data."""
    text = FILES[name].read_text(encoding="utf-8")
    for font in (other for other, path in FILES.items() if path.suffix == ".ttf"):
        data = b64encode(FILES[font].read_bytes()).decode()
        text = text.replace(f'url("{font}")', f'url("data:font/ttf;base64,{data}")')
    if "</" + ("style" if name.endswith(".css") else "script") in text:
        raise AssertionError(f"{name} would end early inside a page")
    return text


def asset(name: str) -> Response:
    if name not in FILES:
        abort(404)
    # From memory: an open file would be left behind where the reader goes away half-way.
    response = Response(_content(name), mimetype=_TYPES[FILES[name].suffix])
    response.set_etag(_fingerprint(name))
    response.cache_control.max_age = _YEAR
    response.cache_control.public = True
    response.make_conditional(request)
    return response


@cache
def _content(name: str) -> bytes:
    return FILES[name].read_bytes()


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/assets/<name>", "asset", asset)
    blueprint.app_context_processor(
        lambda: {
            "stylesheet": stylesheet,
            "script": script,
            "in_one_file": bool(g.get(ONE_FILE)),
            "policy": policy() if g.get(ONE_FILE) else "",
        }
    )
