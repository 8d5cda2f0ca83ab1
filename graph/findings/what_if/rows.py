"""What the second of two states of a map has lost, row by row."""

from graph.findings.answer import Row
from graph.findings.phrases import (
    by_name,
    counted,
    decimal,
    listed,
    name,
    names,
    pair_named,
    post_named,
    sentence_case,
)
from graph.findings.what_if.consequences import LEADING, Consequences
from graph.findings.what_if.network_shape import NetworkShape, Pair
from graph.network import Network
from graph.posts import posts_held

SHOWN_PAIRS = 100
SHOWN_MOVES = 5


def link_rows(found: Consequences) -> list[Row]:
    rows = []
    for pair in found.lost_links[:SHOWN_PAIRS]:
        ends = pair_named(found.before, pair)
        between = _links_of(found, pair)
        through = listed(names(found.before, between), 3)
        rows.append(
            Row(
                kind="only_link_lost",
                sentence=f"{ends} would lose {through}, "
                f"their only {'link' if len(between) == 1 else 'links'} in two steps.",
                parties=pair,
                records=_ties_through(found, pair, between),
                next_step=f"Bring {ends} together while {through} can still introduce them.",
            )
        )
    return rows


def _links_of(found: Consequences, pair: Pair) -> list[str]:
    """Which of those who go join this pair."""
    graph = found.people[0].graph
    return [
        between
        for between in by_name(found.before, found.gone)
        if any(
            graph.has_edge(source, between)
            and graph.has_edge(between, target)
            and not graph.has_edge(source, target)
            for source, target in (pair, pair[::-1])
        )
    ]


def _ties_through(found: Consequences, pair: Pair, through: list[str]) -> tuple[str, ...]:
    graph = found.people[0].graph
    return tuple(
        dict.fromkeys(
            tie
            for between in through
            for end in pair
            for edge in ((end, between), (between, end))
            if graph.has_edge(*edge)
            for tie in graph.edges[edge]["ties"]
        )
    )


def part_rows(found: Consequences) -> list[Row]:
    """Who could no longer reach the largest part, and who would have no tie at all."""
    rows = [
        Row(
            kind="part_cut_off",
            sentence=f"{listed(names(found.before, piece))} could no longer reach the others.",
            parties=tuple(by_name(found.before, piece)),
        )
        for part in found.split
        for piece in part[1:]
        if len(piece) > 1
    ]
    rows.sort(key=lambda row: (-len(row.parties), row.sentence.casefold()))
    for person in found.newly_alone:
        rows.append(
            Row(
                kind="without_a_tie",
                sentence=f"{name(found.before, person)} would have no tie left "
                "in the recorded map.",
                parties=(person,),
            )
        )
    return rows


def vacancy_rows(found: Consequences) -> list[Row]:
    return [
        Row(
            kind="left_without_holder" if duty.kind in LEADING else "seat_left_empty",
            sentence=f"{sentence_case(post_named(found.before, duty))} "
            "would be left without a holder"
            + (" (may be held now)." if duty.id in found.before.doubtful else "."),
            parties=(duty.to,),
            records=(duty.id,),
            next_step=f"Agree who takes over as {post_named(found.before, duty)}."
            if duty.kind in LEADING
            else None,
        )
        for duty in found.vacated
    ]


def joint_post_rows(found: Consequences, end: str = "end") -> list[Row]:
    """Joint posts that are there now and would not be."""
    rows = []
    after = posts_held(found.after)
    held = posts_held(found.before)
    for leader in by_name(found.before, held):
        posts = held[leader]
        bodies = {post.to for post in posts}
        if len(bodies) > 1 and len({post.to for post in after.get(leader, ())}) < 2:
            said = listed(names(found.before, bodies))
            rows.append(
                Row(
                    kind="joint_post_gone",
                    sentence=f"The joint post of {name(found.before, leader)}, "
                    f"between {said}, would {end}.",
                    parties=(leader, *by_name(found.before, bodies)),
                    records=tuple(post.id for post in posts),
                )
            )
    return rows


def body_rows(found: Consequences) -> list[Row]:
    rows = [
        Row(
            kind="bodies_unlinked",
            sentence=f"{pair_named(found.before, pair)} would have no tie left between them.",
            parties=pair,
            records=_edge_ties(found.bodies[0], pair),
        )
        for pair in found.unlinked_bodies
    ]
    for pair, ties in found.remaining_ties:
        rows.append(
            Row(
                kind="tie_remains",
                sentence=f"The tie between {pair_named(found.before, pair)} would remain: "
                "it is recorded between the two bodies, not between people.",
                parties=pair,
                records=tuple(tie.id for tie in ties),
            )
        )
    return rows


def _edge_ties(net: Network, pair: Pair) -> tuple[str, ...]:
    edges = [edge for edge in (pair, pair[::-1]) if net.graph.has_edge(*edge)]
    return tuple(dict.fromkeys(tie for edge in edges for tie in net.graph.edges[edge]["ties"]))


def position_rows(found: Consequences) -> list[Row]:
    """Those whose betweenness would move most."""
    before, after = (shape.betweenness for shape in found.shapes)
    moves = {
        person: ((before[person] or 0.0), (after[person] or 0.0))
        for person in after
        if person in before
    }
    moved = [person for person, (was, is_) in moves.items() if abs(was - is_) > 1e-9]
    moved.sort(
        key=lambda person: (
            -round(abs(moves[person][0] - moves[person][1]), 9),
            name(found.before, person),
        )
    )
    return [
        Row(
            kind="position_moves",
            sentence=f"{name(found.before, person)} would stand on "
            f"{'more' if moves[person][1] > moves[person][0] else 'fewer'} of the shortest "
            f"paths between others: {decimal(moves[person][1])} instead of "
            f"{decimal(moves[person][0])}.",
            parties=(person,),
            facts={
                "betweenness_before": moves[person][0],
                "betweenness_after": moves[person][1],
            },
        )
        for person in moved[:SHOWN_MOVES]
    ]


def network_row(found: Consequences) -> Row:
    """All numbers before and after, in one row."""
    before, after = found.shapes
    if before.numbers == after.numbers:
        return Row(
            kind="whole_network",
            sentence=f"The network of relationships between {found.nodes} would stay as it is.",
            facts=found.facts(),
        )
    alone = len(after.isolated) - len(before.isolated)
    more = sentence_case(f"{counted(alone, found.node, found.nodes)} more")
    tail = f" {more} would have no tie." if alone > 0 else ""
    was, would = _density(before), _density(after)
    density = "" if was == would else f", and density {would} instead of {was}"
    return Row(
        kind="whole_network",
        sentence=f"{sentence_case(_size(found, before))} would become {_size(found, after)}"
        f"{density}.{tail}",
        facts=found.facts(),
    )


def _size(found: Consequences, shape: NetworkShape) -> str:
    nodes = counted(len(shape.nodes), found.node, found.nodes)
    return f"{nodes} with {counted(shape.ties, 'tie')}"


def _density(shape: NetworkShape) -> str:
    return "not defined" if shape.density is None else decimal(shape.density, 3)
