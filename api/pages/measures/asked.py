"""Which network is to be measured and how it is shown, as a form or an address says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from api.pages.meanings import FAMILIES, MEANING_OF
from api.pages.naming import meant
from api.resources.shapes import MeasuresQuery
from graph.measures import MEASURES
from powermap.errors import Problem
from powermap.model import PowerMap
from powermap.schema import problems_in

LOWEST_FIRST = frozenset({"constraint", "constraint_weighted", "hierarchy", "hierarchy_weighted"})
_FEW = (
    "views_received",
    "views_given",
    "betweenness",
    "constraint",
    "effective_size",
    "harmonic_in",
    "two_step_reach_out",
    "k_core",
)
_FAMILY_OF = {"naming": 0, "between": 1, "near": 2, "standing": 3}
COLUMNS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "few": ("The most used", _FEW),
    **{
        key: (
            list(FAMILIES)[place],
            tuple(
                name
                for each in list(FAMILIES.values())[place]
                for name in each.measures
                if name in MEASURES
            ),
        )
        for key, place in _FAMILY_OF.items()
    },
    "brokerage": ("Brokerage by role", ("brokerage",)),
}
"""Sets of columns: the words for each, and its measures."""

TITLES = {name: MEANING_OF[name].title for name in MEASURES}
LABELS = {
    "layer": "Ties",
    "unit": "Between",
    "on": "Day",
    "group_by": "Groups",
    "views": "Whose word",
    "at_least": "Strength",
    "without": "Leave out",
    "largest_set": "Largest set",
    "also": "Also",
    "columns": "Columns",
    "sort": "Order",
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The network asked for (as the API takes it), the columns and their order."""

    texts: Mapping[str, str]
    """As text, to stand in an address or a form; who is left out by id."""
    question: Mapping[str, Any]
    columns: str
    sort: str
    problems: tuple[Problem, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return COLUMNS[self.columns][1]

    @property
    def summary(self) -> list[dict[str, str]]:
        return [
            {
                "field": str(problem.path[0]) if problem.path else "",
                "message": f"{LABELS.get(str(problem.path[0]), problem.path[0])}: "
                f"{problem.message}."
                if problem.path
                else f"{problem.message}.",
            }
            for problem in self.problems
        ]


def read(whole: PowerMap, given: Mapping[str, str]) -> Asked:
    """What was asked for, as far as it can be understood, and all that is wrong with the rest."""
    texts = {name: text.strip() for name, text in given.items() if text.strip()}
    columns, sort = texts.pop("columns", "few"), texts.pop("sort", "")
    problems: list[Problem] = []
    if columns not in COLUMNS:
        problems.append(Problem(("columns",), "must be one of: " + ", ".join(COLUMNS)))
        columns = "few"
    if sort and sort not in (*COLUMNS[columns][1], "name"):
        problems.append(Problem(("sort",), "must be name, or one of the columns shown"))
        sort = ""
    if "without" in texts:
        texts["without"], wrong = _ids(whole, texts["without"])
        problems += wrong
        if not texts["without"]:
            del texts["without"]
    try:
        question = MeasuresQuery().load(texts)
    except ValidationError as error:
        wrong = problems_in(error.messages)
        problems += wrong
        bad = {str(problem.path[0]) for problem in wrong if problem.path}
        texts = {name: text for name, text in texts.items() if name not in bad}
        question = MeasuresQuery().load(texts)
    return Asked(
        texts=texts,
        question=question,
        columns=columns,
        sort=sort or COLUMNS[columns][1][0],
        problems=tuple(problems),
    )


def _ids(whole: PowerMap, typed: str) -> tuple[str, list[Problem]]:
    """The ids of those named, with semicolons between, and what is wrong with the other names."""
    found, problems = [], []
    for name in filter(None, (part.strip() for part in typed.split(";"))):
        one = meant(whole, name)
        if one.id is None:
            problems.append(Problem(("without",), one.message))
        else:
            found.append(one.id)
    return ";".join(found), problems
