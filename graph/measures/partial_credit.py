"""Brokerage where those who join the same two share the credit, as UCINET counts it on request."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.measures.open_ways import open_ways
from graph.measures.role_counts import Grouped, role_of_each
from graph.measures.roles import Role
from graph.measures.scores import Scores, method_text
from graph.measures.snapshot import Measured, snapshot


@dataclass(frozen=True, kw_only=True)
class PartialCredit:
    """The shares of each broker, and of the map as a whole, by role."""

    brokers: Mapping[str, Mapping[Role, float]]
    whole_map: Mapping[Role, float]
    without_group: tuple[str, ...]
    ties: int
    method: str

    def scores(self, role: Role = Role.TOTAL) -> Scores:
        """Return the shares of one role in the form all measures share."""
        values: dict[str, float | None] = {
            broker: roles[role] for broker, roles in self.brokers.items()
        }
        return Scores(
            measure=f"brokerage_partial_credit_{role}",
            title=f"Brokerage, partial credit: {role}",
            values=values | dict.fromkeys(self.without_group),
            reasons=dict.fromkeys(self.without_group, "has no group"),
            method=self.method,
            ties=self.ties,
        )


def brokerage_partial_credit(network: Measured, groups: Mapping[str, str | None]) -> PartialCredit:
    r"""Return brokerage with each open pair shared among all who join it.

    High for someone who joins many whom few others join. Beside the raw counts of `brokerage`:
    much lower here is a broker whom others could replace.

    .. math:: p(v) = \sum_{(a, b) : a \to v \to b, \, a \not\to b} \frac{1}{k_{ab}},
              \qquad k_{ab} = |\{u : a \to u \to b\}|

    by the role that v plays between a and b. The totals of all brokers add up to the number of
    open pairs that somebody joins. There is no expected number or z: chance says nothing simple
    about shares.

    Those without a group are left out with their ties, so they share in no pair. An isolate has
    0. A map with very many ways of two steps raises `TooMuch`.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele"), ("Asha", "Gwen"), ("Gwen", "Dele")])
    >>> found = brokerage_partial_credit(network, dict.fromkeys(network, "trust"))
    >>> found.brokers["Ben"][Role.COORDINATOR], found.whole_map[Role.TOTAL]
    (0.5, 1.0)

    References
    ----------
    .. [1] Gould, R. V., Fernandez, R. M. (1989). "Structures of mediation: a formal approach to
           brokerage in transaction networks". Sociological Methodology 19, 89-126.
    .. [2] Borgatti, S. P., Everett, M. G., Freeman, L. C. (2002). Ucinet for Windows: Software
           for Social Network Analysis. Analytic Technologies; routine G&F Brokerage.
    """
    taken = snapshot(network)
    grouped = Grouped(taken, groups)
    codes, kinds = grouped.codes, len(Role)
    credit = np.zeros(taken.size * kinds)
    for a, v, b in open_ways(grouped):
        # All ways of one pair are in one block, so its size there is the number who join it.
        _, pair, joining = np.unique(a * taken.size + b, return_inverse=True, return_counts=True)
        roles = role_of_each(codes[a], codes[v], codes[b])
        credit += np.bincount(v * kinds + roles, 1 / joining[pair], minlength=len(credit))
    by_role = credit.reshape(taken.size, kinds)
    total = list(Role).index(Role.TOTAL)
    by_role[:, total] = by_role.sum(axis=1)
    return PartialCredit(
        brokers={
            node: dict(zip(Role, shares, strict=True))
            for node, shares, code in zip(
                taken.nodes, by_role.tolist(), codes.tolist(), strict=True
            )
            if code >= 0
        },
        whole_map=dict(zip(Role, by_role.sum(axis=0).tolist(), strict=True)),
        without_group=grouped.without_group,
        ties=int(grouped.counted.sum()),
        method=method_text(
            "Brokerage roles (Gould and Fernandez 1989) with partial credit, 1 / the number who "
            "join the pair (UCINET)",
            version=1,
            direction="a to broker, broker to b, and no tie from a to b; ordered pairs",
            weights="not used",
            isolates="0; those without a group are left out and counted",
        ),
    )
