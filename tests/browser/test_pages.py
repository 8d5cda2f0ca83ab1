"""The pages round the map: what a checker finds, and that they fit a small screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/maps/new",
    "/help",
    "/maps/{peer-challenge}/matrix",
    "/maps/{hostile}/matrix",
    "/maps/{peer-challenge}/measures",
    "/maps/{hostile}/measures?columns=brokerage",
]


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_is_cut_off(watched, path, width):
    watch = watched(width, 900)
    for name, map_id in watch.site.maps.items():
        path = path.replace("{" + name + "}", map_id)

    watch.page.goto(watch.site.address + path)
    watch.page.wait_for_load_state("networkidle")

    found = Axe().run(watch.page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found] == []
    assert watch.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_map_is_made_by_keyboard_alone(watched):
    watch = watched()
    page = watch.page
    page.goto(watch.site.address + "/maps/new")

    page.get_by_label("Title").focus()
    page.keyboard.type("Place")
    page.keyboard.press("Tab")
    page.keyboard.type("Who joins it?")
    page.keyboard.press("Tab")
    page.keyboard.type("01052026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/maps/*done=1")

    assert page.get_by_role("heading", name="Place").first.is_visible()
