"""The rules of remembered papers, which both stores ask while nobody else can change the map."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from powermap.access import Viewer
from powermap.errors import UnknownRevision
from powermap.papers import MOST_PAPERS, KeptPaper, PaperToKeep
from powermap.vocabulary import Sensitivity


def remembered(wanted: PaperToKeep, viewer: Viewer) -> KeptPaper:
    """The paper with its id: minted once, so that a write asked again is the same write."""
    told = {field.name: getattr(wanted, field.name) for field in fields(PaperToKeep)}
    return KeptPaper(**told, id=uuid.uuid4().hex, made_by=viewer.name)


def making_room(
    kept: Sequence[KeptPaper], paper: KeptPaper, *, revision: int
) -> tuple[KeptPaper, ...]:
    """Those, of the papers kept with the newest first, that go when this one comes.

    Raises `UnknownRevision` for a paper of a revision that the map has not come to.
    """
    if not 1 <= paper.revision <= revision:
        raise UnknownRevision(paper.revision)
    others = [one for one in kept if one.id != paper.id]
    return tuple(others[MOST_PAPERS - 1 :])


# -- rows ---------------------------------------------------------------------------------------


def paper_row(map_id: str, paper: KeptPaper) -> dict[str, Any]:
    """The columns, or properties, of a paper."""
    return {
        "map_id": map_id,
        "viewer": paper.made_by,
        "id": paper.id,
        "title": paper.title,
        "format": paper.format,
        "revision": paper.revision,
        "made_at": paper.made_at.astimezone(UTC).isoformat(),
        "ceiling": paper.ceiling.value,
        "pseudonyms": paper.pseudonyms,
        "digest": paper.digest,
        "asked": json.dumps(dict(paper.asked), allow_nan=False),
    }


def papers_of(rows: Iterable[Mapping[str, Any]]) -> tuple[KeptPaper, ...]:
    """The papers from their rows, the newest first."""
    found = [
        KeptPaper(
            id=row["id"],
            made_by=row["viewer"],
            title=row["title"],
            format=row["format"],
            revision=row["revision"],
            made_at=datetime.fromisoformat(row["made_at"]),
            ceiling=Sensitivity(row["ceiling"]),
            pseudonyms=bool(row["pseudonyms"]),
            digest=row["digest"],
            asked=json.loads(row["asked"]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.made_at, one.id), reverse=True))
