"""Keeping a map true as people do it: by keyboard, with a second person at it, and without loss."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

MAP = "leading-as-peers"
PAGES = (
    "/leaders",
    "/organisations",
    "/accountabilities",
    "/relationships",
    "/assessments",
    "/relationships/add",
    "/changes",
    "/about/edit",
)
ACTS = ("", "/edit", "/history", "/delete", "/restore?as=1")


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:160] for node in each["nodes"]][:3]) for each in found]


def refused(watch: Watched, status: int) -> None:
    """A refusal is an answer like any other, but the browser notes it: once, as was meant."""
    noted = [said for said in watch.complaints if f"status of {status}" in said]
    assert len(noted) == 1
    watch.complaints.remove(noted[0])


def first_row(page: Page) -> str:
    """The address of the first record of a table."""
    return str(page.locator("tbody th a").first.get_attribute("href"))


# The hostile map has all its pages looked at in test_every_page.py.
@pytest.mark.parametrize(("name", "width"), [(MAP, 1440), (MAP, 320), ("empty", 320)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(watched, name, width):
    watch = watched(width, 900)
    page = watch.page
    addresses = [watch.site.map(name, path) for path in PAGES]
    for table in ("/leaders", "/accountabilities", "/relationships"):
        page.goto(watch.site.map(name, table))
        if page.locator("tbody th a").count():
            addresses += [watch.site.address + first_row(page) + act for act in ACTS]

    for address in addresses:
        page.goto(address)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_hostile_name_runs_nothing_where_it_is_shown_hovered_or_opened(watched):
    watch = watched()
    page = watch.page
    page.goto(watch.site.map("hostile", "/leaders?sort=-name"))
    for row in page.locator("tbody tr").all():
        row.hover()
    shown = page.locator("tbody").inner_text()
    page.goto(watch.site.map("hostile", "/leaders/person0"))
    for summary in page.locator("main summary").all():
        summary.click()

    assert "<img src=x onerror=alert(1) href>" in shown
    assert page.locator("h1").inner_text() == "<img src=x onerror=alert(1) href>"


def test_a_tie_with_evidence_is_added_by_keyboard_alone(watched):
    watch = watched()
    page = watch.page
    page.goto(watch.site.map(MAP, "/relationships"))
    page.keyboard.press("Tab")
    pressed = 1
    while page.evaluate("document.activeElement.name") != "source":
        page.keyboard.press("Tab")
        pressed += 1
        assert pressed < 40

    def fill(*values: str) -> None:
        for value in values:
            page.keyboard.type(value)
            page.keyboard.press("Tab")

    fill("Rob Webster", "Owen Williams", "trus", "4", "2010-02", "5", "4", "", "", "3")
    fill("minutes", "Partnership board, item 4", "Owen Williams", "2010-02", "high")
    page.keyboard.type("fact")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("next=tie"))

    assert page.get_by_role("status").first.inner_text().startswith("Added the tie Rob Webster")
    assert page.evaluate("document.activeElement.name") == "source"
    page.goto(watch.site.map(MAP, "/relationships?q=webster+williams"))
    page.goto(watch.site.address + first_row(page))
    told = page.locator("main").inner_text()
    for said in (
        "Rob Webster trusts Owen Williams",
        "4 of 5",
        "February 2010",
        "Partnership board, item 4",
        "high confidence",
    ):
        assert said in told


def test_enter_in_a_field_saves_even_where_other_buttons_come_first(watched):
    watch = watched()
    page = watch.page
    page.goto(watch.site.map("empty", "/leaders/add"))
    page.get_by_role("button", name="Add evidence").click()
    page.get_by_label("Name", exact=True).fill("Asha Verma")
    page.get_by_label("Kind of source").select_option("Survey")
    page.get_by_label("What and where").fill("Forms")
    page.get_by_label("Fact or opinion").select_option("Fact")
    page.get_by_label("Said by").press("Enter")

    page.wait_for_url(re.compile("done="))
    assert page.locator("h1").inner_text() == "Asha Verma"
    assert "Survey: Forms" in page.locator("main").inner_text()


def test_a_name_that_is_not_clear_is_chosen_with_one_click(watched):
    watch = watched()
    page = watch.page
    page.goto(watch.site.map(MAP, "/relationships"))
    page.locator("[name=source]").fill("Webster")
    page.locator("[name=target]").fill("Mike Potts")
    page.locator("#quick-tie [name=kind]").select_option("Advises")
    page.get_by_role("button", name="Save the tie").click()
    page.wait_for_selector("#error-summary:focus")
    page.get_by_role("button", name="Rob Webster", exact=True).click()
    page.wait_for_url(re.compile("next=tie"))

    assert "Rob Webster – Mike Potts" in page.get_by_role("status").first.inner_text()
    refused(watch, 422)


def test_a_wrong_date_is_corrected_and_the_correction_taken_back(watched):
    watch = watched()
    page = watch.page
    page.goto(watch.site.map(MAP, "/accountabilities?q=Webster"))
    page.locator("tbody th a").first.click()
    record = page.url.split("?")[0]
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("From").fill("May 2009")
    page.get_by_role("button", name="Save", exact=True).click()
    told_off = page.locator("#error-summary").inner_text()
    page.get_by_label("From").fill("2009-05")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile("done="))
    corrected = page.locator("main").inner_text()
    page.get_by_role("link", name="History").click()
    page.get_by_role("link", name="Restore this version").last.click()
    asked = page.locator("main").inner_text()
    page.get_by_role("button", name="Restore this version").click()
    page.wait_for_url(re.compile("done="))

    assert "From must be a date such as 2007, 2009-05 or 2009-05-14" in told_off
    assert "May 2009" in corrected and "May 2009" in asked
    refused(watch, 422)
    assert page.url.startswith(record) and "May 2009" not in page.locator("main").inner_text()


def test_two_people_edit_one_person_and_nothing_is_lost(watched):
    first, second = watched(), watched()
    address = first.site.map(MAP, "/leaders")
    first.page.goto(address + "?q=Potts")
    edit = first.site.address + first_row(first.page) + "/edit"
    for watch in (first, second):
        watch.page.goto(edit)
    first.page.get_by_label("Name", exact=True).fill("Michael Potts")
    first.page.get_by_label("Open", exact=True).check()
    first.page.get_by_role("button", name="Save", exact=True).click()
    first.page.wait_for_url(re.compile("done="))
    second.page.get_by_label("Name", exact=True).fill("Mike A. Potts")
    second.page.get_by_role("button", name="Add more evidence").click()
    second.page.locator("[name='evidence.1.basis']").select_option("Interview")
    second.page.locator("[name='evidence.1.citation']").fill("Seen by the second")
    second.page.locator("[name='evidence.1.nature']").select_option("Fact")
    second.page.get_by_role("button", name="Save", exact=True).click()
    second.page.wait_for_selector("text=Somebody else changed this meanwhile")
    shown = second.page.locator("main").inner_text()
    found = violations(second.page)
    second.page.get_by_role("group", name="Name").get_by_label("Keep theirs").check()
    second.page.get_by_role("button", name="Save what is chosen").click()
    second.page.wait_for_url(re.compile("done="))

    assert found == []
    for said in ("Mike Potts", "Michael Potts", "Mike A. Potts", "Seen by the second"):
        assert said in shown
    assert second.page.locator("h1").inner_text() == "Michael Potts"
    assert "Seen by the second" in second.page.locator("main").inner_text()
    refused(second, 409)


def test_what_was_deleted_is_told_and_undone_from_the_notice(watched):
    watch = watched()
    page = watch.page
    page.goto(watch.site.map("five-hundred", "/leaders?sort=-ties"))
    name = page.locator("tbody th a").first.inner_text()
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name=re.compile("^Delete")).click()
    warned = page.locator("main").inner_text()
    page.get_by_role("button", name="Delete").click()
    page.wait_for_url(re.compile("done="))
    page.get_by_role("button", name="Undo").click()
    confirm = page.locator("main").inner_text()
    page.get_by_role("button", name="Undo it").click()
    page.wait_for_url(re.compile("done="))

    assert "This goes with it" in warned and "deleted" in warned
    assert name in confirm and "brought back" in confirm
    page.goto(watch.site.map("five-hundred", "/leaders?sort=-ties"))
    assert page.locator("tbody th a").first.inner_text() == name


def test_without_script_a_record_is_added_with_evidence(watched):
    watch = watched(java_script_enabled=False)
    page = watch.page
    page.goto(watch.site.map("one", "/organisations/add"))
    page.get_by_label("Name", exact=True).fill("Riverside Council")
    page.locator("[name=kind]").select_option("Council")
    page.locator("[name=sector]").select_option("Local government")
    page.get_by_role("button", name="Add evidence").click()
    page.locator("[name='evidence.0.basis']").select_option("Public register")
    page.locator("[name='evidence.0.citation']").fill("Register of councils")
    page.locator("[name='evidence.0.nature']").select_option("Fact")
    page.get_by_role("button", name="Save", exact=True).click()

    assert page.locator("h1").inner_text() == "Riverside Council"
    assert "Register of councils" in page.locator("main").inner_text()


def test_on_a_large_map_names_are_looked_up_while_one_types(watched, monkeypatch):
    monkeypatch.setattr("api.pages.records.form.MOST_SUGGESTED", 10)
    watch = watched()
    page = watch.page
    page.goto(watch.site.map("five-hundred", "/relationships/add"))
    offered = page.locator("#names-organisations-leaders option")
    at_first = offered.count()
    page.get_by_label("Whose view").press_sequentially("body 12 ")
    page.wait_for_selector("#names-organisations-leaders option", state="attached")

    assert at_first == 0
    assert offered.first.get_attribute("value") == "Body 12 of the region"
