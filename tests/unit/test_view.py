"""A view and its text: each stands for the other, and what is wrong is said all at once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.mark import Mark, MarkKind
from api.view import Emphasis, Extent, View, joined_up, read_view, view_from, view_from_text
from graph.network import GroupBy, Unit
from powermap.errors import InvalidValue
from powermap.vocabulary import Layer, OrganisationKind, Sector, Sensitivity

ids = st.text(min_size=1, max_size=12).filter(
    lambda text: text == text.strip() and text.isprintable()
)
several = st.lists(ids, min_size=2, max_size=9, unique=True)
marks = st.one_of(
    st.just(Mark()),
    st.builds(
        Mark,
        kind=st.sampled_from([MarkKind.PEOPLE, MarkKind.PATH, MarkKind.GAP]),
        parties=several.map(tuple),
    ),
    st.builds(
        lambda centre, ends: Mark(kind=MarkKind.PAIRS, parties=(centre, *ends, *ends)), ids, several
    ),
)
views = st.builds(
    View,
    layer=st.sampled_from(Layer),
    unit=st.sampled_from(Unit),
    on=st.none() | st.dates(),
    focus=st.none() | ids,
    distance=st.integers(1, 2),
    emphasis=st.sampled_from(Emphasis),
    group_by=st.sampled_from(GroupBy),
    show=st.sampled_from(Extent),
    sectors=st.frozensets(st.sampled_from(Sector)),
    kinds=st.frozensets(st.sampled_from(OrganisationKind)),
    ceiling=st.sampled_from(Sensitivity),
    strength=st.none() | st.integers(1, 5),
    mark=marks,
    arrangement=st.none() | st.text("0123456789abcdef", min_size=16, max_size=16),
)


@given(views)
def test_a_view_reads_back_from_its_text(view):
    assert view_from(view.address()) == view
    assert view_from_text(view.text()) == view
    assert view_from_text("https://maps.example/maps/m1?" + view.text()) == view


@given(views)
def test_equal_views_have_one_text(view):
    assert view_from(view.address()).text() == view.text()


def test_the_usual_view_is_the_empty_text():
    assert View().text() == ""
    assert view_from_text("") == View()
    assert view_from({"layer": "relationships", "focus": " ", "on": ""}) == View()


def test_the_text_is_what_a_person_would_write():
    view = View(
        layer=Layer.TENSIONS,
        on=date(2010, 3, 1),
        sectors=frozenset({Sector.VOLUNTARY, Sector.NHS}),
        mark=Mark(kind=MarkKind.PATH, parties=("a", "b,c")),
    )

    assert view.address() == {
        "layer": "tensions",
        "on": "2010-03-01",
        "sector": "nhs,voluntary",
        "highlight": "path:a,b%2Cc",
    }


def test_a_form_may_send_a_name_several_times():
    sent = joined_up([("sector", "nhs"), ("sector", "voluntary"), ("layer", "tensions")])

    assert view_from(sent).sectors == {Sector.NHS, Sector.VOLUNTARY}


def test_everything_wrong_is_said_at_once_by_name_and_the_rest_is_kept():
    wrong = {
        "layer": "friendship",
        "on": "yesterday",
        "distance": "3",
        "sector": "nhs,army",
        "strength": "weak",
        "highlight": "pairs:a,b",
        "arrangement": "../etc",
        "colour": "red",
        "unit": "organisations",
    }

    view, problems = read_view(wrong)

    assert [problem.path for problem in problems] == [(name,) for name in wrong if name != "unit"]
    assert view == View(unit=Unit.ORGANISATIONS)
    assert "2010-03-01" in problems[1].message
    with pytest.raises(InvalidValue) as raised:
        view_from(wrong)
    assert list(raised.value.problems) == problems


@pytest.mark.parametrize(
    "text",
    [
        "path:a",
        "gap:a",
        "pairs:a",
        "a,,b",
        "a,a",
        "road:a,b",
        ",",
        "path:" + ",".join("abcdefghij" * 5),
    ],
)
def test_a_highlight_that_means_nothing_is_refused(text):
    _, (problem,) = read_view({"highlight": text})

    assert problem.path == ("highlight",)


def test_what_is_not_of_a_view_is_let_through_where_the_page_knows_it():
    assert view_from({"done": "4", "layer": "tensions"}, besides=("done",)).layer is Layer.TENSIONS
    with pytest.raises(InvalidValue, match="is not part of a view"):
        view_from({"done": "4"})
