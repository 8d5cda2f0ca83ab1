"""The one shape of every finding: what is so in sentences, the rows behind it, and the rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from powermap.model import PowerMap, Record


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing found: who it is about, in a sentence, and why we say so."""

    kind: str
    """Which sort of thing it is, from the finding's own short list."""
    sentence: str
    parties: tuple[str, ...] = ()
    """The leaders and organisations it is about, by id, the first to act first."""
    records: tuple[str, ...] = ()
    """The accountabilities, relationships and assessments it rests on, by id: the evidence."""
    next_step: str | None = None
    """What somebody could do about it, where there is something."""
    facts: dict[str, Any] = field(default_factory=dict)
    """Numbers and names a table would show, JSON-ready and unrounded; None where not defined."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The answer to one question about a map on a day."""

    question: str
    """As people ask it: Who holds two lines of accountability?"""
    sentences: tuple[str, ...]
    """The answer in plain English, the most important first; never empty."""
    rows: tuple[Row, ...]
    """All that was found, ordered by the printed rule."""
    rule: str
    """What counts and in which order, printed beside the rows."""
    thin: str | None = None
    """Why the map is too thin to answer, or to answer surely; None when it is not."""
    past: Mapping[str, Record] = field(default_factory=dict)
    """What its rows name as it was at an earlier revision, by id: it may be gone from the map."""


def named_in(rows: Iterable[Row], power_map: PowerMap) -> dict[str, Record]:
    """The records of a map that some rows name, by id."""
    wanted = {id for row in rows for id in (*row.parties, *row.records)}
    return {id: power_map.records[id] for id in sorted(wanted & power_map.records.keys())}
