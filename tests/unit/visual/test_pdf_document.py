"""A board paper as PDF: what a reader, a screen reader and a searcher find in it."""

import html
import re
import struct
import subprocess
import time
import zlib
from dataclasses import replace

import pytest

from tests.unit.visual.figure_maps import LONG, WORDS, content, tied
from tests.unit.visual.papers import FIGURE, PAPER, sheet_of
from visual.document.paper import Figure, Table
from visual.document.pdf import page_pictures, pdf_document
from visual.document.typesetting import BORROWED
from visual.figure.drawing import draw
from visual.figure.preset import UNITS_PER_MM, Preset
from visual.figure.shapes import Text
from visual.figure.signs import SUBSTITUTE
from visual.typst_engine import pdf as picture_alone

(SECTION,) = PAPER.sections


def told(command, pdf, tmp_path):
    """What one of poppler's tools says of the document."""
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    arguments = [str(file) if part == "FILE" else part for part in command.split()]
    return subprocess.run(arguments, capture_output=True, check=True).stdout.decode(
        "utf-8", "replace"
    )


def text(pdf, tmp_path, options=""):
    return told(f"pdftotext {options} FILE -", pdf, tmp_path)


def structure(pdf, tmp_path):
    return told("pdfinfo -struct-text FILE", pdf, tmp_path)


def about(pdf, tmp_path):
    pairs = (line.partition(":") for line in told("pdfinfo FILE", pdf, tmp_path).splitlines())
    return {name: value.strip() for name, _, value in pairs}


def unpacked(pdf):
    """The document with every compressed part of it opened."""
    parts = [pdf]
    for found in re.finditer(rb"stream\r?\n", pdf):
        try:
            parts.append(zlib.decompressobj().decompress(pdf[found.end() :]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def holds(pdf, word):
    """Whether the bytes say it in one of the ways in which a PDF writes text of its own."""
    return any(word.encode(coding) in unpacked(pdf) for coding in ("utf-8", "utf-16-be"))


def test_its_headings_are_bookmarks_in_order(tmp_path):
    outline = told("pdftohtml -xml -i -stdout FILE", pdf_document(PAPER), tmp_path)

    found = [html.unescape(item) for item in re.findall(r"<item[^>]*>(.*?)</item>", outline)]
    assert found == [
        "Recommendation",
        "Key points",
        "The map",
        "Findings",
        "Where is something missing?",
        "Evidence",
        "Method and limits",
    ]


def test_is_tagged_in_british_english_and_says_that_it_keeps_to_the_standard(tmp_path):
    pdf = pdf_document(PAPER)

    assert about(pdf, tmp_path)["Tagged"] == "yes"
    assert b"/Lang(en-GB)" in pdf
    assert re.search(rb"pdfuaid:part[^0-9]+1\b", unpacked(pdf))


def test_describes_itself(tmp_path):
    found = about(pdf_document(PAPER), tmp_path)

    assert (found["Title"], found["Author"], found["Subject"]) == (
        PAPER.title,
        "Asha Verma",
        "Riverside",
    )
    assert found["CreationDate"] == "Sun Nov 22 09:30:00 2026 UTC"


def test_its_tables_have_heading_cells_and_captions(tmp_path):
    found = structure(pdf_document(PAPER), tmp_path)
    front, findings, evidence = re.split(r"\n *Table \(block\)", found)[1:]

    assert "TH <U1x0y0>" in front and '"About this paper"' in front
    for part, headings, caption in (
        (findings, ["No.", "Finding"], "Gaps"),
        (evidence, ["No.", "Source"], "Evidence"),
    ):
        heads, _, rows = part.partition("TBody")
        said = re.findall(r'TH <[^"]*"([^"]*)"', heads)
        assert said == headings
        assert f'"{caption}"' in heads.partition("THead")[0]
        assert "TH <" not in rows


def test_the_picture_has_its_alternative_text_and_a_numbered_caption(tmp_path):
    pdf = pdf_document(PAPER)

    assert b"/Alt(Asha and Ben are tied.)" in pdf
    assert "Figure 1. Who is tied to whom" in text(pdf, tmp_path)


def test_says_everything_in_the_order_of_the_paper(tmp_path):
    said = " ".join(text(pdf_document(PAPER), tmp_path).split())

    places = [
        said.index(part)
        for part in (
            PAPER.subtitle,
            "Partnership Board",
            "The Board is asked to note it. And to agree it.",
            "One gap.",
            "Figure 1.",
            "Where is something missing?",
            SECTION.lead,
            SECTION.sentences[0],
            SECTION.caution,
            "Table 1. Gaps",
            "Another gap",
            "Table 2. Evidence",
            "Counted by hand.",
        )
    ]
    assert places == sorted(places)


def test_a_drawn_picture_is_vectors_with_words_that_can_be_found(tmp_path):
    figure = Figure(sheet=draw(content(6, tied(6)), WORDS, Preset.PORTRAIT), caption="All six")
    pdf = pdf_document(replace(PAPER, figures=(figure,)))

    assert "Imogen Featherstone" in " ".join(text(pdf, tmp_path).split())
    assert told("pdfimages -list FILE", pdf, tmp_path).count("\n") == 2


def test_a_wide_picture_lies_on_a_page_of_its_own(tmp_path):
    wide = replace(FIGURE, sheet=sheet_of(250, 120))
    pdf = pdf_document(replace(PAPER, figures=(wide,)))

    sizes = re.findall(r"size: +(\d+)\.?\d* x (\d+)", told("pdfinfo -l 9 FILE", pdf, tmp_path))
    assert sizes == [("595", "841"), ("841", "595"), ("595", "841")]
    assert "The map" in text(pdf, tmp_path, "-f 2 -l 2")


@pytest.mark.parametrize("height", [60, 246, 600])
def test_a_picture_of_any_height_stands_on_one_page_with_its_caption(tmp_path, height):
    pdf = pdf_document(replace(PAPER, figures=(replace(FIGURE, sheet=sheet_of(160, height)),)))

    pages = text(pdf, tmp_path).split("\f")
    assert sum("Figure 1." in page for page in pages) == 1
    assert len(pages) <= 5


@pytest.mark.parametrize(("width", "height"), [(160, 231), (250, 172)])
def test_a_figure_of_the_fullest_size_is_not_shrunk(tmp_path, width, height):
    # So its smallest letters keep their 7 points.
    marks = tuple(
        Text(x=x * UNITS_PER_MM, y=60, text=word, size=14)
        for x, word in ((1, "leftmost"), (140, "rightmost"))
    )
    sheet = replace(
        sheet_of(width, height),
        width=width * UNITS_PER_MM,
        height=height * UNITS_PER_MM,
        shapes=marks,
    )
    pdf = pdf_document(replace(PAPER, figures=(replace(FIGURE, sheet=sheet),)))

    boxes = told("pdftotext -bbox FILE -", pdf, tmp_path)
    left, right = (
        float(re.search(rf'xMin="([\d.]+)"[^>]*>{name}<', boxes)[1])
        for name in ("leftmost", "rightmost")
    )
    assert (right - left) / 72 * 25.4 == pytest.approx(139, abs=0.1)


@pytest.mark.parametrize("height", [60, 246, 600])
def test_a_section_says_all_when_its_picture_is_wide(tmp_path, height):
    wide = replace(FIGURE, sheet=sheet_of(250, height), caption="A wide one")
    paper = replace(PAPER, sections=(replace(SECTION, figure=wide),) * 2)

    pages = text(pdf_document(paper), tmp_path).split("\f")

    said = " ".join(" ".join(pages).split())
    assert said.count("A wide one") == 2
    assert said.count(SECTION.caution) == said.count("Another gap") == 2
    assert said.index("Another gap") < said.index("A wide one")


def test_says_marking_notice_and_its_place_on_every_page(tmp_path):
    rows = [(str(n), f"Gap {n}: {LONG}") for n in range(60)]
    long = replace(PAPER, sections=(replace(SECTION, table=_table(rows)),))

    pages = text(pdf_document(long), tmp_path).split("\f")[:-1]

    assert len(pages) >= 3
    for number, page in enumerate(pages, 1):
        assert page.count("OFFICIAL") == 2, page
        assert PAPER.notice in page
        assert f"map revision 3 · page {number} of {len(pages)}" in page


def _table(rows):
    return Table(caption="Gaps", headings=("No.", "What is missing"), widths=(1, 9), rows=rows)


def test_a_table_of_many_rows_repeats_its_headings_and_parts_no_row(tmp_path):
    rows = [(str(n), f"Gap {n} begins. " + f"{LONG} " * 3 + f"Gap {n} ends.") for n in range(60)]
    long = replace(PAPER, sections=(replace(SECTION, table=_table(rows)),))

    pages = text(pdf_document(long), tmp_path).split("\f")

    with_rows = [page for page in pages if "begins." in page]
    assert len(with_rows) >= 5
    for page in with_rows:
        assert "What is missing" in page
        flat = " ".join(page.split())
        assert re.findall(r"Gap (\d+) begins", flat) == re.findall(r"Gap (\d+) ends", flat)


def test_a_row_longer_than_a_page_goes_over_it(tmp_path):
    rows = [("1", "word " * 1500 + "the end of it")]
    pages = text(
        pdf_document(replace(PAPER, sections=(replace(SECTION, table=_table(rows)),))), tmp_path
    )

    assert "the end of it" in " ".join(pages.split())


def test_the_same_paper_gives_the_same_bytes():
    one = pdf_document(PAPER)
    time.sleep(1.1)

    assert one == pdf_document(PAPER)
    assert one != pdf_document(replace(PAPER, maker="Ben"))


def test_an_empty_paper_is_one_page(tmp_path):
    bare = replace(
        PAPER,
        notice=None,
        front=(),
        recommendation=None,
        key_points=(),
        figures=(),
        sections=(),
        evidence=None,
    )

    assert about(pdf_document(bare), tmp_path)["Pages"] == "1"


# Text that means something elsewhere.

HOSTILE = [
    '#import "@preview/cetz:0.3.0": *',
    '#panic() #sys.inputs.given #read("/etc/passwd")',
    "$x^2$ *bold* _it_ `raw` = Heading <label> @label ~ \\ \\u{41} // gone /* gone */",
    "] } ) [ { ( #[",
    "- item + item / term: x",
    "<t>&amp;</t>]]>%PDF endstream endobj (x) >> <<",
    "quote \" and ' -- --- ...",
]


def everywhere(name):
    table = Table(caption=name, headings=(name, name), widths=(1, 4), rows=[(name, name)] * 2)
    return replace(
        PAPER,
        title=name,
        subtitle=name,
        subject=name,
        marking=name,
        notice=name,
        front=((name, name),),
        recommendation=f"{name}\n{name}",
        key_points=(name,),
        figures=(replace(FIGURE, caption=name, sheet=replace(FIGURE.sheet, description=name)),),
        sections=(
            replace(
                SECTION,
                heading=name,
                lead=name,
                sentences=(name,),
                caution=name,
                table=table,
                remark=name,
                figure=FIGURE,
            ),
        ),
        evidence=table,
        evidence_remark=name,
        method=(name,),
        maker=name,
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_printed_as_it_is(tmp_path, name):
    pdf = pdf_document(everywhere(name))

    flat = re.sub(r"\s", "", text(pdf, tmp_path, "-layout"))
    assert flat.count(re.sub(r"\s", "", name)) >= 10
    assert about(pdf, tmp_path)["Title"] == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("\x00\x08\x0b\x1fAsha\ud800\ufffe", "Asha"),
        ("\u202eAsha Verma", "Asha Verma"),
        ("王 Wei", f"{SUBSTITUTE} Wei"),
        ("Zoë 👩🏽\u200d⚖️ Hart", "Zoë"),
        ("Ελένη Наталья", "Ελένη Наталья"),
        ("Z̷̡a̶͎l̴̰g̵", "Za"),
        ("ไทย हिन्दी", SUBSTITUTE),
        ("ٹ ڈ ں ے", SUBSTITUTE),
    ],
)
def test_signs_that_no_typeface_has_never_fail_a_paper(tmp_path, name, shown):
    said = text(pdf_document(everywhere(name)), tmp_path)

    assert said.count(shown) >= 10
    assert ("no typeface of this document has" in said) is (SUBSTITUTE in said)


def test_says_which_names_hold_signs_that_could_not_be_written(tmp_path):
    paper = replace(PAPER, key_points=("Rob met 王 Wei, and Zo王 Hart left.", "ok"))

    said = " ".join(text(pdf_document(paper), tmp_path).split())

    assert f"in “{SUBSTITUTE} Wei”, “Zo{SUBSTITUTE} Hart”. The map has every name in full" in said


@pytest.mark.parametrize("name", ["Adéṣọlá Ọ̀ṣọ́", "l̴̰g", "\ufeffAda", "王", "شادی", "#[x] $y$ \\z"])
def test_names_of_all_sorts_stand_in_a_picture(name):
    sheet = draw(content(3, tied(3), [name]), WORDS, Preset.PORTRAIT)

    assert pdf_document(replace(PAPER, figures=(Figure(sheet=sheet, caption=name),)))
    assert picture_alone(sheet, PAPER.made_at.date()).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["אביגיל כהן־לוי", "شادی کریمی"])
def test_names_in_hebrew_and_arabic_are_written(tmp_path, name):
    pdf = pdf_document(everywhere(name))

    assert SUBSTITUTE not in text(pdf, tmp_path)
    assert holds(pdf, name)


def test_every_borrowed_sign_can_be_written():
    signs = "".join(f" a{chr(sign)}" for sign in sorted(BORROWED))

    assert pdf_document(replace(PAPER, key_points=(signs,))).startswith(b"%PDF")


@pytest.mark.parametrize("word", ["W" * 90, LONG.replace(" ", "-"), "m" * 400])
def test_a_long_word_stays_on_the_page_and_in_its_column(tmp_path, word):
    boxes = told("pdftotext -bbox FILE -", pdf_document(everywhere(word)), tmp_path)

    reach = [float(right) for right in re.findall(r'xMax="([\d.]+)"', boxes)]
    assert max(reach) <= 525.5
    rows = structure(pdf_document(everywhere(word)), tmp_path)
    assert "TD" in rows


# The pages as pictures.


def size(png):
    return struct.unpack(">II", png[16:24])


def test_shows_the_pages_as_they_will_be(tmp_path):
    pictures = page_pictures(PAPER, 72)

    assert len(pictures) == int(about(pdf_document(PAPER), tmp_path)["Pages"])
    assert {size(picture) for picture in pictures} == {(595, 842)}
    assert page_pictures(PAPER, 72, most=1) == pictures[:1]
    assert page_pictures(PAPER, 144)[0] != pictures[0]


def test_a_large_paper_is_written_in_time(tmp_path):
    figure = Figure(sheet=draw(content(25, tied(25)[:40]), WORDS, Preset.PORTRAIT), caption="All")
    rows = [(str(n), f"{LONG} {n}") for n in range(12)]
    section = replace(SECTION, table=_table(rows), figure=figure)
    evidence = _table([(f"E{n}", LONG) for n in range(60)])
    large = replace(PAPER, figures=(figure,) * 6, sections=(section,) * 12, evidence=evidence)

    begun = time.perf_counter()
    pdf = pdf_document(large)
    taken = time.perf_counter() - begun

    print(f"{about(pdf, tmp_path)['Pages']} pages, {len(pdf):,} bytes, {taken:.2f} s")
    assert taken < 5
