"""The questions a map answers, by name: the one list that the API and the command read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from graph.findings.answer import Finding
from graph.findings.broker_pairs import broker_pairs
from graph.findings.central import who_is_central
from graph.findings.comparison import what_changed, what_changed_since
from graph.findings.factors import five_factors
from graph.findings.gaps import Gap, gaps, gaps_since
from graph.findings.gaps.choices import LIMITS, Choices, Grouping
from graph.findings.honest_broker import honest_broker, stuck_pairs
from graph.findings.introductions import introductions
from graph.findings.joint_post_holders import joint_post_holders
from graph.findings.key_people import who_holds_it_together, who_reaches_everyone
from graph.findings.leadership import spread_of_leadership
from graph.findings.outside_accountabilities import outside_accountabilities
from graph.findings.person import one_page
from graph.findings.power_over import power_over
from graph.findings.standing import standing_beside_position
from graph.findings.what_if import (
    best_new_tie,
    what_if_abolished,
    what_if_joins,
    what_if_leaves,
    what_if_mended,
    what_if_merge,
    what_if_tie,
)
from powermap.model import PowerMap


class Takes(StrEnum):
    """What sort of value a parameter of a question is."""

    DAY = "day"
    PARTY = "party"
    PARTIES = "parties"
    GAPS = "gaps"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    REVISION = "revision"
    """The map as it was known at a revision, given by its number."""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """Something a question needs to know, or may be told."""

    takes: Takes
    doc: str
    required: bool = True
    options: type[StrEnum] | None = None
    """What a choice is one of."""
    lowest: int = 1
    highest: int = 1
    """Between which a number lies."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question: how people ask it, what it needs to know, and who answers."""

    asks: str
    answer: Callable[..., Finding]
    parameters: Mapping[str, Parameter]


_ON = Parameter(
    takes=Takes.DAY, doc="The day asked about; the map's as-at date unless given.", required=False
)


_GAPS = {
    "on": _ON,
    "kinds": Parameter(
        takes=Takes.GAPS,
        doc="Only these sorts of gap, separated by commas: " + ", ".join(Gap) + ".",
        required=False,
    ),
    "group_by": Parameter(
        takes=Takes.CHOICE,
        options=Grouping,
        doc="Between which groups of people a tie is looked for; sector unless given.",
        required=False,
    ),
    **{
        name: Parameter(
            takes=Takes.NUMBER,
            lowest=LIMITS[name][0],
            highest=LIMITS[name][1],
            doc=f"{doc}; {getattr(Choices, name)} unless given.",
            required=False,
        )
        for name, doc in {
            "cold_days": "After how many days without contact a tie has gone cold, where no usual "
            "cadence is recorded",
            "evidence_months": "After how many months evidence is old",
            "views_apart": "From how many points, of five, two views of a tie differ",
        }.items()
    },
}


def _revision(doc: str, *, required: bool = True) -> Parameter:
    return Parameter(takes=Takes.REVISION, doc=doc, required=required)


def _changed_since(
    power_map: PowerMap, from_revision: PowerMap, to_revision: PowerMap | None = None
) -> Finding:
    return what_changed_since(from_revision, to_revision or power_map)


def _gaps_since(power_map: PowerMap, from_revision: PowerMap, **chosen: Any) -> Finding:
    return gaps_since(from_revision, power_map, **chosen)


def _party(doc: str, *, required: bool = True) -> Parameter:
    return Parameter(takes=Takes.PARTY, doc=doc, required=required)


def all_parameters() -> dict[str, tuple[Takes, str]]:
    """Everything that some question takes: what sort of value, and what it is for where.

    What several questions take, told in the same words, is told once.
    """
    found: dict[str, tuple[Takes, str]] = {}
    for name, question in QUESTIONS.items():
        for key, parameter in question.parameters.items():
            takes, doc = found.get(key, (parameter.takes, ""))
            told = parameter.doc if key == "on" else f"{name}: {parameter.doc}"
            found[key] = takes, doc if parameter.doc in doc else f"{doc} {told}".strip()
    return found


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "gaps": Question(
            asks="Where is something missing, weak or out of date?",
            answer=gaps,
            parameters=_GAPS,
        ),
        "gaps-since": Question(
            asks="Which gaps are new since an earlier revision, and which are gone?",
            answer=_gaps_since,
            parameters={"from_revision": _revision("The earlier revision."), **_GAPS},
        ),
        "introductions": Question(
            asks="How do I get to somebody, and who should introduce me?",
            answer=introductions,
            parameters={
                "me": _party("Who asks."),
                "target": _party("Whom they want to reach: a leader or an organisation."),
                "on": _ON,
            },
        ),
        "honest-broker": Question(
            asks="Who could be the honest broker between two who are stuck?",
            answer=honest_broker,
            parameters={"one": _party("A leader."), "other": _party("Another."), "on": _ON},
        ),
        "stuck-pairs": Question(
            asks="Which pairs are stuck?", answer=stuck_pairs, parameters={"on": _ON}
        ),
        "central": Question(
            asks="Who is central, and in which sense?",
            answer=who_is_central,
            parameters={"on": _ON},
        ),
        "reach-everyone": Question(
            asks="Who are the few that reach everyone?",
            answer=who_reaches_everyone,
            parameters={"on": _ON},
        ),
        "hold-together": Question(
            asks="Whose absence would break the map apart?",
            answer=who_holds_it_together,
            parameters={"on": _ON},
        ),
        "brokers": Question(
            asks="Who brokers between which groups, and in which role?",
            answer=broker_pairs,
            parameters={
                "leader": _party("One person; the strongest broker unless given.", required=False),
                "on": _ON,
            },
        ),
        "joint-posts": Question(
            asks="Who holds posts in two bodies or more?",
            answer=joint_post_holders,
            parameters={"on": _ON},
        ),
        "best-new-tie": Question(
            asks="Which single new tie would help most?",
            answer=best_new_tie,
            parameters={"on": _ON},
        ),
        "what-changed": Question(
            asks="What has changed between two days?",
            answer=what_changed,
            parameters={
                "before": Parameter(takes=Takes.DAY, doc="The earlier day."),
                "after": Parameter(takes=Takes.DAY, doc="The later day."),
            },
        ),
        "what-changed-since": Question(
            asks="What has changed in the record since an earlier revision?",
            answer=_changed_since,
            parameters={
                "from_revision": _revision("The earlier revision."),
                "to_revision": _revision(
                    "The later revision; the map as it is unless given.", required=False
                ),
            },
        ),
        "five-factors": Question(
            asks="How strong are the five factors of leading across a system?",
            answer=five_factors,
            parameters={
                "one": _party("A leader, for the profile of a pair.", required=False),
                "other": _party("The other leader of the pair.", required=False),
                "group": _party("A body, for the profile of its people.", required=False),
                "on": _ON,
            },
        ),
        "spread-of-leadership": Question(
            asks="How evenly is leadership shared?",
            answer=spread_of_leadership,
            parameters={
                "body": _party("One body; the whole map unless given.", required=False),
                "on": _ON,
            },
        ),
        "one-page": Question(
            asks="What should I know about this person or body before a meeting?",
            answer=one_page,
            parameters={"party": _party("A leader, or an organisation."), "on": _ON},
        ),
        "outside-accountabilities": Question(
            asks="Which outside accountabilities pull on the members of a board?",
            answer=outside_accountabilities,
            parameters={"body": _party("The board, or any other body."), "on": _ON},
        ),
        "standing": Question(
            asks="Who stands above or below their position in the network?",
            answer=standing_beside_position,
            parameters={"on": _ON},
        ),
        "power-over": Question(
            asks="Who has power over whom in this room?",
            answer=power_over,
            parameters={"on": _ON},
        ),
        "if-leaves": Question(
            asks="What changes if this person leaves?",
            answer=what_if_leaves,
            parameters={"leader": _party("The leader who would leave."), "on": _ON},
        ),
        "if-joins": Question(
            asks="What changes if somebody new joins, with these ties?",
            answer=what_if_joins,
            parameters={
                "organisation": _party("The body that somebody would join."),
                "tied_to": Parameter(
                    takes=Takes.PARTIES,
                    doc="The leaders they would have ties with, separated by semicolons.",
                ),
                "called": Parameter(
                    takes=Takes.TEXT, doc="What to call them in the answer.", required=False
                ),
                "on": _ON,
            },
        ),
        "if-abolished": Question(
            asks="What changes if this body is abolished?",
            answer=what_if_abolished,
            parameters={
                "organisation": _party("The body that would be abolished."),
                "successor": _party("The body that would take over from it.", required=False),
                "on": _ON,
            },
        ),
        "if-merged": Question(
            asks="What changes if these bodies merge?",
            answer=what_if_merge,
            parameters={
                "organisations": Parameter(
                    takes=Takes.PARTIES, doc="Two bodies or more, separated by semicolons."
                ),
                "on": _ON,
            },
        ),
        "if-mended": Question(
            asks="What changes if the tie between these two is mended?",
            answer=what_if_mended,
            parameters={
                "a": _party("A leader, or an organisation."),
                "b": _party("Another of the same sort."),
                "strength": Parameter(
                    takes=Takes.NUMBER,
                    lowest=1,
                    highest=5,
                    doc="How strong the tie would be, of 5; 4 unless given.",
                    required=False,
                ),
                "on": _ON,
            },
        ),
        "if-tied": Question(
            asks="What changes if these two build a tie?",
            answer=what_if_tie,
            parameters={
                "a": _party("A leader, or an organisation."),
                "b": _party("Another of the same sort."),
                "on": _ON,
            },
        ),
    }
)
