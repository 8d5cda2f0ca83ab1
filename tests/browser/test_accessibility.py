"""What a checker can find on the pages: nothing; it covers about a third of WCAG."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found]


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize("name", ["leading-as-peers", "peer-challenge", "hostile", "empty"])
def test_axe_finds_nothing_on_a_map(watched, name, width):
    page = watched(width, 900).open(name)

    assert violations(page) == []


def test_axe_finds_nothing_where_the_evidence_is_open(watched):
    watch = watched()
    page = watch.open("leading-as-peers")
    page.mouse.click(*watch.at(page.evaluate("influenceMap.setting.centre")))

    assert violations(page) == []


def test_axe_finds_nothing_on_the_list_of_maps(watched):
    watch = watched()
    watch.page.goto(watch.site.address)

    assert violations(watch.page) == []


def test_the_skip_link_comes_first_and_leads_to_the_tables(watched):
    page = watched().open("leading-as-peers")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the tables"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "tables"


def test_with_reduced_motion_zooming_is_immediate(watched):
    page = watched(reduced_motion="reduce").open("leading-as-peers")
    scale = page.evaluate("influenceMap.network.getScale()")

    page.get_by_role("button", name="Zoom in").click()

    assert page.evaluate("influenceMap.network.getScale()") > scale * 1.2
