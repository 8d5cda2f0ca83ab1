"""What a table is asked for: which records, in which order, which page of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from api.pages.words import headed
from powermap.errors import InvalidValue, Problem
from powermap.schema import read_day
from powermap.vocabulary import (
    AccountabilityKind,
    HolderStatus,
    Level,
    OrganisationKind,
    RecordKind,
    RelationshipKind,
    Sector,
    Sensitivity,
    Stance,
)

CHOICES: dict[RecordKind, dict[str, type[StrEnum]]] = {
    RecordKind.LEADER: {"sector": Sector},
    RecordKind.ORGANISATION: {"kind": OrganisationKind, "sector": Sector},
    RecordKind.ACCOUNTABILITY: {
        "kind": AccountabilityKind,
        "level": Level,
        "holder_status": HolderStatus,
    },
    RecordKind.RELATIONSHIP: {"kind": RelationshipKind},
    RecordKind.ASSESSMENT: {"stance": Stance},
}
"""The closed lists a table can be narrowed by; sensitivity always."""

ABOUT: dict[RecordKind, tuple[str, ...]] = {
    RecordKind.LEADER: (),
    RecordKind.ORGANISATION: (),
    RecordKind.ACCOUNTABILITY: ("holder", "to"),
    RecordKind.RELATIONSHIP: ("party",),
    RecordKind.ASSESSMENT: ("leader",),
}
"""Narrowed to one person or body, by id: linked from their pages, not typed."""

PER_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A closed list to choose from, and what is chosen."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, kw_only=True)
class TableQuery:
    """One state of a table, as its address says it."""

    words: str = ""
    on: date | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    sort: str = "name"
    downwards: bool = False
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return bool(self.words or self.on or self.choices or self.about)

    def address(self, **changes: str | None) -> dict[str, str]:
        """The query of this state, or of one that differs in what is given (None: left out)."""
        sort = ("-" if self.downwards else "") + self.sort
        values: dict[str, str | None] = {
            "q": self.words,
            "on": self.on.isoformat() if self.on else None,
            **self.choices,
            **self.about,
            "sort": sort if sort != "name" else None,
            "page": str(self.page) if self.page > 1 else None,
        }
        values |= changes
        return {name: value for name, value in values.items() if value}


def query_from(
    kind: RecordKind, arguments: Mapping[str, str], columns: tuple[str, ...]
) -> tuple[TableQuery, list[Problem]]:
    """The state asked for; what is wrong is left out of it and told."""
    given = {name: value.strip() for name, value in arguments.items() if value.strip()}
    problems: list[Problem] = []
    on = None
    if "on" in given:
        try:
            on = read_day(given["on"])
        except InvalidValue as error:
            problems.append(Problem(("on",), error.problems[0].message))
    choices = {}
    for name, members in _choices(kind).items():
        if (chosen := given.get(name)) is None:
            continue
        if chosen in set(members):
            choices[name] = chosen
        else:
            problems.append(Problem((name,), "must be one of: " + ", ".join(members)))
    sort = given.get("sort", "name")
    if sort.removeprefix("-") not in columns:
        problems.append(Problem(("sort",), "must be one of: " + ", ".join(columns)))
        sort = "name"
    page = given.get("page", "1")
    if not (page.isascii() and page.isdigit() and 0 < len(page) < 7 and int(page) > 0):
        problems.append(Problem(("page",), "must be a whole number of at least 1"))
        page = "1"
    found = TableQuery(
        words=given.get("q", ""),
        on=on,
        choices=choices,
        about={name: given[name] for name in ABOUT[kind] if name in given},
        sort=sort.removeprefix("-"),
        downwards=sort.startswith("-"),
        page=int(page),
    )
    return found, problems


def filters(kind: RecordKind, query: TableQuery, label: Mapping[str, str]) -> list[Filter]:
    """The closed lists of a table's form."""
    return [
        Filter(
            name=name,
            label=label.get(name, name.capitalize()),
            choices=tuple((str(each), headed(each)) for each in members),
            chosen=query.choices.get(name, ""),
        )
        for name, members in _choices(kind).items()
    ]


def _choices(kind: RecordKind) -> dict[str, type[StrEnum]]:
    return {**CHOICES[kind], "sensitivity": Sensitivity}
