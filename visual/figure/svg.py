"""A sheet as SVG: text as outlines for a file of its own, or as text for a document with fonts."""

import unicodedata
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from visual.figure.shapes import Shape, Sheet, Text, number
from visual.figure.signs import outline
from visual.plain_text import one_line
from visual.typeface import FAMILY

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters |= {"number": number, "one_line": one_line}
_ENVIRONMENT.globals["outline"] = outline


def written(sheet: Sheet, *, outlined: bool = True) -> str:
    """The SVG. Outlined it looks the same everywhere and asks for no font."""
    template = _ENVIRONMENT.get_template("board_figure.svg")
    return template.render(
        sheet=sheet,
        family=FAMILY,
        shapes=[(_kind(shape, outlined), shape) for shape in sheet.shapes],
    )


def _kind(shape: Shape, outlined: bool) -> str:
    if isinstance(shape, Text) and (outlined or _is_composed(shape.text)):
        return "outline"
    return type(shape).__name__.lower()


def _is_composed(text: str) -> bool:
    """Whether marks stand on other signs: as text of a picture, PDF/UA-1 would refuse it whole."""
    return any(unicodedata.category(sign) in ("Mn", "Me", "Cf") for sign in text)
