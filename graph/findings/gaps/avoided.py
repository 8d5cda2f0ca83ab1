"""Conflict avoided: two who need each other, meet often, and do not disagree aloud."""

from graph.findings.answer import Row
from graph.findings.gaps.found import Found
from graph.findings.gaps.identity import row_key
from graph.findings.gaps.kinds import MOST_LISTED, Gap
from graph.findings.gaps.reading import Reading
from graph.findings.gaps.steps import go_between, with_go_between
from graph.findings.gaps.ties import Tie
from graph.findings.phrases import counted, listed, on_day, sentence_case
from powermap.vocabulary import Cadence, RelationshipKind

LOW = 2
OFTEN = 4
FREQUENT = (Cadence.WEEKLY, Cadence.MONTHLY)


def conflict_avoided(reading: Reading) -> Found:
    rows = []
    for tie in reading.ties_of_leaders:
        if not _in_contact(tie) or tie.has(RelationshipKind.CONFLICTS, RelationshipKind.CHALLENGES):
            continue
        if not any(rating <= LOW for rating in surfacing(tie)):
            continue
        if reading.shared(*tie.ends) or reading.dependence_between(*tie.ends):
            rows.append(_row(reading, tie))
    rows.sort(key=_rank)
    return Found(
        kind=Gap.CONFLICT_AVOIDED,
        rows=tuple(rows[:MOST_LISTED]),
        every=frozenset(map(row_key, rows)),
        counting=sentence_case(
            f"{counted(len(rows), 'pair')} of leaders who need each other are in contact often, "
            "rate surfacing conflict low, and have no recorded conflict or challenge"
        ),
    )


def surfacing(tie: Tie) -> list[int]:
    """What the views of the tie rate surfacing conflict, where they were asked."""
    rated = [view.factors.surfacing_conflict for view in tie.relationships]
    return sorted(rating for rating in rated if rating is not None)


def _contact(tie: Tie) -> int:
    rated = [view.factors.frequent_contact for view in tie.relationships]
    return max((rating for rating in rated if rating is not None), default=0)


def _in_contact(tie: Tie) -> bool:
    """By the factor or the cadence, in either view."""
    return _contact(tie) >= OFTEN or any(view.cadence in FREQUENT for view in tie.relationships)


def _row(reading: Reading, tie: Tie) -> Row:
    one, other = reading.in_order(tie.ends)
    here, there = reading.name(one), reading.name(other)
    shared = reading.shared(one, other)
    duties = reading.dependence_between(one, other)
    ratings = surfacing(tie)
    between = go_between(reading, one, other)
    need = (
        f"share {listed([reading.name(body) for body in shared], most=3)}"
        if shared
        else "act for bodies that depend on each other"
    )
    doubtful = reading.doubtful((*tie.records, *_accountabilities(reading, one, other)))
    return Row(
        kind=Gap.CONFLICT_AVOIDED,
        sentence=(
            f"{here} and {there} {need} and are in contact {_how_often(tie)}; surfacing conflict "
            f"is rated {_rated(ratings)} of 5, and no conflict or challenge between them is "
            f"recorded: conflict may be avoided rather than absent{_doubt(reading, doubtful)}."
        ),
        parties=(one, other),
        records=(
            *(view.id for view in tie.relationships),
            *(duty.id for duty in duties),
            *_accountabilities(reading, one, other),
        ),
        next_step=with_go_between(
            reading,
            f"Ask {here} and {there}, each apart, what has not been said aloud.",
            between,
            "ask",
        ),
        facts={
            "introducer": between,
            "shared": len(shared),
            "shared_bodies": shared,
            "bodies_depend": bool(duties),
            "surfacing_conflict": ratings,
            "frequent_contact": _contact(tie) or None,
            "cadence": str(tie.cadence) if tie.cadence else None,
            "certain": not doubtful,
            "strength": tie.strengths[0] if tie.strengths else None,
        },
    )


def _doubt(reading: Reading, doubtful: bool) -> str:
    return f", if all this was held on {on_day(reading.day)}" if doubtful else ""


def _accountabilities(reading: Reading, one: str, other: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            record
            for body in reading.shared(one, other)
            for leader in (one, other)
            for record in reading.seats[leader][body]
        )
    )


def _how_often(tie: Tie) -> str:
    told = [view.cadence for view in tie.relationships if view.cadence in FREQUENT]
    if told:
        return str(min((c for c in told if c is not None), key=list(Cadence).index))
    return f"often (rated {_contact(tie)} of 5)"


def _rated(ratings: list[int]) -> str:
    return " and ".join(str(rating) for rating in ratings)


def _rank(row: Row) -> tuple[int, int, int, str]:
    """By accountabilities shared, then the lower ratings, then the weaker tie, then by name."""
    return (
        -row.facts["shared"],
        sum(row.facts["surfacing_conflict"]) * 2 // len(row.facts["surfacing_conflict"]),
        row.facts["strength"] or 0,
        row.sentence.casefold(),
    )
