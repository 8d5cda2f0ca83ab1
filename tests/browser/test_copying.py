"""Tables, sentences and pictures as they come out of the clipboard, or as files without one."""

import csv
import io
import struct
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.unit.visual.made_up_maps import HOSTILE_NAMES

pytestmark = pytest.mark.browser

PEERS = "leading-as-peers"
GRANTED = ["clipboard-read", "clipboard-write"]
WITHOUT = {
    "no clipboard": "Object.defineProperty(Navigator.prototype, 'clipboard', "
    "{ get: () => undefined });",
    "not allowed": "Clipboard.prototype.write = "
    "() => Promise.reject(new DOMException('no', 'NotAllowedError'));",
}
READ = """async (type) => {
  const [item] = await navigator.clipboard.read();
  return [item.types, await (await item.getType(type)).text()];
}"""


class Pasted(HTMLParser):
    """The cells, paragraphs and tags of what was copied."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.rows, self.texts, self.caption = [], [], [], [], ""
        self._into = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attributes]
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")
            self._into = "cell"
        elif tag == "p":
            self.texts.append("")
            self._into = "p"
        elif tag == "caption":
            self._into = "caption"

    def handle_data(self, text):
        if self._into == "cell":
            self.rows[-1][-1] += text
        elif self._into == "p":
            self.texts[-1] += text
        elif self._into == "caption":
            self.caption += text

    def handle_endtag(self, tag):
        if tag in ("th", "td", "p", "caption"):
            self._into = None


def line(page, noun, about=""):
    """The controls of one table, of the sentences, or of the picture."""
    name = f"Copy {noun}" + (f" ({about})" if about else "")
    return page.locator(".copy-links").filter(has=page.get_by_role("button", name=name, exact=True))


def copied(page, noun, about="", types=("text/html", "text/plain")):
    part = line(page, noun, about)
    part.get_by_role("button").click()
    part.get_by_role("status").filter(has_text="Copied").wait_for()
    found = {type: page.evaluate(READ, type) for type in types}
    assert all(set(kinds) == set(types) for kinds, _ in found.values())
    return [text for _, text in found.values()]


@pytest.fixture
def open_at(watched):
    """A page of a map, in a browser that lets pages copy."""
    watch = watched(permissions=GRANTED)

    def opened(name, path=""):
        watch.page.goto(watch.site.map(name, path))
        return watch.page

    return opened


def test_a_table_is_pasted_as_a_table_with_its_heading_and_source(open_at):
    page = open_at("peer-challenge", "/leaders")

    html, plain = copied(page, "table")

    pasted = Pasted(html)
    names = page.locator("#records tbody th a").all_inner_texts()
    assert pasted.rows[0] == ["Name", "Post or seat", "Sector", "Ties", "Evidence", "Sensitivity"]
    assert [row[0] for row in pasted.rows[1:]] == names and len(names) == 50
    assert pasted.caption == "People: 57 people recorded, of any date; 1–50 of 57"
    assert pasted.tags.count("th") == 6 + 50
    assert {"a", "span", "bdi", "button"}.isdisjoint(pasted.tags)
    assert {"class", "id", "href", "data-label"}.isdisjoint(pasted.attributes)
    assert pasted.rows[1][2] == "Local government", "the word, not its code"
    lines = plain.split("\n")
    assert [row.split("\t") for row in lines[:51]] == pasted.rows
    source = (
        "Peer challenge of a whole system, Coventry and Warwickshire, of any date, revision 1 "
        "of the recorded map. Illustrative: invented people."
    )
    assert lines[51:] == ["", pasted.caption, source]
    assert pasted.texts == [source]


TABLES = {
    "": ["people", "ties", "accountabilities", "pairs", "organisations"],
    "/organisations": [""],
    "/accountabilities": [""],
    "/relationships": [""],
    "/matrix": [""],
    "/measures": [""],
    "/questions/gaps": [""],
    "/changes": [""],
}


@pytest.mark.parametrize("name", [PEERS, "hostile"])
def test_every_table_of_every_page_is_copied_whole_and_its_text_stays_text(open_at, name):
    shown = set()
    for path, tables in TABLES.items():
        page = open_at(name, path)
        for about in tables:
            html, plain = copied(page, "table", about)
            pasted = Pasted(html)
            widths = {len(row) for row in pasted.rows}
            assert len(widths) == 1 and len(pasted.rows) > 1, (path, about)
            assert plain.split("\n\n")[0].count("\n") == len(pasted.rows) - 1
            assert pasted.caption and "page of their own" not in pasted.caption
            assert {"script", "img", "svg", "style", "a"}.isdisjoint(pasted.tags)
            assert not any(cell.startswith("Why") for row in pasted.rows for cell in row)
            shown |= {each for each in HOSTILE_NAMES for row in pasted.rows if each in row}
    if name == "hostile":
        assert shown >= set(HOSTILE_NAMES[:5])


def test_no_cell_is_pasted_as_a_formula(open_at):
    page = open_at("formulas", "/leaders")

    html, plain = copied(page, "table")

    names = [row[0] for row in Pasted(html).rows[1:]]
    assert names == [row.split("\t")[0] for row in plain.split("\n")[1 : len(names) + 1]]
    assert sorted(names) == ["'+1+1", "'-2+3", "'=1+1", "'@SUM(A1)", "'＝1+1", "-5", "Asha = Ben"]


def test_the_answer_is_pasted_as_its_sentences_and_its_source(open_at):
    page = open_at(PEERS, "/questions/gaps")
    page.get_by_text("7 more sentences").click()

    html, plain = copied(page, "sentences")

    shown = page.locator("#answer > p:not(.copy-links), #answer details p").all_inner_texts()
    assert len(shown) == 10
    source = (
        "Leading as Peers, Calderdale and Kirklees, as at 1 March 2010, "
        "revision 1 of the recorded map."
    )
    assert Pasted(html).texts == [*shown, source] == plain.split("\n")


@pytest.mark.parametrize(
    ("path", "noun", "said"),
    [
        ("", "sentences", "In the recorded map Rob Webster is the only link"),
        ("/measures", "sentences", "10 ties between seven leaders on 1 March 2010"),
        ("/leaders", "brief", "What they answer for"),
    ],
)
def test_what_a_page_says_is_copied_from_it(open_at, path, noun, said):
    page = open_at(PEERS, path)
    if noun == "brief":
        page.locator("#records tbody th a").first.click()

    html, plain = copied(page, noun)

    assert said in plain
    assert Pasted(html).texts == plain.split("\n")
    assert "Why do you say that?" not in plain and "Add " not in plain


def test_the_picture_is_copied_as_the_figure(open_at):
    page = open_at(PEERS, "/questions/gaps")
    part = line(page, "picture")

    part.get_by_role("button").click()
    part.get_by_role("status").filter(has_text="Copied").wait_for(timeout=30_000)

    head = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const bytes = await (await item.getType("image/png")).arrayBuffer();
          return [...new Uint8Array(bytes.slice(0, 24))];
        }"""
    )
    assert bytes(head[:8]) == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", bytes(head[16:20]))[0] == 1890


def test_all_is_done_by_keyboard_and_the_focus_stays(open_at):
    page = open_at(PEERS, "/leaders")
    part = line(page, "table")
    part.get_by_role("link").focus()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    part.get_by_role("status").filter(has_text="Copied").wait_for()
    assert page.evaluate("document.activeElement.textContent").startswith("Copy table")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"
    assert part.get_by_role("button").bounding_box()["height"] >= 24
    assert part.get_by_role("link").bounding_box()["height"] >= 24


@pytest.mark.parametrize("why", WITHOUT)
def test_where_the_browser_does_not_copy_a_file_is_saved_and_that_is_said(watched, why):
    watch = watched()
    watch.page.add_init_script(WITHOUT[why])
    page, saved = watch.page, {}
    for name, noun in (("hostile", "table"), ("hostile", "sentences"), (PEERS, "picture")):
        page.goto(watch.site.map(name, "/questions/gaps"))
        part = line(page, noun)
        with page.expect_download() as download:
            part.get_by_role("button").click()
        saved[download.value.suggested_filename] = Path(download.value.path()).read_bytes()
        assert "saved as a file" in part.get_by_role("status").inner_text()

    assert set(saved) == {"gaps-revision-1.html", "gaps-revision-1.txt", "figure.png"}
    file = Pasted(saved["gaps-revision-1.html"].decode())
    assert file.rows[0] == ["Number", "Finding", "Next step"] and len(file.rows) == 26
    assert {"script", "img", "svg", "style"}.isdisjoint(file.tags)
    assert "In the recorded map" in saved["gaps-revision-1.txt"].decode()
    assert saved["figure.png"].startswith(b"\x89PNG")


def test_the_file_beside_has_the_rows_that_the_copy_has_not(open_at):
    page = open_at("peer-challenge", "/leaders?sort=-ties")
    html, _ = copied(page, "table")

    with page.expect_download() as download:
        line(page, "table").get_by_role("link").click()

    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    names = [row["Name"] for row in csv.DictReader(io.StringIO(text))]
    assert names[:50] == [row[0] for row in Pasted(html).rows[1:]] and len(names) == 57


def test_why_there_is_no_picture_is_said(watched):
    watch = watched()
    page = watch.page
    page.goto(watch.site.map("hostile", "/questions/gaps"))
    part = line(page, "picture")

    part.get_by_role("button").click()

    part.get_by_role("status").filter(has_text="open").wait_for()
    refused = [each for each in watch.complaints if "422" in each]
    watch.complaints.clear()
    assert len(refused) == 1, "the browser's own note, and no other complaint"


def test_without_script_there_are_the_files_and_no_button(watched):
    watch = watched(java_script_enabled=False)
    page = watch.page
    page.goto(watch.site.map(PEERS, "/leaders"))

    assert page.get_by_role("link", name="CSV").is_visible()
    assert [each.is_visible() for each in page.locator(".copy-links button").all()] == [False]
