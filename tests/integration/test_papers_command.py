"""The command puts papers on record, lists them and says what reads differently now."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from api.app import create_app
from api.cli import main
from api.command.session import MOST_SHOWN
from api.context import EXTENSION
from api.settings import Settings
from powermap.access import Role, Viewer
from tests.contract.board import to_keep

PEERS = str(Path(__file__).parents[2] / "fixtures" / "leading-as-peers.json")


@dataclass
class Both:
    """One sample map, reached with the command and through the API."""

    powermap: Callable[..., Result]
    client: FlaskClient
    address: str
    folder: Path

    def paper(self, *words: str) -> Result:
        target = str(self.folder / "paper.docx")
        made = self.powermap("paper", "Leading", "--to", target, "--no-figure", *words)
        assert made.exit_code == 0, made.output
        return made

    def papers(self, *words: str) -> Result:
        told = self.powermap("papers", "Leading", *words)
        assert told.exit_code == 0, told.output
        return told

    def items(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.client.get(f"{self.address}/papers").json["items"]
        return items

    def tie(self, source: str, target: str) -> None:
        found = self.client.get(f"{self.address}/leaders?limit=500").json["items"]
        ids = {item["name"]: item["id"] for item in found}
        values = {"source": ids[source], "target": ids[target], "kind": "trusts"}
        answer = self.client.post(
            f"{self.address}/relationships", json={**values, "sensitivity": "open"}
        )
        assert answer.status_code == 201, answer.json


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Both]:
    for name in ("POWERMAP_STORE", "POWERMAP_OWNER_TOKEN", "POWERMAP_OWNER_NAME"):
        monkeypatch.delenv(name, raising=False)
    store = f"sqlite:///{tmp_path}/maps.db"

    def powermap(*words: str) -> Result:
        return CliRunner().invoke(main, ["--store", store, *words])

    assert powermap("import", PEERS).exit_code == 0
    app = create_app(Settings(store_url=store, log_level="ERROR"))
    client = app.test_client()
    address = client.get("/api/v1/maps").json["items"][0]["address"]
    yield Both(powermap, client, address, tmp_path)
    app.extensions[EXTENSION].store.close()


def test_what_the_command_writes_is_on_record(both: Both) -> None:
    made = both.paper("--question", "gaps kinds=one_way", "--title", "On gaps")

    (paper,) = both.items()
    content = (both.folder / "paper.docx").read_bytes()
    assert paper["digest"] == hashlib.sha256(content).hexdigest()
    assert paper["title"] == "On gaps"
    assert f"On record as {paper['id'][:8]}." in made.stderr
    assert paper["digest"] in made.stderr


def test_a_file_that_cannot_be_written_leaves_no_record(both: Both) -> None:
    target = str(both.folder / "nowhere" / "paper.docx")

    made = both.powermap("paper", "Leading", "--to", target, "--question", "gaps", "--no-figure")

    assert made.exit_code == 1
    assert "cannot be written" in made.stderr
    assert both.items() == []


def test_lists_what_was_made_and_whether_the_map_has_moved_on(both: Both) -> None:
    assert "You have made no paper of Leading as Peers" in both.papers().stdout
    both.paper("--question", "gaps kinds=one_way", "--question", "joint-posts", "--title", "First")
    assert "The map is as it was." in both.papers().stdout
    both.tie("Diane Whittingham", "Steven Michael")
    both.tie("Becky Malby", "Owen Williams")
    both.paper("--question", "joint-posts", "--title", "Second", "--pseudonyms")

    told = both.papers().stdout

    assert re.findall(r"^\w{8}  (.*)$", told, re.MULTILINE) == ["Second", "First"]
    assert "revision 3 (open records, pseudonyms, word)" in told
    assert "The map has moved on by 2 revisions; 1 of 2 answers reads differently now." in told
    plain = json.loads(both.papers("--json").stdout)
    listed = both.client.get(f"{both.address}/papers").json
    for item in listed["items"]:
        del item["address"]
    assert plain == listed


def test_one_paper_says_what_it_says_and_what_it_would_say_now(both: Both) -> None:
    both.paper("--question", "gaps kinds=one_way", "--question", "joint-posts")
    both.tie("Diane Whittingham", "Steven Michael")
    (paper,) = both.items()

    told = both.papers(paper["id"][:6]).stdout

    assert "1 of 2 answers reads differently now" in told
    gaps, posts = told.split("\n\n")[1:]
    assert "Reads as it did." in posts and "The paper says" not in posts
    said, _, now = gaps.partition("It would now say:")
    assert "- Seven ties are recorded from one side only" in said
    assert "- Eight ties are recorded from one side only" in now
    # What is the same on both sides is not told.
    assert "there are seven gaps" not in gaps
    plain = json.loads(both.papers(paper["id"], "--json").stdout)
    through_the_api = both.client.get(paper["address"]).json
    del through_the_api["paper"]["address"]
    assert plain == through_the_api


def test_a_paper_about_somebody_who_is_gone(both: Both) -> None:
    both.paper("--question", "if-leaves leader=Rob Webster")
    found = both.client.get(f"{both.address}/leaders?limit=500").json["items"]
    (rob,) = [item for item in found if item["name"] == "Rob Webster"]
    headers = {"If-Match": f'"{rob["version"]}"'}
    deleted = both.client.delete(f"{both.address}/leaders/{rob['id']}", headers=headers)
    assert deleted.status_code == 200, deleted.json
    (paper,) = both.items()

    told = both.papers(paper["id"]).stdout

    assert "1 of 1 answer reads differently now" in told
    assert "- If Rob Webster leaves, Diane Whittingham and Steven Michael lose" in told
    assert "It cannot be asked of the map as it stands: leader: must be the id" in told


def test_only_the_newest_are_worked_out_in_a_list(both: Both) -> None:
    store = both.client.application.extensions[EXTENSION].store
    map_id = both.address.rsplit("/", 1)[-1]
    for number in range(MOST_SHOWN + 2):
        store.keep_paper(map_id, Viewer("owner", Role.OWNER), to_keep(f"Paper {number}", number))

    told = both.papers().stdout

    assert told.count("The map is as it was.") == MOST_SHOWN
    assert "… and 2 older (all with --json)" in told
    assert len(json.loads(both.papers("--json").stdout)["items"]) == MOST_SHOWN + 2


def test_a_paper_is_forgotten(both: Both) -> None:
    both.paper("--question", "joint-posts", "--title", "On posts")
    (paper,) = both.items()

    assert both.papers(paper["id"][:8], "--forget").stdout == "Forgotten: On posts\n"

    assert both.items() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("zz",), "There is no paper 'zz' of this map"),
        (("",), "There is no paper '' of this map"),
        (("zz", "--forget"), "There is no paper 'zz' of this map"),
        (("--forget",), "Say which paper"),
    ],
)
def test_says_what_is_wrong(both: Both, words: tuple[str, ...], said: str) -> None:
    both.paper("--question", "joint-posts")

    told = both.powermap("papers", "Leading", *words)

    assert told.exit_code != 0
    assert said in told.stderr
    assert len(both.items()) == 1


def test_an_id_that_may_be_several_is_refused(both: Both) -> None:
    store = both.client.application.extensions[EXTENSION].store
    map_id = both.address.rsplit("/", 1)[-1]
    ids: list[str] = []
    while len(ids) == len({id[0] for id in ids}):
        kept = store.keep_paper(map_id, Viewer("owner", Role.OWNER), to_keep("Paper"))
        ids.append(kept.id)

    told = both.powermap("papers", "Leading", ids[-1][0], "--forget")

    assert told.exit_code == 1
    assert "may be any of 2 papers" in told.stderr
    assert len(both.items()) == len(ids)
