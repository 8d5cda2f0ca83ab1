"""What all pages of one map share: its title, the way to its other pages, who is 'me'."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from api.context import power_map, store, viewer
from api.pages.log_words import told
from powermap.model import Leader, PowerMap

ME = "powermap_me"
"""The cookie that remembers, for one map, as whom a reader asks: the id of a leader."""

SECTIONS = (
    ("map", "Map", "pages.map"),
    ("questions", "Questions", "pages.questions"),
    ("leaders", "People", "pages.leaders"),
    ("organisations", "Organisations", "pages.organisations"),
    ("accountabilities", "Accountabilities", "pages.accountabilities"),
    ("relationships", "Ties", "pages.relationships"),
    ("matrix", "Matrix", "pages.matrix"),
    ("measures", "Measures", "pages.measures"),
    ("paper", "Paper", "pages.paper"),
    ("changes", "Changes", "pages.changes"),
)
"""The pages of a map in the order of the navigation: name, words, endpoint."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """One link of the navigation."""

    words: str
    address: str
    current: bool


def sections(map_id: str, current: str) -> list[Section]:
    """The navigation of a map."""
    return [
        Section(
            words=words,
            address=url_for(endpoint, map_id=map_id),
            current=name == current,
        )
        for name, words, endpoint in SECTIONS
    ]


def me(whole: PowerMap) -> Leader | None:
    """As whom this reader asks, as chosen on an earlier page of this map; None if not chosen."""
    return whole.leaders.get(request.cookies.get(ME, ""))


def _me_address(map_id: str) -> str:
    """Where a reader says who they are; from there back to the page they were on."""
    came_by_link = request.method == "GET" and request.endpoint != "pages.me"
    back = request.full_path.rstrip("?") if came_by_link else None
    return url_for("pages.me", map_id=map_id, next=back)


def within_map(map_id: str, wanted: str) -> str | None:
    """The address, if it is that of a page of this map: nobody is led away to another site."""
    start = f"/maps/{map_id}"
    within = wanted == start or wanted.startswith((f"{start}/", f"{start}?"))
    plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted and ".." not in wanted
    return wanted if within and plain else None


def notice(map_id: str) -> dict[str, Any] | None:
    """What the reader has just done, told from the log: `?done=REVISION` after a form was sent."""
    given = request.args.get("done", "")
    if not (given.isascii() and given.isdigit() and len(given) < 10) or int(given) < 1:
        return None
    revision = int(given)
    entries = store().changes(map_id, viewer(), after=revision - 1, limit=1)
    done = [entry for entry in entries if entry.revision == revision]
    if not done:
        return None
    whole = power_map(map_id)
    found: dict[str, Any] = {"revision": revision, "sentence": told(done, whole)}
    if revision == whole.revision and revision > 1:
        found["undo"] = url_for("pages.undo", map_id=map_id)
    return found


def render_on_map(template: str, map_id: str, section: str, **values: Any) -> str:
    """Render a page of a map within its frame."""
    whole = power_map(map_id)
    shell = {
        "header": whole.header,
        "map_id": map_id,
        "revision": whole.revision,
        "sections": sections(map_id, section),
        "me": me(whole),
        "me_address": _me_address(map_id),
        "notice": notice(map_id),
    }
    return render_template(template, shell=shell, map_id=map_id, **values)
