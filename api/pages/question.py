"""What a reader asked the map page to show, read from its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from graph.network import GroupBy, Unit
from powermap.errors import InvalidValue, Problem
from powermap.vocabulary import Layer

E = TypeVar("E", bound=StrEnum)


class Emphasis(StrEnum):
    """What a heavier border stands for."""

    BETWEENNESS = "betweenness"
    BROKERAGE = "brokerage"
    VIEWS_RECEIVED = "views_received"
    VIEWS_GIVEN = "views_given"


EMPHASIS_WORDS = {
    Emphasis.BETWEENNESS: "Between others",
    Emphasis.BROKERAGE: "Joining the untied",
    Emphasis.VIEWS_RECEIVED: "Named by many",
    Emphasis.VIEWS_GIVEN: "Naming many",
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One view of a map."""

    layer: Layer = Layer.RELATIONSHIPS
    unit: Unit = Unit.LEADERS
    on: date | None = None
    focus: str | None = None
    emphasis: Emphasis = Emphasis.BETWEENNESS
    group_by: GroupBy = GroupBy.SECTOR
    show_all: bool = False

    def address(self, **changes: str | None) -> dict[str, str]:
        """The query of this view, or of one that differs in what is given (None: left out)."""
        values: dict[str, str | None] = {
            "layer": str(self.layer),
            "unit": str(self.unit),
            "on": self.on.isoformat() if self.on else None,
            "focus": self.focus,
            "emphasis": str(self.emphasis),
            "group_by": str(self.group_by),
            "show": "all" if self.show_all else None,
        }
        usual = {"layer": "relationships", "unit": "leaders", "group_by": "sector"}
        usual["emphasis"] = "betweenness"
        values |= changes
        return {name: text for name, text in values.items() if text and usual.get(name) != text}


def question_from(arguments: Mapping[str, str]) -> Question:
    """The view asked for; everything that is wrong with it is said at once."""
    problems: list[Problem] = []
    given = {name: value.strip() for name, value in arguments.items() if value.strip()}

    def choice(name: str, kind: type[E], usual: E) -> E:
        try:
            return kind(given.get(name, usual))
        except ValueError:
            problems.append(Problem((name,), "must be one of: " + ", ".join(kind)))
            return usual

    on = None
    if "on" in given:
        try:
            on = date.fromisoformat(given["on"])
        except ValueError:
            problems.append(Problem(("on",), "must be a day such as 2010-03-01"))
    if given.get("show", "all") != "all":
        problems.append(Problem(("show",), "must be all, or left out"))
    question = Question(
        layer=choice("layer", Layer, Layer.RELATIONSHIPS),
        unit=choice("unit", Unit, Unit.LEADERS),
        on=on,
        focus=given.get("focus"),
        emphasis=choice("emphasis", Emphasis, Emphasis.BETWEENNESS),
        group_by=choice("group_by", GroupBy, GroupBy.SECTOR),
        show_all="show" in given,
    )
    if problems:
        raise InvalidValue(*problems)
    return question
