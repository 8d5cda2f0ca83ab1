"""What a figure is asked to show, as one value with one text form, which is also its address."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from api.figures.supposed import Supposed, supposed_from
from api.pages.matrix_rows import Rows
from api.view import View, joined_up, read_view
from powermap.errors import InvalidValue, Problem
from powermap.schema import read_day
from visual.figure.preset import SIZES, Preset

MOST_NAMES = max(size.most_names for size in SIZES.values())


class Shows(StrEnum):
    """What sort of picture."""

    MAP = "map"
    """Who is tied to whom, as on the page of the map."""
    BEFORE_AFTER = "before_after"
    """The same twice: on two days, at an earlier revision and now, or now and as it would be."""
    MATRIX = "matrix"
    """Who names whom, as a table."""
    POWER_INTEREST = "power_interest"
    """How people are judged by others: the power–interest grid."""


@dataclass(frozen=True, kw_only=True)
class FigureAsked:
    """One figure: a view, and in what sort of picture it is seen."""

    view: View = View()
    shows: Shows = Shows.MAP
    names: int | None = None
    """At most so many names; as many as the preset holds unless given."""
    before: date | None = None
    """Before and after: the earlier day. Of this and the next two, one is given."""
    since: int | None = None
    """Before and after: the earlier revision."""
    what_if: Supposed | None = None
    """Before and after: what is supposed."""
    rows: Rows | None = None
    """Matrix: what a row stands for; the finest that can be read unless given."""
    opinions: bool = False
    """Power and interest: that what people think of others by name is to be drawn."""

    def address(self) -> dict[str, Any]:
        """The query of this figure; what is left out is as usual."""
        own = {
            "shows": "" if self.shows is Shows.MAP else self.shows.value,
            "names": "" if self.names is None else str(self.names),
            "before": self.before.isoformat() if self.before else "",
            "since": "" if self.since is None else str(self.since),
            "what_if": self.what_if.text() if self.what_if else "",
            "rows": self.rows.value if self.rows else "",
            "opinions": "true" if self.opinions else "",
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


NEEDS_OPINIONS = (
    "must be true with shows=power_interest: it draws what some people think of others by name, "
    "which no figure does unless asked"
)
COMPARED = ("before", "since", "what_if")
"""With what a figure of before and after compares: one of these."""
OF_ONE_SORT = {
    **dict.fromkeys(COMPARED, Shows.BEFORE_AFTER),
    "rows": Shows.MATRIX,
    "opinions": Shows.POWER_INTEREST,
}
"""What is told to one sort of picture alone."""
OWN = ("shows", "names", *OF_ONE_SORT)
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
    found: dict[str, Any] = {}
    for key, read in _READ.items():
        if text := given.get(key, "").strip():
            try:
                found[key] = read(text)
            except InvalidValue as error:
                problems += error.under(key).problems
    told = [key for key in OF_ONE_SORT if found.get(key, given.get(key, "").strip())]
    problems += _mismatches(shows, view, told)
    if problems:
        raise InvalidValue(*problems)
    return FigureAsked(view=view, shows=shows, names=names, **found)


def _mismatches(shows: Shows, view: View, told: Sequence[str]) -> Iterator[Problem]:
    """What one sort of picture needs, or has no use for."""
    for key in told:
        if shows is not OF_ONE_SORT[key]:
            yield Problem((key,), f"goes with shows={OF_ONE_SORT[key]} alone")
    if shows in (Shows.MATRIX, Shows.POWER_INTEREST) and view.mark.parties:
        yield Problem(("highlight",), f"must be left out: with shows={shows} nothing stands out")
    if shows is Shows.POWER_INTEREST and "opinions" not in told:
        yield Problem(("opinions",), NEEDS_OPINIONS)
    if shows is not Shows.BEFORE_AFTER:
        return
    compared = [key for key in COMPARED if key in told]
    if not compared:
        why = (
            "needs one more: before (a day), since (a revision) or what_if (what is supposed), "
            "to compare with"
        )
        yield Problem(("shows",), why)
    for key in compared[1:]:
        yield Problem((key,), f"must not stand beside {compared[0]}: give one of them")
    if "since" in compared and view.on is not None:
        yield Problem(("on",), "must not stand beside since, which compares what was known when")


def _revision(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 10 and int(text):
        return int(text)
    raise InvalidValue(Problem((), "must be the number of a revision, from 1"))


def _rows(text: str) -> Rows:
    if text in set(Rows):
        return Rows(text)
    raise InvalidValue(Problem((), "must be one of: " + ", ".join(Rows)))


def _truth(text: str) -> bool:
    if text in ("true", "false"):
        return text == "true"
    raise InvalidValue(Problem((), "must be true or false"))


_READ: Mapping[str, Callable[[str], Any]] = {
    "before": read_day,
    "since": _revision,
    "what_if": supposed_from,
    "rows": _rows,
    "opinions": _truth,
}


def figure_from_text(text: str) -> FigureAsked:
    """The figure that a text form stands for: a query, or the whole of a link to a view."""
    query = text.partition("?")[2] if "?" in text else text
    return figure_from(joined_up(parse_qsl(query, keep_blank_values=True)))
