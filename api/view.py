"""A view of a map as one value with one text form, which is also its address.

Pages, the API and the command draw the same value: `layer=tensions&focus=…`. What is left out is
as usual, so the usual view is the empty text.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, unquote, urlencode

from api.mark import Mark, MarkKind
from graph.network import GroupBy, Unit
from powermap.errors import InvalidValue, Problem
from powermap.schema import read_day
from powermap.vocabulary import Layer, OrganisationKind, Sector, Sensitivity

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class Emphasis(StrEnum):
    """What a heavier border stands for: a measure by its name."""

    BETWEENNESS = "betweenness"
    BROKERAGE = "brokerage"
    VIEWS_RECEIVED = "views_received"
    VIEWS_GIVEN = "views_given"
    TWO_STEP_REACH_OUT = "two_step_reach_out"
    HARMONIC_IN = "harmonic_in"
    PAGERANK = "pagerank"
    EFFECTIVE_SIZE = "effective_size"
    K_CORE = "k_core"
    FRAGMENTATION_WITHOUT = "fragmentation_without"


class Extent(StrEnum):
    """How much is drawn."""

    OPENING = "opening"
    """The answer, and the best tied, as many as can be read at once."""
    TOP = "top"
    """The forty with the highest values of the measure that is emphasised."""
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class View:
    """What is looked at, how, and what stands out."""

    layer: Layer = Layer.RELATIONSHIPS
    unit: Unit = Unit.LEADERS
    on: date | None = None
    """The day; the map's own as-at date unless given."""
    focus: str | None = None
    """The leader or organisation in the middle: they and those near them are drawn."""
    distance: int = 1
    """How many steps from the one in focus: 1 or 2."""
    emphasis: Emphasis = Emphasis.BETWEENNESS
    group_by: GroupBy = GroupBy.SECTOR
    show: Extent = Extent.OPENING
    sectors: frozenset[Sector] = frozenset()
    """Only those of these sectors; all, if none is named. The same for `kinds` of body."""
    kinds: frozenset[OrganisationKind] = frozenset()
    ceiling: Sensitivity = Sensitivity.PRIVATE
    """What is more sensitive is treated as if it were not on the map."""
    strength: int | None = None
    """Only ties of at least this strength, 1 to 5."""
    mark: Mark = Mark()
    """What stands out, instead of the answer that the map opens on."""
    arrangement: str | None = None
    """Where things stand: an arrangement that was kept; the map's own unless given."""

    def address(self, **changes: str | None) -> dict[str, Any]:
        """The query of this view, or of one that differs in what is given (None: left out)."""
        values: dict[str, str | None] = {
            key: field.write(getattr(self, field.name)) for key, field in _FIELDS.items()
        }
        values |= changes
        return {key: text for key, text in values.items() if text and text != _USUAL[key]}

    def text(self) -> str:
        """All of it as one line: `view_from_text` reads it back."""
        return urlencode(self.address())

    @property
    def filtered(self) -> bool:
        """Whether less is looked at than there is."""
        return bool(
            self.sectors or self.kinds or self.strength or self.ceiling is not Sensitivity.PRIVATE
        )


ARRANGEMENT_LENGTH = 16


@dataclass(frozen=True)
class _Field:
    """How one part of a view is written and read."""

    name: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]


def _one_of(kind: type[E]) -> Callable[[str], E]:
    def read(text: str) -> E:
        try:
            return kind(text)
        except ValueError:
            raise InvalidValue(Problem((), "must be one of: " + ", ".join(kind))) from None

    return read


def _some_of(kind: type[E]) -> Callable[[str], frozenset[E]]:
    def read(text: str) -> frozenset[E]:
        try:
            return frozenset(kind(each.strip()) for each in text.split(",") if each.strip())
        except ValueError:
            message = "must be some of these, separated by commas: " + ", ".join(kind)
            raise InvalidValue(Problem((), message)) from None

    return read


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) == 1 and least <= int(text) <= most:
            return int(text)
        raise InvalidValue(Problem((), f"must be a whole number from {least} to {most}"))

    return read


def _write_some(kind: type[StrEnum]) -> Callable[[Any], str]:
    return lambda chosen: ",".join(each.value for each in kind if each in chosen)


def _write(value: object) -> str:
    return "" if value is None else str(value)


def _read_mark(text: str) -> Mark:
    kind, _, rest = text.rpartition(":")
    try:
        chosen = MarkKind(kind) if kind else MarkKind.PEOPLE
    except ValueError:
        kinds = ", ".join(f"{each}:" for each in MarkKind)
        raise InvalidValue(
            Problem((), f"must be ids separated by commas, after one of: {kinds}")
        ) from None
    try:
        return Mark(kind=chosen, parties=tuple(map(unquote, rest.split(","))))
    except InvalidValue as error:
        raise InvalidValue(Problem((), error.problems[0].message)) from None


def _write_mark(mark: Mark) -> str:
    if not mark.parties:
        return ""
    parties = ",".join(quote(party, safe="") for party in mark.parties)
    return parties if mark.kind is MarkKind.PEOPLE else f"{mark.kind}:{parties}"


def _read_arrangement(text: str) -> str:
    if len(text) == ARRANGEMENT_LENGTH and set(text) <= set("0123456789abcdef"):
        return text
    message = f"must be {ARRANGEMENT_LENGTH} figures and letters a to f, as in a link to a view"
    raise InvalidValue(Problem((), message))


_FIELDS: Mapping[str, _Field] = {
    "layer": _Field("layer", _write, _one_of(Layer)),
    "unit": _Field("unit", _write, _one_of(Unit)),
    "on": _Field("on", _write, read_day),
    "focus": _Field("focus", _write, str),
    "distance": _Field("distance", _write, _number(1, 2)),
    "emphasis": _Field("emphasis", _write, _one_of(Emphasis)),
    "group_by": _Field("group_by", _write, _one_of(GroupBy)),
    "show": _Field("show", _write, _one_of(Extent)),
    "sector": _Field("sectors", _write_some(Sector), _some_of(Sector)),
    "kind": _Field("kinds", _write_some(OrganisationKind), _some_of(OrganisationKind)),
    "sensitivity": _Field("ceiling", _write, _one_of(Sensitivity)),
    "strength": _Field("strength", _write, _number(1, 5)),
    "highlight": _Field("mark", _write_mark, _read_mark),
    "arrangement": _Field("arrangement", _write, _read_arrangement),
}
"""Every name that a text may hold, in the order in which they are written."""

_USUAL = {key: field.write(getattr(View(), field.name)) for key, field in _FIELDS.items()}
assert {field.name for field in _FIELDS.values()} == {field.name for field in fields(View)}


def read_view(
    given: Mapping[str, str], *, besides: Iterable[str] = ()
) -> tuple[View, list[Problem]]:
    """The view asked for as far as it can be read, and everything that is wrong with the rest.

    Empty values are as if left out. Names that are none of a view's are problems, but `besides`.
    """
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    for key, text in given.items():
        if key not in _FIELDS:
            if key not in set(besides):
                message = "is not part of a view; a view has: " + ", ".join(_FIELDS)
                problems.append(Problem((key,), message))
        elif text.strip():
            try:
                found[_FIELDS[key].name] = _FIELDS[key].read(text.strip())
            except InvalidValue as error:
                problems += error.under(key).problems
    return View(**found), problems


def view_from(given: Mapping[str, str], *, besides: Iterable[str] = ()) -> View:
    """The view asked for, or `InvalidValue` that names everything wrong with it."""
    view, problems = read_view(given, besides=besides)
    if problems:
        raise InvalidValue(*problems)
    return view


def view_from_text(text: str) -> View:
    """The view that a text form stands for: a query, or the whole of a permalink."""
    query = text.partition("?")[2] if "?" in text else text
    return view_from(joined_up(parse_qsl(query, keep_blank_values=True)))


def joined_up(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names given more than once, as a form sends several choices, joined with commas."""
    found: dict[str, str] = {}
    for key, text in pairs:
        found[key] = f"{found[key]},{text}" if found.get(key) else text
    return found
