"""Who with whom as a picture: every cell stands where its row meets its column, and is readable."""

from dataclasses import replace
from xml.etree import ElementTree

import networkx as nx
import pytest

from powermap.errors import InvalidValue
from powermap.vocabulary import Sector
from tests.unit.visual.sheets import assert_readable, texts, words_on, written_in
from visual.figure import matrix as figure
from visual.figure.cells import SHADES
from visual.figure.matrix import Content, draw, most_rows
from visual.figure.matrix_table import GRID
from visual.figure.preset import SIZES, Preset
from visual.figure.shapes import Area, Box, Stroke
from visual.figure.svg import written
from visual.figure.words import Words
from visual.lines import Views
from visual.matrix import matrix
from visual.picture import Party

SECTORS = (Sector.NHS, Sector.LOCAL_GOVERNMENT, Sector.VOLUNTARY)
LONG = "Dr Wilhelmina Bartholomew-Featherstonehaugh of the Greater Calderdale and Kirklees Area"
SCRIPTS = ("אביגיל כהן־לוי", "محمد عبد الله", "Sam 😀 Lee", "中村 太郎", "Zo\u0308e D\u0323a")
HOSTILE = ("<script>alert(1)</script>", "]]>&amp;\"'", "{{7*7}} #text(red)[x]")
WORDS = Words(
    title="Riverside",
    kind="Who with whom: relationships between people, as at 1 March 2010",
    sentence="9 of 300 pairs are tied; in 4 of them both name each other.",
    noun=("person", "people"),
    notes=("Shows everybody.", "Source: 1 interview."),
    marking="OFFICIAL",
    maker="Board office",
)


def network_of(count):
    """Ties of every strength and of none, some of one side alone."""
    graph = nx.DiGraph()
    graph.add_nodes_from(f"p{n:02}" for n in range(count))
    for n in range(count):
        for step, strength in ((1, 1 + n % 5), (7, None), (11, 3)):
            if (n + step) % count != n:
                graph.add_edge(f"p{n:02}", f"p{(n + step) % count:02}")
                if strength:
                    graph.edges[f"p{n:02}", f"p{(n + step) % count:02}"]["weight"] = strength
    return graph


def content(count, names=(), graph=None, joint=True, ids="p{:02}"):
    graph = network_of(count) if graph is None else graph
    rows = [
        Party(
            id=f"p{n:02}",
            name=names[n] if n < len(names) else f"Imogen Featherstone {n}",
            role="",
            person=True,
            sectors=(SECTORS[3 * n // count], SECTORS[0])
            if joint and n == count - 1 and count > 2
            else (SECTORS[3 * n // count],),
        )
        for n in range(count)
    ]
    views = {
        (source, target): Views.AGREED if graph.has_edge(target, source) else Views.ONE_SIDED
        for source, target in graph.edges
    }
    return Content(
        rows=rows,
        table=matrix(graph, [row.id for row in rows]),
        views=views,
        folded=False,
        bare="no strength recorded",
    )


MAPS = {
    "one": content(1),
    "two": content(2),
    "seven": content(7),
    "twenty-five": content(25),
    "twenty-five long names": content(25, [LONG] * 25),
    "one long word": content(9, ["X" * 90, "-".join(["Smythe"] * 12)]),
    "many scripts": content(9, SCRIPTS),
    "hostile": content(9, HOSTILE),
    "no ties": content(6, graph=nx.empty_graph([f"p{n:02}" for n in range(6)], nx.DiGraph)),
    "nobody": Content(rows=(), table=matrix(nx.DiGraph(), []), views={}, folded=False, bare=""),
}
WIDE = {"forty": content(40), "forty long names": content(40, [LONG] * 40)}
CASES = [pytest.param(Preset.PORTRAIT, one, id=f"portrait {name}") for name, one in MAPS.items()]
CASES += [
    pytest.param(Preset.LANDSCAPE, one, id=f"landscape {name}")
    for name, one in {**MAPS, **WIDE}.items()
]


@pytest.mark.parametrize(("preset", "one"), CASES)
def test_it_can_be_read_in_print(preset, one):
    sheet = draw(one, WORDS, preset)

    assert_readable(sheet)
    assert sheet.width_mm <= sheet.page_mm[0] - 30
    assert sheet.height_mm <= sheet.page_mm[1] - 5


@pytest.mark.parametrize(("preset", "count"), [(Preset.PORTRAIT, 25), (Preset.LANDSCAPE, 40)])
def test_a_full_table_leaves_a_margin_on_its_page(preset, count):
    sheet = draw(content(count), WORDS, preset)

    assert sheet.height_mm <= sheet.page_mm[1] - 15


def grid_of(sheet, one):
    """The box of every cell by row and column, read off the lines of the table."""
    lines = [s for s in sheet.shapes if isinstance(s, Box) and s.fill in (GRID, "#5a6570")]
    down = sorted({round(s.x + s.width / 2, 3) for s in lines if s.width < 2})
    across = sorted({round(s.y + s.height / 2, 3) for s in lines if s.height < 2})
    assert len(down) == len(across) == len(one.rows) + 1
    return {
        (row.id, column.id): Box(
            x=down[j], y=across[i], width=down[j + 1] - down[j], height=across[i + 1] - across[i]
        )
        for i, row in enumerate(one.rows)
        for j, column in enumerate(one.rows)
    }


@pytest.mark.parametrize(
    ("preset", "count"),
    [(Preset.PORTRAIT, 2), (Preset.PORTRAIT, 25), (Preset.LANDSCAPE, 40)],
)
def test_every_tie_of_the_network_stands_in_its_cell_and_nothing_else(preset, count):
    one, graph = content(count), network_of(count)

    sheet = draw(one, WORDS, preset)

    fills = {(s.x, s.y): s.fill for s in sheet.shapes if isinstance(s, Box) and s.fill in SHADES}
    for (row, column), box in grid_of(sheet, one).items():
        said = written_in(sheet, box)
        fill = next(
            (
                fill
                for (x, y), fill in fills.items()
                if abs(x - box.x) < 0.01 and abs(y - box.y) < 0.01
            ),
            None,
        )
        if not graph.has_edge(row, column):
            assert said == [] and fill is None
            continue
        strength = graph.edges[row, column].get("weight")
        assert said == ([str(strength)] if strength else [])
        assert fill == SHADES[strength or 0]


def test_whose_word_it_is_shows_in_the_corner_of_the_cell():
    graph = nx.DiGraph([("p00", "p01"), ("p01", "p00"), ("p02", "p00")])
    one = content(3, graph=graph)
    differing = replace(one, views={**one.views, ("p00", "p01"): Views.DIFFERING})

    sheet = draw(differing, WORDS, Preset.PORTRAIT)

    boxes = grid_of(sheet, one)
    corners = [shape for shape in sheet.shapes if isinstance(shape, Area)]
    table = max(box.y + box.height for box in boxes.values())
    inside = [c for c in corners if float(c.path[1:].split("L")[0].split()[1]) < table]
    assert len(inside) == 1
    x, y = map(float, inside[0].path[1:-1].split("L")[1].split())
    box = boxes["p02", "p00"]
    assert (x, y) == pytest.approx((box.x + box.width, box.y + box.height), abs=0.01)
    assert "one side’s view" in words_on(sheet)
    assert "seen differently by the two" in words_on(sheet)
    assert "one side’s view" not in words_on(draw(replace(one, views={}), WORDS, Preset.PORTRAIT))


def test_nobody_names_themselves():
    sheet = draw(content(7), WORDS, Preset.PORTRAIT)

    assert sum(isinstance(shape, Stroke) for shape in sheet.shapes) == 7


def test_every_name_stands_at_its_row_with_its_number_or_in_the_notes():
    for names in ((), [LONG] * 25, SCRIPTS):
        one = content(25, names)

        sheet = draw(one, WORDS, Preset.PORTRAIT)

        for row in one.rows:
            assert row.name in sheet.description
            if row.name.isascii():
                assert row.name in words_on(sheet) or "…" in words_on(sheet)
        numbers = [text.text for text in texts(sheet)]
        for number in range(1, 26):
            assert numbers.count(str(number)) >= 2, "at its row and over its column"


def test_shades_are_darker_with_strength_on_a_photocopy():
    def grey(colour):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    greys = [grey(shade) for shade in SHADES]
    assert all(lighter - darker >= 18 for lighter, darker in zip(greys, greys[1:], strict=False))


def test_the_strength_can_be_read_on_its_shade():
    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    sheet = draw(content(25), WORDS, Preset.PORTRAIT)

    for box in (s for s in sheet.shapes if isinstance(s, Box) and s.fill in SHADES[1:]):
        for text in texts(sheet):
            if box.x < text.x < box.x + box.width and box.y < text.y < box.y + box.height:
                light, dark = sorted((luminance(box.fill), luminance(text.ink)), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (box.fill, text.ink)


def folded(count):
    one = content(count)
    member_of = {row.id: f"g{n % 3}" for n, row in enumerate(one.rows)}
    rows = [
        Party(id=f"g{n}", name=f"Group {n}", role="", person=False, sectors=(SECTORS[n],))
        for n in range(3)
    ]
    table = matrix(network_of(count), [row.id for row in rows], member_of)
    return Content(rows=rows, table=table, views={}, folded=True, bare="no strength recorded")


def test_a_folded_cell_tells_mean_strength_and_number_of_ties():
    one, graph = folded(30), network_of(30)

    sheet = draw(one, WORDS, Preset.PORTRAIT)

    assert_readable(sheet)
    for (row, column), box in grid_of(sheet, one).items():
        edges = [
            weight
            for source, target, weight in graph.edges(data="weight")
            if (int(source[1:]) % 3, int(target[1:]) % 3) == (int(row[1:]), int(column[1:]))
        ]
        known = [weight for weight in edges if weight]
        mean = [f"{sum(known) / len(known):.1f}"] if known else []
        assert written_in(sheet, box) == ([*mean, f"×{len(edges)}"] if edges else [])


@pytest.mark.parametrize("preset", Preset)
def test_more_rows_than_can_be_read_are_refused(preset):
    most = most_rows(preset, folded=False)

    assert draw(content(most), WORDS, preset).height_mm <= SIZES[preset].most_sheet_mm
    with pytest.raises(InvalidValue) as refused:
        draw(content(most + 1), WORDS, preset)

    assert refused.value.problems[0].path == ("preset",)
    assert str(most) in str(refused.value)


def test_twenty_five_rows_fit_upright_and_forty_on_the_side():
    assert most_rows(Preset.PORTRAIT, folded=False) == 25
    assert most_rows(Preset.LANDSCAPE, folded=False) == 40
    assert figure.widest(folded=False) is Preset.LANDSCAPE


def test_the_description_tells_every_cell():
    graph = nx.DiGraph()
    graph.add_edge("p00", "p01", weight=4)
    graph.add_edge("p01", "p00", weight=2)
    graph.add_edge("p02", "p00")
    one = content(3, ["Asha", "Ben", "Carys"], graph, joint=False)

    told = draw(one, WORDS, Preset.PORTRAIT).description

    assert "1 Asha (NHS); 2 Ben (Local government); 3 Carys (Voluntary)" in told
    assert "Row 1, Asha: Ben (strength 4, both say so)." in told
    assert "Row 2, Ben: Asha (strength 2, both say so)." in told
    assert "Row 3, Carys: Asha (no strength recorded, one side’s view)." in told
    assert WORDS.sentence in told and "Marked OFFICIAL." in told


def test_the_svg_is_the_same_each_time_whatever_the_ids_and_asks_for_nothing():
    one = content(9, HOSTILE)
    first = written(draw(one, WORDS, Preset.PORTRAIT))

    assert written(draw(one, WORDS, Preset.PORTRAIT)) == first
    renamed = nx.relabel_nodes(network_of(9), lambda id: f"z{99 - int(id[1:]):02}")
    rows = [replace(row, id=f"z{99 - int(row.id[1:]):02}") for row in one.rows]
    other = Content(
        rows=rows,
        table=matrix(renamed, [row.id for row in rows]),
        views={
            tuple(f"z{99 - int(id[1:]):02}" for id in pair): views
            for pair, views in one.views.items()
        },
        folded=False,
        bare=one.bare,
    )
    assert written(draw(other, WORDS, Preset.PORTRAIT)) == first
    root = ElementTree.fromstring(first)
    assert {element.tag.partition("}")[2] for element in root.iter()} == {
        "svg",
        "title",
        "desc",
        "rect",
        "path",
    }
    assert all(name in root.find("{*}desc").text for name in HOSTILE)
