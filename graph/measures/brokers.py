"""The names behind the numbers of brokerage: who is the strongest broker, and whom they join."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from graph.measures.brokerage import brokerage
from graph.measures.centrality import betweenness
from graph.measures.roles import Role, role_of
from graph.measures.scores import DirectedNetwork, require_plain
from graph.measures.snapshot import Measured
from powermap.errors import InvalidValue, TooMuch, UnknownRecord


@dataclass(frozen=True, kw_only=True)
class OpenPair:
    """Two with no tie from the first to the second, whom a broker joins in this role.

    `also_through` names the others who join the same two, with or without a group: where it is
    empty, the broker is their only link of two steps.
    """

    source: str
    target: str
    role: Role
    also_through: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StrongestBroker:
    """The one broker shown first, how many pairs it joins, and how the choice was made.

    `broker` is None where nobody joins an open pair; `reason` then says so. `equals` names those
    who join as many pairs, and `decided_by` what told them apart: pairs, betweenness or id.
    """

    broker: str | None
    joined: int
    equals: tuple[str, ...]
    decided_by: str | None
    reason: str | None
    rule: str = (
        "Most ordered pairs joined (Gould-Fernandez total, raw); among equals the highest "
        "betweenness to nine decimals, where the map is small enough to compute it; then the id "
        "first in alphabetical order."
    )


def open_pairs(
    network: DirectedNetwork,
    broker: str,
    groups: Mapping[str, str | None],
    *,
    limit: int | None = None,
) -> tuple[OpenPair, ...]:
    """Return the pairs that make up a broker's total, or the first of them, in order of ids.

    Each is somebody who can reach somebody else through the broker, and not directly: the rows
    behind the number, and what would be lost or have to go another way without this broker.

    (a, b) is listed when a -> broker -> b, not a -> b, and all three have a group. Someone with
    two thousand contacts joins millions of pairs: give a `limit` where only some are shown.

    An isolate has none. A broker who is not on the map raises `UnknownRecord`, one without a
    group `InvalidValue`.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele")])
    >>> for pair in open_pairs(network, "Ben", {"Asha": "trust", "Ben": "trust", "Dele": "nhs"}):
    ...     print(pair.source, pair.target, pair.role, pair.also_through)
    Asha Dele representative ()

    References
    ----------
    .. [1] Gould, R. V., Fernandez, R. M. (1989). "Structures of mediation: a formal approach to
           brokerage in transaction networks". Sociological Methodology 19, 89-126.
    """
    require_plain(network)
    if broker not in network:
        raise UnknownRecord(broker)
    if not groups.get(broker):
        raise InvalidValue.at("broker", f"{broker} has no group, so no role between groups")
    group_of = {node: group for node in network if (group := groups.get(node))}
    pairs = (
        OpenPair(
            source=source,
            target=target,
            role=role_of(group_of[source], group_of[broker], group_of[target]),
            also_through=tuple(
                sorted(
                    other
                    for other in network.succ[source]
                    if other != broker and network.has_edge(other, target)
                )
            ),
        )
        for source in sorted(group_of.keys() & network.pred[broker].keys())
        for target in sorted(group_of.keys() & network.succ[broker].keys())
        if source != target and not network.has_edge(source, target)
    )
    return tuple(islice(pairs, limit))


def strongest_broker(network: Measured, groups: Mapping[str, str | None]) -> StrongestBroker:
    """Return the broker who joins the most pairs, chosen by a stated rule.

    The first name to read on the map page: more pairs who do not deal directly meet through
    this one than through anybody else. `open_pairs` lists who they are.

    The rule is `StrongestBroker.rule`. Betweenness breaks ties because it looks beyond two steps;
    nine decimals, so that rounding noise cannot decide between equals.

    Where nobody joins an open pair there is no strongest broker, and `reason` says so.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele"), ("Gwen", "Ben")])
    >>> chosen = strongest_broker(network, dict.fromkeys(network, "trust"))
    >>> chosen.broker, chosen.joined, chosen.decided_by
    ('Ben', 2, 'pairs')

    References
    ----------
    .. [1] Gould, R. V., Fernandez, R. M. (1989). "Structures of mediation: a formal approach to
           brokerage in transaction networks". Sociological Methodology 19, 89-126.
    """
    totals = {
        broker: roles[Role.TOTAL].raw
        for broker, roles in brokerage(network, groups).brokers.items()
    }
    most = max(totals.values(), default=0)
    if most == 0:
        return StrongestBroker(
            broker=None,
            joined=0,
            equals=(),
            decided_by=None,
            reason="nobody joins two others who have no tie of their own",
        )
    leading = sorted(broker for broker, total in totals.items() if total == most)
    decided_by = "pairs"
    candidates = leading
    if len(leading) > 1:
        candidates = _highest_betweenness(network, leading)
        decided_by = "betweenness" if len(candidates) == 1 else "id"
    chosen = candidates[0]
    return StrongestBroker(
        broker=chosen,
        joined=most,
        equals=tuple(broker for broker in leading if broker != chosen),
        decided_by=decided_by,
        reason=None,
    )


def _highest_betweenness(network: Measured, candidates: Sequence[str]) -> list[str]:
    try:
        values = betweenness(network).values
    except TooMuch:
        return list(candidates)
    rounded = {node: round(values[node] or 0.0, 9) for node in candidates}
    highest = max(rounded.values())
    return [node for node in candidates if rounded[node] == highest]
