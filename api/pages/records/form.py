"""The one shape of every form for a record, made from what its fields may hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from api.pages.records.fields import (
    LABELS,
    WHO_SEES,
    Path,
    has_parts,
    in_sentence,
    label_of,
    paths_of,
)
from api.pages.records.references import called
from api.pages.records.typed import Typed, names_for
from api.pages.words import headed
from powermap.dates import PartialDate
from powermap.errors import Problem
from powermap.model import KINDS, MAY_NAME, PowerMap, Record
from powermap.shape import Shape, shape_of
from powermap.vocabulary import RecordKind, Sensitivity

FIXED = ("source", "target", "leader")
"""What a record is about: once written it stays; another record is made instead."""
MOST_SUGGESTED = 2000
"""How many names the page itself carries; beyond it they are looked up while one types."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    value: str
    words: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Input:
    """One input of a form, with what was typed and what is wrong with it."""

    name: str
    sort: str
    """text, lines, choice, radios, truth, date, day or name: what the template makes of it."""
    label: str
    hint: str
    value: str
    required: bool
    optional: bool
    longest: int
    choices: tuple[Choice, ...] = ()
    suggestions: str = ""
    """The list of names to choose from, by its id on the page."""
    fixed: str = ""
    """What it says, where it cannot be changed."""
    problems: tuple[str, ...] = ()
    offers: tuple[tuple[str, str], ...] = ()
    """Records that an unclear name may mean: id and what it is called."""

    @property
    def id(self) -> str:
        return id_of(self.name)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Inputs that belong together, under a legend."""

    name: str
    legend: str
    inputs: tuple[Input, ...]
    removable: bool = False

    @property
    def id(self) -> str:
        return id_of(self.name)


@dataclass(frozen=True, kw_only=True)
class Repeated:
    """A list: a group for each item, and a button for one more."""

    name: str
    legend: str
    hint: str
    groups: tuple[Group, ...]
    add: str
    problems: tuple[str, ...] = ()
    folded: bool = False

    @property
    def id(self) -> str:
        return id_of(self.name)


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """One line of the summary of errors, and the input it leads to."""

    field: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form as the template shows it."""

    parts: tuple[Input | Group | Repeated, ...]
    problems: tuple[Wrong, ...] = ()
    suggestions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Names to choose from, by the id of the list; empty where they are looked up."""


def id_of(name: str) -> str:
    return "f-" + name.replace(".", "-")


def form_of(
    whole: PowerMap,
    cls: type[Record],
    typed: Typed,
    *,
    problems: Iterable[Problem] = (),
    offers: Mapping[str, tuple[str, ...]] | None = None,
    new: bool = True,
    only: Sequence[str] | None = None,
) -> Form:
    """The form of a class, filled in with what was typed, problems beside their fields.

    `only` leaves out all other fields, for the short form of a tie; they keep their defaults.
    """
    making = _Making(whole, cls, problems, offers or {}, new)
    parts: list[Input | Group | Repeated] = []
    grouped: dict[str, list[Input]] = {}
    for path in paths_of(cls):
        first, _, rest = path.name.partition(".")
        if only is not None and first not in only:
            continue
        if rest:
            grouped.setdefault(first, []).append(making.input(path, typed[first].get(rest, "")))
        elif path.shape.many:
            parts.append(making.repeated(path, typed.get(first, [])))
        else:
            parts.append(making.input(path, typed.get(first, "")))
        if rest and len(grouped[first]) == len(shape_of(_shape(cls, first).type)):
            group = Group(name=first, legend=label_of(first), inputs=tuple(grouped[first]))
            parts.append(group)
    return Form(parts=tuple(parts), problems=making.summary(), suggestions=making.suggestions())


def _shape(cls: type[Record], name: str) -> Shape:
    return next(shape for shape in shape_of(cls) if shape.name == name)


class _Making:
    """What all inputs of one form need to know."""

    def __init__(
        self,
        whole: PowerMap,
        cls: type[Record],
        problems: Iterable[Problem],
        offers: Mapping[str, tuple[str, ...]],
        new: bool,
    ) -> None:
        self._whole, self._kind, self._offers, self._new = whole, KINDS[cls], offers, new
        self._problems = list(problems)
        self._labels: dict[str, str] = {}
        self._lists: dict[str, list[str]] = {}
        self._names = names_for(whole, cls)

    def input(self, path: Path, value: str) -> Input:
        return self._input(path.shape, path.name, path.label, value)

    def repeated(self, path: Path, items: Sequence[Any]) -> Repeated:
        one = {"evidence": "Evidence", "identifiers": "Register or file"}
        legend = one.get(path.name, path.label)
        groups = []
        for place, item in enumerate(items):
            name, title = f"{path.name}.{place}", f"{legend} {place + 1}"
            if has_parts(path.shape):
                inputs = [
                    self._input(
                        part, f"{name}.{part.name}", label_of(part.name), item[part.name], title
                    )
                    for part in shape_of(path.shape.type)
                ]
            else:
                inputs = [self._input(path.shape, name, title, item)]
            groups.append(Group(name=name, legend=title, inputs=tuple(inputs), removable=True))
        self._labels[path.name] = path.label
        more = "Add more evidence" if path.name == "evidence" and items else "Add another"
        first = {"evidence": "Add evidence", "identifiers": "Add one", "succeeded_by": "Add one"}
        return Repeated(
            name=path.name,
            legend=path.label,
            hint=path.shape.doc,
            groups=tuple(groups),
            add=more if items else first.get(path.name, "Add one"),
            problems=self._problems_of(path.name),
            folded=path.name == "identifiers" and not items,
        )

    def _input(self, shape: Shape, name: str, label: str, value: str, under: str = "") -> Input:
        self._labels[name] = f"{under}: {label.lower()}" if under else label
        fixed = ""
        if not self._new and shape.name in FIXED:
            fixed = self._names.get(value, value)
        return Input(
            name=name,
            sort=_sort(shape),
            label=label,
            hint=_hint(shape, self._new),
            value=value,
            required=shape.required,
            optional=not shape.required and shape.default is None,
            longest=shape.longest,
            choices=_choices(shape),
            suggestions=self._list_for(shape) if shape.refers and not fixed else "",
            fixed=fixed,
            problems=self._problems_of(name),
            offers=tuple((id, self._names.get(id, id)) for id in self._offers.get(name, ())),
        )

    def _list_for(self, shape: Shape) -> str:
        kinds = [kind for kind in RecordKind if kind in MAY_NAME[self._kind, shape.name]]
        name = "names-" + "-".join(kind.plural for kind in kinds)
        if name not in self._lists:
            found = list(called(self._whole, kinds).values())
            self._lists[name] = found if len(found) <= MOST_SUGGESTED else []
        return name

    def _problems_of(self, name: str) -> tuple[str, ...]:
        label = self._labels.get(name, label_of(name)).rpartition(": ")[2].capitalize()
        return tuple(
            in_sentence(label, found.message)
            for found in self._problems
            if ".".join(map(str, found.path)) == name
        )

    def suggestions(self) -> dict[str, list[str]]:
        return self._lists

    def summary(self) -> tuple[Wrong, ...]:
        lines = []
        for found in self._problems:
            name = ".".join(map(str, found.path))
            known = name in self._labels
            label = self._labels.get(name) or LABELS.get(name) or name.capitalize()
            message = in_sentence(label, found.message) if found.path else found.message
            lines.append(Wrong(field=id_of(name) if known else "", message=message))
        return tuple(lines)


def _sort(shape: Shape) -> str:
    if shape.refers:
        return "name"
    if shape.type is Sensitivity:
        return "radios"
    if shape.type is bool:
        return "truth"
    if shape.type is PartialDate:
        return "date"
    if shape.type is date:
        return "day"
    if issubclass(shape.type, StrEnum) or shape.type is int:
        return "choice"
    return "lines" if shape.lines else "text"


def _choices(shape: Shape) -> tuple[Choice, ...]:
    if shape.type is Sensitivity:
        return tuple(
            Choice(value=level, words=headed(level), hint=WHO_SEES[level]) for level in Sensitivity
        )
    if issubclass(shape.type, StrEnum):
        found = [Choice(value=each, words=headed(each)) for each in shape.type]
    elif shape.type is int and shape.low is not None and shape.high is not None:
        found = [Choice(value=str(n), words=str(n)) for n in range(shape.low, shape.high + 1)]
    else:
        return ()
    if shape.default is None:
        found.insert(0, Choice(value="", words="Choose" if shape.required else "Not recorded"))
    return tuple(found)


_AS_KNOWN = "2009, 2009-05 or 2009-05-14"
_HINTS = {
    "sensitivity": "Who may see this record, its evidence included.",
    "active_from": f"The first day, as far as it is known: {_AS_KNOWN}. Leave it empty if it began "
    "before anybody remembers.",
    "active_to": f"The last day: {_AS_KNOWN}. Leave it empty if it is still so.",
    "last_contact": f"When they were last in contact: {_AS_KNOWN}.",
    "assessed_on": f"When it was judged: {_AS_KNOWN}.",
    "as_at": "The day the map describes, such as 2010-03-01.",
    "holder_status": "Leave the holder out where the post is vacant or not disclosed.",
    "holder": "The person or organisation that holds it.",
    "nature": "",
    "confidence": "",
    "basis": "",
    "power": "1 (little) to 5 (much).",
    "interest": "1 (little) to 5 (much).",
}
_FACTORS = ("shared_purpose", "frequent_contact", "surfacing_conflict", "altruism", "long_term")


def _hint(shape: Shape, new: bool) -> str:
    if shape.name in _FACTORS:
        return ""
    if shape.name in FIXED and not new:
        return "To change whom it is about, delete it and add another."
    return _HINTS.get(shape.name, shape.doc)
