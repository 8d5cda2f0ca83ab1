"""The rules of saved questions, which both stores ask while nobody else can change the map."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from powermap.access import Viewer
from powermap.errors import Conflict, StaleVersion, UnknownRevision, UnknownSavedQuestion
from powermap.saved import MOST_SAVED, QuestionToSave, SavedQuestion


def saved(
    kept: Sequence[SavedQuestion], wanted: QuestionToSave, viewer: Viewer, *, revision: int
) -> SavedQuestion:
    """The question as it is to be kept, beside those that this viewer keeps of a map already."""
    _refuse_beyond(revision, wanted.seen_revision)
    before = next((one for one in kept if one.name == wanted.name), None)
    if before is None and len(kept) >= MOST_SAVED:
        raise Conflict(
            f"You keep {MOST_SAVED} questions of this map already, which is the most. "
            "Forget one, or save this one under the name of one that it can replace."
        )
    now = datetime.now(UTC)
    return SavedQuestion(
        id=before.id if before else uuid.uuid4().hex,
        version=before.version + 1 if before else 1,
        name=wanted.name,
        question=wanted.question,
        parameters=wanted.parameters,
        seen_revision=wanted.seen_revision,
        saved_by=viewer.name,
        saved_at=now,
        seen_at=now,
    )


def seen(
    kept: Iterable[SavedQuestion], question_id: str, seen_revision: int, *, revision: int
) -> SavedQuestion:
    """The question with the mark moved, for a map that has come to `revision`."""
    found = found_by_id(kept, question_id)
    _refuse_beyond(revision, seen_revision)
    return replace(
        found,
        version=found.version + 1,
        seen_revision=seen_revision,
        seen_at=datetime.now(UTC),
    )


def found_by_id(
    kept: Iterable[SavedQuestion], question_id: str, version: int | None = None
) -> SavedQuestion:
    """The one with this id; at this version, where one is named."""
    for found in kept:
        if found.id == question_id:
            if version is not None and version != found.version:
                raise StaleVersion(question_id, version, found.version)
            return found
    raise UnknownSavedQuestion(question_id)


def _refuse_beyond(revision: int, seen_revision: int) -> None:
    if not 1 <= seen_revision <= revision:
        raise UnknownRevision(seen_revision)


# -- rows ---------------------------------------------------------------------------------------


def saved_row(map_id: str, kept: SavedQuestion) -> dict[str, Any]:
    """The columns, or properties, of a saved question."""
    return {
        "map_id": map_id,
        "viewer": kept.saved_by,
        "name": kept.name,
        "id": kept.id,
        "version": kept.version,
        "question": kept.question,
        "parameters": json.dumps(dict(kept.parameters), ensure_ascii=False),
        "seen_revision": kept.seen_revision,
        "saved_at": kept.saved_at.isoformat(),
        "seen_at": kept.seen_at.isoformat(),
    }


def saved_of(rows: Iterable[Mapping[str, Any]]) -> tuple[SavedQuestion, ...]:
    """The saved questions from their rows, by name."""
    found = [
        SavedQuestion(
            id=row["id"],
            version=row["version"],
            name=row["name"],
            question=row["question"],
            parameters=json.loads(row["parameters"]),
            seen_revision=row["seen_revision"],
            saved_by=row["viewer"],
            saved_at=datetime.fromisoformat(row["saved_at"]),
            seen_at=datetime.fromisoformat(row["seen_at"]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.name)))
