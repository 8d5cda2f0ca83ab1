"""How long a measure may take, and how it tells how far it has come."""

import doctest

import networkx as nx
import pytest

from graph.measures import MEASURES, all_scores
from graph.measures import effort as effort_module
from graph.measures.communities import communities
from graph.measures.effort import allowed, begun, effort, refuse_if_longer, told
from graph.measures.key_players import most_fragmenting
from graph.measures.mixing import mixing
from graph.measures.partial_credit import brokerage_partial_credit
from graph.measures.shuffled import brokerage_shuffled
from powermap.errors import TooMuch


def test_ten_seconds_are_allowed_where_nobody_has_said() -> None:
    assert allowed() == 10


def test_the_limit_holds_within_the_block_alone_even_where_it_is_left_by_an_error() -> None:
    with effort(60):
        with pytest.raises(ValueError, match="stop"), effort(3600):
            assert allowed() == 3600
            raise ValueError("stop")
        assert allowed() == 60
    assert allowed() == 10


def test_what_would_take_longer_than_allowed_says_how_long_and_what_to_do_instead() -> None:
    with (
        effort(60),
        pytest.raises(TooMuch, match="^Much work would take about 61 seconds; the limit is 60. Do"),
    ):
        refuse_if_longer(61, "Much work", "Do less.")
    with effort(61):
        refuse_if_longer(61, "Much work", "Do less.")


def test_the_share_done_is_told_to_whoever_asked_and_to_nobody_else() -> None:
    shares: list[float] = []

    told(0.1)
    with effort(60, shares.append):
        told(0.25)
        told(1.5)
    told(0.9)

    assert shares == [0.25, 1]


def test_whoever_is_told_can_end_the_measure() -> None:
    class Cancelled(Exception):
        pass

    def cancel(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled), effort(60, cancel):
        told(0.5)


def test_every_measure_is_named_before_it_is_worked_on_to_whoever_asked_and_to_nobody_else() -> (
    None
):
    names: list[str] = []

    begun("before")
    with effort(60, name=names.append):
        all_scores(nx.DiGraph([("Asha", "Dele")]))
    begun("after")

    assert names == list(MEASURES)


def test_the_example_in_the_documentation_is_true() -> None:
    result = doctest.testmod(effort_module)

    assert result.attempted > 0
    assert result.failed == 0


def test_long_measures_tell_how_far_they_have_come(worked_example) -> None:
    network, groups = worked_example.network, worked_example.groups
    for measure in (
        lambda: communities(network),
        lambda: mixing(network, groups),
        lambda: brokerage_shuffled(network, groups),
        lambda: brokerage_partial_credit(network, groups),
        lambda: most_fragmenting(nx.path_graph(list("ABCDEFGHIJKLMNOPQRSTUVWX"), nx.DiGraph), 3),
    ):
        shares: list[float] = []

        with effort(60, shares.append):
            measure()

        assert shares
        assert shares == sorted(shares)
        assert all(0 <= share <= 1 for share in shares)
