"""The board figure through its doors: what it holds, what it keeps back, what it refuses."""

import hashlib
import re
import struct
import subprocess
import zlib
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from api.cli import main
from tests.integration.conftest import HEADER, OneMap

FORMATS = ("svg", "png", "pdf")
STARTS = {"svg": b"<svg", "png": b"\x89PNG\r\n", "pdf": b"%PDF-"}
CANARY = "Canary Quillfeather"


@pytest.fixture
def riverside(one_map):
    """Seven open people, one of whom joins the others, and a confidential one with a tie."""
    people = join_by_the_first(one_map)
    one_map.leaders = dict(enumerate(people))
    secret = one_map.leader(CANARY, sensitivity="confidential")
    one_map.tie(people[1], secret, sensitivity="confidential")
    one_map.leaders["secret"] = secret
    return one_map


def join_by_the_first(one_map):
    people = [one_map.leader(f"Imogen Featherstone {n}") for n in range(7)]
    for other in people[1:]:
        one_map.tie(people[0], other)
        one_map.tie(other, people[0])
    return people


def chunks(png):
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def raw(content, format):
    """The bytes, and everything in them that is packed away."""
    packed = []
    if format == "pdf":
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
            try:
                packed.append(zlib.decompress(stream))
            except zlib.error:
                packed.append(stream)
    if format == "png":
        packed += [body for kind, body in chunks(content) if kind != b"IDAT"]
    return b"\n".join([content, *packed])


def spelt(name):
    """A name in every form that a file might hold it in."""
    wide = name.encode("utf-16-be")
    return [name.encode(), wide, wide.hex().encode(), wide.hex().upper().encode()]


@pytest.mark.parametrize("format", FORMATS)
def test_a_view_comes_as_a_file_that_is_kept_nowhere(riverside, format):
    answer = riverside.get(f"/figure?format={format}&marking=OFFICIAL")

    assert answer.status_code == 200, answer.data[:300]
    assert answer.data.startswith(STARTS[format])
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'filename="riverside.{format}"' in answer.headers["Content-Disposition"]


def test_the_svg_says_what_it_shows(riverside):
    answer = riverside.get("/figure?marking=OFFICIAL-SENSITIVE")

    root = ElementTree.fromstring(answer.data)
    told = root.find("{*}desc").text
    assert root.find("{*}title").text == "Riverside"
    assert "Imogen Featherstone 0" in told and "as at 1 March 2010" in told
    assert "revision" in told and "Marked OFFICIAL-SENSITIVE." in told
    assert "Shows all 7 people and all 6 ties" in told
    assert "1 tie and 1 other record withheld" in told


def test_a_png_knows_that_it_has_300_dots_to_the_inch(riverside):
    answer = riverside.get("/figure?format=png")

    found = dict(chunks(answer.data))
    wide, high = struct.unpack(">II", found[b"IHDR"][:8])
    assert wide == 1890, "16 cm at 300 dots to the inch"
    assert struct.unpack(">IIB", found[b"pHYs"]) == (11811, 11811, 1)
    assert [kind for kind, _ in chunks(answer.data)][:2] == [b"IHDR", b"pHYs"]
    at = answer.data.index(b"pHYs")
    assert struct.unpack(">I", answer.data[at + 13 : at + 17])[0] == zlib.crc32(
        answer.data[at : at + 13]
    )


def test_a_pdf_is_tagged_with_its_fonts_inside_and_words_for_the_picture(riverside):
    answer = riverside.get("/figure?format=pdf")

    inside = raw(answer.data, "pdf")
    assert b"pdfuaid:part" in inside and b"/StructTreeRoot" in inside and b"/Alt" in inside
    assert b"/FontFile" in inside and b"SourceSansPro" in inside
    assert not re.search(rb"/Subtype\s*/Image\b", inside), "vectors alone"


def test_the_text_of_a_pdf_can_be_found(riverside, tmp_path):
    target = tmp_path / "figure.pdf"
    target.write_bytes(riverside.get("/figure?format=pdf").data)

    found = subprocess.run(
        ["pdftotext", str(target), "-"], capture_output=True, text=True, check=True
    )

    assert "Imogen Featherstone" in " ".join(found.stdout.split())


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_request_makes_the_same_bytes(riverside, format):
    first, second = (riverside.get(f"/figure?format={format}").data for _ in range(2))

    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_above_the_ceiling_is_in_no_byte(riverside, format):
    everything = riverside.get(f"/figure?format={format}&ceiling=private")
    open_alone = riverside.get(f"/figure?format={format}")

    ids = [riverside.leaders["secret"]]
    hidden = [form for text in (CANARY, "Quillfeather", *ids) for form in spelt(text)]
    inside = raw(open_alone.data, format)
    assert not [form for form in hidden if form in inside]
    if format != "png":
        assert any(form in raw(everything.data, format) for form in spelt(CANARY))


def test_the_places_of_an_open_figure_are_those_of_a_map_without_the_rest(riverside):
    """Gaps betray nobody: a map that never held the confidential records looks the same."""
    made = riverside.client.post("/api/v1/maps", json=HEADER)
    other = OneMap(riverside.client, made.json["id"])
    join_by_the_first(other)
    riverside.client.get(f"/maps/{riverside.id}")  # Keeps places in which the hidden one counts.

    assert shapes(riverside.get("/figure").data) == shapes(other.get("/figure").data) != []
    assert len(shapes(riverside.get("/figure?ceiling=private").data)) > len(
        shapes(other.get("/figure").data)
    )


def shapes(svg):
    """The boxes of the map: the words below, with the revision, differ."""
    found = [element.attrib for element in ElementTree.fromstring(svg).findall(".//{*}rect")]
    return [box for box in found if box["width"] == "232"]


def test_naming_somebody_above_the_ceiling_says_no_more_than_naming_nobody(riverside):
    secret, unknown = (
        riverside.get(f"/figure?focus={id}") for id in (riverside.leaders["secret"], "nobody")
    )

    assert secret.status_code == unknown.status_code == 422
    assert secret.json["errors"] == unknown.json["errors"]
    assert secret.json["errors"][0]["parameter"] == "focus"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("format=gif", "format"),
        ("preset=a3", "preset"),
        ("ceiling=secret", "ceiling"),
        ("names=0", "names"),
        ("names=41", "names"),
        ("marking=" + "x" * 61, "marking"),
        ("layer=gossip", "layer"),
        ("sector=nhs,moon", "sector"),
        ("highlight=path:one", "highlight"),
        ("highlight=nobody", "highlight"),
        ("arrangement=0123456789abcdef", "arrangement"),
        ("colour=red", "colour"),
        ("format=svg&format=png", "format"),
    ],
)
def test_what_is_wrong_is_refused_by_name(one_map, query, parameter):
    one_map.leader("Asha")

    answer = one_map.get(f"/figure?{query}")

    assert answer.status_code == 422, query
    assert answer.content_type == "application/problem+json"
    assert parameter in {each["parameter"] for each in answer.json["errors"]}


def test_a_view_too_full_is_refused_with_choices_that_work(one_map):
    people = [one_map.leader(f"Person {n}") for n in range(28)]
    for other in people[1:]:
        one_map.tie(people[0], other)

    refused = one_map.get("/figure?show=all")

    assert refused.status_code == 422
    assert refused.json["errors"][0]["parameter"] == "preset"
    assert "25" in refused.json["detail"] and "28" in refused.json["detail"]
    for choice in (
        "show=all&preset=landscape",
        "show=top&names=25",
        f"focus={people[3]}",
        "unit=organisations",
        "",
    ):
        answer = one_map.get(f"/figure?{choice}")
        assert answer.status_code == 200, (choice, answer.json)
    assert b"Shows 25 of 28 people" in one_map.get("/figure").data


def test_an_empty_map_makes_a_figure_that_says_so(one_map):
    answer = one_map.get("/figure")

    assert answer.status_code == 200
    assert b"no ties" in answer.data.lower() or b"nobody" in answer.data.lower()


@pytest.mark.parametrize("format", FORMATS)
def test_signs_that_no_font_has_never_fail_a_document(one_map, format):
    for name in ("中村 太郎", "אביגיל כהן־לוי", "محمد عبد الله", "Sam 😀 Lee", "#panic() $x$ *b*"):
        one_map.leader(name)

    answer = one_map.get(f"/figure?format={format}&marking=機密")

    assert answer.status_code == 200
    assert answer.data.startswith(STARTS[format])


@pytest.mark.parametrize("format", FORMATS)
def test_as_many_names_as_it_holds_come_in_every_format(one_map, format):
    people = [one_map.leader(f"Person number {n}") for n in range(40)]
    for n in range(80):
        one_map.tie(people[n % 40], people[(n + 1 + 10 * (n // 40)) % 40])

    answer = one_map.get(f"/figure?preset=landscape&show=all&format={format}")

    assert answer.status_code == 200
    assert answer.data.startswith(STARTS[format])


def test_the_command_writes_the_same_figure(tmp_path):
    store = f"sqlite:///{tmp_path}/maps.db"
    run = CliRunner()
    loaded = run.invoke(
        main, ["--store", store, "import", "fixtures/senior-joint-posts.json"], env={}
    )
    assert loaded.exit_code == 0, loaded.output
    for format in FORMATS:
        target = tmp_path / f"figure.{format}"
        done = run.invoke(
            main,
            ["--store", store, "figure", "Senior", "--to", str(target), "--marking", "OFFICIAL"],
        )
        assert done.exit_code == 0, done.output
        assert target.read_bytes().startswith(STARTS[format])

    wrong = run.invoke(main, ["--store", store, "figure", "Senior", "--to", "figure.gif"])
    assert wrong.exit_code == 1 and ".svg, .png or .pdf" in wrong.output
    wrong = run.invoke(
        main,
        ["--store", store, "figure", "Senior", "--to", str(target), "--view", "layer=gossip"],
    )
    assert wrong.exit_code == 1 and "layer: must be one of" in wrong.output
