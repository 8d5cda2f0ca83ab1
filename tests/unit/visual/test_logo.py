"""The logo of a template: its look comes along, whatever else its file holds stays behind."""

import io
import struct
import zipfile
import zlib

import pytest
from docx import Document
from docx.shared import Mm
from PIL import Image, PngImagePlugin

from powermap.errors import InvalidValue
from tests.unit.visual.test_word_document import PAPER, opened, parts
from visual.document.template import read_template
from visual.document.word import word_document

RED, BLUE = (200, 20, 30), (10, 40, 200)
HEADER = "word/header1.xml"
MEDIA = "word/media/image1.png"


def picture(size=(240, 60), colour=RED, kind="PNG", **options):
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind, **options)
    return written.getvalue()


def template_with(content=None, width=40, alternative="", body=False):
    """A template with a picture in its header (or its text), whose bytes may then be changed."""
    document = Document()
    place = document if body else document.sections[0].header
    paragraph = document.add_paragraph() if body else place.paragraphs[0]
    shown = paragraph.add_run().add_picture(io.BytesIO(picture()), width=Mm(width))
    shown._inline.docPr.set("descr", alternative)
    saved = io.BytesIO()
    document.save(saved)
    return changed(saved.getvalue(), {MEDIA: content} if content is not None else {})


def changed(template, more):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts(template) | more).items():
            archive.writestr(name, content)
    return written.getvalue()


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def huge(width, height):
    """A few bytes that say they are very many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def headers_of(content):
    return opened(content).sections[0].first_page_header


def logo_in(content):
    """The picture in the header of the first page, and what is said of it."""
    header = headers_of(content)
    (inline,) = header._element.xpath(".//wp:inline")
    (id,) = inline.xpath(".//a:blip/@r:embed")
    return header.part.related_parts[id].blob, inline


def test_the_logo_stands_above_the_first_page_as_large_as_in_the_template():
    content = word_document(
        PAPER, read_template(template_with(alternative="Riverside Partnership Trust"))
    )

    png, inline = logo_in(content)
    assert inline.docPr.get("descr") == "Riverside Partnership Trust"
    assert inline.extent.cx.mm == pytest.approx(40, abs=0.1)
    assert inline.extent.cy.mm == pytest.approx(10, abs=0.1)
    found = Image.open(io.BytesIO(png))
    assert found.size == (240, 60) and found.getpixel((5, 5)) == RED
    section = opened(content).sections[0]
    for header in (section.header, section.first_page_header):
        assert PAPER.marking in "\n".join(p.text for p in header.paragraphs)
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text == PAPER.marking
    assert not section.header._element.xpath(".//wp:inline")


def test_the_same_template_gives_the_same_bytes():
    one, other = (word_document(PAPER, read_template(template_with())) for _ in range(2))

    assert one == other


def test_nothing_that_its_file_holds_beside_the_picture_comes_along():
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "SECRET COMMENT")
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w") as archive:
        archive.writestr("note.txt", "SECRET NOTE")
    png = picture(pnginfo=said, icc_profile=b"SECRET PROFILE") + hidden.getvalue()
    assert png.count(b"SECRET") >= 2

    content = word_document(PAPER, read_template(template_with(png)))

    (kept, _) = logo_in(content)
    assert b"SECRET" not in b"".join(parts(content).values())
    assert b"PK\x03\x04" not in kept
    assert kept.endswith(b"IEND\xaeB`\x82")
    assert {kind for kind, _ in chunks(kept)} <= {b"IHDR", b"IDAT", b"IEND"}


def chunks(png):
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def test_a_photograph_loses_what_the_camera_wrote_and_becomes_a_png():
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    jpeg = picture(kind="JPEG", exif=exif)
    assert b"SECRET" in jpeg

    content = word_document(PAPER, read_template(template_with(jpeg)))

    png, _ = logo_in(content)
    assert png.startswith(b"\x89PNG") and b"SECRET" not in b"".join(parts(content).values())


def test_what_the_template_cuts_off_does_not_come_along():
    halves = Image.new("RGB", (200, 50), RED)
    halves.paste(BLUE, (100, 0, 200, 50))
    written = io.BytesIO()
    halves.save(written, "PNG")
    template = template_with(written.getvalue())
    header = parts(template)[HEADER].replace(b"<a:stretch>", b'<a:srcRect r="50000"/><a:stretch>')

    png, _ = logo_in(word_document(PAPER, read_template(changed(template, {HEADER: header}))))

    colours = Image.open(io.BytesIO(png)).getcolors()
    assert [colour for _, colour in colours] == [RED]


def test_a_logo_as_wide_as_the_page_is_made_smaller():
    _, inline = logo_in(word_document(PAPER, read_template(template_with(width=170))))

    assert inline.extent.cx.mm == pytest.approx(60, abs=0.1)
    assert inline.extent.cy.mm == pytest.approx(15, abs=0.1)


@pytest.mark.parametrize("alternative", ["", "x" * 101, " \n "])
def test_a_logo_that_nobody_described_is_called_one(alternative):
    _, inline = logo_in(word_document(PAPER, read_template(template_with(alternative=alternative))))

    assert inline.docPr.get("descr") == "Logo of the organisation"


def test_of_two_headers_the_usual_one_lends_its_logo():
    document = Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    for header, colour in ((section.first_page_header, BLUE), (section.header, RED)):
        header.paragraphs[0].add_run().add_picture(io.BytesIO(picture(colour=colour)))
    saved = io.BytesIO()
    document.save(saved)

    png, _ = logo_in(word_document(PAPER, read_template(saved.getvalue())))

    assert Image.open(io.BytesIO(png)).getpixel((0, 0)) == RED


@pytest.mark.parametrize(
    "template",
    [
        lambda: template_with(body=True),
        lambda: template_with(b"\x01\0\0\0 an EMF or whatever it is"),
        lambda: template_with(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        lambda: template_with(b"GIF89a" + b"\0" * 40),
        lambda: template_with(b""),
    ],
    ids=["not in the header", "EMF", "SVG", "GIF", "empty"],
)
def test_other_pictures_stay_behind(template):
    content = word_document(PAPER, read_template(template()))

    section = opened(content).sections[0]
    assert not section.different_first_page_header_footer
    assert not section.header._element.xpath(".//a:blip")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: huge(60_000, 60_000), "4 million pixels"),
        (lambda: huge(11_000, 11_000), "4 million pixels"),
        (lambda: huge(2_001, 2_000), "4 million pixels"),
        (lambda: huge(2_000, 2_000), "whole"),
        (lambda: huge(0, 10), "whole"),
        (lambda: picture()[:80], "whole"),
        (lambda: picture(kind="JPEG")[:200], "whole"),
        (lambda: b"\x89PNG\r\n\x1a\n", "whole"),
        (lambda: b"\xff\xd8\xff" + b"\xff\xda" * 61, "60 steps"),
        (lambda: picture() + b"\0" * (2 * 1024 * 1024), "2 MB"),
    ],
)
def test_a_hostile_or_broken_logo_is_refused_with_a_plain_sentence(content, said):
    with pytest.raises(InvalidValue) as refused:
        read_template(template_with(content()))

    (problem,) = refused.value.problems
    assert problem.path == ("template",)
    assert said in problem.message and "logo" in problem.message


def test_a_logo_from_outside_is_refused():
    template = template_with()
    links = parts(template)["word/_rels/header1.xml.rels"].replace(
        b'Target="media/image1.png"', b'Target="http://x/logo.png" TargetMode="External"'
    )

    with pytest.raises(InvalidValue, match="outside itself"):
        read_template(changed(template, {"word/_rels/header1.xml.rels": links}))
