"""The strongest broker, and the pairs behind the number."""

import networkx as nx
import pytest

from graph.measures import Role, brokerage, open_pairs, strongest_broker
from graph.measures.effort import effort
from powermap.errors import InvalidValue, UnknownRecord

TRUST = dict.fromkeys(["Asha", "Ben", "Carys", "Dele", "Erin", "Farid", "Gwen"], "trust")


def test_lists_the_pairs_that_b1_joins_with_their_roles(worked_example) -> None:
    pairs = open_pairs(worked_example.network, "B1", worked_example.groups)

    assert [(pair.source, pair.target, pair.role) for pair in pairs] == [
        ("A1", "B2", Role.GATEKEEPER),
        ("A3", "A2", Role.ITINERANT),
        ("A3", "B2", Role.GATEKEEPER),
        ("B3", "A2", Role.REPRESENTATIVE),
        ("B3", "B2", Role.COORDINATOR),
    ]


def test_lists_no_more_pairs_than_asked_for(worked_example) -> None:
    network, groups = worked_example.network, worked_example.groups

    every = open_pairs(network, "B1", groups)

    assert open_pairs(network, "B1", groups, limit=2) == every[:2]
    assert open_pairs(network, "B1", groups, limit=99) == every


def test_names_the_others_who_join_the_same_two_even_without_a_group() -> None:
    network = nx.DiGraph(
        [("Asha", via) for via in ("Ben", "Carys", "Jo")]
        + [(via, "Dele") for via in ("Ben", "Carys", "Jo")]
    )

    pairs = open_pairs(network, "Ben", TRUST)

    assert [pair.also_through for pair in pairs] == [("Carys", "Jo")]


def test_leaves_out_pairs_with_an_end_that_has_no_group() -> None:
    network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Jo"), ("Jo", "Ben"), ("Ben", "Dele")])

    pairs = open_pairs(network, "Ben", TRUST)

    assert [(pair.source, pair.target) for pair in pairs] == [("Asha", "Dele")]


def test_lists_as_many_pairs_as_brokerage_counts(managers) -> None:
    result = brokerage(managers.network, managers.groups)

    for broker, roles in result.brokers.items():
        pairs = open_pairs(managers.network, broker, managers.groups)
        counted = [sum(pair.role is role for pair in pairs) for role in Role]
        assert [*counted[:-1], len(pairs)] == [roles[role].raw for role in Role]


def test_refuses_a_broker_who_is_not_on_the_map() -> None:
    with pytest.raises(UnknownRecord, match="Nobody"):
        open_pairs(nx.DiGraph([("Asha", "Ben")]), "Nobody", TRUST)


def test_refuses_a_broker_without_a_group() -> None:
    with pytest.raises(InvalidValue, match="Jo has no group"):
        open_pairs(nx.DiGraph([("Asha", "Jo")]), "Jo", TRUST)


def test_chooses_b1_who_joins_most_pairs(worked_example) -> None:
    chosen = strongest_broker(worked_example.network, worked_example.groups)

    assert (chosen.broker, chosen.decided_by, chosen.equals) == ("B1", "pairs", ())
    assert chosen.joined == 5


def test_chooses_by_betweenness_among_those_who_join_as_many_pairs() -> None:
    # A chain: Ben, Dele and Carys join one pair each, and Dele stands in its middle.
    network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele"), ("Dele", "Carys"), ("Carys", "Erin")])

    chosen = strongest_broker(network, TRUST)

    assert (chosen.broker, chosen.decided_by, chosen.equals) == (
        "Dele",
        "betweenness",
        ("Ben", "Carys"),
    )


def test_chooses_the_first_id_among_true_equals_whatever_order_they_came_in() -> None:
    ties = [("Asha", "Carys"), ("Carys", "Dele"), ("Erin", "Ben"), ("Ben", "Farid")]

    for order in (ties, ties[::-1]):
        chosen = strongest_broker(nx.DiGraph(order), TRUST)
        assert (chosen.broker, chosen.decided_by, chosen.equals) == ("Ben", "id", ("Carys",))


def test_chooses_by_id_where_betweenness_would_take_too_long() -> None:
    network = nx.DiGraph([("Asha", "Ben"), ("Ben", "Dele"), ("Dele", "Carys"), ("Carys", "Erin")])

    with effort(0):
        chosen = strongest_broker(network, TRUST)

    assert (chosen.broker, chosen.decided_by) == ("Ben", "id")


@pytest.mark.parametrize("ties", [[], [("Asha", "Ben"), ("Ben", "Asha")]])
def test_says_so_where_nobody_joins_a_pair(ties) -> None:
    chosen = strongest_broker(nx.DiGraph(ties), TRUST)

    assert (chosen.broker, chosen.joined, chosen.decided_by) == (None, 0, None)
    assert chosen.reason == "nobody joins two others who have no tie of their own"
