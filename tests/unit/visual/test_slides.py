"""A deck of slides: everybody is a shape, every tie a connector glued to two, nothing is lost."""

import re
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from pptx.oxml.ns import qn

from powermap.vocabulary import Layer
from tests.unit.visual.decks import (
    SIZE,
    along,
    box,
    cards,
    connectors,
    deck_with,
    description,
    figure_of,
    glued,
    name,
    native,
    number,
    opened,
    parts,
    site,
    titles,
)
from tests.unit.visual.figure_maps import LONG, WORDS, content, line, texts, tied
from tests.unit.visual.test_word_document import PAPER
from visual.document.slides.deck import slide_deck
from visual.lines import Views
from visual.picture import Highlight

STAR = [line(0, n, Views.ONE_SIDED if n % 2 else Views.AGREED) for n in range(1, 20)]
CHAIN = [line(n, n + 1, Views.ONE_SIDED) for n in range(19)]
BOTH = [line(0, 1, Views.DIFFERING), line(1, 0, Views.DIFFERING)]
SCRIPTS = [
    "אביגיל כהן־לוי",
    "محمد عبد الله",
    "Sam 😀 Lee",
    "中村 太郎",
    "Zo\u0308e A\u0301d\u0323a",
]
HOSTILE = ["<a:t>x</a:t>", "]]>&amp;\"'", "{{7*7}}\x07\u202eevil", "../../x & <b>", "\ud800half"]
LETTERED = Highlight(
    centre="p00",
    parties=frozenset({"p00", "p01", "p02"}),
    accented=frozenset({"p00"}),
    letters={"p00.p01": "1", "p00.p02": "2"},
)
MAPS = {
    "nobody": content(0),
    "one": content(1),
    "two who differ": content(2, BOTH),
    "seven, with roles": content(7, tied(7)),
    "nine alone": content(9),
    "twenty": content(20, tied(20)),
    "star": content(20, STAR, highlight=LETTERED),
    "chain": content(20, CHAIN),
    "long names": content(20, tied(20), [LONG] * 20),
    "one long word": content(14, tied(14), ["X" * 90, "-".join(["Smythe"] * 12)]),
    "many scripts": content(14, tied(14), SCRIPTS),
    "hostile": content(13, tied(13), HOSTILE),
    "a tie that is not there": content(
        4, [line(2, 3)], highlight=Highlight(parties=frozenset({"p00", "p01"}), gap=("p00", "p01"))
    ),
    "three layers": content(
        5,
        [
            line(0, 1, layer=Layer.TENSIONS),
            line(1, 2, Views.STRUCTURE, layer=Layer.ACCOUNTABILITIES),
            line(2, 3, doubtful=True),
        ],
    ),
}
CASES = [pytest.param(one, id=title) for title, one in MAPS.items()]


@pytest.fixture(scope="module")
def made():
    kept = {}

    def figure_and_slide(one):
        if id(one) not in kept:
            figure = figure_of(one)
            kept[id(one)] = figure, native_of(opened(deck_with(figure)))
        return kept[id(one)]

    return figure_and_slide


def native_of(deck):
    """The slide with the sentence of the figure for its title."""
    return deck.slides[titles(deck).index(WORDS.sentence)]


def middle(rectangle):
    x, y, width, height = rectangle
    return x + width / 2, y + height / 2


@pytest.mark.parametrize("one", CASES)
def test_everybody_is_a_shape_where_the_sheet_has_them(one, made):
    figure, slide = made(one)
    plan = figure.plan

    found = cards(slide)

    assert len(found) == len(one.parties)
    shifts = set()
    for party, (group, shape) in zip(plan.content.parties, found, strict=True):
        x, y = plan.positions[party.id]
        at = middle(box(shape))
        shifts.add((round(at[0] - x, 0), round(at[1] - y, 0)))
        assert name(group).split() == re.sub(r"[\x00-\x1f\u202e\ud800]", "", party.name).split()
        assert box(group) == box(shape), "the name is as large as the card that moves"
    assert len(shifts) <= 1 or max(np.ptp(np.array(list(shifts)), axis=0)) <= 1


@pytest.mark.parametrize("one", CASES)
def test_every_line_is_a_connector_that_begins_and_ends_where_it_is_glued(one, made):
    figure, slide = made(one)
    plan = figure.plan
    shapes = {number(shape): shape for _, shape in cards(slide)}
    places = dict(zip(shapes, (party.id for party in plan.content.parties), strict=True))

    drawn = connectors(slide)

    lines = [(one.source, one.target) for one in plan.content.lines]
    lines += [plan.content.highlight.gap] if plan.content.highlight.gap else []
    joined = []
    for connector in drawn:
        (source, first), (target, last) = glued(connector)
        joined.append((places[source], places[target]))
        points = along(connector)
        for point, (shape, at) in ((points[0], (source, first)), (points[-1], (target, last))):
            assert np.hypot(*(point - np.array(site(shapes[shape], at)))) <= 1.0
    assert sorted(joined) == sorted(lines)


@pytest.mark.parametrize("one", CASES)
def test_no_two_cards_touch_and_nothing_leaves_the_slide(one, made):
    _, slide = made(one)
    boxes = [box(shape) for _, shape in cards(slide)]

    for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(boxes, 2):
        across, down = max(ax, bx) - min(ax + aw, bx + bw), max(ay, by) - min(ay + ah, by + bh)
        assert max(across, down) >= 8
    legend = next(one for one in slide.shapes if one.name == "Legend")
    notes = next(one for one in slide.shapes if one.name == "Source and method")
    top = slide.shapes.title.top + slide.shapes.title.height
    for x, y, width, height in boxes:
        assert 0 <= x and x + width <= SIZE[0]
        assert top / 9525 <= y and y + height <= legend.top / 9525
    assert legend.top + legend.height <= notes.top + 9525
    assert notes.top + notes.height <= 700 * 9525
    for shape in slide.shapes:
        if shape._element.tag == qn("p:cxnSp"):
            continue  # Its box is told as it is before it is turned; its course is looked at below.
        assert shape.left >= 0 and shape.top >= 0, shape.name
        assert shape.left + shape.width <= SIZE[0] * 9525, shape.name
        assert shape.top + shape.height <= SIZE[1] * 9525, shape.name
    for connector in connectors(slide):
        points = along(connector)
        assert points.min() >= 0 and (points.max(axis=0) <= SIZE).all()


@pytest.mark.parametrize("one", CASES)
def test_connectors_run_behind_hardly_any_card_and_no_two_coincide(one, made):
    _, slide = made(one)
    boxes = {number(shape): box(shape) for _, shape in cards(slide)}
    ways = [(glued(one), along(one)) for one in connectors(slide)]

    behind = 0
    for ((source, _), (target, _)), points in ways:
        for id, (x, y, width, height) in boxes.items():
            if id not in (source, target):
                inside = (points > (x, y)) & (points < (x + width, y + height))
                behind += bool(inside.all(axis=1).any())
    assert behind <= 0.11 * len(ways)
    for (_, one), (_, other) in combinations(ways, 2):
        apart = np.hypot(*np.moveaxis(one[:, None, :] - other[None, :, :], 2, 0))
        assert (apart.min(axis=1) < 2).mean() < 0.5


@pytest.mark.parametrize("one", CASES)
def test_no_text_is_under_ten_points(one):
    for slide in opened(deck_with(figure_of(one))).slides:
        sizes = [
            int(one.get("sz")) for one in slide.shapes._spTree.iter(qn("a:rPr")) if one.get("sz")
        ]
        assert min(sizes) >= 1000


def test_connectors_lie_under_cards_and_badges_on_top():
    tree = list(native(opened(deck_with(figure_of(MAPS["star"])))).shapes._spTree)
    kinds = [one.tag.partition("}")[2] for one in tree]

    first_card = kinds.index("grpSp")
    assert "cxnSp" not in kinds[first_card:]
    badges = [place for place, one in enumerate(tree) if name(one)[:2] in ("1:", "2:")]
    assert len(badges) == 2 and min(badges) > first_card


def test_arrows_dashes_and_accent_are_those_of_the_figure():
    slide = native_of(opened(deck_with(figure_of(MAPS["three layers"]))))

    told = {name(one).replace("Imogen Featherstone ", ""): one for one in connectors(slide)}
    tension, structure, doubtful = (told[key] for key in ("0 and 1", "1 answers to 2", "2 and 3"))
    assert tension.find(f".//{qn('a:prstDash')}").get("val") == "dash"
    assert tension.find(f".//{qn('a:tailEnd')}") is None
    assert structure.find(f".//{qn('a:ln')}").get("cmpd") == "dbl"
    assert structure.find(f".//{qn('a:tailEnd')}") is not None
    assert doubtful.find(f".//{qn('a:prstDash')}").get("val") == "sysDot"
    assert "may have ended" in description(doubtful) and "tension" in description(tension)


def test_what_stands_out_has_the_accent_and_its_number():
    slide = native_of(opened(deck_with(figure_of(MAPS["star"]))))

    accented = [one for one in connectors(slide) if "C2003E" in colours(one)]
    assert len(accented) == 2
    assert all("strength" in description(one) for one in accented)
    badges = {one.text_frame.text for one in slide.shapes if one.has_text_frame} & {"1", "2"}
    assert badges == {"1", "2"}
    ringed = [group for group, _ in cards(slide) if "C2003E" in colours(group)]
    assert [name(one) for one in ringed] == ["Imogen Featherstone 0"]


def colours(element):
    return {one.get("val") for one in element.iter(qn("a:srgbClr"))}


def test_two_views_that_differ_are_two_arrows_apart():
    slide = native_of(opened(deck_with(figure_of(MAPS["two who differ"]))))

    one, other = connectors(slide)
    assert {name(one), name(other)} == {
        "Imogen Featherstone 0 names Imogen Featherstone 1",
        "Imogen Featherstone 1 names Imogen Featherstone 0",
    }
    assert np.hypot(*(along(one)[20] - along(other)[19])) > 8


def test_the_picture_stands_on_a_slide_of_its_own_with_its_description():
    figure = figure_of(MAPS["seven, with roles"])
    deck = opened(deck_with(figure))

    (slide,) = [one for one in deck.slides if any(s.shape_type == 13 for s in one.shapes)]
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert description(picture._element) == figure.alternative
    assert picture.width / picture.height == pytest.approx(
        figure.sheet.width_mm / figure.sheet.height_mm, abs=0.01
    )
    assert slide.shapes.title.text_frame.text == WORDS.kind
    assert slide.shapes.title.top + slide.shapes.title.height <= picture.top + 9525


@pytest.mark.parametrize("one", CASES)
def test_text_in_the_picture_is_not_under_ten_points_either(one, made):
    figure, _ = made(one)
    deck = opened(deck_with(figure))
    (picture,) = [s for slide in deck.slides for s in slide.shapes if s.shape_type == 13]

    points = min(text.size for text in texts(figure.sheet)) * picture.width / 12700

    assert points / figure.sheet.width >= 10


def test_a_figure_without_a_plan_is_a_picture_alone():
    figure = replace(figure_of(MAPS["two who differ"]), plan=None)

    deck = opened(deck_with(figure))

    assert WORDS.sentence not in titles(deck)
    assert WORDS.kind in titles(deck)


def test_every_slide_has_a_title_a_number_the_marking_and_words_to_speak():
    deck = opened(deck_with(figure_of(MAPS["twenty"])))

    assert titles(deck) == [
        PAPER.title,
        "Recommendation",
        WORDS.sentence,
        WORDS.kind,
        PAPER.sections[0].heading,
        "Method and limits",
    ]
    for slide in deck.slides:
        assert slide.shapes.title.is_placeholder
        kinds = [one.placeholder_format.type for one in slide.placeholders]
        assert {13, 15} <= {int(kind) for kind in kinds}, "slide number and foot"
        assert any(one.text_frame.text.startswith("OFFICIAL · ") for one in slide.placeholders)
        spoken = slide.notes_slide.notes_text_frame.text
        assert "OFFICIAL" in spoken and "map revision 3" in spoken
        assert slide.shapes.title.text_frame.text in spoken
        assert PAPER.method[-1] in spoken


def test_the_notes_hold_every_sentence_row_and_source():
    section = replace(
        PAPER.sections[0],
        sentences=tuple(f"Sentence {n} has something to say." for n in range(9)),
        table=replace(
            PAPER.sections[0].table,
            headings=("No.", "Finding", "Evidence"),
            widths=(1, 8, 2),
            rows=[(str(n), f"Finding {n}", "E1") for n in range(1, 13)],
        ),
    )

    deck = opened(deck_with(sections=(section,)))

    spoken = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    for n in range(9):
        assert f"Sentence {n} has" in spoken
    for n in range(1, 13):
        assert f"{n}. Finding {n}. E1." in spoken
    assert "The slide shows 7 of the 12 rows below." in spoken
    assert "E1. Minutes." in spoken
    (table,) = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert [row.cells[1].text_frame.text for row in table.rows][1:] == [
        f"Finding {n}" for n in range(1, 8)
    ]


def test_long_text_goes_on_another_slide_at_a_size_that_can_be_read():
    told = "\n".join(f"{n}. " + "The Board is asked to agree. " * 12 for n in range(30))
    monster = "word " * 3000

    deck = opened(deck_with(recommendation=told + "\n" + monster))

    slides = [one for one in deck.slides if one.shapes.title.text_frame.text.startswith("Recomm")]
    assert len(slides) > 3
    assert f"(1 of {len(slides)})" in slides[0].shapes.title.text_frame.text
    said = " ".join(slide.placeholders[1].text_frame.text for slide in slides)
    assert said.split() == (told + " " + monster).split()
    for slide in slides:
        for run in slide.placeholders[1]._element.iter(qn("a:rPr")):
            assert int(run.get("sz")) >= 1400


def test_a_long_front_sheet_stays_on_its_slide_and_is_spoken_whole():
    purpose = "How they got things done together. " * 80
    front = tuple((f"Label {n}", "Partnership Board") for n in range(8)) + (("Purpose", purpose),)

    slide = opened(deck_with(front=front, title="Long " * 40)).slides[0]

    (rows,) = [one for one in slide.placeholders if one.placeholder_format.idx == 13]
    sizes = {int(run.get("sz")) / 100 for run in rows._element.iter(qn("a:rPr"))}
    paragraphs = [one.text.split("\t")[1] for one in rows.text_frame.paragraphs]
    # Letters of Source Sans are less than half as wide as high, on average.
    room = (rows.width / 12700 - 165) / (0.5 * max(sizes))
    lines = sum(-(-len(text) // int(room)) for text in paragraphs)
    assert min(sizes) >= 12
    assert lines * max(sizes) * 1.26 <= rows.height / 12700
    assert paragraphs[-1].endswith("…")
    assert purpose.strip() in slide.notes_slide.notes_text_frame.text


def test_a_table_of_long_rows_stays_on_its_slide():
    table = replace(
        PAPER.sections[0].table, rows=[(str(n), "A long finding indeed. " * 30) for n in range(9)]
    )
    section = replace(PAPER.sections[0], table=table, lead="It is so. " * 60)

    deck = opened(deck_with(sections=(section,)))

    (frame,) = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert frame.top + sum(row.height for row in frame.table.rows) <= 690 * 9525
    assert len(frame.table.rows) >= 3


def test_what_somebody_wrote_is_text_and_nothing_else():
    paper = replace(
        PAPER,
        title="<script>alert(1)</script>\x0b",
        recommendation="{{7*7}} ]]> &lt;",
        maker="\ud800A\x00 & B",
        key_points=("<a:t>", "\u202eturned"),
    )
    figure = figure_of(MAPS["hostile"])

    deck = slide_deck(replace(paper, figures=(figure,)))

    slides = opened(deck)
    assert titles(slides)[0] == "<script>alert(1)</script>"
    assert slides.core_properties.author == "A & B"
    for content_ in parts(deck).values():
        assert b"\xe2\x80\xae" not in content_ and b"<script>" not in content_
    found = [name(group) for group, _ in cards(native_of(slides))]
    assert "<a:t>x</a:t>" in found and "{{7*7}}evil" in found


def test_names_of_any_script_are_written_as_they_are():
    slide = native_of(opened(deck_with(figure_of(MAPS["many scripts"]))))

    written = ["".join(t.text for t in shape.iter(qn("a:t"))) for _, shape in cards(slide)]
    for one in SCRIPTS:
        assert any(text.startswith(one) for text in written), one
    assert "☐" not in "".join(written)


def test_the_same_paper_makes_the_same_bytes_in_plain_british_english():
    figure = figure_of(MAPS["seven, with roles"])

    first = deck_with(figure)

    assert deck_with(figure) == first
    for part, content_ in parts(first).items():
        told = content_.decode("utf-8", "replace")
        for word in ("Steve Canny", "python-pptx", "Office Theme", "en-US", "Click to"):
            assert word not in told or part.startswith("ppt/notesMasters"), (part, word)
        assert 'TargetMode="External"' not in told
    assert not [part for part in parts(first) if "thumbnail" in part or "printer" in part]
    about = opened(first).core_properties
    assert (about.title, about.author, about.language) == (PAPER.title, PAPER.maker, "en-GB")
    assert about.created == about.modified == PAPER.made_at.replace(tzinfo=None)


def test_every_shape_that_means_something_has_words_for_those_who_do_not_see_it():
    for slide in opened(deck_with(figure_of(MAPS["star"]))).slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                continue
            assert description(shape._element), (slide.shapes.title.text_frame.text, shape.name)
        ids = slide.shapes._spTree.xpath("//p:cNvPr/@id")
        assert len(ids) == len(set(ids))
