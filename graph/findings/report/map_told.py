"""The map as a whole, in sentences: where it would divide, who matters as a set, its middle."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.findings.phrases import counted, decimal, is_are, listed, number, percent, sentence_case
from graph.network import Network, Unit

MOST_NAMED = 8
NO_MIDDLE = 0.5
"""A fit below this is no middle worth the name."""
RARE = 0.01

_AS = {1: "", 2: "as a pair, ", 3: "as three, "}

Names = Mapping[str, str]


def told_of_map(network: Network, names: Names, whole: Mapping[str, Any]) -> list[str]:
    """What the sections of the map say; nothing on what is not defined or not computed."""
    if not network.graph.number_of_edges():
        return []
    said = [
        *_key_players(names, whole["key_players"]),
        _cut_points(network, names, whole["divisions"]),
        _core(names, whole["core_periphery"]),
        _communities(whole["communities"]),
        _mixing(whole["mixing"]),
    ]
    return [sentence for sentence in said if sentence]


def _sorted(names: Names, nodes: Iterable[str]) -> list[str]:
    return sorted((names[node] for node in nodes), key=str.casefold)


def _key_players(names: Names, sets: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    openings = {
        "loss_divides_most": "Whose loss would divide the map most",
        "together_reach_most": "Who is nearest to everybody",
    }
    said = []
    for name, opening in openings.items():
        parts, greedy = [], False
        for found in sets[name]:
            if found["value"] is None:
                continue
            members = listed(_sorted(names, found["members"]))
            equals = found["equals"]
            as_good = f" (or {number(equals)} other{'s' if equals > 1 else ''})" if equals else ""
            parts.append(f"{_AS[found['size']]}{members}{as_good}")
            greedy = greedy or not found["exact"]
        if parts:
            ending = " Not every set was tried: there may be a better one." if greedy else ""
            said.append(f"{opening}: {'; '.join(parts)}.{ending}")
    return said


def _cut_points(network: Network, names: Names, found: Mapping[str, Any] | None) -> str | None:
    if found is None:
        return None
    one = "person" if network.unit is Unit.LEADERS else "organisation"
    cuts = found["cut_points"]
    if not cuts:
        return f"No single {one} holds two parts of the map together alone."
    who = listed(_sorted(names, cuts), MOST_NAMED)
    verb = "holds" if len(cuts) == 1 else "hold"
    each = "" if len(cuts) == 1 else " each"
    told = f"{who}{each} {verb} parts of the map together alone"
    bridges = len(found["bridges"])
    if bridges:
        told += f"; {counted(bridges, 'pair')} {is_are(bridges)} the only link between two sides"
    return f"{told}."


def _core(names: Names, found: Mapping[str, Any] | None) -> str | None:
    if found is None or found["fit"] is None:
        return None
    if found["fit"] < NO_MIDDLE:
        return f"There is no clear core: the best one fits at {decimal(found['fit'], 2)} of 1."
    who = listed(_sorted(names, found["core"]), MOST_NAMED)
    return f"The core is {who} (fit {decimal(found['fit'], 2)} of 1)."


def _communities(found: Mapping[str, Any] | None) -> str | None:
    if found is None or found["modularity"] is None:
        return None
    groups = [group for group in found["groups"] if len(group) > 1]
    if len(groups) < 2:
        return None
    sizes = listed([number(len(group)) for group in groups])
    told = f"By their ties they fall into {counted(len(groups), 'knot')} of {sizes}"
    told += f" (Louvain, seed {found['seed']}"
    return f"{told}; other seeds agree on {percent(found['steadiness'])} of the tied pairs)."


def _mixing(found: Mapping[str, Any] | None) -> str | None:
    if found is None or found["index"] is None:
        return None
    ties = found["external"] + found["internal"]
    told = f"{sentence_case(number(found['external']))} of {counted(ties, 'tie')} "
    told += "leads" if found["external"] == 1 else "lead"
    told += f" from one group to another: E-I index {decimal(found['index'], 2)}"
    told += f"; with the groups shuffled {decimal(found['expected'], 2)} on average"
    way = "high" if found["p_high"] <= found["p_low"] else "low"
    p = min(found["p_high"], found["p_low"])
    share = percent(p) if p >= RARE else f"fewer than {percent(RARE)}"
    return f"{told}, and so {way} in {share} of {found['shuffles']:,} shuffles."
