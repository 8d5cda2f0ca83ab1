"""Making a paper: one way for the API, the pages and the command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from api.figures.ground import kept_ground
from api.paper.asked import Ceiling, PaperAsked
from api.paper.content import Ask, Read, paper
from api.paper.record import to_keep
from api.paper.writing import WRITINGS, Kind, check_template, document
from api.saved import asked as ask_anew
from powermap.access import Viewer
from powermap.papers import KeptPaper
from powermap.ports import MapStore
from visual.document.paper import Paper
from visual.document.template import Template


@dataclass(frozen=True, kw_only=True)
class Made:
    """A paper that was made and is on record."""

    map_id: str
    asked: PaperAsked
    paper: Paper
    kind: Kind
    content: bytes
    """The file."""
    kept: KeptPaper


@dataclass(frozen=True, kw_only=True)
class Maker:
    """Who makes papers of which map."""

    map_id: str
    viewer: Viewer
    store: MapStore
    read: Read
    ask: Callable[[Ceiling], Ask] = lambda ceiling: ask_anew
    """How questions are answered for papers up to a ceiling."""

    def paper(self, asked: PaperAsked, kind: Kind = Kind.PDF) -> Paper:
        """What would stand in it, with figures of a size for this sort of document.

        Raises `InvalidValue` that names what cannot be in it.
        """
        return paper(
            asked,
            # A paper tells of one moment, even if somebody changes the map while it is made.
            cache(self.read),
            lambda whole, ceiling: kept_ground(self.store, whole, self.viewer, ceiling),
            maker=self.viewer.name,
            made_at=datetime.now(UTC),
            presets=WRITINGS[kind].presets,
            # With pseudonyms it is another map each time.
            ask=ask_anew if asked.pseudonyms else self.ask(asked.ceiling),
        )

    def make(self, asked: PaperAsked, kind: Kind, template: Template | None = None) -> Made:
        """The file, once it is on record: what cannot be recorded is not handed out."""
        check_template(kind, template)
        found = self.paper(asked, kind)
        content = document(found, kind, template)
        wanted = to_keep(asked, found, content, format=kind.value)
        kept = self.store.keep_paper(self.map_id, self.viewer, wanted)
        return Made(
            map_id=self.map_id, asked=asked, paper=found, kind=kind, content=content, kept=kept
        )
