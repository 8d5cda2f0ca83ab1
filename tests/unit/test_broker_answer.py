"""The sentence about the strongest broker, in its several shapes."""

from graph.findings.brokers import broker_answer
from graph.network import network
from tests.unit.made_maps import body, leader, made_map, post, tie


def sentence(*ties):
    names = sorted({end for pair in ties for end in pair}) or ["Asha"]
    records = [leader(name) for name in names] + [body("Trust")]
    records += [post(f"post {name}", name, "Trust") for name in names]
    records += [tie(*pair) for pair in ties]
    power_map = made_map(*records)
    return broker_answer(power_map, network(power_map)).sentence


def both(one, other):
    return [(one, other), (other, one)]


def test_one_pair_both_ways():
    said = sentence(*both("Asha", "Ben"), *both("Ben", "Carys"))

    assert said == (
        "In the recorded map Ben is the only link in two steps between Asha and Carys, "
        "who have no tie of their own."
    )


def test_one_pair_one_way():
    said = sentence(("Asha", "Ben"), ("Ben", "Carys"), ("Carys", "Asha"), ("Asha", "Dele"))

    assert "by which" in said or "stands between" in said


def test_several_pairs_and_how_many_have_no_other_link():
    said = sentence(*both("Ben", "Asha"), *both("Ben", "Carys"), *both("Ben", "Dele"))

    assert said == (
        "In the recorded map Ben stands between 3 pairs of people who have no direct tie, "
        "and is the only link in two steps for all of them."
    )


def test_equals_are_named():
    said = sentence(*both("Asha", "Ben"), *both("Ben", "Carys"), *both("Carys", "Dele"))

    assert said.endswith("joins as many.")


def test_nobody():
    assert sentence() == ("No tie of this kind is recorded on this date, so nobody joins others.")
    assert sentence(*both("Asha", "Ben")).startswith("Nobody in the recorded map")
