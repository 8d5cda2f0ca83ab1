"""The one shape of every form for a record, made from what its fields may hold."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.pages.records.fields import (
    LABELS,
    Path,
    has_parts,
    in_sentence,
    label_of,
    paths_of,
)
from api.pages.records.inputs import (
    FIXED,
    Form,
    Group,
    Input,
    Repeated,
    Wrong,
    choices_of,
    hint_of,
    id_of,
    sort_of,
)
from api.pages.records.kinds import ON_A_MAP, WORDS, add_address
from api.pages.records.references import called
from api.pages.records.typed import Typed, names_for
from powermap.errors import Problem
from powermap.model import KINDS, MAY_NAME, PowerMap, Record
from powermap.shape import Shape, shape_of
from powermap.vocabulary import RecordKind

MOST_SUGGESTED = 2000
"""How many names the page itself carries; beyond it they are looked up while one types."""


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
            sort=sort_of(shape),
            label=label,
            hint=hint_of(shape, self._new),
            value=value,
            required=shape.required,
            optional=not shape.required and shape.default is None,
            longest=shape.longest,
            choices=choices_of(shape),
            suggestions=self._list_for(shape) if shape.refers and not fixed else "",
            fixed=fixed,
            problems=self._problems_of(name),
            missing=self._forms_for(shape, value) if self._problems_of(name) else (),
            offers=tuple((id, self._names.get(id, id)) for id in self._offers.get(name, ())),
        )

    def _forms_for(self, shape: Shape, value: str) -> tuple[tuple[str, str], ...]:
        if not shape.refers or not value.strip():
            return ()
        kinds = [kind for kind in ON_A_MAP if kind in MAY_NAME[self._kind, shape.name]]
        field = {RecordKind.ACCOUNTABILITY: "title"}
        return tuple(
            (
                WORDS[kind].add,
                add_address(self._whole.header.id, kind, **{field.get(kind, "name"): value[:200]}),
            )
            for kind in kinds
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
