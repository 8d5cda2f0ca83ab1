"""Who brokers between which groups, and in which role: Gould-Fernandez brokerage."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import erfc, sqrt

from graph.measures.chance import Chance, broker_chance, whole_map_chance
from graph.measures.role_counts import Grouped, role_counts
from graph.measures.roles import Role
from graph.measures.scores import Scores, method_text
from graph.measures.snapshot import Measured, Snapshot, snapshot


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
        taken.kept[key] = _brokerage(taken, groups)
    found: Brokerage = taken.kept[key]
    return found


def _brokerage(taken: Snapshot, groups: Mapping[str, str | None]) -> Brokerage:
    grouped = Grouped(taken, groups)
    sizes = grouped.sizes
    size, ties = sum(sizes.values()), int(grouped.counted.sum())
    density = ties / (size * (size - 1)) if size > 1 else None
    raw = role_counts(grouped)
    whole = whole_map_chance(list(sizes.values()), density)
    chances = {
        own: broker_chance(own, sorted(sizes.values()), density) for own in set(sizes.values())
    }
    return Brokerage(
        brokers=_Brokers(
            {
                node: (sizes[group], counts)
                for node, counts in zip(taken.nodes, raw.tolist(), strict=True)
                if (group := groups.get(node))
            },
            chances,
        ),
        whole_map={
            role: RoleScore.against(whole[role], count)
            for role, count in zip(Role, raw.sum(axis=0).tolist(), strict=True)
        },
        group_sizes=sizes,
        without_group=grouped.without_group,
        ties=ties,
        ties_left_out=taken.ties - ties,
        density=density,
        method=method_text(
            "Brokerage roles (Gould and Fernandez 1989), as in R sna 2.7",
            version=1,
            direction="a to broker, broker to b, and no tie from a to b; ordered pairs",
            weights="not used",
            isolates="0, and counted in N; those without a group are left out and counted",
        ),
    )


class _Brokers(Mapping[str, Mapping[Role, RoleScore]]):
    """The scores of each broker, made when they are asked for: on a large map most are not."""

    def __init__(
        self,
        counts: Mapping[str, tuple[int, list[int]]],
        chances: Mapping[int, Mapping[Role, Chance]],
    ) -> None:
        self._counts, self._chances = counts, chances

    def __getitem__(self, node: str) -> Mapping[Role, RoleScore]:
        own, counts = self._counts[node]
        return {
            role: RoleScore.against(self._chances[own][role], count)
            for role, count in zip(Role, counts, strict=True)
        }

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)
