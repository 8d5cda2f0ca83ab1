"""A question that somebody keeps, to ask it again and see what is new."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from powermap.errors import InvalidValue
from powermap.shape import clean_text

MOST_SAVED = 100
"""How many questions one person may keep of one map."""
LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class QuestionToSave:
    """A question of a map, as it was asked, under the name that somebody gives it."""

    name: str
    question: str
    """Which question: its key in the list of those that can be asked."""
    parameters: Mapping[str, str]
    """What it was told, as text: days, ids, and lists of them as they would be sent."""
    seen_revision: int
    """The revision of the map whose answer they have seen."""

    def __post_init__(self) -> None:
        try:
            name = clean_text(self.name, longest=LONGEST_NAME)
        except InvalidValue as error:
            raise error.under("name") from None
        object.__setattr__(self, "name", name)


@dataclass(frozen=True, kw_only=True)
class SavedQuestion(QuestionToSave):
    """A question as a store keeps it, for the one who saved it and nobody else."""

    id: str
    version: int
    saved_by: str
    saved_at: datetime
    seen_at: datetime
    """When they last said that they had seen the answer."""
