"""What is printed beside a number, and what its documentation promises."""

import doctest
import inspect
from importlib import import_module

import networkx as nx
import pytest

from graph.measures import MEASURES, Role, Scores, brokerage, open_pairs, strongest_broker
from graph.measures.bands import bands
from graph.measures.communities import communities
from graph.measures.core_periphery import core_periphery
from graph.measures.divisions import divisions
from graph.measures.figures import Figure
from graph.measures.key_players import (
    distance_fragmentation,
    distance_reach,
    fragmentation,
    furthest_reaching,
    most_fragmenting,
)
from graph.measures.mixing import mixing
from graph.measures.partial_credit import brokerage_partial_credit
from graph.measures.sampled import betweenness_sampled
from graph.measures.shuffled import brokerage_shuffled
from graph.measures.whole_map import WHOLE_MAP

DOCUMENTED = [
    *MEASURES.values(),
    *WHOLE_MAP.values(),
    bands,
    betweenness_sampled,
    brokerage,
    brokerage_partial_credit,
    brokerage_shuffled,
    communities,
    core_periphery,
    distance_fragmentation,
    distance_reach,
    divisions,
    fragmentation,
    furthest_reaching,
    mixing,
    most_fragmenting,
    open_pairs,
    strongest_broker,
]


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_is_listed_under_its_own_name(name) -> None:
    scores = MEASURES[name](nx.DiGraph([("Asha", "Ben")]))

    assert MEASURES[name].__name__ == name
    assert scores.measure == name
    assert scores.title


@pytest.mark.parametrize("name", [*MEASURES, "brokerage"])
def test_the_method_says_version_direction_weights_and_isolates(name) -> None:
    network = nx.DiGraph([("Asha", "Ben")])
    method = (MEASURES[name](network) if name in MEASURES else brokerage(network, {})).method

    positions = [
        method.find(part)
        for part in (", definition 1. ", "Direction: ", ". Weights: ", ". Isolates: ")
    ]
    assert -1 not in positions
    assert positions == sorted(positions)


@pytest.mark.parametrize("measure", DOCUMENTED, ids=lambda measure: measure.__name__)
def test_a_measure_is_documented_with_an_example_and_its_source(measure) -> None:
    text = inspect.getdoc(measure)

    assert text is not None
    example, source = text.find("\n>>> "), text.find("\nReferences\n")
    assert 0 < example < source
    assert "isolate" in text.lower() or "nobody" in text.lower()


FAMILIES = [
    "bands",
    "brokerage",
    "brokers",
    "centrality",
    "closeness",
    "communities",
    "core_periphery",
    "cores",
    "divisions",
    "key_players",
    "mixing",
    "partial_credit",
    "sampled",
    "shuffled",
    "standing",
    "structural_holes",
    "whole_map",
]


@pytest.mark.parametrize("family", FAMILIES)
def test_the_examples_in_the_documentation_are_true(family) -> None:
    result = doctest.testmod(import_module(f"graph.measures.{family}"))

    assert result.attempted > 0
    assert result.failed == 0


def test_every_role_has_words_for_the_room() -> None:
    assert len({role.meaning for role in Role}) == len(Role)
    assert Role.GATEKEEPER.groups == "A → B → B"
    assert f"a {Role.LIAISON} {Role.LIAISON.meaning}" == (
        "a liaison joins two groups and belongs to neither"
    )


def test_an_undefined_score_cannot_go_without_a_reason() -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        Scores(measure="m", title="M", values={"Jo": None}, reasons={}, method="", ties=0)


def test_a_score_cannot_be_not_a_number() -> None:
    with pytest.raises(ValueError, match="finite number"):
        Scores(measure="m", title="M", values={"Jo": float("nan")}, reasons={}, method="", ties=0)


def test_a_figure_is_a_number_or_says_why_not() -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        Figure(measure="m", title="M", value=None, method="")
    with pytest.raises(ValueError, match="finite number"):
        Figure(measure="m", title="M", value=float("inf"), method="")
