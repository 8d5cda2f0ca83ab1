"""The fragment of the page: text stays text, numbers are numbers, the network stays as it was."""

import json
import re
from html.parser import HTMLParser

import networkx as nx
import pytest

from api.pages.map_view import view_of
from api.view import Extent, View
from graph.network import network
from powermap.vocabulary import Layer
from tests.unit.visual.made_up_maps import HOSTILE_NAMES, made_up_map
from visual.influence_map import InfluenceMap, fragment
from visual.lines import Views, lines_of
from visual.routing import CLEARANCE


class Tags(HTMLParser):
    """The tags of a page, and what its one script element holds."""

    def __init__(self):
        super().__init__()
        self.tags, self.script = [], ""

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, text):
        self.script += text


def drawn(power_map, **asked):
    return view_of(power_map, View(**asked), {}).picture


def read(page):
    tags = Tags()
    tags.feed(page)
    return tags, json.loads(tags.script, parse_constant=pytest.fail)


def test_hostile_names_come_through_unchanged_as_text():
    power_map = made_up_map(12, 24, names=HOSTILE_NAMES, title="</script><b>href</b>")

    tags, content = read(fragment(drawn(power_map)))

    labels = {node["label"] for node in content["nodes"]}
    assert set(HOSTILE_NAMES) <= labels
    assert [tag for tag, _ in tags.tags] == ["div", "script"]
    assert tags.tags[0][1]["aria-label"] == "Influence map: </script><b>href</b>"


def test_nothing_is_inline_and_nothing_is_fetched():
    page = fragment(drawn(made_up_map(12, 24, names=HOSTILE_NAMES)))

    head = page.split('<script type="application/json"')[0]
    assert not re.search(r"\son\w+=|style=|src=|href=", head)
    assert page.count("<script") == 1


def test_an_empty_name_never_shows_an_id():
    picture = drawn(made_up_map(3, 2))
    nameless = [type(party)(**{**party.__dict__, "name": " "}) for party in picture.parties]
    emptied = type(picture)(**{**picture.__dict__, "parties": tuple(nameless)})

    _, content = read(fragment(emptied))

    assert {node["label"] for node in content["nodes"]} == {"(no name)"}
    assert all(node["lines"] == ["(no name)"] for node in content["nodes"])


def test_a_place_that_is_no_number_is_refused():
    picture = drawn(made_up_map(3, 2))
    nowhere = {party.id: (float("nan"), 0.0) for party in picture.parties}

    with pytest.raises(ValueError, match="finite"):
        fragment(type(picture)(**{**picture.__dict__, "positions": nowhere}))


def test_the_writers_of_pyvis_are_forbidden():
    for writer in (InfluenceMap().write_html, InfluenceMap().show, InfluenceMap().save_graph):
        with pytest.raises(TypeError, match="generate_html"):
            writer("page.html")


def test_the_network_is_as_it_was_after_drawing():
    power_map = made_up_map(25, 60)
    before = network(power_map).graph
    handed = before.copy()

    lines_of(power_map, handed, Layer.RELATIONSHIPS)
    fragment(drawn(power_map))

    assert nx.utils.graphs_equal(handed, before)


def test_views_that_agree_are_one_line_and_views_that_differ_two():
    power_map = made_up_map(25, 60)
    graph = network(power_map).graph

    lines = lines_of(power_map, graph, Layer.RELATIONSHIPS)

    assert {line.views for line in lines} == {Views.AGREED, Views.DIFFERING, Views.ONE_SIDED}
    edges = sum(2 if line.views is Views.AGREED else 1 for line in lines)
    assert edges == graph.number_of_edges()
    for line in lines:
        two = graph.has_edge(line.target, line.source)
        assert two == (line.views is not Views.ONE_SIDED)


@pytest.mark.parametrize(("people", "ties"), [(10, 16), (25, 60), (50, 200), (112, 260)])
def test_an_opening_picture_is_short_and_its_lines_stay_clear(people, ties):
    picture = drawn(made_up_map(people, ties))

    lines = [line for line in picture.lines if not line.aside]
    assert len(picture.parties) <= 40
    assert len(lines) <= 60
    assert len(picture.highlight.parties) <= 12
    assert [x.id for x in lines if picture.courses[x.id].clearance < CLEARANCE] == []


def test_a_later_view_moves_nobody():
    power_map = made_up_map(50, 200)
    opening = view_of(power_map, View(), {})

    everybody = view_of(power_map, View(show=Extent.ALL), opening.positions)

    kept = {node: everybody.positions[node] for node in opening.positions}
    assert kept == opening.positions
    assert len(everybody.positions) == 50
