"""A board paper as a secretary makes one: from two pages, seen before it is saved, found again."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched
from tests.browser.tasks import Task
from tests.browser.test_question_pages import refused
from tests.unit.visual.made_up_maps import HOSTILE_NAMES

pytestmark = pytest.mark.browser

PEERS = "leading-as-peers"
SEEN = """(sheet) => {
  const canvas = document.createElement("canvas");
  canvas.width = sheet.naturalWidth;
  canvas.height = sheet.naturalHeight;
  const drawing = canvas.getContext("2d");
  drawing.drawImage(sheet, 0, 0);
  const dots = drawing.getImageData(0, 0, canvas.width, canvas.height).data;
  let dark = 0;
  for (let at = 0; at < dots.length; at += 4) dark += dots[at] < 128;
  return { width: sheet.naturalWidth, dark };
}"""
"""How wide a picture of a page is, and how many dark dots it has."""
HOLDS = "document.documentElement.scrollWidth <= innerWidth"


def from_two_pages(task: Task, watch: Watched) -> None:
    """A question and the map, each put in the paper from its own page."""
    page = task.page
    page.goto(watch.site.map(PEERS, "/questions/gaps"))
    task.press_button("Put this in a paper")
    expect(page.get_by_role("status").first).to_contain_text("1 answer and 0 pictures")
    task.follow("Map", exact=True)
    page.wait_for_selector("[data-drawn=true]")
    task.click(page.locator("summary").get_by_text("Link and picture"))
    task.press_button("Put this in a paper")
    expect(page.get_by_role("status").first).to_contain_text("1 answer and 1 picture")


def previewed(page: Page) -> int:
    """How many pages are shown; each is there, and is not blank."""
    page.get_by_role("heading", name="Preview:").wait_for()
    sheets = page.locator("#preview img").all()
    told = [sheet.get_attribute("alt") for sheet in sheets]
    assert told == [f"Page {number} of {len(sheets)}" for number in range(1, len(sheets) + 1)]
    for sheet in sheets:
        seen = sheet.evaluate(SEEN)
        assert seen["width"] > 700 and seen["dark"] > 500
    return len(sheets)


def saved(task: Task, button: str, to: Path) -> bytes:
    with task.page.expect_download() as coming:
        task.press_button(button)
    coming.value.save_as(to)
    return to.read_bytes()


def test_from_two_pages_to_a_paper_by_mouse(watched, record_property, tmp_path):
    watch = watched()
    task = Task("11 an answer and the map to a board paper", watch.page)
    from_two_pages(task, watch)
    task.write("Meeting", "Partnership Board")
    task.write("Agenda item", "7.2")
    task.choose("Purpose", "For noting")
    task.press_button("Preview")
    pages = previewed(task.page)
    content = saved(task, "Save as Word", tmp_path / "paper.docx")
    task.done()
    record_property("task", str(task))
    written = Document(io.BytesIO(content))
    sheet = {row.cells[0].text: row.cells[1].text for row in written.tables[0].rows}

    assert pages >= 4
    assert (sheet["Meeting"], sheet["Agenda item"]) == ("Partnership Board", "7.2")
    assert len(written.inline_shapes) == 2, "the map, and the picture beside the answer"
    assert saved(task, "Save as PDF", tmp_path / "paper.pdf").startswith(b"%PDF-")
    assert task.clicks < 20


def test_by_keyboard_alone(watched, tmp_path):
    watch = watched()
    page, task = watch.page, Task("a board paper by keyboard alone", watch.page)
    page.goto(watch.site.map(PEERS, "/paper"))
    task.tab_to("Begin with the usual")
    task.press("Enter")
    page.wait_for_selector("#question-3")
    task.tab_to("↑\nEarlier: Where is something missing")
    task.press("Enter")
    page.wait_for_selector("#question-2 :text('Where is something missing')")
    moved = page.evaluate("document.activeElement.innerText")
    task.tab_to("Meeting")
    task.type("Partnership Board")
    task.press("Enter")
    pages = previewed(page)
    seen = page.evaluate("document.activeElement.id")
    with page.expect_download() as coming:
        for _ in range(60):
            task.press("Shift+Tab")
            if page.evaluate("document.activeElement.value") == "save pdf":
                break
        task.press("Enter")
    task.done()

    assert moved.endswith("Earlier: Where is something missing, weak or out of date?")
    assert pages >= 4 and seen == "preview"
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF-")
    assert task.clicks == 0


def test_without_script_everything_works(watched):
    watch = watched(java_script_enabled=False)
    page = watch.page
    page.goto(watch.site.map(PEERS, "/paper"))
    page.get_by_role("button", name="Begin with the usual").click()
    page.get_by_label("Lead").fill("A. Lead")
    page.get_by_label("Add a question").select_option(label="Which pairs are stuck?")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Preview", exact=True).click()

    assert page.locator("#preview img").count() >= 4
    assert page.get_by_label("Lead").input_value() == "A. Lead"
    with page.expect_download() as coming:
        page.get_by_role("button", name="Save as Word").click()
    headings = [
        paragraph.text
        for paragraph in Document(coming.value.path()).paragraphs
        if paragraph.style and paragraph.style.name.startswith("Heading")
    ]
    assert any("stuck" in heading for heading in headings)
    # Without script there is nothing to ask the page for what it complains of.
    page.goto("about:blank")


def test_a_wrong_date_keeps_what_was_typed(watched):
    watch = watched()
    page = watch.page
    page.goto(watch.site.map(PEERS, "/paper"))
    page.get_by_role("button", name="Begin with the usual").click()
    page.get_by_label("Title").fill("On peers")
    date = page.get_by_label("Date of the meeting")
    date.evaluate("(field) => { field.type = 'text'; }")
    date.fill("18 March")
    page.get_by_role("button", name="Preview", exact=True).click()
    summary = page.get_by_role("alert")
    summary.get_by_role("link", name="Date of the meeting").click()

    assert page.evaluate("document.activeElement.id") == "date"
    assert date.input_value() == "18 March"
    assert page.get_by_label("Title").input_value() == "On peers"
    refused(watch)
    date.fill("2010-03-18")
    page.get_by_role("button", name="Preview", exact=True).click()
    assert previewed(page) >= 4


def test_what_is_typed_is_there_after_a_visit_elsewhere_until_one_starts_again(watched):
    watch = watched()
    page = watch.page
    page.goto(watch.site.map(PEERS, "/paper"))
    page.get_by_label("Title").fill("On peers")
    page.get_by_label("Open and confidential records").check()
    page.goto(watch.site.map(PEERS, "/questions/central"))
    page.get_by_role("button", name="Put this in a paper").click()

    expect(page.get_by_label("Title")).to_have_value("On peers")
    expect(page.get_by_label("Open and confidential records")).to_be_checked()
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("button", name="Begin with the usual").wait_for()
    expect(page.get_by_label("Title")).to_have_value("")
    expect(page.get_by_label("Open records alone")).to_be_checked()
    page.goto(watch.site.map("senior-joint-posts", "/paper"))
    expect(page.get_by_label("Title")).to_have_value("")


@pytest.mark.parametrize("width", [1440, 320])
def test_hostile_names_in_a_paper_stay_names_and_fit_the_screen(watched, width):
    watch = watched(width, 800, reduced_motion="reduce")
    page = watch.page
    found: dict[str, Any] = {}
    title = max(HOSTILE_NAMES, key=len)[:200]

    def checked(what: str) -> None:
        page.wait_for_load_state("networkidle")
        assert page.evaluate(HOLDS), what
        if violations := Axe().run(page).response["violations"]:
            found[what] = [(v["id"], [n["html"][:150] for n in v["nodes"]]) for v in violations]

    page.goto(watch.site.map("hostile", "/questions/one-page?party=person0"))
    page.get_by_role("button", name="Put this in a paper").click()
    checked("added")
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Preview", exact=True).click()
    page.get_by_role("alert").wait_for()
    checked("refused: not open")
    refused(watch)
    page.get_by_label("Open and confidential records").check()
    page.get_by_role("button", name="Preview", exact=True).click()
    previewed(page)
    checked("previewed")
    page.get_by_role("button", name="Preview the slides").click()
    page.locator(".slides li").first.wait_for()
    checked("slides")
    with page.expect_download():
        page.get_by_role("button", name="Save as PDF").last.click()
    page.goto(watch.site.map("hostile", "/paper"))
    checked("listed")
    page.locator(".made-before a").first.click()
    checked("made before")
    page.get_by_role("button", name="Make it again").click()
    checked("made again")

    assert found == {}
    assert page.get_by_label("Title").input_value() == " ".join(title.split())


def test_a_paper_says_when_the_map_has_moved_on(watched, tmp_path):
    watch = watched()
    page, task = watch.page, Task("is the paper still true", watch.page)
    page.goto(watch.site.map("one", "/paper"))
    page.get_by_label("Add a question").select_option(label="Who is central, and in which sense?")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_label("Title").fill("What was true")
    saved(task, "Save as Word", tmp_path / "paper.docx")
    page.goto(watch.site.map("one", "/leaders/add"))
    for name in ("Nadia Newcomer", "Olu Other"):
        page.goto(watch.site.map("one", "/leaders/add"))
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_role("button", name="Save", exact=True).click()
        page.wait_for_url(re.compile("done="))
    page.goto(watch.site.map("one", "/paper"))
    expect(page.locator(".made-before li").first).to_contain_text("moved on by 2 changes")
    page.get_by_role("link", name="What was true").first.click()

    expect(page.locator(".lead")).to_contain_text("The map has moved on by 2 changes since.")


@pytest.mark.parametrize("width", [1400, 1200, 1024, 320])
def test_the_navigation_holds_with_a_name_beside_it(watched, width):
    watch = watched(width, 800)
    page = watch.page
    page.goto(watch.site.map("hostile", "/me"))
    page.get_by_label("You are").fill(max((n for n in HOSTILE_NAMES if " " in n), key=len))
    page.get_by_role("button", name="Remember").click()
    for path in ("/paper", ""):
        page.goto(watch.site.map("hostile", path))
        page.wait_for_load_state("networkidle")
        assert page.evaluate(HOLDS), path
        if width >= 1200:
            assert page.locator(".bar").bounding_box()["height"] < 70
