"""The board figure: nothing overlaps, nothing is small, nothing is lost, whatever the map."""

from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest

from powermap.errors import InvalidValue
from powermap.vocabulary import Layer
from tests.unit.visual.figure_maps import (
    LONG,
    WORDS,
    cards,
    content,
    line,
    parties,
    texts,
    tied,
)
from visual.figure import plan
from visual.figure.curves import Bounds, arrowhead, courses, cut, sampled, shortened
from visual.figure.drawing import draw
from visual.figure.plan import Content
from visual.figure.preset import LEAST_TEXT, SIZES, Preset
from visual.figure.svg import written
from visual.lines import Views
from visual.picture import Highlight
from visual.routing import CLEARANCE, clearance
from visual.typeface import width_of

STAR = [line(0, n) for n in range(1, 25)]
CHAIN = [line(n, n + 1, Views.ONE_SIDED) for n in range(24)]
HEBREW, ARABIC, EMOJI, CHINESE = "אביגיל כהן־לוי", "محمد عبد الله", "Sam 😀 Lee", "中村 太郎"
COMBINED = "Zo\u0308e A\u0301d\u0323a N\u0303un\u0303ez"
MAPS = {
    "one": content(1),
    "two": content(2, [line(0, 1, Views.DIFFERING), line(1, 0, Views.DIFFERING)]),
    "twelve, with roles": content(12, tied(12)),
    "twenty-five": content(25, tied(25)),
    "star": content(25, STAR, highlight=Highlight(centre="p00", parties=frozenset({"p00"}))),
    "chain": content(25, CHAIN),
    "long names": content(25, tied(25), [LONG] * 25),
    "one long word": content(14, tied(14), ["X" * 90, "-".join(["Smythe"] * 12)]),
    "many scripts": content(14, tied(14), [HEBREW, ARABIC, EMOJI, CHINESE, COMBINED]),
    "no ties": content(7),
}
WIDE_MAPS = {
    **MAPS,
    "forty": content(40, tied(40)),
    "forty long names": content(40, tied(40), [LONG] * 40),
}
SLIDE_MAPS = {
    "one": MAPS["one"],
    "two": MAPS["two"],
    "seven, with roles": content(7, tied(7)),
    "nine": content(9),
    "twelve": MAPS["twelve, with roles"],
    "many scripts": MAPS["many scripts"],
    "twenty": content(20, tied(20)),
    "star": content(20, STAR[:19], highlight=Highlight(centre="p00", parties=frozenset({"p00"}))),
    "chain": content(20, CHAIN[:19]),
    "long names": content(20, tied(20), [LONG] * 20),
}
CASES = [pytest.param(Preset.PORTRAIT, one, id=f"portrait {name}") for name, one in MAPS.items()]
CASES += [
    pytest.param(Preset.LANDSCAPE, one, id=f"landscape {name}") for name, one in WIDE_MAPS.items()
]
CASES += [pytest.param(Preset.SLIDE, one, id=f"slide {name}") for name, one in SLIDE_MAPS.items()]


@pytest.fixture(scope="module")
def drawn():
    made = {}

    def sheet_of(preset, one):
        key = preset, id(one)
        if key not in made:
            made[key] = draw(one, WORDS, preset)
        return made[key]

    return sheet_of


def card_boxes(sheet, one, preset):
    size = SIZES[preset]
    style = size.roomy if len(one.parties) <= size.most_roomy else size.compact
    return cards(sheet, style.width)


@pytest.mark.parametrize(("preset", "one"), CASES)
def test_every_name_has_a_box_and_no_two_boxes_touch(preset, one, drawn):
    boxes = card_boxes(drawn(preset, one), one, preset)

    assert len(boxes) == len(one.parties)
    for a, b in combinations(boxes, 2):
        across = max(a.x, b.x) - min(a.x + a.width, b.x + b.width)
        down = max(a.y, b.y) - min(a.y + a.height, b.y + b.height)
        assert max(across, down) >= 12, "boxes too near"


@pytest.mark.parametrize(("preset", "one"), CASES)
def test_no_text_is_small_none_leaves_the_sheet_and_no_two_overlap(preset, one, drawn):
    sheet = drawn(preset, one)
    words = texts(sheet)

    assert min(text.size for text in words) >= LEAST_TEXT
    assert sheet.width_mm == pytest.approx(sheet.width / SIZES[preset].units_per_mm, abs=0.01)
    for text in words:
        assert 0 <= text.x and text.x + text.width <= sheet.width, text.text
        assert text.size < text.y < sheet.height, text.text
    for a, b in combinations(words, 2):
        # The room a line of text takes: capitals above the baseline, tails below it.
        apart = (
            max(a.x, b.x) >= min(a.x + a.width, b.x + b.width) - 0.5
            or max(a.y - 0.72 * a.size, b.y - 0.72 * b.size)
            >= min(a.y + 0.21 * a.size, b.y + 0.21 * b.size) - 0.5
        )
        assert apart, (a.text, b.text)


@pytest.mark.parametrize(("preset", "one"), CASES)
def test_text_of_a_card_stays_inside_it_and_other_text_outside(preset, one, drawn):
    sheet = drawn(preset, one)
    boxes = card_boxes(sheet, one, preset)
    for text in texts(sheet):
        top, low = text.y - 0.72 * text.size, text.y + 0.21 * text.size
        touching = [
            box
            for box in boxes
            if text.x < box.x + box.width
            and text.x + text.width > box.x
            and top < box.y + box.height
            and low > box.y
        ]
        assert len(touching) <= 1
        for box in touching:
            assert box.x <= text.x and text.x + text.width <= box.x + box.width, text.text
            assert box.y <= top and low <= box.y + box.height, text.text


@pytest.mark.parametrize(("preset", "one"), CASES)
def test_no_line_comes_near_a_box_that_it_does_not_join(preset, one, monkeypatch):
    seen = {}

    def kept(lines, positions, style, bounds):
        found = courses(lines, positions, style, bounds)
        seen.update(lines=lines, paths=found, positions=positions, style=style, bounds=bounds)
        return found

    monkeypatch.setattr(plan, "courses", kept)
    draw(one, WORDS, preset)

    style = seen["style"]
    assert len(seen["lines"]) == len(one.lines)
    for each in seen["lines"]:
        points = sampled(seen["paths"][each.id], 2.0)
        others = [
            place for id, place in seen["positions"].items() if id not in (each.source, each.target)
        ]
        room = clearance(points, np.array(others).reshape(-1, 2), style.width, style.height)
        assert room >= CLEARANCE - 0.6, each.id
        assert seen["bounds"].hold(points), each.id


@pytest.mark.parametrize(
    ("preset", "count"), [(Preset.PORTRAIT, 26), (Preset.LANDSCAPE, 41), (Preset.SLIDE, 21)]
)
def test_too_full_a_view_is_refused_with_what_to_do_instead(preset, count):
    with pytest.raises(InvalidValue) as refused:
        draw(content(count), WORDS, preset)

    told = str(refused.value)
    assert refused.value.problems[0].path == ("preset",)
    for choice in ("top", "focus", "organisations", str(SIZES[preset].most_names)):
        assert choice in told
    assert ("preset=landscape" in told) is (preset is not Preset.LANDSCAPE)


@pytest.mark.parametrize(("preset", "one"), CASES)
def test_no_figure_is_so_high_that_a_document_would_shrink_its_letters(preset, one, drawn):
    size = SIZES[preset]

    # Forty names of ninety letters come out 1.5 % higher: 6.9 points.
    assert drawn(preset, one).height_mm <= size.most_sheet_mm * 1.02
    assert size.width_mm <= size.page_mm[0] - 15


def test_text_on_a_slide_is_at_least_ten_points_and_a_full_figure_fits_on_one():
    sheet = draw(content(20, tied(20)), WORDS, Preset.SLIDE)

    points = min(text.size for text in texts(sheet)) / SIZES[Preset.SLIDE].units_per_mm / 25.4 * 72
    assert points >= 10
    width, height = sheet.page_mm
    assert width / height == pytest.approx(16 / 9, abs=0.001)
    assert sheet.width_mm <= width - 15 and sheet.height_mm <= height - 10


def test_an_arrowhead_points_the_way_a_curve_arrives():
    quarter = (((0.0, 0.0), (100.0, 0.0), (100.0, 100.0)),)

    tip, left, right = arrowhead(quarter, 10)

    assert tip == (100.0, 100.0)
    middle = (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
    # The curve comes from above: the base of the arrowhead is straight above its tip.
    assert middle[0] == pytest.approx(100, abs=0.6)
    assert middle[1] == pytest.approx(100 - 10 * np.cos(0.42), abs=0.1)
    end = shortened(quarter, 10)[-1][2]
    assert np.hypot(end[0] - 100, end[1] - 100) == pytest.approx(10, abs=0.01)


def test_a_line_begins_and_ends_at_the_edges_of_its_boxes():
    style = SIZES[Preset.PORTRAIT].roomy
    path = (((0.0, 0.0), (200.0, 0.0), (400.0, 0.0)),)

    short = cut(path, ((0.0, 0.0), (400.0, 0.0)), style, (2.0, 2.0))

    assert short[0][0][0] == pytest.approx(style.width / 2 + 2, abs=0.01)
    assert short[-1][2][0] == pytest.approx(400 - style.width / 2 - 2, abs=0.01)


def test_a_line_shut_in_on_all_sides_but_one_finds_the_way_round():
    style = SIZES[Preset.PORTRAIT].compact
    style = type(style)(**{**vars(style), "height": 50})
    places = {"p00": (0.0, 0.0), "p01": (600.0, 0.0)}
    wall = {f"w{n}": (300.0, 90.0 * n) for n in range(-3, 4)}

    found = courses([line(0, 1)], places | wall, style, Bounds((-100.0, -500.0), (700.0, 500.0)))[
        "p00.p01"
    ]

    points = sampled(found, 2.0)
    others = np.array(list(wall.values()))
    assert clearance(points, others, style.width, style.height) >= CLEARANCE - 0.6
    assert np.hypot(*(points[0] - places["p00"])) == np.hypot(*(points[-1] - (600, 0))) == 0


def test_a_badge_stands_on_no_box():
    letters = {each.id: "A B" for each in STAR[:6]}
    one = content(
        25,
        STAR,
        highlight=Highlight(
            centre="p00", parties=frozenset(f"p{n:02}" for n in range(7)), letters=letters
        ),
    )

    sheet = draw(one, WORDS, Preset.PORTRAIT)

    boxes = card_boxes(sheet, one, Preset.PORTRAIT)
    badges = [text for text in texts(sheet) if text.text == "A B"]
    assert len(badges) == 6
    for badge in badges:
        x, y = badge.x + badge.width / 2, badge.y - 0.34 * badge.size
        for box in boxes:
            assert not (box.x < x < box.x + box.width and box.y < y < box.y + box.height)


def words_on(sheet):
    return " ".join(text.text for text in texts(sheet))


def test_a_name_that_does_not_fit_is_told_in_full():
    long = " ".join(["Featherstonehaugh"] * 12)

    sheet = draw(content(25, tied(25), [long]), WORDS, Preset.PORTRAIT)

    assert "…" in words_on(sheet)
    assert "Names in full: " + long in words_on(sheet)


def test_a_sign_that_no_font_has_is_shown_as_a_box_and_told_in_the_description():
    sheet = draw(content(13, (), [HEBREW, EMOJI, CHINESE, ARABIC]), WORDS, Preset.PORTRAIT)

    on_it = words_on(sheet)
    assert "☐☐" in on_it and "Sam ☐ Lee" in on_it
    assert "stands for a sign that the typeface lacks" in on_it
    for name in (HEBREW, EMOJI, CHINESE, ARABIC):
        assert name in sheet.description and name not in on_it


def test_letters_with_marks_are_drawn_and_need_no_note():
    sheet = draw(content(13, (), [COMBINED]), WORDS, Preset.PORTRAIT)

    assert "☐" not in words_on(sheet)
    assert "Zöe" in words_on(sheet)


def test_the_svg_is_outlines_with_title_and_description_and_asks_for_nothing():
    hostile = ["<script>alert(1)</script>", "]]>&amp;\"'", "{{7*7}} #text(red)[x]"]
    sheet = draw(content(13, tied(13), hostile), WORDS, Preset.PORTRAIT)

    root = ElementTree.fromstring(written(sheet))

    kinds = {element.tag.partition("}")[2] for element in root.iter()}
    assert kinds == {"svg", "title", "desc", "rect", "path"}
    for element in root.iter():
        assert not {name for name in element.keys() if "href" in name or name.startswith("on")}
    assert root.find("{*}title").text == "Riverside"
    assert all(name in root.find("{*}desc").text for name in hostile)
    assert root.get("width") == "160mm"


def test_the_same_content_makes_the_same_bytes_whatever_its_ids():
    def renamed(one, change):
        return Content(
            parties=[type(p)(**{**vars(p), "id": change(p.id)}) for p in one.parties],
            lines=[
                type(each)(
                    **{
                        **vars(each),
                        "source": change(each.source),
                        "target": change(each.target),
                    }
                )
                for each in one.lines
            ],
            screen={change(id): place for id, place in one.screen.items()},
            highlight=one.highlight,
        )

    one = content(20, tied(20), [f"Name {n:02}" for n in range(20)])

    first = written(draw(one, WORDS, Preset.PORTRAIT))

    assert written(draw(one, WORDS, Preset.PORTRAIT)) == first
    other_ids = renamed(one, lambda id: f"z{99 - int(id[1:]):02}")
    assert written(draw(other_ids, WORDS, Preset.PORTRAIT)) == first


def test_the_legend_says_what_is_used_and_nothing_else():
    plain = draw(content(2, [line(0, 1, strength=None)]), WORDS, Preset.PORTRAIT)
    tense = draw(
        content(2, [line(0, 1, Views.ONE_SIDED, layer=Layer.TENSIONS)]), WORDS, Preset.PORTRAIT
    )

    assert "both say so" in words_on(plain) and "tension" not in words_on(plain)
    assert "one side’s view" in words_on(tense) and "tension" in words_on(tense)
    assert "both say so" not in words_on(tense)
    assert "Voluntary" not in words_on(plain)


def test_tension_and_accountability_differ_without_colour():
    one = content(
        3,
        [
            line(0, 1, layer=Layer.TENSIONS),
            line(1, 2, Views.STRUCTURE, layer=Layer.ACCOUNTABILITIES),
            line(0, 2),
        ],
    )

    strokes = [
        shape for shape in draw(one, WORDS, Preset.PORTRAIT).shapes if hasattr(shape, "dash")
    ]

    assert any(shape.dash == "9 5" for shape in strokes)
    double = [shape for shape in strokes if getattr(shape, "ink", "") == "#ffffff"]
    assert double, "an accountability is a double line"


def test_the_description_holds_every_name_and_every_tie():
    one = content(3, [line(0, 1), line(1, 2, Views.ONE_SIDED)])

    told = draw(one, WORDS, Preset.PORTRAIT).description

    names = [party.name for party in parties(3)]
    assert f"{names[0]} and {names[1]}" in told
    assert f"{names[1]} names {names[2]}" in told
    assert WORDS.sentence in told and "Marked OFFICIAL." in told


def test_width_is_that_of_the_outlines():
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.ttLib import TTFont

    from visual.typeface import font_file

    font = TTFont(font_file("semibold"))
    shapes, glyphs = font.getGlyphSet(), font.getBestCmap()
    x, right = 0.0, 0.0
    for sign in "Harriet":
        pen = BoundsPen(shapes)
        shapes[glyphs[ord(sign)]].draw(pen)
        right = x + pen.bounds[2]
        x += font["hmtx"][glyphs[ord(sign)]][0]

    assert right / 1000 * 15 <= width_of("Harriet", 15, "semibold") <= right / 1000 * 15 + 1
