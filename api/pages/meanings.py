"""What each number means for somebody in the room, and how not to misread it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """One measure in plain words. The measures it speaks for, by their names in `MEASURES`."""

    title: str
    tells: str
    beware: str
    measures: tuple[str, ...]


FAMILIES: Mapping[str, tuple[Meaning, ...]] = MappingProxyType(
    {
        "Being named and naming": (
            Meaning(
                title="Views received",
                tells="How many others say they deal with this person.",
                beware="It counts who was asked: where few were, few can be named.",
                measures=("views_received", "views_received_weighted"),
            ),
            Meaning(
                title="Views given",
                tells="How many others this person says they deal with.",
                beware="Whoever was not asked gives none; that is not a lack of contacts.",
                measures=("views_given", "views_given_weighted"),
            ),
        ),
        "Standing between others": (
            Meaning(
                title="Betweenness",
                tells="How often the shortest way between two others leads through this person.",
                beware="One tie nobody recorded can change it a great deal on a small map.",
                measures=("betweenness", "betweenness_normalised", "betweenness_weighted"),
            ),
            Meaning(
                title="Brokerage",
                tells="How many pairs who have no tie of their own this person joins, and across "
                "which groups: as coordinator, representative, gatekeeper, itinerant or liaison.",
                beware="Read the count beside the number expected by chance; a high z of a count "
                "of one or two says little.",
                measures=("brokerage",),
            ),
            Meaning(
                title="Constraint",
                tells="How far a person's contacts all deal with each other. Low means freer to "
                "broker.",
                beware="It reads the other way round: the lowest number is the freest.",
                measures=("constraint", "constraint_weighted"),
            ),
            Meaning(
                title="Effective size and efficiency",
                tells="How many separate sources a person's contacts amount to, and what share of "
                "the contacts that is.",
                beware="More is not better: trust often grows where contacts know each other.",
                measures=(
                    "effective_size",
                    "effective_size_weighted",
                    "efficiency",
                    "efficiency_weighted",
                ),
            ),
            Meaning(
                title="Hierarchy",
                tells="Whether a single contact holds this person, or all hold them alike.",
                beware="With one or two contacts it tells next to nothing.",
                measures=("hierarchy", "hierarchy_weighted"),
            ),
            Meaning(
                title="Fragmentation without this one",
                tells="How much of the map would fall apart if this person left.",
                beware="Most losses change little; compare it with the map as it is.",
                measures=("fragmentation_without",),
            ),
        ),
        "Being near": (
            Meaning(
                title="Closeness",
                tells="In how few steps news comes in from others, or goes out to them.",
                beware="On a map in parts, one near neighbour looks perfect: use harmonic "
                "closeness to compare.",
                measures=("closeness_in", "closeness_out"),
            ),
            Meaning(
                title="Harmonic closeness",
                tells="The same, with those who cannot be reached counted as nothing.",
                beware="It describes recorded ways, not whether anybody takes them.",
                measures=("harmonic_in", "harmonic_out"),
            ),
            Meaning(
                title="Reach",
                tells="How many others can be reached at all, and which share in two steps.",
                beware="Two steps need one willing go-between; the number does not know who is.",
                measures=("reached_in", "reached_out", "two_step_reach_in", "two_step_reach_out"),
            ),
        ),
        "Standing in the network": (
            Meaning(
                title="Eigenvector, PageRank, Katz",
                tells="Being named by people who are themselves often named.",
                beware="On a few dozen people it mostly repeats how often somebody is named.",
                measures=("eigenvector", "pagerank", "pagerank_weighted", "katz"),
            ),
            Meaning(
                title="Hubs and authorities",
                tells="Hubs know whom to ask; authorities are those whom the hubs name.",
                beware="Both need a map where most people were asked.",
                measures=("hubs", "authorities"),
            ),
            Meaning(
                title="k-core",
                tells="How deep in the dense middle of the map a person stands.",
                beware="The middle of the recorded map is where the questions were asked.",
                measures=("k_core",),
            ),
        ),
        "The map as a whole": (
            Meaning(
                title="Density and reciprocity",
                tells="Which share of possible ties is there, and which share is returned.",
                beware="High is not good in itself, and it falls as a map grows.",
                measures=("density", "reciprocity_arcs", "reciprocity_dyads"),
            ),
            Meaning(
                title="Centralisation",
                tells="How far everything gathers around one person.",
                beware="A centre can be a strength or a risk; ask what rests on it.",
                measures=("centralisation", "centralisation_in", "centralisation_out"),
            ),
            Meaning(
                title="Parts, fragmentation and mean distance",
                tells="Whether the map falls into parts, how many pairs cannot reach each other, "
                "and how many steps lie between those who can.",
                beware="A part may only be a body whose people were not asked.",
                measures=("components", "fragmentation", "mean_distance"),
            ),
        ),
    }
)

MEANING_OF: Mapping[str, Meaning] = MappingProxyType(
    {name: each for family in FAMILIES.values() for each in family for name in each.measures}
)
"""The meaning of a measure, by its name in `MEASURES` or `WHOLE_MAP`, or `brokerage`."""
