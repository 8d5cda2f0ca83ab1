"""Board papers over HTTP and with the command: what is in them, and what may not be."""

from __future__ import annotations

import base64
import io
import logging
import re
import subprocess
import time
import zipfile
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from api.cli import main
from api.figures.asked import FigureAsked, Shows
from api.figures.ground import new_ground
from api.paper.asked import AskedQuestion, Ceiling, PaperAsked
from api.paper.content import paper
from api.paper.making import Maker
from api.paper.writing import Kind
from graph.findings.questions import QUESTIONS
from graph.network import Unit
from powermap.access import Role, Viewer
from powermap.model import (
    Accountability,
    Evidence,
    Leader,
    MapHeader,
    Organisation,
    PowerMap,
    Relationship,
)
from powermap.usecases.narrowing import up_to
from visual.document.word import MEDIA_TYPE, word_document

FIXTURES = Path(__file__).parents[2] / "fixtures"
MADE_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def opened(content):
    return Document(io.BytesIO(content))


def raw(content):
    """Every part of the document, unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def pdf_text(content, tmp_path):
    """What can be read and searched in a PDF."""
    file = tmp_path / "paper.pdf"
    file.write_bytes(content)
    return subprocess.run(
        ["pdftotext", str(file), "-"], capture_output=True, check=True, text=True
    ).stdout


def unpacked(content):
    """The bytes of a PDF with every compressed part of it opened."""
    parts = [content]
    for found in re.finditer(rb"stream\r?\n", content):
        try:
            parts.append(zlib.decompressobj().decompress(content[found.end() :]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def words(content):
    """All text of the document, its properties and descriptions included, without markup."""
    return re.sub(r"<[^>]*>", " ", raw(content).decode("utf-8", "replace"))


@pytest.fixture
def small(one_map):
    ids = {name: one_map.leader(name) for name in ("Asha Verma", "Ben Okafor", "Cara Lindqvist")}
    one_map.tie(ids["Asha Verma"], ids["Ben Okafor"])
    one_map.tie(ids["Ben Okafor"], ids["Cara Lindqvist"])
    one_map.leaders = ids
    return one_map


def saved(document):
    """A Word document as base64."""
    content = io.BytesIO()
    document.save(content)
    return base64.b64encode(content.getvalue()).decode()


EMPTY_DOCUMENT = saved(Document())


def asked(**values):
    return {"questions": [{"name": "gaps"}], **values}


def test_a_paper_is_a_word_document_to_save(small):
    front = {
        "meeting": "Partnership Board",
        "date": "2010-03-18",
        "item": "7.2",
        "purpose": "decision",
        "recommendation": "The Board is asked to\nagree.",
    }
    answer = small.post("/papers", asked(front_sheet=front, marking="OFFICIAL: draft"))

    assert (answer.status_code, answer.content_type) == (200, MEDIA_TYPE)
    assert answer.headers["Content-Disposition"].endswith(
        f'-2010-03-18-revision-{answer.headers["Powermap-Revision"]}.docx"'
    )
    document = opened(answer.data)
    sheet = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert sheet["Meeting"] == "Partnership Board"
    assert sheet["Date"] == "18 March 2010"
    assert sheet["Purpose"] == "For decision"
    assert sheet["Marking"] == "OFFICIAL: draft"
    assert "agree." in [p.text for p in document.paragraphs]
    assert document.sections[0].header.paragraphs[0].text == "OFFICIAL: draft"
    (picture,) = document.inline_shapes
    described = picture._inline.docPr.get("descr")
    assert all(name in described for name in small.leaders)


def test_a_paper_is_had_as_pdf(small, tmp_path):
    front = {"title": "Who joins whom?", "meeting": "Partnership Board", "date": "2010-03-18"}
    answer = small.post("/papers", asked(kind="pdf", front_sheet=front))

    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    revision = answer.headers["Powermap-Revision"]
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="who-joins-whom-2010-03-18-revision-{revision}.pdf"'
    )
    said = " ".join(pdf_text(answer.data, tmp_path).split())
    assert "Partnership Board" in said
    told = small.get("/findings/gaps").json
    assert told["sentences"][0] in said
    assert all(name.split()[0] in said for name in small.leaders)
    assert small.get("/papers").json["items"][0]["format"] == "pdf"


def test_says_what_the_question_of_the_same_name_says(small):
    told = small.get("/findings/gaps").json
    document = opened(small.post("/papers", asked(figures=[])).data)

    written = [p.text for p in document.paragraphs]
    assert told["sentences"][0] in written
    assert told["rows"][0]["sentence"] in [row.cells[1].text for row in document.tables[1].rows]
    assert not document.inline_shapes


def test_a_picture_beside_an_answer_says_its_foremost_finding(small):
    told = small.get("/findings/gaps?kinds=one_way").json["rows"][0]["sentence"]
    question = {"name": "gaps", "parameters": {"kinds": "one_way"}, "picture": True}
    document = opened(small.post("/papers", asked(questions=[question], figures=[])).data)

    (picture,) = document.inline_shapes
    assert told in picture._inline.docPr.get("descr")
    (caption,) = [p.text for p in document.paragraphs if p.text.startswith("Figure")]
    assert caption.endswith(": Ben Okafor and Asha Verma")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/questions"),
        ({"questions": []}, "/questions"),
        ({"questions": "gaps"}, "/questions"),
        ({"questions": ["gaps"]}, "/questions/0"),
        ({"questions": [{}]}, "/questions/0/name"),
        ({"questions": [{"name": "gapz"}]}, "/questions/0/name"),
        (
            {"questions": [{"name": "gaps"}, {"name": "if-leaves"}]},
            "/questions/1/parameters/leader",
        ),
        (
            {"questions": [{"name": "if-leaves", "parameters": {"leader": "nobody"}}]},
            "/questions/0/parameters/leader",
        ),
        (
            {"questions": [{"name": "gaps", "parameters": {"on": 3}}]},
            "/questions/0/parameters/on",
        ),
        (asked(kind="papyrus"), "/kind"),
        (asked(ceiling="private"), "/ceiling"),
        (asked(figures="layer=tensions"), "/figures"),
        (asked(figures=[""] * 7), "/figures"),
        (asked(figures=["", "layer=nonsense"]), "/figures/1"),
        (asked(figures=["shows=nonsense"]), "/figures/0"),
        (asked(figures=["names=many"]), "/figures/0"),
        (asked(figures=[7]), "/figures/0"),
        (asked(figures=["", "focus=nobody"]), "/figures/1"),
        (asked(questions=[{"name": "gaps", "picture": 1}]), "/questions/0/picture"),
        (asked(front_sheet={"date": "18 March"}), "/front_sheet/date"),
        (asked(front_sheet={"purpose": "fun"}), "/front_sheet/purpose"),
        (asked(front_sheet={"title": "a\x00b"}), "/front_sheet/title"),
        (asked(front_sheet={"meetng": "x"}), "/front_sheet/meetng"),
        (asked(front_sheet=None), "/front_sheet"),
        (asked(pseudonyms="perhaps"), "/pseudonyms"),
        (asked(marking="x" * 81), "/marking"),
        (asked(template="%%%"), "/template"),
        (asked(template=base64.b64encode(b"no document").decode()), "/template"),
        (asked(kind="pdf", template=EMPTY_DOCUMENT), "/template"),
        (asked(colour="red"), "/colour"),
    ],
)
def test_what_is_wrong_is_named(small, body, pointer):
    answer = small.post("/papers", body)

    assert answer.status_code == 422, answer.data[:300]
    assert answer.content_type == "application/problem+json"
    assert pointer in [one["pointer"] for one in answer.json["errors"]], answer.json


def test_a_map_that_is_not_there_has_no_paper(client):
    assert client.post("/api/v1/maps/none/papers", json=asked()).status_code == 404


def test_what_is_above_the_ceiling_is_in_no_part_of_the_document(small):
    ids = small.leaders
    for place, level in enumerate(("confidential", "private")):
        hidden = small.leader(f"CANARY{place}A Hidden", sensitivity=level)
        small.tie(hidden, ids["Ben Okafor"], sensitivity=level)
        small.tie(
            ids["Cara Lindqvist"],
            ids["Asha Verma"],
            kind=("conflicts", "competes")[place],
            sensitivity=level,
            evidence=[
                {
                    "basis": "interview",
                    "nature": "opinion",
                    "citation": f"CANARY{place}B said so",
                }
            ],
        )
    questions = [{"name": name} for name in ("gaps", "central", "brokers", "stuck-pairs")]

    opened_up = words(small.post("/papers", {"questions": questions}).data)
    higher = words(small.post("/papers", {"questions": questions, "ceiling": "confidential"}).data)

    assert "CANARY" not in opened_up
    assert "4 ties and 2 other records withheld" in opened_up
    assert "CANARY0A" in higher and "OFFICIAL-SENSITIVE" in higher
    assert "CANARY1" not in higher
    assert "2 ties and 1 other record withheld" in higher


def test_what_is_above_the_ceiling_is_in_no_byte_of_the_pdf(small, tmp_path):
    ids = small.leaders
    hidden = small.leader("CANARY0A Hidden", sensitivity="confidential")
    small.tie(hidden, ids["Ben Okafor"], sensitivity="confidential")
    questions = [{"name": name, "picture": True} for name in ("gaps", "central", "brokers")]

    def made(**more):
        answer = small.post("/papers", {"questions": questions, "kind": "pdf", **more})
        assert answer.status_code == 200, answer.json
        return answer.data

    def says(content, word):
        coded = [word.encode(coding) for coding in ("utf-8", "utf-16-be")]
        raw = unpacked(content)
        return any(one in raw for one in coded) or word in pdf_text(content, tmp_path)

    opened_up, higher = made(), made(ceiling="confidential")

    assert says(higher, "CANARY0A") and says(higher, "OFFICIAL-SENSITIVE")
    assert b"CANARY0A" in unpacked(higher), "alternative text is where a PDF says names in clear"
    assert not says(opened_up, "CANARY")
    disguised = made(pseudonyms=True)
    assert says(disguised, "Person A") and says(opened_up, "Okafor")
    assert not any(says(disguised, part) for name in ids for part in name.split())
    assert "1 tie and 1 other record withheld" in " ".join(pdf_text(opened_up, tmp_path).split())


def test_pseudonyms_leave_no_name_office_or_source(small):
    body = small.post(
        "/organisations",
        {"name": "Riverside Trust", "kind": "acute_trust", "sector": "nhs", "sensitivity": "open"},
    ).json["id"]
    ids = small.leaders
    for name, id in ids.items():
        posted = small.post(
            "/accountabilities",
            {
                "holder": id,
                "to": body,
                "kind": "post",
                "title": f"Grand vizier {name}",
                "scope": f"What {name} does",
                "sensitivity": "open",
                "evidence": [
                    {
                        "basis": "minutes",
                        "nature": "fact",
                        "citation": f"Told by {name}",
                        "said_by": name,
                    }
                ],
            },
        )
        assert posted.status_code == 201, posted.json
    answer = small.post(
        "/papers",
        {
            "questions": [
                {"name": "one-page", "parameters": {"party": ids["Ben Okafor"]}},
                {"name": "gaps"},
                {"name": "if-leaves", "parameters": {"leader": ids["Ben Okafor"]}},
            ],
            "pseudonyms": True,
            "front_sheet": {"recommendation": "Speak to BEN  okafor.", "title": "On Ben Okafor"},
        },
    )
    told = words(answer.data)

    assert answer.status_code == 200, answer.json
    for part in ("Asha", "Verma", "Ben", "Okafor", "OKAFOR", "okafor", "Cara", "vizier", "Told by"):
        assert part not in told, part
    assert "Fewer than 5 people" in told
    (ben,) = set(re.findall(r"Speak to (Person [ABC])\.", told))
    assert f"On {ben}" in told
    described = opened(answer.data).inline_shapes[0]._inline.docPr.get("descr")
    assert f"{ben} (" in described and {"Person A", "Person B", "Person C"} <= set(
        re.findall("Person [A-Z]+", described)
    )


def test_an_export_is_recorded_with_who_when_and_which_revision(small):
    lines: list[logging.LogRecord] = []
    log = logging.getLogger("powermap")
    level, listener = log.level, logging.Handler()
    listener.emit = lines.append  # type: ignore[method-assign]  # a list is all the test needs
    log.addHandler(listener)
    log.setLevel("INFO")
    try:
        answer = small.post("/papers", asked())
    finally:
        log.removeHandler(listener)
        log.setLevel(level)

    (line,) = [line for line in lines if line.getMessage() == "exported"]
    assert line.actor == "owner"
    assert line.map == small.id
    assert str(line.revision) == answer.headers["Powermap-Revision"]
    assert (line.ceiling, line.format) == ("open", "word")
    assert len(line.sha256) == 64
    assert "Asha" not in str(vars(line))


def test_takes_the_styles_of_a_template(small):
    template = Document()
    template.styles["Title"].font.name = "Georgia"

    answer = small.post("/papers", asked(template=saved(template)))

    assert opened(answer.data).styles["Title"].font.name == "Georgia"


# From one content to the next, without a service.


def hand_made(*more):
    ties = [("a", "b"), ("b", "c"), ("c", "d")]
    records = [
        Organisation(
            id="trust", name="A trust", kind="acute_trust", sector="nhs", sensitivity="open"
        ),
        *(Leader(id=one, name=f"Leader {one}", sensitivity="open") for one in "abcd"),
        *(
            Accountability(
                id=f"post {one}",
                holder=one,
                to="trust",
                kind="post",
                title="Director",
                sensitivity="open",
            )
            for one in "abcd"
        ),
        *(
            Relationship(
                id=f"{one}{other}", source=one, target=other, kind="trusts", sensitivity="open"
            )
            for one, other in ties
        ),
        *more,
    ]
    return PowerMap(
        header=MapHeader(id="m", title="Riverside", purpose="A test.", as_at=date(2010, 3, 1)),
        revision=7,
        changed_at=MADE_AT,
        records={record.id: record for record in records},
    )


def content_of(power_map, **values):
    questions = tuple(AskedQuestion(name=name, parameters={}) for name in ("gaps", "central"))
    wanted = PaperAsked(questions=questions, figures=(FigureAsked(),), **values)
    return paper(wanted, lambda _: power_map, anew, maker="owner", made_at=MADE_AT)


def anew(whole, ceiling):
    allowed = up_to(whole, ceiling)
    return new_ground(whole, allowed, ceiling, lambda revision: allowed)


def test_what_is_withheld_changes_nothing_but_its_number():
    hidden = (
        Leader(id="h", name="Hidden", sensitivity="confidential"),
        Relationship(id="ha", source="h", target="a", kind="trusts", sensitivity="confidential"),
        Relationship(id="da", source="d", target="a", kind="conflicts", sensitivity="confidential"),
    )
    without, with_hidden = content_of(hand_made()), content_of(hand_made(*hidden))

    for part in ("title", "front", "key_points", "sections", "evidence", "evidence_remark"):
        assert getattr(without, part) == getattr(with_hidden, part), part
    different = [
        told for told in zip(without.method, with_hidden.method, strict=True) if told[0] != told[1]
    ]
    assert [told[1] for told in different] == [
        "Built from open records alone; 2 ties and 1 other record withheld, and left out of every "
        "figure and number here."
    ]
    above = content_of(hand_made(*hidden), ceiling=Ceiling.CONFIDENTIAL)
    assert above.sections != without.sections


def test_the_same_map_maker_and_time_give_the_same_bytes():
    one, other = (word_document(content_of(hand_made())) for _ in range(2))

    assert one == other


def test_a_paper_tells_of_one_moment_of_a_map_that_changes_meanwhile():
    moments = count(7)

    def read(revision):
        return replace(hand_made(), revision=next(moments))

    maker = Maker(map_id="m", viewer=Viewer("owner", Role.OWNER), store=None, read=read)
    made = maker.paper(PaperAsked(questions=(AskedQuestion(name="gaps", parameters={}),)))

    assert made.revision == 7
    assert next(moments) == 8, "the map was read once"


def test_pseudonyms_are_the_same_whatever_people_are_called():
    renamed = hand_made()
    renamed = replace(
        renamed,
        records={
            id: replace(record, name=f"Z{record.name[::-1]}")
            if isinstance(record, Leader)
            else record
            for id, record in renamed.records.items()
        },
    )
    ours, theirs = (content_of(one, pseudonyms=True) for one in (hand_made(), renamed))

    assert ours.sections == theirs.sections
    assert ours.evidence == theirs.evidence


def test_a_source_stands_in_the_list_that_its_row_names():
    proof = Evidence(basis="minutes", citation="Board minutes, item 6", nature="fact")
    tie = Relationship(
        id="ab", source="a", target="b", kind="trusts", sensitivity="open", evidence=(proof,)
    )
    made = content_of(hand_made(tie))

    cited = {
        number
        for section in made.sections
        if section.table
        for row in section.table.rows
        for number in re.findall(r"E\d+", row[-1])
    }
    assert made.evidence is not None
    assert cited == {row[0] for row in made.evidence.rows}
    (minuted,) = [row for row in made.evidence.rows if row[1] == "Leader a trusts Leader b"]
    assert minuted[2].startswith("Minutes: Board minutes, item 6")


# The samples, with the command.


@pytest.fixture
def powermap(tmp_path, monkeypatch):
    for name in ("POWERMAP_STORE", "POWERMAP_OWNER_TOKEN", "POWERMAP_OWNER_NAME"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments):
        store = f"sqlite:///{tmp_path}/maps.db"
        return CliRunner().invoke(main, ["--store", store, *arguments])

    return run


@pytest.mark.parametrize("sample", sorted(one.stem for one in FIXTURES.glob("*.json")))
def test_every_sample_map_makes_a_paper(powermap, tmp_path, sample):
    imported = powermap("import", str(FIXTURES / f"{sample}.json"), "--json")
    assert imported.exit_code == 0, imported.output
    target = tmp_path / "paper.docx"

    made = powermap(
        "paper", "", "--to", str(target), "--question", "joint-posts",
        "--question", "central", "--meeting", "Board",
    )  # fmt: skip

    assert made.exit_code == 0, made.output
    assert "SHA-256" in made.stderr and str(target) in made.stderr
    document = opened(target.read_bytes())
    (picture,) = document.inline_shapes
    assert len(picture._inline.docPr.get("descr")) > 100
    assert picture.width.mm < 251
    illustrative = '"illustrative": true' in (FIXTURES / f"{sample}.json").read_text()
    assert ("Illustrative" in document.sections[0].header.paragraphs[-1].text) is illustrative


AWKWARD = (
    '#panic() #import "@preview/x:1.0.0": *',
    "王小明 😀",
    "אביגיל כהן־לוי",
    "فاطمة الزهراء",
    "Z̷̡a̶͎l̴̰g̵ हिन्दी",
    "$ * _ ` = < > @ ~ \\ ] } )",
    "W" * 90,
)


@pytest.mark.parametrize("kind", Kind)
def test_awkward_names_never_fail_a_paper_whatever_its_pictures(one_map, tmp_path, kind):
    ids = [one_map.leader(name) for name in AWKWARD]
    for one, other in zip(ids, [*ids[1:], ids[0]], strict=True):
        one_map.tie(one, other)
    for id in ids:
        judged = {"leader": id, "power": 3, "interest": 4, "assessed_on": "2010-01-01"}
        answer = one_map.post("/assessments", {**judged, "sensitivity": "open"})
        assert answer.status_code == 201, answer.json
    needs = {Shows.BEFORE_AFTER: "&since=3", Shows.POWER_INTEREST: "&opinions=true"}
    figures = [f"shows={sort}{needs.get(sort, '')}" for sort in Shows]

    answer = one_map.post(
        "/papers",
        {
            "kind": kind,
            "figures": figures,
            "questions": [{"name": name, "picture": True} for name in ("gaps", "central")],
            "front_sheet": {"title": AWKWARD[1], "recommendation": "\n".join(AWKWARD)},
        },
    )

    assert answer.status_code == 200, answer.json
    if kind is Kind.PDF:
        said = pdf_text(answer.data, tmp_path)
        assert f"Figure {len(figures)}." in said
        flat = "".join(said.split())
        assert all("".join(AWKWARD[place].split()) in flat for place in (0, 5, 6))


@pytest.mark.parametrize("sample", sorted(one.stem for one in FIXTURES.glob("*.json")))
def test_every_sample_map_makes_a_pdf(powermap, tmp_path, sample):
    powermap("import", str(FIXTURES / f"{sample}.json"))
    target = tmp_path / "paper.PDF"

    made = powermap("paper", "", "--to", str(target), "--question", "joint-posts", "--pictures")

    assert made.exit_code == 0, made.output
    said = pdf_text(target.read_bytes(), tmp_path)
    assert "Figure 1." in said and "Method and limits" in said
    pages = said.split("\f")[:-1]
    assert all(page.count("OFFICIAL") >= 2 for page in pages)


def test_the_largest_paper_is_written_in_time(powermap, tmp_path):
    powermap("import", str(FIXTURES / "leading-as-peers.json"))
    target = tmp_path / "paper.pdf"
    names = [name for name, one in QUESTIONS.items() if not _needs(one)][:12]
    layers = ("relationships", "tensions", "accountabilities")
    figures = [f"layer={layer}&unit={unit}" for layer in layers for unit in Unit]
    arguments = [part for name in names for part in ("--question", name)]
    arguments += [part for one in figures for part in ("--figure", one)]

    begun = time.perf_counter()
    made = powermap("paper", "", "--to", str(target), "--pictures", *arguments)
    taken = time.perf_counter() - begun

    assert made.exit_code == 0, made.output
    pages = pdf_text(target.read_bytes(), tmp_path).split("\f")[:-1]
    print(f"{len(names)} questions, {len(figures)} figures: {len(pages)} pages, {taken:.1f} s")
    assert (len(names), len(figures)) == (12, 6)
    assert f"page {len(pages)} of {len(pages)}" in pages[-1]
    assert taken < 30


def _needs(question):
    return any(parameter.required for parameter in question.parameters.values())


def test_an_empty_map_makes_a_pdf(one_map, tmp_path):
    answer = one_map.post("/papers", asked(kind="pdf"))

    assert answer.status_code == 200, answer.json
    assert "Method and limits" in pdf_text(answer.data, tmp_path)


def test_the_command_names_the_endings_that_it_knows(powermap, tmp_path):
    powermap("import", str(FIXTURES / "leading-as-peers.json"))

    made = powermap("paper", "Leading", "--to", str(tmp_path / "x.odt"), "--question", "gaps")

    assert made.exit_code == 1
    assert "must end in .docx" in made.stderr and ".pdf" in made.stderr


def test_the_command_takes_people_by_name(powermap, tmp_path):
    powermap("import", str(FIXTURES / "leading-as-peers.json"))
    target = tmp_path / "paper.docx"

    made = powermap(
        "paper", "Leading", "--to", str(target), "--no-figure",
        "--question", "if-leaves leader=Rob Webster on=2010-03-01",
        "--question", "introductions me='Rob Webster' target=Monitor",
    )  # fmt: skip

    assert made.exit_code == 0, made.output
    headings = [
        p.text for p in opened(target.read_bytes()).paragraphs if p.style.name == "Heading 2"
    ]
    assert "Rob Webster" in headings[0]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("gapz", "must begin with one of"),
        ("if-leaves", "questions/0/parameters/leader: is needed"),
        ("if-leaves leader=Nobody At All", "There is no 'Nobody At All'"),
        ("if-leaves who=Rob", "'who' has no meaning"),
        ("if-leaves Rob", "'Rob' has no meaning"),
    ],
)
def test_the_command_says_what_is_wrong_with_a_question(powermap, tmp_path, question, said):
    powermap("import", str(FIXTURES / "leading-as-peers.json"))

    made = powermap("paper", "Leading", "--to", str(tmp_path / "x.docx"), "--question", question)

    assert made.exit_code == 1
    assert said in made.stderr
