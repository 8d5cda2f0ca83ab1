"""The one shape of every finding: what is so in sentences, the rows behind it, and the rule."""

from dataclasses import dataclass, field
from typing import Any


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
