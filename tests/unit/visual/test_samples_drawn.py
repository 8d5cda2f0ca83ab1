"""The five sample maps as they are drawn: no overlap, clear lines, and nobody ever moves."""

from datetime import UTC, datetime
from itertools import combinations, count
from pathlib import Path

import pytest

from api.mark import Mark, MarkKind
from api.pages.map_view import view_of
from api.view import Emphasis, Extent, View
from graph.exchange import map_file
from graph.exchange.map_file import read_map_file
from graph.network import Unit
from powermap.model import PowerMap
from powermap.vocabulary import Layer, Sector, Sensitivity
from visual.routing import CLEARANCE

FIXTURES = Path(__file__).parents[3] / "fixtures"
SAMPLES = sorted(path.stem for path in FIXTURES.glob("*.json"))
OTHER_VIEWS = [
    View(show=Extent.ALL),
    View(show=Extent.TOP, emphasis=Emphasis.PAGERANK),
    View(layer=Layer.TENSIONS),
    View(layer=Layer.ACCOUNTABILITIES),
    View(sectors=frozenset({Sector.NHS})),
    View(ceiling=Sensitivity.OPEN),
    View(strength=4),
]


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request):
    # Among equals some choices fall by id: with the same ids each run looks at the same pictures.
    ids = count(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(map_file, "new_id", lambda: f"{next(ids):032x}")
        incoming = read_map_file((FIXTURES / f"{request.param}.json").read_bytes())
    return PowerMap(
        header=incoming.header,
        revision=1,
        changed_at=datetime(2026, 1, 1, tzinfo=UTC),
        records={record.id: record for record in [incoming.header, *incoming.records]},
    )


@pytest.fixture(scope="module")
def opening(sample):
    return view_of(sample, View(), {})


def overlaps(found):
    style = found.picture.style
    return [
        (a, b)
        for (a, (ax, ay)), (b, (bx, by)) in combinations(found.picture.positions.items(), 2)
        if abs(ax - bx) < style.width and abs(ay - by) < style.height
    ]


def behind_boxes(found):
    courses = found.picture.courses
    return [x.id for x in found.drawn_lines if courses[x.id].clearance < CLEARANCE]


def test_there_are_five():
    assert len(SAMPLES) == 5


def test_an_opening_picture_can_be_read(opening):
    assert overlaps(opening) == []
    assert behind_boxes(opening) == []
    assert len(opening.drawn) <= 40
    assert len(opening.drawn_lines) <= 60
    assert len(opening.picture.highlight.parties) <= 12


def test_organisations_can_be_read(sample):
    found = view_of(sample, View(unit=Unit.ORGANISATIONS), {})

    assert overlaps(found) == []
    assert behind_boxes(found) == []


@pytest.mark.parametrize("view", OTHER_VIEWS, ids=lambda view: view.text())
def test_nobody_moves_and_nobody_overlaps_in_another_view(sample, opening, view):
    found = view_of(sample, view, opening.positions)

    assert {id: found.positions[id] for id in opening.positions} == opening.positions
    assert overlaps(found) == []


def test_a_highlight_moves_nobody_and_stands_out_alone(sample, opening):
    line = next(iter(opening.lines), None)
    if line is None:
        pytest.skip("a map without ties has no path")
    mark = Mark(kind=MarkKind.PATH, parties=(line.source, line.target))

    found = view_of(sample, View(mark=mark), opening.positions)

    assert {id: found.positions[id] for id in opening.positions} == opening.positions
    assert found.picture.highlight.parties == {line.source, line.target}
    assert list(found.picture.highlight.letters.values()) == ["1"]
    assert overlaps(found) == []


def test_the_places_do_not_hang_on_what_is_asked_first(sample, opening):
    first = view_of(sample, View(show=Extent.ALL), {})

    assert {id: first.positions[id] for id in opening.positions} == opening.positions


def test_what_is_more_sensitive_is_nowhere_on_the_picture(sample):
    found = view_of(sample, View(ceiling=Sensitivity.OPEN, show=Extent.ALL), {})

    drawn = [*found.drawn, *(tie for line in found.picture.lines for tie in line.ties)]
    assert all(sample.records[id].sensitivity is Sensitivity.OPEN for id in drawn)


def test_a_filter_draws_those_it_names_alone(sample):
    found = view_of(sample, View(sectors=frozenset({Sector.NHS}), show=Extent.ALL), {})

    everybody = view_of(sample, View(show=Extent.ALL), {})
    nhs = {party.id for party in everybody.parties if Sector.NHS in party.sectors}
    assert found.drawn == nhs
    assert all({x.source, x.target} <= nhs for x in found.lines)
    measured = {party.id: party.band for party in everybody.parties}
    assert all(party.band == measured[party.id] for party in found.picture.parties)


def test_two_steps_reach_whom_one_step_does_not(sample, opening):
    # Where nobody brokers, anybody will do.
    focus = opening.answer.broker or min(opening.drawn)
    near = view_of(sample, View(focus=focus, show=Extent.ALL), opening.positions)
    far = view_of(
        sample,
        View(focus=focus, distance=2, show=Extent.ALL),
        opening.positions,
    )

    ends = [{line.source, line.target} for line in opening.lines]
    one = {focus}.union(*(pair for pair in ends if focus in pair))
    two = one.union(*(pair for pair in ends if pair & one))
    assert near.drawn == one
    assert far.drawn == two
