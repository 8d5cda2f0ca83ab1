"""A paper that somebody made of a map, as it is remembered: what was asked, and of which map."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from powermap.errors import InvalidValue
from powermap.shape import clean_text
from powermap.vocabulary import Sensitivity

MOST_PAPERS = 200
"""How many papers of one map are remembered for one person; then the oldest makes room."""
LONGEST_TITLE = 2000
LONGEST_ASKED = 200_000
"""In characters of JSON: some four times what a paper can be asked to hold."""

_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class PaperToKeep:
    """What is to be remembered of a paper: not its text, but all that its text comes from."""

    title: str
    """As it stands on the paper."""
    format: str
    """Which sort of document: word."""
    revision: int
    """The revision of the map that it was made from."""
    made_at: datetime
    """The time that stands in it; with a time zone."""
    ceiling: Sensitivity
    """The most sensitive records that it may rest on."""
    pseudonyms: bool
    digest: str
    """SHA-256 of the file, as 64 hexadecimal digits."""
    asked: Mapping[str, Any]
    """What was asked, as JSON values; never a template."""

    def __post_init__(self) -> None:
        for name, longest in (("title", LONGEST_TITLE), ("format", 20)):
            try:
                text = clean_text(getattr(self, name), longest=longest)
            except InvalidValue as error:
                raise error.under(name) from None
            object.__setattr__(self, name, text)
        if not _DIGEST.fullmatch(self.digest):
            raise InvalidValue.at("digest", "must be 64 hexadecimal digits")
        if self.made_at.tzinfo is None:
            raise InvalidValue.at("made_at", "must have a time zone")
        if len(json.dumps(dict(self.asked), allow_nan=False)) > LONGEST_ASKED:
            raise InvalidValue.at("asked", f"must be at most {LONGEST_ASKED} characters of JSON")


@dataclass(frozen=True, kw_only=True)
class KeptPaper(PaperToKeep):
    """A paper as a store remembers it, for the one who made it and nobody else."""

    id: str
    made_by: str
