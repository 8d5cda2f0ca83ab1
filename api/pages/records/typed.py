"""What somebody typed into a form, kept as typed, and the record that it makes.

`Typed` has the form's own shape: text by field; for a field with parts, another `Typed`; for a
list, a list of either. Groups of a list that were left empty are dropped.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict

from api.pages.records.fields import has_parts
from api.pages.records.references import called, record_meant
from powermap.errors import InvalidValue, Problem
from powermap.model import KINDS, MAY_NAME, PowerMap, Record
from powermap.schema import parse, plain
from powermap.shape import Shape, shape_of
from powermap.vocabulary import RecordKind

R = TypeVar("R", bound=Record)
Typed = dict[str, Any]
MOST_GROUPS = 200
"""More than any list may hold; a form that sends more is not one of ours."""


@dataclass(kw_only=True)
class Reading:
    """The values a form gives, with what is wrong in it, and whom an unclear name may mean."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    offers: dict[str, tuple[str, ...]] = field(default_factory=dict)


def blank(cls: Any) -> Typed:
    """A form, or one group of it, before anything is typed."""
    return {shape.name: _blank(shape) for shape in _filled_in(cls)}


def _blank(shape: Shape) -> Any:
    if shape.many:
        return []
    if has_parts(shape):
        return blank(shape.type)
    return str(shape.default) if isinstance(shape.default, StrEnum) else ""


def rearranged(cls: Any, typed: Typed, wish: str) -> str | None:
    """Add a group to a list, take one out, or say whom a name means: `add evidence`.

    Changes `typed`, and returns the name of the input to go on with; None if not understood.
    """
    verb, _, what = wish.partition(" ")
    lists = {shape.name: shape for shape in _filled_in(cls) if shape.many}
    name, _, rest = what.partition(".")
    if verb == "add" and what in lists:
        shape = lists[what]
        typed[what].append(blank(shape.type) if has_parts(shape) else "")
        first = f".{shape_of(shape.type)[0].name}" if has_parts(shape) else ""
        return f"{what}.{len(typed[what]) - 1}{first}"
    if verb == "remove" and name in lists:
        if _is_place(rest, typed[name]):
            del typed[name][int(rest)]
        return f"{name}.add"
    if verb == "choose":
        field, _, record_id = what.partition("=")
        return field if _choose(cls, typed, field, record_id) else None
    return None


def _choose(cls: Any, typed: Typed, field: str, record_id: str) -> bool:
    name, _, place = field.partition(".")
    shape = next((each for each in _filled_in(cls) if each.name == name and each.refers), None)
    if shape is None:
        return False
    if shape.many and _is_place(place, typed[name]):
        typed[name][int(place)] = record_id
    elif not shape.many and not place:
        typed[name] = record_id
    else:
        return False
    return True


def _is_place(text: str, items: list[Any]) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4 and int(text) < len(items)


def flat(typed: Typed, prefix: str = "") -> Iterator[tuple[str, str]]:
    """What was typed as the inputs that would send it again."""
    for name, value in typed.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            yield from flat({str(n): item for n, item in enumerate(value)}, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def typed_in_form(cls: Any, form: MultiDict[str, str], prefix: str = "") -> Typed:
    """What a form holds of a class, by the names of its inputs: `evidence.0.basis`."""
    found: Typed = {}
    for shape in _filled_in(cls):
        name = prefix + shape.name
        if shape.many:
            items = [_item(shape, form, f"{name}.{place}") for place in _places(form, name)]
            found[shape.name] = [item for item in items if not _is_empty(shape, item)]
        else:
            found[shape.name] = _item(shape, form, name)
    return found


def _item(shape: Shape, form: MultiDict[str, str], name: str) -> Any:
    if has_parts(shape):
        return typed_in_form(shape.type, form, f"{name}.")
    return form.get(name, "").replace("\r\n", "\n")


def _places(form: MultiDict[str, str], name: str) -> list[str]:
    starts = {key[len(name) + 1 :].split(".")[0] for key in form if key.startswith(f"{name}.")}
    numbers = {place for place in starts if place.isascii() and place.isdigit() and len(place) < 4}
    return sorted(numbers, key=int)[:MOST_GROUPS]


def _is_empty(shape: Shape, item: Any) -> bool:
    """Whether a group was left as it was offered: what has a default does not count."""
    if not has_parts(shape):
        return not str(item).strip()
    return not any(
        str(item[part.name]).strip() for part in shape_of(shape.type) if part.default is None
    )


def typed_of(record: Record, names: Mapping[str, str]) -> Typed:
    """A record as its form shows it at first; `names` say what others are called."""
    return _typed(type(record), plain(record), names)


def _typed(cls: Any, values: Mapping[str, Any], names: Mapping[str, str]) -> Typed:
    def text(shape: Shape, value: Any) -> Any:
        if has_parts(shape):
            return _typed(shape.type, value or {}, names)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else ""
        return names.get(value, value) if shape.refers else str(value)

    return {
        shape.name: [text(shape, item) for item in values.get(shape.name, ())]
        if shape.many
        else text(shape, values.get(shape.name))
        for shape in _filled_in(cls)
    }


def record_typed(
    whole: PowerMap, cls: type[R], typed: Typed, **by_server: Any
) -> tuple[R | None, Reading]:
    """The record that was typed, or None and every problem by its path."""
    reading = Reading()
    reading.values = _values(whole, KINDS[cls], cls, typed, reading, ())
    at = {problem.path for problem in reading.problems}
    try:
        record = parse(cls, reading.values, **by_server)
    except InvalidValue as error:
        # A name that means nobody is not also missing.
        reading.problems += [found for found in error.problems if found.path not in at]
    return (None if reading.problems else record), reading


def _values(
    whole: PowerMap,
    kind: RecordKind,
    cls: Any,
    typed: Typed,
    reading: Reading,
    path: tuple[str | int, ...],
) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def value(shape: Shape, given: Any, at: tuple[str | int, ...]) -> Any:
        if has_parts(shape):
            return _values(whole, kind, shape.type, given, reading, at)
        if shape.refers:
            return _meant(whole, given, MAY_NAME[kind, shape.name], reading, at)
        return _simple(shape, given)

    for shape in _filled_in(cls):
        at = (*path, shape.name)
        if shape.many:
            items = [value(shape, item, (*at, n)) for n, item in enumerate(typed[shape.name])]
            kept = [item for item in items if item is not None]
        else:
            kept = value(shape, typed[shape.name], at)
        if kept not in (None, {}, []):
            found[shape.name] = kept
    return found


def _simple(shape: Shape, text: str) -> Any:
    if shape.type is bool:
        return text == "true"
    if not text.strip():
        return None
    stripped = text.strip()
    if shape.type is int and stripped.isascii() and stripped.isdigit() and len(stripped) < 10:
        return int(stripped)
    return text if shape.type is str else stripped


def _meant(
    whole: PowerMap,
    text: str,
    kinds: Collection[RecordKind],
    reading: Reading,
    at: tuple[str | int, ...],
) -> str | None:
    if not text.strip():
        return None
    found = record_meant(whole, text.strip(), [kind for kind in RecordKind if kind in kinds])
    if found.id is None:
        reading.problems.append(Problem(at, found.message))
        reading.offers[".".join(map(str, at))] = found.offers
    return found.id


def names_for(whole: PowerMap, cls: type[Record]) -> dict[str, str]:
    """What everything is called that a record of this class may name."""
    kind = KINDS[cls]
    found: dict[str, str] = {}
    for shape in shape_of(cls):
        if shape.refers:
            found |= called(whole, [k for k in RecordKind if k in MAY_NAME[kind, shape.name]])
    return found


def _filled_in(cls: Any) -> list[Shape]:
    return [shape for shape in shape_of(cls) if not shape.by_server]
