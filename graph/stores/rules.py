"""What a change may not do: one refusal a function, and those that the whole request shows."""

from collections.abc import Collection, Iterable, Sequence

from graph.stores.draft import Draft
from powermap.errors import Conflict, Forbidden, InvalidValue, Problem, StaleVersion, UnknownMap
from powermap.model import MAY_NAME, Accountability, Record, Reference, kind_of
from powermap.vocabulary import RecordKind, Sensitivity


def may_write(draft: Draft, record: Record) -> None:
    if not draft.writes.admits(record.sensitivity, record.author):
        if record.sensitivity is Sensitivity.PRIVATE:
            raise InvalidValue.at("sensitivity", "only its author may make a record private")
        raise Forbidden(
            f"The role {draft.viewer.role} may write private records of their own only."
        )


def at_version(record: Record, version: int) -> None:
    if record.version != version:
        raise StaleVersion(record.id, version, record.version)


def same_ends(current: Record, wanted: Record) -> None:
    for field in ("source", "target", "leader"):
        if getattr(current, field, None) != getattr(wanted, field, None):
            raise InvalidValue.at(field, "cannot be changed; delete this record and make another")


def may_hide(current: Record, wanted: Record) -> None:
    """Shared records that others may name cannot become private again.

    Refusing only when somebody does name them would tell the viewer that they do.
    """
    if (
        wanted.sensitivity is Sensitivity.PRIVATE
        and current.sensitivity is not Sensitivity.PRIVATE
        and kind_of(current)
        in (RecordKind.ORGANISATION, RecordKind.LEADER, RecordKind.ACCOUNTABILITY)
    ):
        raise InvalidValue.at(
            "sensitivity",
            "cannot become private once it is shared, since others may have built on it; "
            "delete it, or make it confidential",
        )


def remember_used_ids(draft: Draft, ids: Collection[str]) -> None:
    """Which of these ids belonged to records before, even to records that are gone."""
    draft.used_ids.update(draft.last(ids))


def refuse_used_id(draft: Draft, record_id: str) -> None:
    if (
        record_id in draft.touched
        or record_id in draft.used_ids
        or draft.find(record_id) is not None
    ):
        raise Conflict(f"There is already a record {record_id!r}.", [record_id])


# -- what only the whole request can show -------------------------------------------------------


def settle(draft: Draft) -> None:
    """Check references, levels and lines of accountability, once all changes are made."""
    touched = list(draft.touched_records())
    if touched and draft.find(draft.map_id) is None:
        raise UnknownMap(draft.map_id)
    draft.load({reference.id for record in touched for reference in record.references()})
    problems = {record.id: list(_reference_problems(draft, record)) for record in touched}
    _refuse(draft, problems)
    _refuse(draft, _loops(draft, [r for r in touched if isinstance(r, Accountability)]))


def _refuse(draft: Draft, problems: dict[str, list[Problem]]) -> None:
    found = [id for id in problems if problems[id]]
    if not found:
        return
    if draft.brought_back:
        told = [id for id in found if (record := draft.find(id)) and draft.sees(record)]
        raise Conflict(
            "It cannot be brought back as it was: what it names has been deleted, hidden or "
            "put elsewhere since.",
            sorted(told),
        )
    raise InvalidValue(
        *(
            Problem((draft.touched[id], *problem.path), problem.message)
            for id in found
            for problem in problems[id]
        )
    )


def _reference_problems(draft: Draft, record: Record) -> Iterable[Problem]:
    for reference in record.references():
        named = draft.find(reference.id)
        if named is None or not _may_be_named(draft, record, reference, named):
            kinds = " or ".join(sorted(_allowed(record, reference)))
            yield Problem((reference.field,), f"there is no such {kinds} on this map")
        elif record.sensitivity.rank < named.sensitivity.rank:
            yield Problem(
                ("sensitivity",),
                f"must be at least {named.sensitivity}, as is what {reference.field} names",
            )


def _may_be_named(draft: Draft, record: Record, reference: Reference, named: Record) -> bool:
    # A cascade may touch records that the viewer cannot see; they were right before.
    hidden = draft.sees(record) and not draft.sees(named)
    return kind_of(named) in _allowed(record, reference) and not hidden


def _allowed(record: Record, reference: Reference) -> frozenset[RecordKind]:
    return MAY_NAME[kind_of(record), reference.field]


def _loops(draft: Draft, posts: Sequence[Accountability]) -> dict[str, list[Problem]]:
    """A line of accountability ends somewhere: nobody answers to themselves in the end."""
    _load_lines(draft, posts)
    settled: set[str] = set()
    problems: dict[str, list[Problem]] = {}
    for post in posts:
        line: dict[str, None] = {}
        step: str | None = post.id
        while step is not None and step not in settled and step not in line:
            line[step] = None
            step = _above(draft, step)
        if step is not None and step in line:
            problems[post.id] = [
                Problem(
                    ("reports_to",),
                    "makes a loop: the line of accountability would lead back to itself",
                )
            ]
        settled.update(line)
    return problems


def _load_lines(draft: Draft, posts: Iterable[Accountability]) -> None:
    """Read the lines above these posts, a whole rung at a time."""
    climbed: set[str] = set()
    rung = {post.reports_to for post in posts if post.reports_to}
    while rung:
        draft.load(rung)
        climbed |= rung
        above = {_above(draft, id) for id in rung}
        rung = {id for id in above if id is not None and id not in climbed}


def _above(draft: Draft, record_id: str) -> str | None:
    record = draft.find(record_id)
    return record.reports_to if isinstance(record, Accountability) else None
