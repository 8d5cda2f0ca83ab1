"""The help speaks of every number there is, once."""

from api.pages.meanings import FAMILIES, MEANING_OF
from graph.measures import MEASURES
from graph.measures.whole_map import WHOLE_MAP


def test_every_measure_has_a_meaning_and_no_other():
    assert set(MEANING_OF) == {*MEASURES, *WHOLE_MAP, "brokerage"}


def test_no_measure_is_explained_twice():
    named = [name for family in FAMILIES.values() for each in family for name in each.measures]

    assert len(named) == len(set(named))


def test_each_is_told_in_a_sentence_or_two():
    for each in MEANING_OF.values():
        assert len(each.tells) < 190 and each.tells.endswith(".")
        assert len(each.beware) < 150 and each.beware.endswith(".")
