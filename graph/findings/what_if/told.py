"""What the second of two states of a map has lost, in a sentence each."""

from collections import Counter
from collections.abc import Sequence

from graph.findings.answer import Row
from graph.findings.phrases import (
    counted,
    listed,
    name,
    names,
    on_day,
    pair_named,
    post_named,
    sentence_case,
)
from graph.findings.what_if.consequences import Consequences
from graph.findings.what_if.network_shape import Pair, pairs_parted
from powermap.model import PowerMap

NOTHING_WRITTEN = "Nothing is written to the map."


def broker_sentence(found: Consequences) -> str | None:
    """Who would join the most pairs, where that is none of those who do now."""
    before, after = (shape.brokers for shape in found.shapes)
    if not before or before & after:
        return None
    was = listed(names(found.before, before))
    if not after:
        do = "does" if len(before) == 1 else "do"
        return f"Nobody would join two others who have no tie of their own, as {was} {do} now."
    # Whoever it would be may be made up, or be two bodies merged.
    return f"{listed(names(found.after, after))} would join the most pairs, in place of {was}."


def joint_post_sentence(rows: list[Row]) -> str | None:
    """That joint posts would end, in a sentence."""
    gone = [row.sentence for row in rows if row.kind == "joint_post_gone"]
    if len(gone) < 2:
        return gone[0] if gone else None
    return f"{sentence_case(counted(len(gone), 'joint post'))} would end."


def change_told(found: Consequences, who: str) -> str:
    """What the going of somebody means for others, or that their ties are not recorded."""
    graph = found.people[0].graph
    if all(graph.degree(person) == 0 for person in found.gone):
        return f"no tie between people is lost, for none of {who} is recorded"
    return links_sentence(found)


def links_sentence(found: Consequences) -> str:
    """What the going of some means for pairs of others: the sentence that matters first."""
    pairs = found.lost_links
    if not pairs:
        return "nobody in the recorded map loses their only link"
    if len(pairs) == 1:
        pair = pair_named(found.before, pairs[0])
        return f"{pair} lose their only link in two steps in the recorded map"
    said = f"{counted(len(pairs), 'pair')} of people in the recorded map lose their only link"
    return f"{said} in two steps{pairs_told(found.before, pairs)}"


def pairs_told(shown: PowerMap, pairs: Sequence[Pair]) -> str:
    """Which pairs: all of a few, or who is in the most of them."""
    if len(pairs) < 4:
        return f": {'; '.join(pair_named(shown, pair) for pair in pairs)}"
    ends = Counter(person for pair in pairs for person in pair)
    order = sorted(ends, key=lambda person: (-ends[person], name(shown, person)))
    most = [f"{name(shown, person)} ({ends[person]})" for person in order[:3]]
    return f", most of all {listed(most)}"


def parting_sentence(found: Consequences) -> str | None:
    parted = pairs_parted(found.split)
    if not parted:
        return None
    people = [person for part in found.split for piece in part for person in piece]
    said = pair_named(found.before, people) if parted == 1 else counted(parted, "pair")
    return f"{sentence_case(said)} could no longer reach each other by any way."


def vacancy_sentence(found: Consequences) -> str | None:
    leading, every = found.left_leading, len(found.vacated)
    seats = every - len(leading)
    if not every:
        return None
    told = listed([post_named(found.before, duty) for duty in leading], 3) if leading else ""
    if not leading:
        return f"{sentence_case(counted(seats, 'seat'))} would be left empty."
    also = f", and {counted(seats, 'seat')}" if seats else ""
    count = counted(len(leading), "post or task", "posts or tasks")
    return f"{sentence_case(count)} would be left without a holder{also}: {told}."


def remaining_sentence(found: Consequences) -> str | None:
    if not found.remaining_ties:
        return None
    pairs = [pair_named(found.before, pair) for pair, _ in found.remaining_ties]
    if len(pairs) == 1:
        return f"What remains is the tie recorded between their bodies: {pairs[0]}."
    among = "" if len(pairs) <= 3 else ", among them"
    shown = "; ".join(pairs[:3])
    count = counted(len(pairs), "pair")
    return f"What remains are ties recorded between {count} of bodies{among or ':'} {shown}."


def unlinked_sentence(found: Consequences) -> str | None:
    pairs = found.unlinked_bodies
    if not pairs:
        return None
    if len(pairs) == 1:
        return f"{pair_named(found.before, pairs[0])} would have no tie left between them."
    shown = "; ".join(pair_named(found.before, pair) for pair in pairs[:2])
    among = "" if len(pairs) <= 2 else ", among them"
    count = sentence_case(counted(len(pairs), "pair"))
    return f"{count} of bodies would have no tie left between them{among or ':'} {shown}."


def day_told(shown: PowerMap) -> str:
    return on_day(shown.on or shown.header.as_at)


def thin(found: Consequences, leader: str | None = None) -> str | None:
    graph = found.people[0].graph
    if graph.number_of_edges() == 0:
        return (
            "No tie between people is recorded on this date, so only posts and duties are compared."
        )
    if leader is not None and graph.degree(leader) == 0:
        return "No tie of this person is recorded on this date: what else would go is not known."
    return None
