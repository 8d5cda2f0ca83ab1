"""The fields of a record as people meet them: in which order, under which label, in which words."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from api.pages.words import day, headed, written
from powermap.dates import PartialDate
from powermap.model import Evidence, Identifier, Record
from powermap.shape import Shape, shape_of
from powermap.vocabulary import Sensitivity

LABELS = {
    "to": "Held to",
    "holder_status": "The holder is",
    "reports_to": "Reports to",
    "level": "Seniority",
    "scope": "What for",
    "acting": "Acting",
    "active_from": "From",
    "active_to": "Until",
    "source": "Whose view",
    "target": "About whom",
    "last_contact": "Last in contact",
    "cadence": "How often in contact",
    "as_at": "As at",
    "illustrative": "Illustrative",
    "leader": "Person",
    "assessed_on": "Judged",
    "succeeded_by": "Succeeded by",
    "identifiers": "Other names for it in registers and files",
    "said_by": "Said by",
    "observed_on": "Said or seen",
    "nature": "Fact or opinion",
    "basis": "Kind of source",
    "citation": "What and where",
    "factors": "The five factors",
    "surfacing_conflict": "Surfacing and resolving conflict",
    "frequent_contact": "Frequent personal contact",
    "altruism": "Behaving altruistically",
    "long_term": "Committing for the longer term",
}
"""Where a field's own name does not do."""

WHO_SEES = {
    Sensitivity.OPEN: "Whoever may see the map.",
    Sensitivity.CONFIDENTIAL: "The map's owner, editors and analysts. What you write is "
    "confidential unless you say otherwise.",
    Sensitivity.PRIVATE: "You alone.",
}

NamedBy = Callable[[str], str]
"""What the record with an id is called."""


@dataclass(frozen=True, kw_only=True)
class Path:
    """One field, or one part of a field that has parts."""

    name: str
    """As in forms: `title`, `factors.altruism`."""
    label: str
    shape: Shape

    def value(self, record: Record) -> Any:
        found: Any = record
        for step in self.name.split("."):
            found = getattr(found, step)
        return found


def label_of(field: str) -> str:
    return LABELS.get(field) or field.replace("_", " ").capitalize()


def paths_of(cls: Any) -> tuple[Path, ...]:
    """What a person can fill in, in the order of the form: the matter, the proof, who sees it."""
    return _paths_of(cls)


@cache
def _paths_of(cls: Any) -> tuple[Path, ...]:
    shapes = sorted(
        (shape for shape in shape_of(cls) if not shape.by_server), key=lambda s: _place(s.name)
    )
    return tuple(path for shape in shapes for path in _parts(shape))


def _place(field: str) -> int:
    last = ("active_from", "active_to", "factors", "evidence", "sensitivity", "identifiers")
    return last.index(field) + 1 if field in last else 0


def _parts(shape: Shape) -> Iterator[Path]:
    if has_parts(shape) and not shape.many:
        for part in shape_of(shape.type):
            yield Path(name=f"{shape.name}.{part.name}", label=label_of(part.name), shape=part)
    else:
        yield Path(name=shape.name, label=label_of(shape.name), shape=shape)


def has_parts(shape: Shape) -> bool:
    return dataclasses.is_dataclass(shape.type) and shape.type is not PartialDate


def told(path: Path, record: Record, named: NamedBy) -> tuple[str, ...]:
    """What a record says in one field, in words: a line for each item; none if nothing."""
    value = path.value(record)
    if value is None:
        return ()
    items: Iterable[Any] = value if path.shape.many else (value,)
    return tuple(_one(path.shape, item, named) for item in items)


def _one(shape: Shape, value: Any, named: NamedBy) -> str:
    if shape.refers:
        return named(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, StrEnum):
        return headed(value)
    if isinstance(value, PartialDate):
        return written(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Evidence):
        return _evidence(value)
    if isinstance(value, Identifier):
        return f"{value.scheme}: {value.value}"
    return f"{value} of {shape.high}" if isinstance(value, int) and shape.high else str(value)


def _evidence(proof: Evidence) -> str:
    facts = [f"said by {proof.said_by}"] if proof.said_by else []
    facts += [written(proof.observed_on)] if proof.observed_on else []
    facts += [f"{proof.confidence} confidence", str(proof.nature)]
    return f"{headed(proof.basis)}: {proof.citation} ({', '.join(facts)})"


def in_sentence(label: str, message: str) -> str:
    """What is wrong with a field, as a sentence that names it as the form does."""
    message = re.sub(r"\b[a-z]+_[a-z_]+\b", lambda found: f"“{label_of(found[0])}”", message)
    verb = message.split(" ", 1)[0]
    as_predicate = verb in ("is", "must", "needs", "does", "has", "cannot", "makes", "names")
    return f"{label} {message}" if as_predicate else f"{label}: {message}"
