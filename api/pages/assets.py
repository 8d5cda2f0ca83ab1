"""The files that pages load: our own, and a fixed list out of installed packages."""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from flask import Blueprint, Response, abort, send_file, url_for

from visual.influence_map import PYVIS_LIBRARY, STATIC
from visual.typeface import font_file

_OWN = Path(__file__).parent / "static"
_YEAR = 365 * 24 * 3600


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
        "influence_map.css": STATIC / "influence_map.css",
        "influence_map.js": STATIC / "influence_map.js",
        "influence_map_drawing.js": STATIC / "influence_map_drawing.js",
        "influence_map_reading.js": STATIC / "influence_map_reading.js",
    }
)
"""Nothing outside this list is served; a name is never turned into a path."""

_TYPES = {".css": "text/css", ".js": "text/javascript", ".ttf": "font/ttf"}


@cache
def _fingerprint(name: str) -> str:
    return sha256(FILES[name].read_bytes()).hexdigest()[:12]


def asset_url(name: str) -> str:
    """The address of a file, which changes when the file does, so that it may be kept for long."""
    return url_for("pages.asset", name=name, v=_fingerprint(name))


def asset(name: str) -> Response:
    if name not in FILES:
        abort(404)
    path = FILES[name]
    response = send_file(path, mimetype=_TYPES[path.suffix], conditional=True, max_age=_YEAR)
    response.cache_control.public = True
    return response


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/assets/<name>", "asset", asset)
    blueprint.app_context_processor(lambda: {"asset_url": asset_url})
