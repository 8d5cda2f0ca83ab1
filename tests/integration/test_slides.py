"""Papers as slides, over HTTP and with the command: what is in them, and what may not be."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main
from tests.integration.test_papers import raw, words
from tests.unit.visual.decks import cards, connectors, name, opened, titles
from visual.document.slides.deck import MEDIA_TYPE

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture
def small(one_map):
    ids = {name: one_map.leader(name) for name in ("Asha Verma", "Ben Okafor", "Cara Lindqvist")}
    one_map.tie(ids["Asha Verma"], ids["Ben Okafor"])
    one_map.tie(ids["Ben Okafor"], ids["Cara Lindqvist"])
    one_map.leaders = ids
    return one_map


@pytest.fixture
def powermap(tmp_path):
    runner = CliRunner(env={"POWERMAP_STORE": f"sqlite:///{tmp_path / 'maps.db'}"})
    return lambda *arguments: runner.invoke(main, list(arguments))


def asked(**values):
    return {"kind": "powerpoint", "questions": [{"name": "gaps"}], **values}


def native(deck):
    return [slide for slide in deck.slides if any(one.name == "Legend" for one in slide.shapes)]


def test_a_paper_is_had_as_slides(small):
    front = {"title": "Who joins whom?", "meeting": "Partnership Board", "date": "2010-03-18"}

    answer = small.post("/papers", asked(front_sheet=front))

    assert (answer.status_code, answer.content_type) == (200, MEDIA_TYPE)
    revision = answer.headers["Powermap-Revision"]
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="who-joins-whom-2010-03-18-revision-{revision}.pptx"'
    )
    deck = opened(answer.data)
    told = small.get("/findings/gaps").json
    assert titles(deck)[0] == "Who joins whom?" and titles(deck)[-1] == "Method and limits"
    assert all(sentence in words(answer.data) for sentence in told["sentences"])
    (slide,) = native(deck)
    assert {name(group) for group, _ in cards(slide)} == set(small.leaders)
    assert sorted(name(one) for one in connectors(slide)) == [
        "Asha Verma names Ben Okafor",
        "Ben Okafor names Cara Lindqvist",
    ]
    assert small.get("/papers").json["items"][0]["format"] == "powerpoint"


def test_what_is_above_the_ceiling_is_in_no_part_of_the_deck(small):
    ids = small.leaders
    for level in ("confidential", "private"):
        hidden = small.leader(f"CANARY {level}", sensitivity=level)
        small.tie(hidden, ids["Ben Okafor"], sensitivity=level)
    questions = [{"name": name, "picture": True} for name in ("gaps", "central", "brokers")]

    opened_up = small.post("/papers", asked(questions=questions)).data
    higher = small.post("/papers", asked(questions=questions, ceiling="confidential")).data

    assert b"CANARY" not in raw(opened_up)
    assert b"CANARY confidential" in raw(higher) and b"OFFICIAL-SENSITIVE" in raw(higher)
    assert b"CANARY private" not in raw(higher)
    for slide in native(opened(opened_up)):
        assert "2 ties and 2 other records withheld" in slide.notes_slide.notes_text_frame.text
        (source,) = [one for one in slide.shapes if one.name == "Source and method"]
        assert "2 ties and 2 other records withheld" in source.text_frame.text


def test_pseudonyms_hold_in_shapes_connectors_and_notes(small):
    questions = [{"name": name, "picture": True} for name in ("gaps", "central")]

    answer = small.post("/papers", asked(questions=questions, pseudonyms=True))

    told = raw(answer.data).decode("utf-8", "replace")
    assert not any(part in told for name in small.leaders for part in name.split())
    for slide in native(opened(answer.data)):
        people = {name(group) for group, _ in cards(slide)}
        assert people == {"Person A", "Person B", "Person C"}
        assert all(re.fullmatch("Person . names Person .", name(one)) for one in connectors(slide))


def test_a_view_too_full_for_a_slide_is_refused_with_what_would_fit(one_map):
    for place in range(22):
        one_map.leader(f"Leader {place}")

    answer = one_map.post("/papers", asked(figures=["show=all"]))

    assert answer.status_code == 422
    (problem,) = answer.json["errors"]
    assert problem["pointer"] == "/figures/0"
    assert "20 people that can be read on a slide" in problem["detail"]
    assert one_map.post("/papers", asked(figures=["show=all&names=20"])).status_code == 200


def test_an_empty_map_makes_slides(one_map):
    deck = opened(one_map.post("/papers", asked()).data)

    assert len(native(deck)) == 1
    assert not cards(native(deck)[0])


def test_a_figure_for_a_slide_is_had_by_itself(small):
    answer = small.get("/figure?preset=slide")

    assert answer.status_code == 200
    assert b'width="320mm"' in answer.data


@pytest.mark.parametrize("sample", sorted(one.stem for one in FIXTURES.glob("*.json")))
def test_every_sample_map_makes_slides(powermap, tmp_path, sample):
    powermap("import", str(FIXTURES / f"{sample}.json"))
    target = tmp_path / "paper.pptx"
    arguments = ("--question", "gaps", "--pictures", "--figure", "", "--figure", "layer=tensions")

    made = powermap("paper", "", "--to", str(target), *arguments)

    assert made.exit_code == 0, made.output
    deck = opened(target.read_bytes())
    assert len(native(deck)) >= 2
    for slide in native(deck):
        assert 0 < len(cards(slide)) <= 20
