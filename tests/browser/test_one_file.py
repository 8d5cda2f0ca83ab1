"""The map as one file: it opens without a server, under a policy of its own."""

from pathlib import Path

import pytest

from api.command.drawing import draw_file
from api.context import EXTENSION
from api.settings import Settings
from api.view import View
from powermap.access import Role, Viewer
from powermap.changes import Create, Request
from tests.browser.conftest import REPORT_VIOLATIONS
from tests.unit.visual.made_up_maps import HOSTILE_NAMES, made_up_map

pytestmark = pytest.mark.browser


@pytest.fixture
def drawn(tmp_path) -> Path:
    from api.app import create_app

    settings = Settings(store_url=f"sqlite:///{tmp_path}/maps.db", log_level="ERROR")
    owner = Viewer("owner", Role.OWNER)
    hostile = made_up_map(12, 24, names=HOSTILE_NAMES, title="</style><script>alert(9)</script>")
    app = create_app(settings)
    store = app.extensions[EXTENSION].store
    changes = [Create(hostile.header), *map(Create, hostile.records.values())]
    store.apply(hostile.header.id, owner, changes, request=Request("1", "1"))
    store.close()
    path = tmp_path / "map.html"
    path.write_text(draw_file(settings, owner, hostile.header.id, View()), encoding="utf-8")
    return path


def test_opens_draws_and_finds_without_a_server_and_asks_for_nothing(chromium, drawn):
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    complaints, asked = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(REPORT_VIOLATIONS)

    page.goto(drawn.as_uri())
    page.wait_for_selector("[data-drawn=true]")
    page.hover("table a[data-party]")
    page.click("table a[data-party]")

    assert complaints == []
    assert page.evaluate("window.violations") == []
    assert [url for url in asked if not url.startswith(("data:", drawn.as_uri()))] == []
    assert page.evaluate("document.fonts.check('16px \"Source Sans Pro\"')")
    assert page.locator("a[href^='/']").count() == 0
    assert page.locator(".copy-links").count() == 0, "what needs the service is not there"
    page.close()
