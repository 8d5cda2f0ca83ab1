"""The power–interest grid: everybody at the place of their average, and every name readable."""

from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from powermap.errors import InvalidValue
from powermap.vocabulary import Sector
from tests.unit.visual.sheets import assert_readable, texts, words_on
from visual.figure.card import CODE_SIZE
from visual.figure.grid import DOT, RING, Content, Judged, draw
from visual.figure.grid_places import Plot, Rectangle, seated
from visual.figure.preset import SIZES, Preset
from visual.figure.shapes import INK, Box, Stroke
from visual.figure.svg import written
from visual.figure.words import Words
from visual.picture import Party

SECTORS = (Sector.NHS, Sector.LOCAL_GOVERNMENT, Sector.VOLUNTARY)
LONG = "Dr Wilhelmina Bartholomew-Featherstonehaugh of the Greater Calderdale and Kirklees Area"
SCRIPTS = ("אביגיל כהן־לוי", "محمد عبد الله", "Sam 😀 Lee", "中村 太郎", "Zo\u0308e D\u0323a")
HOSTILE = ("<script>alert(1)</script>", "]]>&amp;\"'", "{{7*7}} #text(red)[x]")
QUARTERS = {
    (True, True): "Manage closely",
    (True, False): "Keep satisfied",
    (False, True): "Keep informed",
    (False, False): "Monitor",
}
WORDS = Words(
    title="Riverside",
    kind="An opinion, not a fact: power and interest of people as others judge them",
    sentence="Of 9 people: 4 to manage closely and 5 on a line between.",
    noun=("person", "people"),
    notes=("Shows everybody.", "Judged by the peers (9); October 2017."),
    marking="OFFICIAL",
    maker="Board office",
)


def judged(number, power, interest, name="", several=False):
    return Judged(
        party=Party(
            id=f"p{number:02}",
            name=name or f"Imogen Featherstone {number}",
            role="",
            person=True,
            sectors=(SECTORS[number % 3],) if number % 7 else SECTORS[:2],
        ),
        power=power,
        interest=interest,
        several=several,
        told="judged by the peers",
    )


def content(count, names=(), spread=lambda n: (1 + n % 5, 1 + (n // 5 + n) % 5)):
    return Content(
        people=[
            judged(n, *spread(n), name=names[n] if n < len(names) else "") for n in range(count)
        ],
        quarters=QUARTERS,
    )


def high(n):
    return 4 + n % 2, 4 + n // 2 % 2


def averages(n):
    return 1 + (n * 7 % 9) / 2, 1 + (n * 5 % 13) / 3


MAPS = {
    "one": content(1),
    "two at one place": content(2, spread=lambda n: (5, 5)),
    "twenty-five": content(25),
    "twenty-five averages": content(25, spread=averages),
    "nine high on both": content(9, spread=high),
    "twelve at the middle": content(12, spread=lambda n: (3, 3)),
    "nine long names": content(9, [LONG] * 9),
    "many scripts": content(9, SCRIPTS),
    "hostile": content(9, HOSTILE),
    "one long word": content(4, ["X" * 90, "-".join(["Smythe"] * 12)]),
}
WIDE = {"forty": content(40), "forty averages": content(40, spread=averages)}
CASES = [pytest.param(Preset.PORTRAIT, one, id=f"portrait {name}") for name, one in MAPS.items()]
CASES += [
    pytest.param(Preset.LANDSCAPE, one, id=f"landscape {name}")
    for name, one in {**MAPS, **WIDE}.items()
]


@pytest.fixture(scope="module")
def drawn():
    made = {}

    def sheet_of(preset, one):
        key = preset, id(one)
        if key not in made:
            made[key] = draw(one, WORDS, preset)
        return made[key]

    return sheet_of


def cards(sheet):
    """The boxes that names stand in, by the names, from their outlines."""
    outlines = [
        shape
        for shape in sheet.shapes
        if isinstance(shape, Box) and shape.stroke == INK and shape.stroke_width == 1.2
    ]
    return {
        box: " ".join(
            text.text
            for text in texts(sheet)
            if text.size == CODE_SIZE
            and text.weight == "semibold"
            and text.ink == INK
            and box.x < text.x < box.x + box.width
            and box.y < text.y < box.y + box.height
        )
        for box in outlines
    }


def plot_of(sheet):
    boxes = (shape for shape in sheet.shapes if isinstance(shape, Box))
    frame = next(box for box in boxes if box.fill == "none" and box.width > 600)
    return Plot(left=frame.x, top=frame.y, width=frame.width, height=frame.height)


def dots(sheet):
    """The middles of the points on the plot."""
    plot = plot_of(sheet)
    return {
        (round(box.x + DOT, 2), round(box.y + DOT, 2))
        for box in sheet.shapes
        if isinstance(box, Box) and box.radius == DOT and box.y < plot.top + plot.height
    }


@pytest.mark.parametrize(("preset", "one"), CASES)
def test_it_can_be_read_in_print(preset, one, drawn):
    sheet = drawn(preset, one)

    assert_readable(sheet)
    assert sheet.width_mm <= sheet.page_mm[0] - 30
    assert sheet.height_mm <= sheet.page_mm[1] - 5


@pytest.mark.parametrize(("preset", "one"), CASES)
def test_everybody_has_a_card_of_their_own_inside_the_plot(preset, one, drawn):
    sheet = drawn(preset, one)
    found, plot = cards(sheet), plot_of(sheet)

    assert len(found) == len(one.people)
    for a, b in combinations(found, 2):
        apart = max(
            max(a.x, b.x) - min(a.x + a.width, b.x + b.width),
            max(a.y, b.y) - min(a.y + a.height, b.y + b.height),
        )
        assert apart >= 2.9, "cards touch"
    for box in found:
        assert plot.left < box.x and box.x + box.width < plot.left + plot.width
        assert plot.top < box.y and box.y + box.height < plot.top + plot.height
    plain = Counter(p.party.name for p in one.people if len(p.party.name) < 24)
    shown = Counter(name for name in found.values())
    for name, times in plain.items():
        if name.isascii() and "-" not in name:
            assert shown[name] == times, name


@pytest.mark.parametrize(("preset", "one"), CASES)
def test_every_point_is_marked_and_no_card_or_line_hides_one(preset, one, drawn):
    sheet = drawn(preset, one)
    plot = plot_of(sheet)

    # One step of the scale is a fifth of the plot: 1 and 5 are half a step from its edges.
    expected = {
        (
            round(plot.left + plot.width * (person.interest - 0.5) / 5, 2),
            round(plot.top + plot.height * (5.5 - person.power) / 5, 2),
        )
        for person in one.people
    }
    found = dots(sheet)
    assert len(found) == len(expected)
    for x, y in expected:
        assert any(abs(x - dx) < 0.02 and abs(y - dy) < 0.02 for dx, dy in found)
        for box in cards(sheet):
            away = Rectangle(left=box.x, top=box.y, width=box.width, height=box.height)
            assert away.away((x, y)) >= DOT + 2


@pytest.mark.parametrize(("preset", "one"), CASES)
def test_a_line_leads_from_every_point_to_its_names_and_through_no_others(preset, one, drawn):
    sheet = drawn(preset, one)
    boxes = [
        Rectangle(left=b.x + 0.1, top=b.y + 0.1, width=b.width - 0.2, height=b.height - 0.2)
        for b in cards(sheet)
    ]
    lines = [shape for shape in sheet.shapes if isinstance(shape, Stroke)]

    assert len(lines) == len({(p.power, p.interest, p.several) for p in one.people})
    for line in lines:
        start, _, end = points_of(line.path)
        assert not any(box.crossed(start, end) for box in boxes)


def points_of(path):
    """The three points of a straight line written as a curve: `M1 2Q3 4 5 6`."""
    begin, curve = path[1:].split("Q")
    numbers = list(map(float, [*begin.split(), *curve.split()]))
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_people_at_one_point_stand_together():
    sheet = draw(content(5, spread=lambda n: (4, 4)), WORDS, Preset.PORTRAIT)

    assert len(dots(sheet)) == 1
    boxes = sorted(cards(sheet), key=lambda box: box.y)
    assert len({box.x for box in boxes}) == 1
    assert all(b.y - a.y - a.height == pytest.approx(3) for a, b in pairwise(boxes))


def test_an_average_of_several_has_a_ring():
    people = [judged(0, 5, 5), judged(1, 2.5, 4.5, several=True)]

    sheet = draw(Content(people=people, quarters=QUARTERS), WORDS, Preset.PORTRAIT)

    plot = plot_of(sheet)
    x, y = plot.point(4.5, 2.5)
    ring = [
        box
        for box in sheet.shapes
        if isinstance(box, Box)
        and box.radius == RING
        and (box.x + RING, box.y + RING) == pytest.approx((x, y))
    ]
    assert len(ring) == 1
    assert "average of several" in words_on(sheet)
    assert "average of several" not in words_on(draw(content(3), WORDS, Preset.PORTRAIT))


def test_a_card_stays_in_its_own_quarter_where_there_is_room():
    people = [judged(0, 5, 5), judged(1, 5, 1), judged(2, 1, 5), judged(3, 1, 1), judged(4, 4, 4)]

    sheet = draw(Content(people=people, quarters=QUARTERS), WORDS, Preset.PORTRAIT)

    plot = plot_of(sheet)
    across, down = plot.left + plot.width / 2, plot.top + plot.height / 2
    by_name = {name: box for box, name in cards(sheet).items()}
    for person in people:
        box = by_name[person.party.name]
        assert (box.x >= across) is (person.interest > 3)
        assert (box.x + box.width <= across) is (person.interest < 3)
        assert (box.y >= down) is (person.power < 3)


def test_the_quarters_are_named_in_their_corners():
    sheet = draw(content(4), WORDS, Preset.PORTRAIT)

    plot = plot_of(sheet)
    for (power, interest), title in QUARTERS.items():
        text = next(text for text in texts(sheet) if text.text == title)
        assert (text.x > plot.left + plot.width / 2) is interest
        assert (text.y < plot.top + plot.height / 2) is power
    told = words_on(sheet)
    assert "Power, 1 (little) to 5 (much)" in told
    assert "Interest, 1 (little) to 5 (much)" in told


@pytest.mark.parametrize("preset", Preset)
def test_more_people_than_can_be_read_are_refused_with_what_to_do(preset):
    with pytest.raises(InvalidValue) as refused:
        draw(content(SIZES[preset].most_names + 1), WORDS, preset)

    assert refused.value.problems[0].path == ("preset",)
    assert "names=" in str(refused.value)


def test_no_place_is_found_where_there_is_none():
    plot = Plot(left=0, top=0, width=200, height=100)

    assert seated([(150, 80)], [(100, 50)], plot, []) is None


def test_the_description_tells_everybody_and_how_they_are_judged():
    people = [judged(1, 5, 4, "Asha"), judged(2, 2.5, 10 / 3, "Ben", several=True)]

    told = draw(Content(people=people, quarters=QUARTERS), WORDS, Preset.PORTRAIT).description

    assert "Asha (Local government), power 5, interest 4, judged by the peers" in told
    assert "Ben (Voluntary), power 2.5, interest 3.33, judged by the peers" in told
    assert WORDS.sentence in told and "Marked OFFICIAL." in told


def test_the_svg_is_the_same_each_time_whatever_the_ids_and_asks_for_nothing():
    one = content(9, HOSTILE)
    first = written(draw(one, WORDS, Preset.PORTRAIT))

    assert written(draw(one, WORDS, Preset.PORTRAIT)) == first
    other = replace(
        one,
        people=[
            replace(p, party=replace(p.party, id=f"z{99 - int(p.party.id[1:]):02}"))
            for p in one.people
        ],
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
