"""Brokerage beside shuffled labels: would the roles come out so if groups meant nothing?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.measures.brokerage import brokerage
from graph.measures.effort import refuse_if_longer, told
from graph.measures.open_ways import open_ways
from graph.measures.role_counts import Grouped
from graph.measures.roles import Role
from graph.measures.scores import method_text
from graph.measures.snapshot import Measured, snapshot

SHUFFLES = 9_999
SEED = 1
SECONDS_PER_LABEL = 3.3e-8
"""A label is one open pair in one shuffle."""
_AT_ONCE = 2_000_000
_TOTAL = "the total does not depend on groups, so shuffling them cannot move it"


@dataclass(frozen=True, kw_only=True)
class ShuffledRole:
    """How often a role is played, beside how often it is played when labels are shuffled.

    `p_high` is the share of shuffles, this map counted as one, in which the role is played at
    least so often; `p_low` at most so often. Both are None where shuffling cannot move the count.
    """

    raw: int
    mean: float
    sd: float
    p_high: float | None
    p_low: float | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class ShuffledBrokerage:
    """The permutation test of the roles, for each broker and for the whole map."""

    brokers: Mapping[str, Mapping[Role, ShuffledRole]]
    whole_map: Mapping[Role, ShuffledRole]
    shuffles: int
    seed: int
    method: str


def brokerage_shuffled(
    network: Measured,
    groups: Mapping[str, str | None],
    *,
    shuffles: int = SHUFFLES,
    seed: int = SEED,
) -> ShuffledBrokerage:
    r"""Return how often each role is played, beside the same map with its group labels shuffled.

    A small p says that a role fits the groups better than it would fit groups drawn by lot. It
    stands beside the z of `brokerage`, which shuffles the ties instead, and needs no normal
    approximation: on small counts it is the safer of the two.

    .. math:: p = \frac{1 + |\{s : x_s \geq x\}|}{1 + S}

    over S shuffles of the labels among those who have one; the sizes of the groups and all ties
    stay as they are, so only the roles move and the total cannot: its p is None. The seed is
    printed; the same seed gives the same numbers.

    An isolate joins nobody under any labels: nothing can move. Those without a group are left
    out, as in `brokerage`. A map with very many open pairs raises `TooMuch`.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele")])
    >>> groups = {"Asha": "trust", "Ben": "trust", "Dele": "council"}
    >>> found = brokerage_shuffled(network, groups).brokers["Ben"]
    >>> round(found[Role.REPRESENTATIVE].p_high, 2), found[Role.TOTAL].p_high
    (0.33, None)

    References
    ----------
    .. [1] Good, P. (2005). Permutation, Parametric and Bootstrap Tests of Hypotheses. 3rd
           edition, Springer; chapter 3.
    .. [2] Gould, R. V., Fernandez, R. M. (1989). "Structures of mediation: a formal approach to
           brokerage in transaction networks". Sociological Methodology 19, 89-126.
    """
    taken = snapshot(network)
    found = brokerage(taken, groups)
    nodes = sorted(found.brokers)
    labels = sorted(found.group_sizes)
    label_of = {label: number for number, label in enumerate(labels)}
    codes = np.array([label_of[str(groups[node])] for node in nodes], dtype=np.int32)
    pairs = found.whole_map[Role.TOTAL].raw
    refuse_if_longer(
        SECONDS_PER_LABEL * pairs * shuffles,
        f"Shuffling the groups {shuffles:,} times over {pairs:,} open pairs",
        "Ask for fewer shuffles, or choose a part of the map.",
    )
    source, broker, target = _by_broker(Grouped(taken, groups), nodes)
    brokers, first_pair = np.unique(broker, return_index=True)
    tally = _Tally(len(nodes), _counts(codes[None, :], source, broker, target, first_pair), brokers)
    random = np.random.default_rng(seed)
    batch = max(1, min(shuffles, _AT_ONCE // max(1, len(broker))))
    for first in range(0, shuffles, batch):
        dealt = np.tile(codes, (min(batch, shuffles - first), 1))
        tally.add(_counts(random.permuted(dealt, axis=1), source, broker, target, first_pair))
        told((first + len(dealt)) / shuffles)
    return ShuffledBrokerage(
        brokers={node: tally.roles(place, shuffles) for place, node in enumerate(nodes)},
        whole_map=tally.roles(len(nodes), shuffles),
        shuffles=shuffles,
        seed=seed,
        method=method_text(
            f"Permutation test of the brokerage roles: labels shuffled {shuffles:,} times, group "
            f"sizes fixed, seed {seed}",
            version=1,
            direction="a to broker, broker to b, and no tie from a to b; ordered pairs",
            weights="not used",
            isolates="0 under all labels; those without a group are left out",
        ),
    )


def _by_broker(grouped: Grouped, nodes: list[str]) -> tuple[Any, Any, Any]:
    """Return a, broker and b of every open pair by their places in `nodes`, broker by broker."""
    place = {node: number for number, node in enumerate(nodes)}
    number = np.array([place.get(node, -1) for node in grouped.taken.nodes], dtype=np.intp)
    blocks = [np.zeros((3, 0), dtype=np.intp)]
    blocks += [number[np.stack(ways)] for ways in open_ways(grouped)]
    ways = np.concatenate(blocks, axis=1)
    source, broker, target = ways[:, np.argsort(ways[1], kind="stable")]
    return source, broker, target


_ROLES = tuple(role for role in Role if role is not Role.TOTAL)


def _counts(codes: Any, source: Any, broker: Any, target: Any, first_pair: Any) -> Any:
    """Return how often each role is played: by shuffle, role and broker; the whole map last."""
    if not len(broker):
        return np.zeros((len(codes), len(_ROLES), 1), dtype=np.int64)
    a, v, b = codes[:, source], codes[:, broker], codes[:, target]
    same_source, same_target, same_ends = a == v, v == b, a == b
    played = (
        same_source & same_target,
        same_ends & ~same_source,
        same_source & ~same_target,
        ~same_source & same_target,
        ~(same_source | same_target | same_ends),
    )
    each = np.stack(
        [np.add.reduceat(one, first_pair, axis=1, dtype=np.int64) for one in played], axis=1
    )
    return np.concatenate([each, each.sum(axis=2, keepdims=True)], axis=2)


class _Tally:
    """Sums over the shuffles, for the brokers who join anybody, and for the whole map."""

    def __init__(self, size: int, observed: Any, brokers: Any) -> None:
        self._column = {int(place): column for column, place in enumerate(brokers)}
        self._column[size] = observed.shape[2] - 1
        self._raw = observed[0]
        self._sum, self._squares, self._high, self._low = np.zeros((4, *self._raw.shape))

    def add(self, counts: Any) -> None:
        self._sum += counts.sum(axis=0)
        self._squares += (counts**2).sum(axis=0)
        self._high += (counts >= self._raw).sum(axis=0)
        self._low += (counts <= self._raw).sum(axis=0)

    def roles(self, place: int, shuffles: int) -> dict[Role, ShuffledRole]:
        column = self._column.get(place)
        roles = {role: self._role(number, column, shuffles) for number, role in enumerate(_ROLES)}
        total = sum(role.raw for role in roles.values())
        return roles | {
            Role.TOTAL: ShuffledRole(
                raw=total, mean=float(total), sd=0.0, p_high=None, p_low=None, reason=_TOTAL
            )
        }

    def _role(self, role: int, column: int | None, shuffles: int) -> ShuffledRole:
        raw = 0 if column is None else int(self._raw[role, column])
        mean = 0.0 if column is None else float(self._sum[role, column]) / shuffles
        squares = 0.0 if column is None else float(self._squares[role, column]) / shuffles
        variance = max(squares - mean**2, 0.0)
        if column is None or (variance == 0 and mean == raw):
            return ShuffledRole(
                raw=raw,
                mean=mean,
                sd=0.0,
                p_high=None,
                p_low=None,
                reason=(
                    "joins nobody, whatever the groups"
                    if column is None
                    else "came out the same in every shuffle"
                ),
            )
        return ShuffledRole(
            raw=raw,
            mean=mean,
            sd=variance**0.5,
            p_high=(1 + int(self._high[role, column])) / (1 + shuffles),
            p_low=(1 + int(self._low[role, column])) / (1 + shuffles),
            reason=None,
        )
