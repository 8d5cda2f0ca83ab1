"""The parts of a form as its template shows them, and what each field becomes there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from api.pages.records.fields import (
    WHO_SEES,
)
from api.pages.words import headed
from powermap.dates import PartialDate
from powermap.shape import Shape
from powermap.vocabulary import Sensitivity

FIXED = ("source", "target", "leader")
"""What a record is about: once written it stays; another record is made instead."""


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
    missing: tuple[tuple[str, str], ...] = ()
    """Forms that add what is named but not there: words and address."""

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


def sort_of(shape: Shape) -> str:
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


def choices_of(shape: Shape) -> tuple[Choice, ...]:
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


def hint_of(shape: Shape, new: bool) -> str:
    if shape.name in _FACTORS:
        return ""
    if shape.name in FIXED and not new:
        return "To change whom it is about, delete it and add another."
    return _HINTS.get(shape.name, shape.doc)
