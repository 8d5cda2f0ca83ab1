"""Before and after: what differs is found and marked, nobody moves, and all of it can be read."""

from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest

from powermap.vocabulary import Layer, Sector
from tests.unit.visual.figure_maps import (
    LONG,
    WORDS,
    cards,
    line,
    on_a_circle,
    parties,
    texts,
    tied,
)
from visual.figure import side_by_side
from visual.figure.changes import (
    PartyChange,
    TieChange,
    nearest,
    party_changes,
    place_of,
    tie_changes,
)
from visual.figure.curves import courses, sampled
from visual.figure.line import BADGE_HEIGHT
from visual.figure.panels import MOST_NAMES, panels
from visual.figure.preset import LEAST_TEXT, SIZES, Preset
from visual.figure.shapes import ACCENT, Box, Stroke
from visual.figure.side_by_side import draw_sides
from visual.figure.sides import Side, Sides
from visual.figure.svg import written
from visual.lines import Views
from visual.routing import CLEARANCE, clearance

HOSTILE = ["<script>alert(1)</script>", "</text><a href='javascript:1'>", "A&amp;B \" ' %s {x}"]
SCRIPTS = [
    "אביגיל כהן־לוי",
    "محمد عبد الله",
    "Sam 😀 Lee",
    "中村 太郎",
    "Zo\u0308e A\u0301d\u0323a",
]
RELATIONSHIPS, TENSIONS = Layer.RELATIONSHIPS, Layer.TENSIONS


def tie(one, other, strength=3, views=Views.AGREED, layer=RELATIONSHIPS):
    found = line(one, other, views, strength=strength, layer=layer)
    return replace(found, id=f"{found.id}.{layer}")


def change_of(before, after):
    """What differs between two that have the ends p00 and p01, by layer."""
    found = tie_changes(before, after)
    assert all(ends == {"p00", "p01"} for ends, _ in found)
    return {layer: change for (_, layer), change in found.items()}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param([tie(0, 1)], [tie(0, 1)], {}, id="nothing"),
        pytest.param([], [tie(0, 1)], {RELATIONSHIPS: TieChange.MADE}, id="made"),
        pytest.param([tie(0, 1)], [], {RELATIONSHIPS: TieChange.LOST}, id="lost"),
        pytest.param([tie(0, 1, 2)], [tie(0, 1, 4)], {RELATIONSHIPS: TieChange.STRONGER}, id="up"),
        pytest.param([tie(0, 1, 4)], [tie(0, 1, 2)], {RELATIONSHIPS: TieChange.WEAKER}, id="down"),
        pytest.param(
            [tie(0, 1, 2, Views.DIFFERING), tie(1, 0, 4, Views.DIFFERING)],
            [tie(0, 1, 4, Views.DIFFERING), tie(1, 0, 2, Views.DIFFERING)],
            {RELATIONSHIPS: TieChange.OTHER},
            id="one up, one down",
        ),
        pytest.param(
            [tie(0, 1)],
            [tie(0, 1, views=Views.ONE_SIDED)],
            {RELATIONSHIPS: TieChange.OTHER},
            id="one side's view gone",
        ),
        pytest.param(
            [tie(0, 1, None)], [tie(0, 1, 4)], {RELATIONSHIPS: TieChange.OTHER}, id="rated at last"
        ),
        pytest.param(
            [tie(0, 1)], [tie(0, 1, layer=TENSIONS)], {TENSIONS: TieChange.TURNED}, id="turned"
        ),
        pytest.param(
            [tie(0, 1, layer=TENSIONS)],
            [tie(0, 1)],
            {RELATIONSHIPS: TieChange.TURNED},
            id="turned back",
        ),
        pytest.param(
            [tie(0, 1)],
            [tie(1, 0, views=Views.ONE_SIDED), tie(0, 1, None, Views.ONE_SIDED, TENSIONS)],
            {TENSIONS: TieChange.TURNED},
            id="turned in one view alone",
        ),
        pytest.param(
            [tie(0, 1)],
            [tie(0, 1), tie(0, 1, layer=TENSIONS)],
            {TENSIONS: TieChange.MADE},
            id="tension beside the tie",
        ),
        pytest.param(
            [tie(0, 1, 2), tie(0, 1, layer=TENSIONS)],
            [tie(0, 1, 4)],
            {RELATIONSHIPS: TieChange.STRONGER, TENSIONS: TieChange.LOST},
            id="mended",
        ),
        pytest.param(
            [tie(0, 1)],
            [tie(0, 1, layer=Layer.ACCOUNTABILITIES)],
            {RELATIONSHIPS: TieChange.LOST, Layer.ACCOUNTABILITIES: TieChange.MADE},
            id="a line of accountability is no turn",
        ),
    ],
)
def test_what_becomes_of_a_tie(before, after, expected):
    assert change_of(before, after) == expected


def test_what_becomes_of_people():
    same, gone, come, joint, moved = parties(5)
    other = replace(joint, sectors=(Sector.NHS, Sector.EDUCATION), bodies=("one", "two"))

    found = party_changes([same, gone, joint, moved], [same, come, other, moved], {"p04"})

    assert found == {
        "p01": PartyChange.GONE,
        "p02": PartyChange.COME,
        "p03": PartyChange.CHANGED,
        "p04": PartyChange.GONE,
    }


def test_whom_it_is_about_comes_first_then_those_next_to_them():
    people = parties(6, ["F", "E", "D", "C", "B", "A"])
    ties = [tie(4, 3), tie(3, 2), tie(2, 1)]

    assert nearest({"p04"}, {"p04", "p03"}, people, ties, 6)[:3] == ["p04", "p03", "p02"]
    assert nearest(set(), set(), people, ties, 2) == ["p03", "p02"], "the best tied, by name"


def sides(before, after, people=None, gone=(), tags=None):
    """Lines before and after among the same people, of whom some are gone."""
    people = people or parties(2)
    left = [party for party in people if party.id not in gone]
    return Sides(
        before=Side(heading="Before: as at 1 March 2009", parties=people, lines=before),
        after=Side(heading="After: as at 1 March 2010", parties=left, lines=after),
        screen=on_a_circle(people),
        parties=party_changes(people, left),
        ties=tie_changes(before, after),
        tags=tags or {},
    )


def without(ties, gone):
    return [one for one in ties if gone not in (one.source, one.target)]


def leaving(count, lines, names=(), gone="p00"):
    """The first of so many leaves."""
    return sides(lines, without(lines, gone), parties(count, names), (gone,))


def star(count):
    return [tie(0, n) for n in range(1, count)]


def chain(count):
    return [tie(n, n + 1) for n in range(count - 1)]


MAPS = {
    "one": leaving(1, []),
    "two": leaving(2, [tie(0, 1)]),
    "few, with roles": leaving(5, tied(5)),
    "star": leaving(11, star(11)),
    "chain": leaving(11, chain(11), gone="p06"),
    "tied": leaving(11, tied(11)),
    "long names": leaving(11, tied(11), [LONG] * 11),
    "hostile": leaving(8, tied(8), HOSTILE),
    "scripts": leaving(8, tied(8), SCRIPTS),
    "no ties": leaving(7, []),
    "nothing differs": sides(tied(10), tied(10), parties(10)),
    "everything differs": sides(
        tied(8), [replace(one, layer=TENSIONS) for one in tied(8)], parties(8)
    ),
}
CASES = [
    pytest.param(preset, case, id=f"{preset} {name}")
    for preset in Preset
    for name, case in MAPS.items()
    if len(case.everybody) <= MOST_NAMES[preset]
]
CASES += [
    pytest.param(
        preset, leaving(MOST_NAMES[preset], star(MOST_NAMES[preset]), [LONG] * 14), id=preset
    )
    for preset in Preset
]


@pytest.fixture(scope="module")
def drawn():
    made = {}

    def sheet_of(preset, case):
        key = preset, id(case)
        if key not in made:
            made[key] = draw_sides(case, WORDS, preset)
        return made[key]

    return sheet_of


def panels_of(sheet, preset, case):
    """The boxes of the first panel and of the second."""
    room = panels(preset, len(case.everybody))
    style = room.size.roomy
    boxes = cards(sheet, style.width)
    first, second = len(case.before.parties), len(case.everybody)
    assert len(boxes) == first + second
    boxes.sort(key=(lambda box: box.x) if room.beside else (lambda box: box.y))
    return boxes[:first], boxes[first:]


@pytest.mark.parametrize(("preset", "case"), CASES)
def test_whoever_is_on_both_sides_stands_at_the_same_place(preset, case, drawn):
    first, second = panels_of(drawn(preset, case), preset, case)

    pairs = zip(*(sorted((box.x, box.y) for box in side) for side in (first, second)), strict=True)
    moved = {(round(x2 - x1, 2), round(y2 - y1, 2)) for (x1, y1), (x2, y2) in pairs}

    assert len(moved) == 1, "the second panel is the first, further right or down"


@pytest.mark.parametrize(("preset", "case"), CASES)
def test_no_two_boxes_touch_and_each_stays_in_its_panel(preset, case, drawn):
    sheet = drawn(preset, case)
    for boxes in panels_of(sheet, preset, case):
        for a, b in combinations(boxes, 2):
            across = max(a.x, b.x) - min(a.x + a.width, b.x + b.width)
            down = max(a.y, b.y) - min(a.y + a.height, b.y + b.height)
            assert max(across, down) >= 12
    first, second = panels_of(sheet, preset, case)
    apart_x = min(b.x for b in second) - max(a.x + a.width for a in first)
    apart_y = min(b.y for b in second) - max(a.y + a.height for a in first)
    assert max(apart_x, apart_y) >= 20


@pytest.mark.parametrize(("preset", "case"), CASES)
def test_no_text_is_small_none_leaves_the_sheet_and_no_two_overlap(preset, case, drawn):
    sheet = drawn(preset, case)
    words = texts(sheet)

    assert min(text.size for text in words) >= LEAST_TEXT
    for text in words:
        assert 0 <= text.x and text.x + text.width <= sheet.width, text.text
        assert text.size < text.y < sheet.height, text.text
    for a, b in combinations(words, 2):
        apart = (
            max(a.x, b.x) >= min(a.x + a.width, b.x + b.width) - 0.5
            or max(a.y - 0.72 * a.size, b.y - 0.72 * b.size)
            >= min(a.y + 0.21 * a.size, b.y + 0.21 * b.size) - 0.5
        )
        assert apart, (a.text, b.text)


@pytest.mark.parametrize(("preset", "case"), CASES)
def test_the_sheet_fits_on_its_page(preset, case, drawn):
    sheet = drawn(preset, case)

    assert sheet.width_mm <= sheet.page_mm[0]
    if preset is Preset.PORTRAIT:
        assert sheet.height_mm <= 229, "else a page of Word shrinks it, and its text to under 7 pt"
    elif preset is Preset.LANDSCAPE:
        assert sheet.height_mm <= sheet.page_mm[1] - 15


@pytest.mark.parametrize(("preset", "case"), CASES)
def test_no_line_comes_near_a_box_that_it_does_not_join(preset, case, monkeypatch):
    seen = []

    def kept(lines, positions, style, bounds):
        found = courses(lines, positions, style, bounds)
        seen.append((lines, found, positions, style, bounds))
        return found

    monkeypatch.setattr(side_by_side, "courses", kept)
    draw_sides(case, WORDS, preset)

    assert len(seen) == 2, "one time for each panel"
    for lines, found, positions, style, bounds in seen:
        for each in lines:
            points = sampled(found[each.id], 2.0)
            ends = (each.source, each.target)
            others = [place for id, place in positions.items() if id not in ends]
            room = clearance(points, np.array(others).reshape(-1, 2), style.width, style.height)
            assert room >= CLEARANCE - 0.6, each.id
            assert bounds.hold(points), each.id


@pytest.mark.parametrize(("preset", "case"), CASES)
def test_no_sign_hides_a_name_or_another_sign(preset, case, drawn):
    sheet = drawn(preset, case)
    size = panels(preset, len(case.everybody)).size.roomy
    pills = [
        shape
        for shape in sheet.shapes
        if isinstance(shape, Box) and shape.stroke == ACCENT and shape.height == BADGE_HEIGHT
    ]
    boxes = cards(sheet, size.width)
    for pill in pills:
        for box in boxes:
            # A tag stands on the edge of its box, above or below the name.
            across = min(pill.x + pill.width, box.x + box.width) - max(pill.x, box.x)
            down = min(pill.y + pill.height, box.y + box.height) - max(pill.y, box.y)
            assert across <= 2 or down <= 5.01, (across, down)
    for a, b in combinations(pills, 2):
        across = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
        down = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
        assert across <= 0 or down <= 0, (a, b)


def strokes(sheet, **values):
    return [
        shape
        for shape in sheet.shapes
        if isinstance(shape, Stroke) and all(getattr(shape, k) == v for k, v in values.items())
    ]


def test_each_change_has_a_sign_of_its_own_beside_the_accent():
    people = parties(7)
    before = [tie(0, 1, 2), tie(1, 2, 4), tie(2, 3), tie(3, 4), tie(5, 6)]
    after = [
        tie(0, 1, 4),
        tie(1, 2, 2),
        replace(tie(2, 3), views=Views.ONE_SIDED),
        replace(tie(3, 4), layer=TENSIONS),
        tie(4, 5),
    ]

    sheet = draw_sides(sides(before, after, people), WORDS, Preset.PORTRAIT)

    said = [text.text for text in texts(sheet)]
    for sign in ("↑", "↓", "±", "≠", "+", "–"):
        assert said.count(sign) == 2, f"{sign} on its line and in the legend"
    assert "a stronger tie" in said and "a tie that is there no more" in said
    accents = strokes(sheet, ink=ACCENT)
    assert len(accents) == 6 + 1, "six that differ, and the key of what is lost"
    assert len([one for one in accents if one.cap == "round"]) == 2
    for sentence in (
        "the tie between Imogen Featherstone 0 and Imogen Featherstone 1 is stronger",
        "Imogen Featherstone 5 and Imogen Featherstone 6 have lost a tie",
        "the tie between Imogen Featherstone 3 and Imogen Featherstone 4 has turned",
    ):
        assert sentence in sheet.description


def test_who_goes_is_a_dotted_ghost_that_says_so_and_who_comes_has_ring_and_heavy_border():
    people = parties(3)
    case = Sides(
        before=Side(heading="Now", parties=people[:2], lines=[tie(0, 1)]),
        after=Side(heading="Then", parties=people[1:], lines=[tie(1, 2)]),
        screen=on_a_circle(people),
        parties={"p00": PartyChange.GONE, "p02": PartyChange.COME},
        ties=tie_changes([tie(0, 1)], [tie(1, 2)]),
    )

    sheet = draw_sides(case, WORDS, Preset.PORTRAIT)

    width = panels(Preset.PORTRAIT, 3).size.roomy.width
    outlines = [s for s in sheet.shapes if isinstance(s, Box) and s.width == width and s.dash]
    heavy = [
        s
        for s in sheet.shapes
        if isinstance(s, Box) and s.width == width and s.stroke == ACCENT and s.stroke_width > 4
    ]
    said = [text.text for text in texts(sheet)]
    assert len(outlines) == 1 and len(heavy) == 1
    assert said.count("gone") == 2 and said.count("new") == 1
    assert "Imogen Featherstone 0 is gone" in sheet.description
    assert "Imogen Featherstone 2 is new" in sheet.description


def test_a_new_name_stands_on_one_side_and_the_old_on_the_other():
    people = parties(2, ["North Trust", "South Trust"])
    merged = replace(people[0], name="North and South, merged")
    case = Sides(
        before=Side(heading="Now", parties=people, lines=[]),
        after=Side(heading="If they merge", parties=[merged], lines=[]),
        screen=on_a_circle(people),
        parties=party_changes(people, [merged]),
        ties={},
        tags={"p00": "merged", "p01": "merged"},
    )

    said = [text.text for text in texts(draw_sides(case, WORDS, Preset.PORTRAIT))]

    assert said.count("North Trust") == 1 and said.count("South Trust") == 2
    assert "North and South," in " ".join(said) and said.count("merged") >= 2


def test_without_a_difference_nothing_stands_back_and_no_accent_is_used():
    sheet = draw_sides(MAPS["nothing differs"], WORDS, Preset.PORTRAIT)

    assert not strokes(sheet, ink=ACCENT)
    assert "Nothing that is drawn differs." in sheet.description


def test_the_same_bytes_whatever_the_ids():
    case = MAPS["tied"]

    def called_otherwise(id):
        return "z" + str(99 - int(id[1:]))

    def renamed(side):
        return replace(
            side,
            parties=[replace(p, id=called_otherwise(p.id)) for p in reversed(side.parties)],
            lines=[
                replace(
                    one,
                    id=f"{one.id} again",
                    source=called_otherwise(one.source),
                    target=called_otherwise(one.target),
                )
                for one in reversed(side.lines)
            ],
        )

    before, after = renamed(case.before), renamed(case.after)
    other = Sides(
        before=before,
        after=after,
        screen={called_otherwise(id): place for id, place in case.screen.items()},
        parties=party_changes(before.parties, after.parties),
        ties=tie_changes(before.lines, after.lines),
    )

    sheets = [written(draw_sides(one, WORDS, Preset.PORTRAIT)) for one in (case, case, other)]

    assert sheets[0] == sheets[1] == sheets[2]


def test_hostile_names_are_text_and_nothing_else():
    root = ElementTree.fromstring(written(draw_sides(MAPS["hostile"], WORDS, Preset.PORTRAIT)))

    assert not list(root.iter("{*}script")) and not list(root.iter("{*}a"))
    assert all(name in root.find("{*}desc").text for name in HOSTILE)


def test_among_some_keeps_only_what_is_between_them():
    case = MAPS["star"].among({"p00", "p01", "p02"})

    assert {party.id for party in case.everybody} == {"p00", "p01", "p02"}
    assert {place_of(one) for one in case.every_line} == set(case.ties)
    assert len(case.ties) == 2 and SIZES[Preset.PORTRAIT].width > 0
