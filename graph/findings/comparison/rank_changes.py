"""Ranks that moved by more than any one tie could have moved them."""

from collections.abc import Mapping

from graph.findings.answer import Row
from graph.findings.comparison.sides import Sides
from graph.findings.phrases import by_name, name
from graph.measures import MEASURES
from graph.measures.bands import Band, bands
from graph.network import network
from powermap.errors import TooMuch

COMPARED = {
    "views_received": "by how many name them",
    "betweenness": "by the paths between others they lie on",
    "harmonic_in": "by how near others are to them",
}
MOST = 120
"""Beyond this many people or bodies a rank means little, and its band takes long to find."""
RANK_RULE = (
    f"Ranks ({', '.join(COMPARED)}) are compared on maps of up to {MOST} people: each tie is left "
    "out in turn, and a rank has moved where the best and worst that it takes on the one side do "
    "not meet those on the other. 1 is the highest."
)


def rank_rows(sides: Sides) -> list[Row]:
    """Those on both sides whose band on one does not meet that on the other."""
    if max(len(side.leaders) for side in (sides.before, sides.after)) > MOST:
        return []
    nets = [network(side, on=side.on).graph for side in (sides.before, sides.after)]
    rows = []
    for measure, told in COMPARED.items():
        try:
            before, after = (bands(net, MEASURES[measure]).bands for net in nets)
        except TooMuch:
            continue
        rows += _moved(sides, measure, told, before, after)
    return rows


def _moved(
    sides: Sides,
    measure: str,
    told: str,
    before: Mapping[str, Band],
    after: Mapping[str, Band],
) -> list[Row]:
    rows = []
    for person in by_name(sides.either, before.keys() & after.keys()):
        was, now = before[person], after[person]
        if was.rank is None or now.rank is None or not _apart(was, now):
            continue
        word = "up" if now.rank < was.rank else "down"
        rows.append(
            Row(
                kind="rank_moved",
                sentence=f"{name(sides.either, person)} moved {word} from rank {was.rank} to "
                f"{now.rank} {told}, by more than any one tie could account for.",
                parties=(person,),
                facts={
                    "measure": measure,
                    "before": {"rank": was.rank, "best": was.best, "worst": was.worst},
                    "after": {"rank": now.rank, "best": now.best, "worst": now.worst},
                },
            )
        )
    return sorted(rows, key=lambda row: -abs(_steps(row)))


def _apart(was: Band, now: Band) -> bool:
    if was.best is None or was.worst is None or now.best is None or now.worst is None:
        return False
    return was.worst < now.best or now.worst < was.best


def _steps(row: Row) -> int:
    steps: int = row.facts["before"]["rank"] - row.facts["after"]["rank"]
    return steps
