"""Two people changed one record: what each changed, field by field, and one record from both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.pages.records.fields import NamedBy, Path, paths_of, told
from api.pages.records.typed import Typed
from powermap.model import Record

THEIRS, MINE, BOTH = "theirs", "mine", "both"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field in which two versions differ, in words."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Clash:
    """One field that at least one of two people changed, and whose to keep."""

    name: str
    label: str
    was: tuple[str, ...]
    theirs: tuple[str, ...]
    mine: tuple[str, ...]
    changed_by: str
    """theirs, mine or both: who changed it."""
    chosen: str
    """theirs, mine or both; empty while nobody has decided."""
    many: bool
    """A list, of which both sides can be kept."""


def differences(before: Record | None, after: Record | None, named: NamedBy) -> list[Difference]:
    """Where two versions differ; of a new or a deleted record, all that it says."""
    known = before or after
    assert known is not None
    found = []
    for path in paths_of(type(known)):
        if before and after and path.value(before) == path.value(after):
            continue
        one = told(path, before, named) if before else ()
        other = told(path, after, named) if after else ()
        if one or other:
            found.append(Difference(label=path.label, before=one, after=other))
    return found


def clashes(
    was: Record, theirs: Record, mine: Record, named: NamedBy, choices: Mapping[str, str]
) -> list[Clash]:
    """Every field that one of the two changed, unless both wrote the same."""
    found = []
    for path in paths_of(type(was)):
        before, other, own = (path.value(record) for record in (was, theirs, mine))
        if other == own:
            continue
        changed_by = BOTH if before not in (other, own) else THEIRS if own == before else MINE
        chosen = choices.get(path.name, "")
        if chosen not in (THEIRS, MINE) and not (chosen == BOTH and path.shape.many):
            chosen = _usual(path, changed_by)
        found.append(
            Clash(
                name=path.name,
                label=path.label,
                was=told(path, was, named),
                theirs=told(path, theirs, named),
                mine=told(path, mine, named),
                changed_by=changed_by,
                chosen=chosen,
                many=path.shape.many,
            )
        )
    return found


def _usual(path: Path, changed_by: str) -> str:
    if changed_by != BOTH:
        return changed_by
    return BOTH if path.shape.many else ""


def merged(found: Iterable[Clash], theirs: Typed, mine: Typed) -> Typed:
    """Their version, with what was chosen of mine laid over it."""
    result: Typed = {
        name: dict(value) if isinstance(value, dict) else value for name, value in theirs.items()
    }
    for clash in found:
        first, _, rest = clash.name.partition(".")
        if clash.chosen == MINE and rest:
            result[first][rest] = mine[first][rest]
        elif clash.chosen == MINE:
            result[first] = mine[first]
        elif clash.chosen == BOTH:
            result[first] = _together(theirs[first], mine[first])
    return result


def _together(theirs: list[Any], mine: list[Any]) -> list[Any]:
    return [*theirs, *(item for item in mine if item not in theirs)]
