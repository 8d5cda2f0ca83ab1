"""The service on a port of this machine, maps on it, and a watchful browser page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, Route
from werkzeug.serving import make_server

from api.app import create_app
from api.context import EXTENSION
from api.settings import Settings
from graph.exchange.map_file import read_map_file
from powermap.access import Role, Viewer
from powermap.changes import Create, Request
from powermap.model import MapHeader, PowerMap, Record
from tests.unit.visual.made_up_maps import HOSTILE_NAMES, made_up_map

FIXTURES = Path(__file__).parents[2] / "fixtures"
REPORT_VIOLATIONS = """
  window.violations = [];
  document.addEventListener("securitypolicyviolation",
    (event) => window.violations.push(event.violatedDirective + " " + event.blockedURI));
"""


@dataclass(frozen=True)
class Site:
    """Where the service answers, and the ids of the maps on it by a short name."""

    address: str
    maps: dict[str, str]

    def map(self, name: str, query: str = "") -> str:
        return f"{self.address}/maps/{self.maps[name]}{query}"


LIKE_FORMULAS = ("=1+1", "+1+1", "-2+3", "@SUM(A1)", "＝1+1", "-5", "Asha = Ben")
MADE = {
    "formulas": partial(made_up_map, len(LIKE_FORMULAS), 6, names=LIKE_FORMULAS),
    "fifty": partial(made_up_map, 50, 200),
    "one": partial(made_up_map, 1, 0),
    "five-hundred": partial(made_up_map, 500, 900),
    "hostile": partial(
        made_up_map, 12, 24, names=HOSTILE_NAMES, title="</title><script>alert(9)</script> href"
    ),
}


@contextmanager
def served(made: Mapping[str, PowerMap]) -> Iterator[Site]:
    """The service with the sample maps, the made ones by name, and an empty one."""
    app = create_app(Settings(store_url="sqlite://", log_level="ERROR"))
    store = app.extensions[EXTENSION].store
    owner = Viewer("owner", Role.OWNER)

    def keep(header: MapHeader, records: Iterable[Record]) -> str:
        changes = [Create(header), *map(Create, records)]
        store.apply(header.id, owner, changes, request=Request(header.id, header.id))
        return header.id

    maps = {}
    for path in sorted(FIXTURES.glob("*.json")):
        incoming = read_map_file(path.read_bytes())
        maps[path.stem] = keep(incoming.header, incoming.records)
    for name, power_map in made.items():
        maps[name] = keep(replace(power_map.header, id=name), power_map.records.values())
    nobody = MapHeader(
        id="empty", title="New", purpose="Who can bring the partners?", as_at=date(2010, 3, 1)
    )
    maps["empty"] = keep(nobody, [])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", maps)
    server.shutdown()
    thread.join()
    server.server_close()
    store.close()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with served({name: make() for name, make in MADE.items()}) as site:
        yield site


@dataclass
class Watched:
    """A page, and whatever went wrong on it."""

    page: Page
    site: Site
    complaints: list[str] = field(default_factory=list)

    def open(self, name: str, query: str = "") -> Page:
        """Open a map and wait until it is drawn."""
        self.page.goto(self.site.map(name, query))
        self.page.wait_for_selector("[data-drawn=true]")
        self.page.wait_for_timeout(150)
        return self.page

    def at(self, party: str) -> tuple[float, float]:
        """Where a card's middle is on the screen."""
        x, y = self.page.evaluate(
            """(id) => {
              const network = influenceMap.network;
              const place = network.canvasToDOM(network.getPositions([id])[id]);
              const box = influenceMap.canvas.getBoundingClientRect();
              return [place.x + box.left, place.y + box.top];
            }""",
            party,
        )
        return x, y


Opener = Callable[..., Watched]


@pytest.fixture
def watched(chromium: Browser, site: Site) -> Iterator[Opener]:
    """Make watched pages; the test fails if any of them complained or asked an outside host."""
    made: list[Watched] = []

    def make(width: int = 1440, height: int = 900, **options: object) -> Watched:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        page = context.new_page()
        watch = Watched(page, site)
        made.append(watch)

        def only_ours(route: Route) -> None:
            if route.request.url.startswith((site.address, "data:", "blob:")):
                route.continue_()
            else:
                watch.complaints.append(f"outside request: {route.request.url}")
                route.abort()

        context.route("**/*", only_ours)
        page.add_init_script(REPORT_VIOLATIONS)
        page.on("console", lambda said: watch.complaints.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: watch.complaints.append(f"error: {error}"))
        page.on("dialog", lambda box: (watch.complaints.append("dialog"), box.dismiss()))
        return watch

    yield make
    complaints = []
    for watch in made:
        complaints += watch.complaints
        if watch.page.url.startswith("http"):
            complaints += watch.page.evaluate("window.violations || []")
        watch.page.context.close()
    assert complaints == []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the tasks took, in one table: a property `task` of each test that is one."""
    # Those of fixtures come with the report of the end of the test, which has no outcome to name.
    reports = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("", [])]
    told = [text for each in reports for name, text in each.user_properties if name == "task"]
    if told:
        terminalreporter.section("tasks")
        terminalreporter.write_line("\n".join(sorted(set(told))))
