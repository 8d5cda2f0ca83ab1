"""Every page there is, on a map of hostile names: what a checker finds, its width, what it runs."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from api.app import create_app
from api.settings import Settings
from tests.browser.conftest import Watched
from tests.unit.visual.made_up_maps import HOSTILE_NAMES

pytestmark = pytest.mark.browser

MAP = "hostile"
CHOSEN = {
    "leader": "person0",
    "organisation": "body0",
    "accountability": "post0",
    "relationship": "tie0",
}
"""The record shown of each kind. The map has no assessment."""
LEFT_OUT = {
    "pages.asset",  # no page
    "pages.names",  # JSON
    "pages.job",  # gone when it is done
    "pages.kept_paper",  # there when a paper was made: test_paper_page.py
}


def paths() -> dict[str, str]:
    """The address of each page that can be opened, by what it is called."""
    found = {}
    app = create_app(Settings(store_url="sqlite://", log_level="ERROR"))
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            page = rule.endpoint.startswith("pages.") and "GET" in (rule.methods or ())
            if not page or rule.endpoint in LEFT_OUT or rule.rule.endswith((".csv", ".txt")):
                continue
            named = {"map_id": MAP, "name": "gaps"}
            named["record_id"] = CHOSEN.get(rule.endpoint.split(".")[1].split("_")[-1], "")
            if "record_id" in rule.arguments and not named["record_id"]:
                continue
            with_version = rule.endpoint.startswith("pages.restore_")
            values = {key: named[key] for key in rule.arguments}
            found[rule.endpoint] = app.url_for(rule.endpoint, **values) + "?as=1" * with_version
    return found


PATHS = paths()


def opened(watch: Watched, path: str) -> Page:
    answer = watch.page.goto(watch.site.address + path)
    assert answer is not None and answer.status == 200, path
    return watch.page


@pytest.mark.parametrize("width", [1440, 320])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_screen(watched, width):
    # A colour that is still fading in has no contrast yet.
    watch = watched(width, 900, reduced_motion="reduce")
    found, wide = {}, {}
    for name, path in PATHS.items():
        page = opened(watch, path)
        page.evaluate("document.fonts.ready.then(() => true)")
        violations = Axe().run(page).response["violations"]
        if violations:
            found[name] = [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in violations]
        across = page.evaluate("document.documentElement.scrollWidth")
        if across > width:
            wide[name] = across

    assert len(PATHS) > 40
    assert found == {}
    assert wide == {}


def test_hovering_and_opening_what_a_page_holds_runs_nothing(watched):
    watch = watched()
    shown = set()
    for path in PATHS.values():
        page = opened(watch, path)
        for summary in page.locator("summary:visible").all()[:20]:
            summary.click(force=True)
        for link in page.locator("main a:visible, main bdi:visible").all()[:30]:
            link.hover(force=True)
        text = page.locator("body").inner_text()
        shown |= {name for name in HOSTILE_NAMES if name in text}
        assert page.url.startswith(watch.site.address + path), "hovering and opening lead nowhere"

    # The fixture fails the test if anything ran, asked outside or broke the policy.
    assert shown >= set(HOSTILE_NAMES[:5])
