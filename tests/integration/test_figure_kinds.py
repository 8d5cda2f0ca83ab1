"""The matrix and the power–interest grid through their doors: what they hold and keep back."""

import io
import re
import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from api.cli import main
from api.figures.asked import FigureAsked, Making, Shows, figure_from_text
from api.figures.drawing import figure_of
from api.figures.ground import Ground
from api.pages.map_view import view_of
from api.pages.matrix_rows import Rows
from graph.exchange.map_file import read_map_file
from graph.network import network
from powermap.errors import InvalidValue
from powermap.model import PowerMap
from powermap.usecases.narrowing import up_to
from powermap.vocabulary import Sensitivity
from tests.integration.test_figure import FORMATS, STARTS, raw, spelt
from visual.figure.preset import Preset

FIXTURES = Path(__file__).parents[2] / "fixtures"
SAMPLES = sorted(path.stem for path in FIXTURES.glob("*.json"))
CANARY = "Canary Quillfeather"
ASSESSOR = "Whisper Thornapple"
SHOWS = ("shows=matrix", "shows=power_interest&opinions=true")


def assess(one_map, leader, power, interest, said_by="", on="2010-02", **values):
    body = {
        "leader": leader,
        "power": power,
        "interest": interest,
        "assessed_on": on,
        "sensitivity": "open",
        **values,
    }
    if said_by:
        proof = {"basis": "interview", "citation": "Page 3", "nature": "opinion"}
        body["evidence"] = [proof | {"said_by": said_by}]
    answer = one_map.post("/assessments", body)
    assert answer.status_code == 201, answer.json


@pytest.fixture
def riverside(one_map):
    """Four open people with ties and judgements; a confidential one, tie and judgement beside."""
    asha, ben, carys, dele = (one_map.leader(name) for name in ("Asha", "Ben", "Carys", "Dele"))
    one_map.tie(asha, ben, strength=4)
    one_map.tie(ben, asha, strength=2)
    one_map.tie(carys, asha, strength=5)
    one_map.tie(dele, asha)
    assess(one_map, asha, 5, 4, "The chair")
    assess(one_map, asha, 4, 5, "The clerk")
    assess(one_map, asha, 1, 1, "The clerk", on="2009-02")
    assess(one_map, ben, 5, 2, "The chair")
    assess(one_map, carys, 3, 5, "The chair")
    secret = one_map.leader(CANARY, sensitivity="confidential")
    one_map.tie(asha, secret, sensitivity="confidential")
    assess(one_map, secret, 5, 5, sensitivity="confidential")
    assess(one_map, dele, 1, 1, ASSESSOR, sensitivity="confidential")
    one_map.leaders = {"asha": asha, "dele": dele, "secret": secret}
    return one_map


def told(answer):
    assert answer.status_code == 200, answer.json
    return ElementTree.fromstring(answer.data).find("{*}desc").text


@pytest.mark.parametrize("query", SHOWS)
@pytest.mark.parametrize("format", FORMATS)
def test_it_comes_in_every_format_the_same_each_time(riverside, query, format):
    first, second = (riverside.get(f"/figure?{query}&format={format}") for _ in range(2))

    assert first.status_code == 200, first.data[:300]
    assert first.data.startswith(STARTS[format])
    assert first.data == second.data


def test_the_matrix_says_who_names_whom_how_strongly_and_on_whose_word(riverside):
    found = told(riverside.get("/figure?shows=matrix"))

    assert "Asha: 2 Ben" not in found
    assert "Row 1, Asha: Ben (strength 4, seen differently by the two)." in found
    assert "Row 2, Ben: Asha (strength 2, seen differently by the two)." in found
    assert "Row 3, Carys: Asha (strength 5, one side’s view)." in found
    assert "Row 4, Dele: Asha (no strength recorded, one side’s view)." in found
    assert "3 of 6 pairs are tied; in 1 of them both name each other." in found
    assert "1 tie and 3 other records withheld" in found


def test_the_grid_says_how_people_are_judged_by_whom_and_when(riverside):
    found = told(riverside.get("/figure?shows=power_interest&opinions=true"))

    # The clerk's earlier judgement of Asha does not count: (5 + 4) / 2 and (4 + 5) / 2.
    assert "power 4.5, interest 4.5, judged by The chair and The clerk" in found
    assert "Ben (No body recorded), power 5, interest 2, judged by The chair" in found
    assert "An opinion, not a fact" in found
    assert "Judged by The chair (3); The clerk (1); February 2010." in found
    assert "1 to manage closely, 1 to keep satisfied and 1 on a line between" in found
    assert "Highest on both together: Asha." in found
    assert "Shows 3 of 4 people. 1 person is not judged on both, and not placed." in found


@pytest.mark.parametrize(
    "query", ["shows=power_interest", "shows=power_interest&opinions=false"], ids=str
)
def test_opinions_are_drawn_only_if_asked_for(riverside, query):
    answer = riverside.get(f"/figure?{query}")

    assert answer.status_code == 422
    assert answer.json["errors"][0]["parameter"] == "opinions"
    assert "must be true" in answer.json["detail"]


def test_opinions_stay_out_however_the_figure_is_asked_for(riverside):
    whole = sample("peer-challenge")

    with pytest.raises(InvalidValue) as refused:
        figure_of(FigureAsked(shows=Shows.POWER_INTEREST), ground(whole), making())

    assert refused.value.problems[0].path == ("opinions",)
    for query in ("shows=matrix", ""):
        found = riverside.get(f"/figure?{query}").data.decode()
        assert "The chair" not in found and "judged" not in found


@pytest.mark.parametrize("query", SHOWS)
@pytest.mark.parametrize("format", FORMATS)
def test_what_is_above_the_ceiling_is_in_no_byte(riverside, query, format):
    everything = riverside.get(f"/figure?{query}&format={format}&ceiling=private")
    open_alone = riverside.get(f"/figure?{query}&format={format}")

    hidden = [CANARY, "Quillfeather", ASSESSOR, *map(str, riverside.leaders.values())]
    inside = raw(open_alone.data, format)
    assert not [text for text in hidden for form in spelt(text) if form in inside]
    if format != "png":
        assert any(form in raw(everything.data, format) for form in spelt(CANARY))


def test_nobody_judged_is_refused_with_what_to_do(one_map):
    leader = one_map.leader("Asha")
    assess(one_map, leader, 5, 5, sensitivity="confidential")

    refused = one_map.get("/figure?shows=power_interest&opinions=true")

    assert refused.status_code == 422
    assert refused.json["errors"][0]["parameter"] == "shows"
    assert "add assessments" in refused.json["detail"]
    raised = "/figure?shows=power_interest&opinions=true&ceiling=confidential"
    assert one_map.get(raised).status_code == 200


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("shows=matrix&rows=all", "rows"),
        ("rows=sector", "rows"),
        ("shows=power_interest&opinions=true&rows=sector", "rows"),
        ("opinions=true", "opinions"),
        ("shows=matrix&opinions=true", "opinions"),
        ("shows=power_interest&opinions=yes", "opinions"),
        ("shows=power_interest&opinions=true&unit=organisations", "unit"),
        ("shows=matrix&unit=organisations&rows=organisation", "rows"),
        ("shows=matrix&highlight=nobody", "highlight"),
        ("shows=matrix&focus=nobody", "focus"),
        ("shows=power_interest&opinions=true&focus=nobody", "focus"),
        ("shows=matrix&before=2009-01-01", "before"),
    ],
)
def test_what_is_wrong_is_refused_by_name(riverside, query, parameter):
    answer = riverside.get(f"/figure?{query}")

    assert answer.status_code == 422, query
    assert answer.content_type == "application/problem+json"
    assert parameter in {each["parameter"] for each in answer.json["errors"]}


@pytest.mark.parametrize("query", SHOWS)
def test_naming_somebody_above_the_ceiling_says_no_more_than_naming_nobody(riverside, query):
    secret, unknown = (
        riverside.get(f"/figure?{query}&focus={id}")
        for id in (riverside.leaders["secret"], "nobody")
    )

    assert secret.status_code == unknown.status_code == 422
    assert secret.json["errors"] == unknown.json["errors"]


def test_an_empty_map_makes_a_matrix_that_says_so(one_map):
    assert "There is no person here" in told(one_map.get("/figure?shows=matrix"))


def test_a_text_form_is_read_back():
    for text in ("shows=matrix&rows=sector", "shows=power_interest&names=5&opinions=true"):
        assert figure_from_text(text).text() == text
        assert figure_from_text(figure_from_text(text).text()) == figure_from_text(text)


def test_a_table_too_large_is_refused_with_choices_that_work(one_map):
    for n in range(28):
        one_map.leader(f"Person {n}")

    refused = one_map.get("/figure?shows=matrix")

    assert refused.status_code == 422
    assert refused.json["errors"][0]["parameter"] == "preset"
    offered = re.findall(r"\((preset|rows|names)=(\w+)\)", refused.json["detail"])
    assert ("preset", "landscape") in offered and ("rows", "sector") in offered
    for key, value in offered:
        answer = one_map.get(f"/figure?shows=matrix&{key}={value}")
        assert answer.status_code == 200, (key, value, answer.json)
    assert "Shows 25 of 28 people" in told(one_map.get("/figure?shows=matrix&names=25"))


@pytest.mark.parametrize(("people", "preset"), [(60, "portrait"), (21, "slide")])
def test_more_than_a_page_or_a_slide_holds_are_folded_and_the_figure_says_so(
    one_map, people, preset
):
    for n in range(people):
        one_map.leader(f"Person {n}")

    found = told(one_map.get(f"/figure?shows=matrix&preset={preset}"))

    assert "a row for each" in found
    assert f"{people} people of no recorded" in found


def sample(name):
    incoming = read_map_file((FIXTURES / f"{name}.json").read_bytes())
    return PowerMap(
        header=incoming.header,
        revision=1,
        changed_at=datetime(2026, 1, 1, tzinfo=UTC),
        records={record.id: record for record in [incoming.header, *incoming.records]},
    )


def ground(whole):
    allowed = up_to(whole, Sensitivity.OPEN)
    return Ground(
        whole=whole,
        allowed=allowed,
        ceiling=Sensitivity.OPEN,
        placed=lambda view: view_of(allowed, view, {}),
        at=lambda revision: allowed,
    )


def making(preset=Preset.LANDSCAPE):
    return Making(maker="Board office", made_on=date(2026, 11, 22), preset=preset)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_matrix_of_a_sample_tells_every_tie_of_its_network(name):
    whole = sample(name)
    asked = FigureAsked(shows=Shows.MATRIX, rows=Rows.SECTOR)
    if len(whole.leaders) <= 40:
        asked = FigureAsked(shows=Shows.MATRIX, rows=Rows.EACH)

    drawn = figure_of(asked, ground(whole), making()).sheet.description

    open_map = up_to(whole, Sensitivity.OPEN)
    measured = network(open_map)
    if asked.rows is Rows.SECTOR:
        counted = sum(
            int(number.replace(",", "")) for number in re.findall(r" ([\d,]+) ties?[,;.]", drawn)
        )
        grouped = [e for e in measured.graph.edges if set(e) <= measured.groups.keys()]
        assert counted == len(grouped)
        return
    names = {id: leader.name for id, leader in open_map.leaders.items()}
    rows = dict(re.findall(r"Row \d+, (.+?): (.+?)\.(?= |$)", drawn.replace("Dr ", "Dr\u00a0")))
    found = Counter(
        (row.replace("\u00a0", " "), met.split(" (")[0].replace("\u00a0", " "))
        for row, mets in rows.items()
        for met in mets.split("; ")
    )
    assert found == Counter((names[a], names[b]) for a, b in measured.graph.edges)


@pytest.mark.parametrize("name", ["peer-challenge", "leeds-health-and-wellbeing-board"])
def test_the_grid_of_a_sample_counts_its_quarters_right(name):
    whole = sample(name)
    asked = FigureAsked(shows=Shows.POWER_INTEREST, opinions=True)

    drawn = figure_of(asked, ground(whole), making()).sheet.description

    # By hand: the latest of each assessor, averaged, from the file itself.
    by_leader = {}
    on = whole.header.as_at
    for one in sorted(whole.assessments.values(), key=lambda one: one.assessed_on.text):
        if one.power and one.interest and one.assessed_on.earliest <= on:
            by = next((proof.said_by for proof in one.evidence), None) or one.author
            by_leader.setdefault(one.leader, {})[by] = (one.power, one.interest)
    points = sorted(
        (
            tuple(sum(each) / len(each) for each in zip(*judged.values(), strict=True))
            for judged in by_leader.values()
        ),
        key=lambda point: -point[0] * point[1],
    )
    placed = points[:40]
    both = sum(power > 3 and interest > 3 for power, interest in placed)
    line = sum(3 in point for point in placed)
    assert f"Of {len(placed)} people: {both} to manage closely" in drawn
    assert f"and {line} on a line between" in drawn
    assert drawn.count(", power ") == len(placed)


def test_a_paper_holds_them_with_caption_and_words(riverside):
    answer = riverside.post(
        "/papers",
        {
            "questions": [{"name": "central"}],
            "figures": ["shows=matrix", "shows=power_interest&opinions=true"],
        },
    )

    assert answer.status_code == 200, answer.json
    with zipfile.ZipFile(io.BytesIO(answer.data)) as document:
        body = document.read("word/document.xml").decode()
    assert "Who with whom: relationships between people" in body
    assert "An opinion, not a fact" in body and "power 4.5, interest 4.5" in body
    assert CANARY not in body and ASSESSOR not in body


def test_pseudonyms_hide_who_judged_and_keep_two_judgements_two(riverside):
    answer = riverside.post(
        "/papers",
        {
            "questions": [{"name": "central"}],
            "figures": ["shows=power_interest&opinions=true"],
            "pseudonyms": True,
        },
    )

    assert answer.status_code == 200, answer.json
    with zipfile.ZipFile(io.BytesIO(answer.data)) as document:
        everything = b"".join(document.read(name) for name in document.namelist()).decode(
            errors="replace"
        )
    assert "power 4.5, interest 4.5, judged by Assessor A and Assessor B" in everything
    for name in ("The chair", "The clerk", "Asha", "Ben", "Carys"):
        assert name not in everything


def test_a_paper_without_the_word_for_opinions_is_refused_at_its_figure(riverside):
    answer = riverside.post(
        "/papers", {"questions": [{"name": "central"}], "figures": ["shows=power_interest"]}
    )

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/figures/0"
    assert "opinions" in answer.json["detail"]


def test_the_command_draws_them(tmp_path):
    store = f"sqlite:///{tmp_path}/maps.db"
    run = CliRunner()
    sent = run.invoke(main, ["--store", store, "import", "fixtures/peer-challenge.json"], env={})
    assert sent.exit_code == 0, sent.output
    for text in SHOWS:
        target = tmp_path / "figure.svg"
        asked = ["--store", store, "figure", "Peer", "--to", str(target), "--view", text]
        done = run.invoke(main, asked)
        assert done.exit_code == 0, done.output
        assert target.read_bytes().startswith(b"<svg")

    asked[-1] = "shows=power_interest"
    wrong = run.invoke(main, asked)
    assert wrong.exit_code == 1 and "opinions: must be true" in wrong.output
