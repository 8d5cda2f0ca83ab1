"""A task as a person does it in the browser: every click and key counted, and the time taken.

What is typed into a field counts as keys. Choosing from a list counts as one click and as many keys
as it takes to write the choice. The seconds are the browser's, not a person's: they say how long
the pages make somebody wait, and nothing of how long reading takes.
"""

from dataclasses import dataclass, field
from time import perf_counter

from playwright.sync_api import Locator, Page

MOST_TABS = 120
"""Further than that nobody tabs through a page."""
FOCUSED = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return "";
  const label = here.labels && here.labels[0];
  return (here.getAttribute("aria-label") || (label || here).innerText).trim();
}"""


@dataclass
class Task:
    """What somebody set out to do, and what it took them."""

    title: str
    page: Page
    clicks: int = 0
    keys: int = 0
    started: float = field(default_factory=perf_counter)
    seconds: float = 0.0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def follow(self, name: str, *, exact: bool = False) -> None:
        """Click the first link with these words, as the eye finds it."""
        self.click(self.page.get_by_role("link", name=name, exact=exact).first)

    def press_button(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def write(self, label: str | Locator, text: str) -> None:
        """Click into a field and type over what it holds."""
        place = self._field(label)
        self.click(place)
        place.fill("")
        self.page.keyboard.type(text)
        self.keys += len(text)

    def choose(self, label: str | Locator, words: str) -> None:
        self._field(label).select_option(label=words)
        self.clicks += 1
        self.keys += len(words)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def tab_to(self, words: str) -> None:
        """Press Tab until what begins with these words has the focus, and see that it shows."""
        for _ in range(MOST_TABS):
            self.press("Tab")
            if self.page.evaluate(FOCUSED).startswith(words):
                return
        raise AssertionError(f"no {words!r} within {MOST_TABS} tabs of {self.page.url}")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def read(self, target: Locator | None = None) -> str:
        """What stands there to be read; the time runs until it does."""
        target = target or self.page.locator("main")
        target.wait_for()
        return target.inner_text()

    def done(self) -> None:
        self.seconds = perf_counter() - self.started
        print(f"\n{self}")

    def __str__(self) -> str:
        return (
            f"{self.title:<52} {self.clicks:>3} clicks {self.keys:>4} keys {self.seconds:>5.1f} s"
        )

    def _field(self, label: str | Locator) -> Locator:
        return self.page.get_by_label(label, exact=True) if isinstance(label, str) else label
