"""How often each role of a broker would be played if every tie fell by chance.

Mean and variance as in R `sna` 2.7, for one broker and for the whole map.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

from graph.measures.roles import Role


@dataclass(frozen=True, kw_only=True)
class Chance:
    """Mean and spread of a role's count when every tie falls independently."""

    expected: float = 0.0
    variance: float = 0.0
    reason: str | None = None


def _chance(
    density: float | None,
    pairs: int,
    impossible: str,
    *,
    sharing_a_tie: int,
    contradicting: int = 0,
    same_ends: int = 0,
) -> Chance:
    """Return E and Var from how many pairs could be joined, and how two of them depend.

    Two pairs `sharing_a_tie` to or from the broker vary together by d³q³, two with the
    `same_ends` by d⁵q; `contradicting` are those where a tie of one is the missing tie of the
    other, so that both cannot be, by -d⁴q².
    """
    if density is None or pairs == 0:
        return Chance(reason=impossible)
    if density == 0:
        return Chance(reason="there are no ties")
    if density == 1:
        return Chance(reason="every tie is there, so no pair is open")
    d, q = density, 1 - density
    expected = d**2 * q * pairs
    variance = (
        expected * (1 - d**2 * q)
        + sharing_a_tie * d**3 * q**3
        - contradicting * d**4 * q**2
        + same_ends * d**5 * q
    )
    return Chance(expected=expected, variance=variance)


def broker_chance(own: int, sizes: Sequence[int], density: float | None) -> dict[Role, Chance]:
    """Return the chances of a broker whose group has `own` members; `sizes` are of all groups."""
    others = list(sizes)
    others.remove(own)
    size, outside = sum(sizes), sum(others)
    across = _chance(
        density,
        outside * (own - 1),
        "not possible in a group this small" if others else "needs at least two groups",
        sharing_a_tie=2 * ((own - 1) * comb(outside, 2) + outside * comb(own - 1, 2)),
    )
    return {
        Role.COORDINATOR: _chance(
            density,
            (own - 1) * (own - 2),
            "not possible in a group this small",
            sharing_a_tie=2 * (own - 1) * (own - 2) * (own - 3),
        ),
        Role.ITINERANT: _chance(
            density,
            sum(n * (n - 1) for n in others),
            "no other group has two members" if others else "needs at least two groups",
            sharing_a_tie=2 * sum(n * (n - 1) * (n - 2) for n in others),
        ),
        Role.REPRESENTATIVE: across,
        Role.GATEKEEPER: across,
        Role.LIAISON: _chance(
            density,
            outside**2 - sum(n**2 for n in others),
            "needs at least three groups",
            sharing_a_tie=4 * sum(n * comb(outside - n, 2) for n in others),
        ),
        Role.TOTAL: _chance(
            density,
            (size - 1) * (size - 2),
            "needs at least three leaders or organisations",
            sharing_a_tie=2 * (size - 1) * (size - 2) * (size - 3),
        ),
    }


def whole_map_chance(sizes: Sequence[int], density: float | None) -> dict[Role, Chance]:
    size = sum(sizes)
    squares, cubes = sum(n**2 for n in sizes), sum(n**3 for n in sizes)
    no_two = "needs at least two groups" if len(sizes) < 2 else "no group has two members"
    mixed_pairs = sum(n * (n - 1) * (size - n) for n in sizes)
    across = _chance(
        density,
        mixed_pairs,
        no_two,
        sharing_a_tie=(size - 3) * mixed_pairs,
        same_ends=sum(n * (n - 1) * (size - n) * (n - 2) for n in sizes),
    )
    # Sums over three different groups, as polynomials: a triple loop would take hours on a map
    # of organisations with a thousand groups.
    triples = size**3 - 3 * size * squares + 2 * cubes
    triples_by_size = (
        size**2 * squares - squares**2 - 2 * size * cubes + 2 * sum(n**4 for n in sizes)
    )
    between_groups = (4 * size - 2) * triples - 8 * triples_by_size
    return {
        Role.COORDINATOR: _chance(
            density,
            sum(n * (n - 1) * (n - 2) for n in sizes),
            "no group has three members",
            sharing_a_tie=sum(n * (n - 1) * (n - 2) * (4 * n - 10) for n in sizes),
            contradicting=sum(n * (n - 1) * (n - 2) * 4 * (n - 3) for n in sizes),
            same_ends=sum(n * (n - 1) * (n - 2) * (n - 3) for n in sizes),
        ),
        Role.ITINERANT: _chance(
            density,
            mixed_pairs,
            no_two,
            sharing_a_tie=sum(
                n * (n - 1) * ((2 * n - 6) * (size - n) + 2 * (squares - n**2)) for n in sizes
            ),
            same_ends=sum(n * (n - 1) * (size - n) * (size - n - 1) for n in sizes),
        ),
        Role.REPRESENTATIVE: across,
        Role.GATEKEEPER: across,
        Role.LIAISON: _chance(
            density,
            triples,
            "needs at least three groups",
            sharing_a_tie=between_groups,
            contradicting=between_groups,
            same_ends=(size - 1) * triples - 2 * triples_by_size,
        ),
        Role.TOTAL: _chance(
            density,
            size * (size - 1) * (size - 2),
            "needs at least three leaders or organisations",
            sharing_a_tie=size * (size - 1) * (size - 2) * (4 * size - 10),
            contradicting=size * (size - 1) * (size - 2) * 4 * (size - 3),
            same_ends=size * (size - 1) * (size - 2) * (size - 3),
        ),
    }
