"""Asking the map as people do: a few clicks, or keys alone; the clicks and seconds are printed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

PEERS = "leading-as-peers"
LEEDS = "leeds-health-and-wellbeing-board"
JOINT = "senior-joint-posts"


class Task:
    """One thing a user comes for, with the clicks and keys it took."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.keys = 0

    def click(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]  # a role by its name
        self.clicks += 1

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def tab_to(self, text: str, most: int = 60) -> None:
        """Move on with Tab until this is what has the focus."""
        for _ in range(most):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.textContent.trim()") == text:
                return
        raise AssertionError(f"{text!r} was not reached with the keyboard")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)


@contextmanager
def timed(name: str, page: Page) -> Iterator[Task]:
    task, start = Task(page), time.monotonic()
    yield task
    seconds = time.monotonic() - start
    print(f"\n{name}: {task.clicks} clicks, {task.keys} keys, {seconds:.1f} s")


def on_map(page: Page) -> list[str]:
    """The names that stand out on the map beside the rows."""
    page.wait_for_selector("[data-drawn=true]")
    names: list[str] = page.evaluate(
        """() => influenceMap.setting.highlighted.map((id) => influenceMap.nodes.get(id).label)"""
    )
    return sorted(names)


def refused(watch: Watched) -> None:
    """A form sent back is an answer like any other, but the browser notes it."""
    for _ in range(50):
        # The note may come a moment after the page.
        noted = [said for said in watch.complaints if "status of 422" in said]
        if noted:
            break
        watch.page.wait_for_timeout(100)
    assert len(noted) == 1
    watch.complaints.remove(noted[0])


def test_how_to_reach_a_named_person(watched):
    page = watched().open(PEERS)
    with timed("reach a named person", page) as task:
        task.click("link", "Questions")
        page.get_by_label("Who asks").fill("Diane Whittingham")
        page.get_by_label("Whom to reach").fill("steven michael")
        task.click("button", "Find the way")

        first = page.locator("#answer .first").inner_text()

    assert first.startswith("Rob Webster could introduce Diane Whittingham to Steven Michael")
    assert on_map(page) == ["Diane Whittingham", "Rob Webster", "Steven Michael"]
    assert page.locator("#row-1 .step").inner_text() == "Next step. Ask Rob Webster."
    assert "Diane" not in page.url and "Steven" not in page.url


def test_how_to_reach_a_named_person_by_keyboard_alone(watched):
    page = watched().open(PEERS)
    with timed("reach a named person, keys alone", page) as task:
        task.tab_to("Questions")
        task.press("Enter")
        page.wait_for_selector("h1 >> text=Ask the map")
        for _ in range(40):
            task.press("Tab")
            if page.evaluate("document.activeElement.id") == "ask-me":
                break
        task.type("Diane Whittingham")
        task.press("Tab")
        task.type("Steven Michael")
        task.press("Enter")
        page.wait_for_selector("#answer")
        task.tab_to("Why do you say that? Row 1")
        task.press("Enter")

    assert page.locator("#row-1 details .citation").first.is_visible()


def test_the_three_worst_gaps(watched):
    page = watched().open(PEERS)
    with timed("the three worst gaps", page) as task:
        task.click("link", "Questions")
        task.click("link", "Where is something missing, weak or out of date?")
        worst = page.locator(".rows > li > .said").all_inner_texts()[:3]

    assert worst[0].startswith("Diane Whittingham and Steven Michael share Joint bid")
    assert all("no tie" in gap for gap in worst), worst
    assert len(set(worst)) == 3


def test_a_row_shows_its_evidence_and_stands_out_on_the_map(watched):
    page = watched().open(PEERS, "/questions/gaps")
    assert "Steven Michael" in on_map(page)

    page.get_by_text("Why do you say that? Row 2", exact=True).click()
    assert page.locator("#row-2 details .citation").first.is_visible()
    page.get_by_role("link", name="Show on the map row 2", exact=True).click()

    assert page.url.endswith("row=2#row-2")
    assert "Mike Potts" in on_map(page)
    assert page.locator("#row-2").evaluate("(row) => row.classList.contains('on-map')")


def test_a_name_in_a_row_is_marked_on_the_map_and_leads_to_its_page(watched):
    page = watched().open(PEERS, "/questions/gaps")
    name = page.locator("#row-2 a[data-party]").first
    before = page.evaluate("influenceMap.canvas.toDataURL()")

    name.hover()

    page.wait_for_function("(before) => influenceMap.canvas.toDataURL() !== before", arg=before)
    name.click()
    assert page.locator("h1").inner_text() == "Diane Whittingham"


def test_the_joint_posts_on_a_day(watched):
    page = watched().open(JOINT)
    with timed("joint posts on 2010-03-01", page) as task:
        task.click("link", "Questions")
        task.click("link", "Who holds posts in two bodies or more?")
        page.get_by_text("Change the question").click()
        page.get_by_label("On which day").fill("2010-03-01")
        task.clicks += 2
        task.click("button", "Ask again")
        first = page.locator("#answer .first").inner_text()

    assert first == "On 1 March 2010 seven people hold posts in two bodies or more."
    assert page.locator(".rows > li").count() == 7
    assert "Jan Coulter" in page.locator(".rows").inner_text()


def test_whose_voice_is_at_the_edge_by_clicks(watched):
    page = watched().open(LEEDS)
    with timed("whose voice is at the edge", page) as task:
        task.click("link", "Questions")
        task.click("link", "Whose voice is at the edge?")
        said = page.locator(".rows > li > .said").all_inner_texts()

    assert page.locator("h1").inner_text() == "Whose voice is at the edge?"
    assert said


def test_whose_voice_is_at_the_edge_by_keyboard_alone(watched):
    page = watched().open(LEEDS)
    with timed("whose voice is at the edge, keys alone", page) as task:
        task.tab_to("Questions")
        task.press("Enter")
        page.wait_for_selector("h1 >> text=Ask the map")
        task.tab_to("Whose voice is at the edge?")
        task.press("Enter")
        page.wait_for_selector("#answer")

    assert page.locator(".rows > li").count() > 0


def test_a_name_that_nobody_has_leads_to_the_near_ones(watched):
    watch = watched()
    page = watch.page
    page.goto(watch.site.map(PEERS, "/questions/introductions"))
    page.get_by_label("Who asks").fill("Owen Williams")
    page.get_by_label("Whom to reach").fill("webster")
    page.get_by_role("button", name="Ask").click()
    refused(watch)

    assert page.title().startswith("Error: ")
    page.get_by_role("link", name="Whom to reach: nobody and nothing").click()
    assert page.evaluate("document.activeElement.id") == "ask-target"
    page.get_by_role("link", name="Rob Webster", exact=True).click()

    assert page.locator("h1").inner_text() == "How does Owen Williams get to Rob Webster?"


def test_who_asks_is_chosen_once(watched):
    watch = watched()
    page = watch.page
    page.goto(watch.site.map(PEERS, "/questions/introductions"))
    page.get_by_role("link", name="Say who you are").click()
    page.get_by_label("You are").fill("Owen Williams")
    page.get_by_role("button", name="Remember").click()

    assert "/questions/introductions" in page.url
    assert "You are Owen Williams" in page.locator(".who").inner_text()
    assert page.get_by_label("Who asks").input_value() == "Owen Williams"


def test_the_rows_can_be_taken_away(watched):
    watch = watched()
    watch.page.goto(watch.site.map(PEERS, "/questions/gaps"))
    with watch.page.expect_download() as download:
        watch.page.get_by_role("link", name="CSV", exact=True).click()

    assert download.value.suggested_filename == "gaps-revision-1.csv"


def test_without_script_all_is_there_but_the_moving_map(watched):
    watch = watched(java_script_enabled=False)
    page = watch.page
    page.goto(watch.site.map(PEERS, "/questions/gaps"))

    assert page.locator(".rows > li").count() == 25
    page.locator("#row-1 summary").click()
    assert page.locator("#row-1 .citation").first.is_visible()
    page.goto("about:blank")


PAGES = (
    "/questions",
    "/me",
    "/questions/introductions",
    "/questions/if-merged",
    "/questions/gaps",
    "/questions/brokers",
    "/questions/joint-posts",
    "/questions/standing",
)
"""The index, who asks, forms of two sorts, and answers with and without a map beside them."""


@pytest.mark.parametrize(
    ("name", "width"), [(PEERS, 1440), ("hostile", 1440), ("hostile", 320), ("empty", 320)]
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(watched, name, width):
    # A colour that is still fading in has no contrast yet.
    watch = watched(width, 900, reduced_motion="reduce")
    page = watch.page
    for address in [watch.site.map(name, path) for path in PAGES]:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")

        found = Axe().run(page).response["violations"]

        told = [(each["id"], [n["html"][:160] for n in each["nodes"]][:3]) for each in found]
        assert told == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("width", [1440, 320])
def test_axe_finds_nothing_where_something_is_wrong(watched, width):
    watch = watched(width, 900)
    page = watch.page
    page.goto(watch.site.map(PEERS, "/questions/introductions?target=webster&on=soon"))
    refused(watch)

    found = Axe().run(page).response["violations"]

    assert [(each["id"], [n["html"][:160] for n in each["nodes"]][:3]) for each in found] == []


def test_hostile_names_are_shown_and_never_run(watched):
    watch = watched()
    page = watch.page
    for path in ("/questions/gaps", "/questions/brokers", "/questions/if-merged", "/me"):
        page.goto(watch.site.map("hostile", path))
        for link in page.locator("a[data-party]").all()[:6]:
            link.hover()
        for summary in page.locator("summary").all()[:6]:
            summary.click()
    page.goto(watch.site.map("hostile", "/questions/one-page"))
    page.get_by_label("Person or organisation").fill("<img src=x onerror=alert(1) href>")
    page.get_by_role("button", name="Ask").click()

    assert "<img src=x onerror=alert(1) href>" in page.locator("h1").inner_text()
