"""Who brokers between which groups, and in which role: Gould-Fernandez brokerage."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import erfc, sqrt

from graph.measures.chance import Chance, broker_chance, whole_map_chance
from graph.measures.roles import Role
from graph.measures.scores import DirectedNetwork, Scores, method_text
from graph.measures.snapshot import Measured, snapshot


@dataclass(frozen=True, kw_only=True)
class RoleScore:
    """How often a role is played, beside how often chance alone would have it played.

    `z` is None where the role cannot vary at all; `reason` then says why.
    """

    raw: int
    expected: float
    sd: float
    z: float | None
    reason: str | None

    @classmethod
    def against(cls, chance: Chance, raw: int) -> "RoleScore":
        """Return the score of a role played `raw` times, where this is what chance would do."""
        sd = sqrt(chance.variance)
        z = (raw - chance.expected) / sd if chance.reason is None else None
        return cls(raw=raw, expected=chance.expected, sd=sd, z=z, reason=chance.reason)

    @property
    def p(self) -> float | None:
        """Two-sided normal probability of so large a z; not to be trusted on counts of 0 to 5."""
        return None if self.z is None else erfc(abs(self.z) / sqrt(2))


@dataclass(frozen=True, kw_only=True)
class Brokerage:
    """Brokerage of every leader or organisation that has a group, and of the map as a whole."""

    brokers: Mapping[str, Mapping[Role, RoleScore]]
    whole_map: Mapping[Role, RoleScore]
    group_sizes: Mapping[str, int]
    without_group: tuple[str, ...]
    ties: int
    ties_left_out: int
    density: float | None
    method: str

    def scores(self, role: Role = Role.TOTAL) -> Scores:
        """Return the raw counts of one role in the form all measures share."""
        counts: dict[str, float | None] = {
            broker: roles[role].raw for broker, roles in self.brokers.items()
        }
        return Scores(
            measure=f"brokerage_{role}",
            title=f"Brokerage: {role} ({role.symbol})",
            values=counts | dict.fromkeys(self.without_group),
            reasons=dict.fromkeys(self.without_group, "has no group"),
            method=self.method,
            ties=self.ties,
        )


def brokerage(network: Measured, groups: Mapping[str, str | None]) -> Brokerage:
    r"""Return how often each leader or organisation joins two others, by role and by group.

    High for someone through whom one group reaches another (representative, gatekeeper, liaison,
    itinerant) or its own members reach each other (coordinator). The counts are small on a small
    map: say the raw and the expected number beside every z.

    v brokers the ordered pair (a, b) when a -> v and v -> b and not a -> b. For a broker in a
    group of :math:`n_i` among N with m ties, :math:`d = m / N(N - 1)` and :math:`q = 1 - d`,

    .. math::

       z = \frac{raw - E}{\sqrt{Var}}, \qquad E = d^2 q P,
       \qquad Var = E (1 - d^2 q) + K d^3 q^3

    ============== ====================================== ==========================================
    role           P, pairs the broker could join         K, two such pairs that share a tie
    ============== ====================================== ==========================================
    coordinator    (n_i - 1)(n_i - 2)                     2 (n_i - 1)(n_i - 2)(n_i - 3)
    itinerant      Σ n_j (n_j - 1)                        2 Σ n_j (n_j - 1)(n_j - 2)
    representative (N - n_i)(n_i - 1)                     2 [(n_i - 1) C(N - n_i, 2)
    and gatekeeper                                        + (N - n_i) C(n_i - 1, 2)]
    liaison        (Σ n_j)² - Σ n_j²                      4 Σ n_j C(N - n_j - n_i, 2)
    total          (N - 1)(N - 2)                         2 (N - 1)(N - 2)(N - 3)
    ============== ====================================== ==========================================

    with j over the other groups. Each tie is taken as an independent coin that falls at rate d,
    exactly as R `sna` 2.7 does, and likewise for the whole map, where two brokers' pairs may
    depend on each other too. (In one simulated map sna's sd of representative and gatekeeper for
    the whole map came out 5 % too high; it is kept, because analysts check against R.)

    Leaders or organisations without a group (None or "") are left out, with their ties, and
    named in `without_group`: together they would look like one group. Isolates stay in N and
    have 0. A role that cannot occur (three of a group are needed for a coordinator, three groups
    for a liaison) has expected 0 and sd 0, and z is None with a reason; so has every role on a
    map without ties or with all of them. On a map whose ties all go both ways each pair counts
    twice and gatekeeper equals representative.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele")])
    >>> result = brokerage(network, {"Asha": "trust", "Ben": "trust", "Dele": "council"})
    >>> result.brokers["Ben"][Role.REPRESENTATIVE].raw
    1
    >>> result.brokers["Ben"][Role.LIAISON].reason
    'needs at least three groups'

    References
    ----------
    .. [1] Gould, R. V., Fernandez, R. M. (1989). "Structures of mediation: a formal approach to
           brokerage in transaction networks". Sociological Methodology 19, 89-126.
    .. [2] Butts, C. T. (2023). sna: Tools for Social Network Analysis. R package 2.7-1;
           function brokerage.
    """
    taken = snapshot(network)
    key = f"brokerage by {[groups.get(node) for node in taken.nodes]}"
    if key not in taken.kept:
        taken.kept[key] = _brokerage(taken.network, groups)
    found: Brokerage = taken.kept[key]
    return found


def _brokerage(network: DirectedNetwork, groups: Mapping[str, str | None]) -> Brokerage:
    group_of = {node: group for node in network if (group := groups.get(node))}
    sizes = Counter(group_of.values())
    successors = _successors(network, group_of)
    size, ties = len(group_of), sum(len(targets) for targets in successors.values())
    density = ties / (size * (size - 1)) if size > 1 else None
    raw = _count_roles(successors, group_of)

    chances = {
        own: broker_chance(own, sorted(sizes.values()), density) for own in set(sizes.values())
    }
    return Brokerage(
        brokers={
            node: {
                role: RoleScore.against(chance, raw[node][role])
                for role, chance in chances[sizes[group]].items()
            }
            for node, group in group_of.items()
        },
        whole_map={
            role: RoleScore.against(chance, sum(counts[role] for counts in raw.values()))
            for role, chance in whole_map_chance(list(sizes.values()), density).items()
        },
        group_sizes=dict(sizes),
        without_group=tuple(node for node in network if node not in group_of),
        ties=ties,
        ties_left_out=network.number_of_edges() - ties,
        density=density,
        method=method_text(
            "Brokerage roles (Gould and Fernandez 1989), as in R sna 2.7",
            version=1,
            direction="a to broker, broker to b, and no tie from a to b; ordered pairs",
            weights="not used",
            isolates="0, and counted in N; those without a group are left out and counted",
        ),
    )


def _successors(network: DirectedNetwork, group_of: Mapping[str, str]) -> dict[str, set[str]]:
    return {node: group_of.keys() & network.succ[node].keys() for node in group_of}


def _count_roles(
    successors: Mapping[str, set[str]], group_of: Mapping[str, str]
) -> dict[str, Counter[Role]]:
    members: dict[str, set[str]] = {group: set() for group in group_of.values()}
    for node, group in group_of.items():
        members[group].add(node)
    counts: dict[str, Counter[Role]] = {node: Counter() for node in group_of}
    for source, brokers in successors.items():
        for broker in brokers:
            targets = successors[broker] - successors[source] - {source}
            home, away = group_of[broker], group_of[source]
            at_home = len(targets & members[home])
            roles = counts[broker]
            roles[Role.TOTAL] += len(targets)
            if away == home:
                roles[Role.COORDINATOR] += at_home
                roles[Role.REPRESENTATIVE] += len(targets) - at_home
            else:
                back = len(targets & members[away])
                roles[Role.GATEKEEPER] += at_home
                roles[Role.ITINERANT] += back
                roles[Role.LIAISON] += len(targets) - at_home - back
    return counts
