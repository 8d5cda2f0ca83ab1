"""What a figure is asked to show, as one value with one text form, which is also its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from api.view import View, joined_up, read_view
from powermap.errors import InvalidValue, Problem
from visual.figure.preset import SIZES, Preset

MOST_NAMES = max(size.most_names for size in SIZES.values())


class Shows(StrEnum):
    """What sort of picture."""

    MAP = "map"
    """Who is tied to whom, as on the page of the map."""


@dataclass(frozen=True, kw_only=True)
class FigureAsked:
    """One figure: a view, and in what sort of picture it is seen."""

    view: View = View()
    shows: Shows = Shows.MAP
    names: int | None = None
    """At most so many names; as many as the preset holds unless given."""

    def address(self) -> dict[str, Any]:
        """The query of this figure; what is left out is as usual."""
        own = {
            "shows": "" if self.shows is Shows.MAP else self.shows.value,
            "names": "" if self.names is None else str(self.names),
        }
        return {**{key: text for key, text in own.items() if text}, **self.view.address()}

    def text(self) -> str:
        """All of it as one line: `figure_from_text` reads it back."""
        return urlencode(self.address())


@dataclass(frozen=True, kw_only=True)
class Making:
    """For whom and how large: with the map and what is asked, all that its bytes hang on."""

    maker: str
    made_on: date
    preset: Preset = Preset.PORTRAIT
    marking: str = ""
    sentence: str = ""
    """What the reader should see; what the picture itself says unless given."""


OWN = ("shows", "names")
"""What a figure is told beside its view."""


def figure_from(given: Mapping[str, str]) -> FigureAsked:
    """The figure asked for, or `InvalidValue` that names everything wrong with it."""
    view, problems = read_view(given, besides=OWN)
    shows, names = Shows.MAP, None
    if text := given.get("shows", "").strip():
        if text in set(Shows):
            shows = Shows(text)
        else:
            problems.append(Problem(("shows",), "must be one of: " + ", ".join(Shows)))
    if text := given.get("names", "").strip():
        if text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MOST_NAMES:
            names = int(text)
        else:
            message = f"must be a whole number from 1 to {MOST_NAMES}"
            problems.append(Problem(("names",), message))
    if problems:
        raise InvalidValue(*problems)
    return FigureAsked(view=view, shows=shows, names=names)


def figure_from_text(text: str) -> FigureAsked:
    """The figure that a text form stands for: a query, or the whole of a link to a view."""
    query = text.partition("?")[2] if "?" in text else text
    return figure_from(joined_up(parse_qsl(query, keep_blank_values=True)))
