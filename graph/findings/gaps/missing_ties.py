"""Leaders who share an accountability without a tie between them."""

from graph.findings.answer import Row
from graph.findings.gaps.found import Found
from graph.findings.gaps.identity import gap_key
from graph.findings.gaps.kinds import MOST_LISTED, Gap
from graph.findings.gaps.reading import Reading
from graph.findings.gaps.steps import introduction, path_facts
from graph.findings.gaps.ties import Ends, Tie
from graph.findings.phrases import counted, listed, sentence_case


def shared_accountability(reading: Reading) -> Found:
    """Two who answer to the same body and have no tie, the most shared first."""
    missing = [pair for pair in reading.sharing if pair not in reading.ties]
    score = reading.paths.score
    ranked = sorted(
        missing,
        key=lambda pair: (
            -len(reading.sharing[pair]),
            score(*pair),
            *(name.casefold() for name in reading.names(pair)),
            pair,
        ),
    )
    return Found(
        kind=Gap.SHARED_ACCOUNTABILITY,
        rows=tuple(_shared_row(reading, pair) for pair in ranked[:MOST_LISTED]),
        every=frozenset(gap_key(Gap.SHARED_ACCOUNTABILITY, *pair) for pair in missing),
        counting=_counting(reading, missing),
    )


def _counting(reading: Reading, missing: list[Ends]) -> str:
    several = sum(1 for pair in missing if len(reading.sharing[pair]) > 1)
    more = f" ({counted(several, 'of them', 'of them')} two or more)" if several else ""
    pairs = sentence_case(counted(len(missing), "pair"))
    return (
        f"{pairs} of leaders share an accountability{more}, and no tie between the two is recorded"
    )


def _shared_row(reading: Reading, pair: Ends) -> Row:
    one, other = reading.in_order(pair)
    bodies = reading.shared(one, other)
    certain = [body for body in bodies if _surely_shared(reading, pair, body)]
    both = f"{reading.name(one)} and {reading.name(other)}"
    verb = "share" if certain else "may share"
    sentence = (
        f"{both} {verb} {listed(reading.name(body) for body in certain or bodies)}, "
        "and no tie between them is recorded."
    )
    alone = only_joiner(reading, one, other)
    if alone is not None:
        sentence += (
            f" Nobody but {reading.name(alone)} has ties with both that are seen from both sides."
        )
    path = reading.paths.best(one, other)
    return Row(
        kind=Gap.SHARED_ACCOUNTABILITY,
        sentence=sentence,
        parties=(one, other),
        records=tuple(
            dict.fromkeys(
                record
                for body in bodies
                for leader in (one, other)
                for record in reading.seats[leader][body]
            )
        ),
        next_step=introduction(reading, one, other, path, bodies),
        facts={
            "shared": len(bodies),
            "shared_bodies": bodies,
            "certain": bool(certain),
            "only_joined_by": alone,
            **path_facts(path),
        },
    )


def _surely_shared(reading: Reading, pair: Ends, body: str) -> bool:
    return not any(reading.doubtful(reading.seats[leader][body]) for leader in pair)


def only_joiner(reading: Reading, one: str, other: str) -> str | None:
    """The one person whose ties with both are seen from both sides, where there is just one."""
    joining = [
        leader
        for leader in reading.contacts[one] & reading.contacts[other]
        if leader in reading.shown.leaders
        and all(_from_both_sides(reading.tie(leader, end)) for end in (one, other))
    ]
    return joining[0] if len(joining) == 1 else None


def _from_both_sides(tie: Tie | None) -> bool:
    return tie is not None and tie.from_both_sides
