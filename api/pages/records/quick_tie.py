"""The short form of a tie: two names, a kind, and Enter."""

from dataclasses import dataclass

from flask import request

from api.context import power_map
from api.pages.records.form import form_of
from api.pages.records.inputs import Form, Group, Input
from api.pages.records.typed import Reading, Typed, blank, names_for
from powermap.model import Evidence, Relationship
from powermap.schema import new_id

ASKED = (
    "source",
    "target",
    "kind",
    "strength",
    "last_contact",
    "factors",
    "evidence",
    "sensitivity",
)


@dataclass(frozen=True, kw_only=True)
class QuickTie:
    """The form, where it stands, and which of its inputs to begin with."""

    form: Form
    at: str
    """The person or body on whose page it stands; empty on the table of ties."""
    once: str
    focus: str
    open: bool

    @property
    def first(self) -> list[Input]:
        """The inputs beside each other on top."""
        found = {part.name: part for part in self.form.parts if isinstance(part, Input)}
        return [found[name] for name in ASKED if name in found and name != "sensitivity"]

    @property
    def factors(self) -> Group:
        return next(part for part in self.form.parts if isinstance(part, Group))

    @property
    def evidence(self) -> tuple[Input, ...]:
        parts = [part for part in self.form.parts if not isinstance(part, Input | Group)]
        return parts[0].groups[0].inputs

    @property
    def sensitivity(self) -> Input:
        parts = [part for part in self.form.parts if isinstance(part, Input)]
        return next(part for part in parts if part.name == "sensitivity")

    @classmethod
    def on_table(cls, map_id: str) -> "QuickTie":
        return cls.made(map_id, _empty(), at="")

    @classmethod
    def on_page_of(cls, map_id: str, party: str) -> "QuickTie":
        """As that person or body sees it: only the other end is missing."""
        typed = _empty()
        typed["source"] = names_for(power_map(map_id), Relationship).get(party, party)
        return cls.made(map_id, typed, at=party)

    @classmethod
    def made(
        cls, map_id: str, typed: Typed, *, at: str, reading: Reading | None = None
    ) -> "QuickTie":
        reading = reading or Reading()
        if not typed["evidence"]:
            typed["evidence"] = _empty()["evidence"]
        form = form_of(
            power_map(map_id),
            Relationship,
            typed,
            problems=reading.problems,
            offers=reading.offers,
            only=ASKED,
        )
        wanted = bool(reading.problems) or request.args.get("next") == "tie"
        first = "target" if at else "source"
        return cls(
            form=form,
            at=at,
            once=new_id(),
            focus=first if wanted and not reading.problems else "",
            open=wanted or not at,
        )


def _empty() -> Typed:
    return {**blank(Relationship), "evidence": [blank(Evidence)]}
