"""A board paper in Word is what it looks like: its headings are headings, its captions count."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Twips

from powermap.errors import InvalidValue
from tests.unit.visual.papers import FIGURE, PAPER, sheet_of
from visual.document.template import read_template
from visual.document.word import word_document
from visual.figure.preset import SIZES, Preset


def opened(content):
    return Document(io.BytesIO(content))


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def texts(document, style):
    return [p.text for p in document.paragraphs if p.style.name == style]


def test_has_real_headings_in_order():
    document = opened(word_document(PAPER))

    assert texts(document, "Title") == [PAPER.title]
    assert texts(document, "Heading 1") == [
        "Recommendation",
        "Key points",
        "The map",
        "Findings",
        "Evidence",
        "Method and limits",
    ]
    assert texts(document, "Heading 2") == ["Where is something missing?"]


def test_numbers_its_captions_with_fields_that_word_counts():
    document = opened(word_document(PAPER))
    captions = [p for p in document.paragraphs if p.style.name == "Caption"]

    fields = [p._p.findall(f".//{qn('w:instrText')}")[0].text.strip() for p in captions]
    assert fields == ["SEQ Figure \\* ARABIC", "SEQ Table \\* ARABIC", "SEQ Table \\* ARABIC"]
    assert [p.text for p in captions] == [
        "Figure 1. Who is tied to whom",
        "Table 1. Gaps",
        "Table 2. Evidence",
    ]


def test_repeats_the_header_row_of_every_table_of_findings_and_parts_no_row():
    document = opened(word_document(PAPER))
    front, *tables = document.tables

    assert len(tables) == 2
    for table in tables:
        first, *others = table._tbl.tr_lst
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        for row in others:
            assert row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None
            assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
    assert [cell.text for cell in front.columns[0].cells] == ["Meeting", "Purpose"]


def test_gives_columns_the_widths_asked_for_and_fills_the_page():
    table = opened(word_document(PAPER)).tables[1]

    first, second = (column.width.mm for column in table.columns)
    assert (first + second, second / first) == (
        pytest.approx(160, abs=1),
        pytest.approx(9, rel=0.1),
    )


def test_the_picture_has_its_size_and_alternative_text():
    shape = opened(word_document(PAPER)).inline_shapes[0]

    assert shape.width.mm == pytest.approx(160, abs=0.1)
    assert shape._inline.docPr.get("descr") == "Asha and Ben are tied."


@pytest.mark.parametrize("number", [1, 2])
def test_wide_pictures_lie_on_pages_of_their_own(number):
    wide = replace(FIGURE, sheet=sheet_of(247, 120))
    document = opened(word_document(replace(PAPER, figures=(wide,) * number)))

    assert [section.orientation for section in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    widths = [shape.width.mm for shape in document.inline_shapes]
    assert widths == pytest.approx([247] * number, abs=0.1)
    broken = [p for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert len(broken) == number - 1, "the second begins a page, and no empty one stands between"


def test_a_full_figure_on_a_lying_page_keeps_its_size():
    full = replace(FIGURE, sheet=sheet_of(250, SIZES[Preset.LANDSCAPE].most_sheet_mm))
    document = opened(word_document(replace(PAPER, figures=(FIGURE, full))))

    assert document.inline_shapes[1].width.mm == pytest.approx(250, abs=0.1)


def test_a_tall_picture_leaves_room_for_its_heading_and_caption():
    tall = opened(
        word_document(replace(PAPER, figures=(replace(FIGURE, sheet=sheet_of(160, 400)),)))
    )

    assert tall.inline_shapes[0].width.mm == pytest.approx(160 * 229 / 400, abs=0.2)


def test_says_marking_and_notice_on_every_page_and_counts_pages():
    section = opened(word_document(PAPER)).sections[0]

    assert [p.text for p in section.header.paragraphs] == ["OFFICIAL", PAPER.notice]
    marking, last = section.footer.paragraphs
    assert marking.text == "OFFICIAL"
    assert "map revision 3" in last.text
    fields = [one.text.strip() for one in last._p.findall(f".//{qn('w:instrText')}")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_describes_itself_and_nobody_else():
    content = word_document(PAPER)
    about = opened(content).core_properties

    assert (about.title, about.author, about.last_modified_by, about.language) == (
        PAPER.title,
        "Asha Verma",
        "Asha Verma",
        "en-GB",
    )
    assert about.created == about.modified == PAPER.made_at.replace(tzinfo=UTC)
    assert about.comments == ""
    assert not {"docProps/app.xml", "docProps/thumbnail.jpeg"} & parts(content).keys()
    assert b'w:val="en-GB"' in parts(content)["word/styles.xml"]
    assert b"python-docx" not in b"".join(parts(content).values())


def test_the_same_paper_gives_the_same_bytes():
    assert word_document(PAPER) == word_document(PAPER)
    assert word_document(PAPER) != word_document(replace(PAPER, maker="Ben"))


def test_every_style_it_uses_is_there_also_with_a_template_that_has_none():
    bare = template_of(styles=b"<w:styles xmlns:w='%s'/>" % W.encode())

    document = opened(word_document(PAPER, read_template(bare)))

    assert texts(document, "Title") == [PAPER.title]
    assert document.tables[0].style.name == "Paper Table"


@pytest.mark.parametrize(
    "style",
    [
        'w:type="banana" w:styleId="Title"><w:name w:val="Title"/>',
        'w:type="paragraph" w:styleId="Title" w:default="banana"><w:name w:val="Title"/>',
        'w:type="table" w:styleId="Title"><w:name w:val="Title"/>',
        'w:type="paragraph" w:styleId="Title">',
        'w:type="paragraph"><w:name w:val="Title"/>',
    ],
)
def test_a_style_that_is_none_is_made_up_for(style):
    styles = f"<w:styles xmlns:w='{W}'><w:style {style}</w:style></w:styles>".encode()

    document = opened(word_document(PAPER, read_template(template_of(styles=styles))))

    assert texts(document, "Title") == [PAPER.title]


@pytest.mark.parametrize(
    "name",
    [
        "<w:t>&amp;</w:t>]]>",
        "\x00\x08\x0b\x1fAsha\ud800\ufffe",
        "\u202eahsA",
        "{ INCLUDETEXT secret.txt }",
        "אביגיל כהן־לוי",
        "👩🏽\u200d⚖️ Z̷̡a̶͎l̴̰g̵",
        "A" * 4000,
    ],
)
def test_hostile_names_are_plain_text(name):
    section = replace(PAPER.sections[0], heading=name, lead=name, sentences=(name,))
    hostile = replace(
        PAPER,
        title=name,
        subject=name,
        maker=name,
        marking=name,
        notice=name,
        recommendation=name,
        key_points=(name,),
        front=((name, name),),
        figures=(replace(FIGURE, caption=name, sheet=replace(FIGURE.sheet, description=name)),),
        sections=(section,),
    )
    content = word_document(hostile)
    document = opened(content)

    kept = name.translate({**dict.fromkeys([0, 8, 11, 31, 0xD800, 0xFFFE, 0x202E])})
    assert texts(document, "Title") == [kept]
    told = [f.text.split()[0] for f in document.element.body.iter(qn("w:instrText"))]
    assert set(told) == {"SEQ"}


# The organisation's own template.

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/package/2006/relationships"


def template_of(more=None, **changed):
    """A small template: parts by name, changed or added."""
    plain = Document()
    plain.styles["Heading 1"].font.name = "Georgia"
    plain.sections[0].left_margin = Twips(1134)
    plain.add_paragraph("SECRET OF THE TEMPLATE")
    plain.core_properties.author = "SECRET AUTHOR"
    saved = io.BytesIO()
    plain.save(saved)
    found = parts(saved.getvalue())
    if "styles" in changed:
        found["word/styles.xml"] = changed["styles"]
    found |= more or {}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return written.getvalue()


def test_takes_the_look_of_a_template_and_nothing_else():
    content = word_document(PAPER, read_template(template_of()))
    document = opened(content)

    assert document.styles["Heading 1"].font.name == "Georgia"
    assert document.sections[0].left_margin == Twips(1134)
    assert b"SECRET" not in b"".join(parts(content).values())
    assert content == word_document(PAPER, read_template(template_of()))


def relationships(kind, target, mode=""):
    return (
        f'<Relationships xmlns="{R}"><Relationship Id="rId1" Type="http://x/{kind}" '
        f'Target="{target}" {mode}/></Relationships>'
    ).encode()


BOMB = f'<!DOCTYPE x [<!ENTITY a "{"b" * 100}">]><w:styles xmlns:w="{W}">&a;</w:styles>'.encode()
OUTSIDE = 'TargetMode="External"'


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (lambda: b"not a document", "Word document"),
        (lambda: template_of()[:-40], "Word document"),
        (lambda: b"x" * (5 * 1024 * 1024), "4 MB"),
        (lambda: template_of({"word/vbaProject.bin": b"x"}), "macros"),
        (lambda: template_of({"word/activeX/activeX1.xml": b"x"}), "macros"),
        (lambda: template_of({"word/embeddings/sheet.xlsx": b"x"}), "embedded"),
        (
            lambda: template_of(
                {
                    "[Content_Types].xml": b'<Types><Override PartName="/word/document.xml" '
                    b'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
                }
            ),
            "macros",
        ),
        (
            lambda: template_of(
                {
                    "word/_rels/settings.xml.rels": relationships(
                        "attachedTemplate", "file:///C:/n.dotm", OUTSIDE
                    )
                }
            ),
            "outside itself",
        ),
        (
            lambda: template_of(
                {"word/_rels/header1.xml.rels": relationships("image", "http://x/", OUTSIDE)}
            ),
            "outside itself",
        ),
        (
            lambda: template_of({"word/_rels/header1.xml.rels": relationships("image", "//x/a")}),
            "outside itself",
        ),
        (
            lambda: template_of({"word/_rels/a.xml.rels": relationships("oleObject", "a.bin")}),
            "embedded",
        ),
        (lambda: template_of({"../../etc/x": b"x"}), "outside it"),
        (lambda: template_of(styles=BOMB), "entities"),
        (lambda: template_of(styles=b"<w:styles"), "cannot be read"),
        (lambda: template_of(styles=b"<styles/>"), "styles of its own"),
        (lambda: template_of(styles=b" " * (9 * 1024 * 1024)), "8 MB"),
        (lambda: template_of({"word/media/big.png": b"0" * (49 * 1024 * 1024)}), "48 MB"),
        (lambda: template_of({f"word/{n}.xml": b"" for n in range(600)}), "500 parts"),
    ],
)
def test_refuses_a_hostile_template_with_a_plain_sentence(template, said):
    with pytest.raises(InvalidValue) as refused:
        read_template(template())

    (problem,) = refused.value.problems
    assert problem.path == ("template",)
    assert said in problem.message
